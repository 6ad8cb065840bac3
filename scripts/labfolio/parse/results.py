"""From result files to measured values: which rows are meant, which replicate each belongs to, which one counts."""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from labfolio.model.evidence import At
from labfolio.model.measurement import Measurement
from labfolio.model.scalars import LARGEST
from labfolio.model.spelling import closest, nearest
from labfolio.parse.table import Row, Table

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_FAILED = ("", "nan", "inf", "infinity", "none", "null", "na", "n/a")
# The most replicates of a claim: each is drawn, listed and published.
_REPLICATES = 5_000


class InvalidSelector(Exception):
    """The selector does not fit its file.

    `field` is the selector's field at fault, `file` the path of the file (empty where the message names it), `line` the
    line at fault in it (0 for none), `help` the mend where one is known.
    """

    def __init__(self, message: str, field: str, file: str = "", line: int = 0, help: str = "") -> None:
        super().__init__(message)
        self.help = help
        self.field = field
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFile:
    """A file that was read: its path, the table, and the replicate that its name stands for, empty if none."""

    path: str
    table: Table
    replicate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Which rows of which column: what claims, baselines and charts have in common."""

    value: str
    where: Mapping[str, str]
    by: str
    at: At | None = None
    better: str = "none"


def select(files: Sequence[ResultFile], picked: Picked) -> tuple[Measurement, ...]:
    """The replicates in the files' order, each once. Raises InvalidSelector."""
    found: list[Measurement] = []
    for file in files:
        by = _replicates(file, picked)
        groups: dict[str, list[Measurement]] = {}
        blank: set[int] = set()
        for row in rows(file, picked.where, (picked.value, "value")):
            cell = row.cells[file.table.header.index(picked.value)]
            name = plain_name(row.cells[by]) if by is not None else file.replicate or "1"
            one = Measurement(replicate=name, value=number(cell, file, row.line), file=file.path, line=row.line)
            groups.setdefault(name, []).append(one)
            if not cell and file.table.sparse:
                blank.add(row.line)
        found += [_one(_logged(group, blank), file, picked, by) for group in groups.values()]
    if len(found) > _REPLICATES:
        message = f"has {len(found):,} values of '{picked.by}'; the limit is {_REPLICATES:,}"
        raise InvalidSelector(f"{message}; name the condition in 'where'", "where", file.path)
    names = Counter(one.replicate for one in found)
    twice = next((name for name, count in names.items() if count > 1), None)
    if twice is not None:
        raise InvalidSelector(f"{picked.by} {twice} stands in two files", "file")
    return tuple(found)


def paired(first: Sequence[Measurement], second: Sequence[Measurement]) -> tuple[Measurement, ...]:
    """The differences replicate by replicate; one without a partner counts as failed, for it cannot be compared."""
    others = {one.replicate: one for one in second}
    names = {one.replicate for one in first}
    found = [
        replace(one, value=_minus(one.value, other.value), minus=(other.file, other.line))
        if (other := others.get(one.replicate))
        else replace(one, value=math.nan)
        for one in first
    ]
    return (*found, *(replace(one, value=math.nan) for one in second if one.replicate not in names))


def scaled(values: Sequence[Measurement], scale: float) -> tuple[Measurement, ...]:
    """Every value times `scale`, computed in decimals so that 0.57 becomes 57 and not nearly so."""
    if scale == 1:
        return tuple(values)
    return tuple(replace(one, value=times(one.value, scale)) for one in values)


def times(value: float, scale: float) -> float:
    """A product in decimals; NaN where the value is not finite or the product too large."""
    return _within(float(Decimal(repr(value)) * Decimal(repr(scale)))) if math.isfinite(value) else math.nan


def _minus(value: float, other: float) -> float:
    if not (math.isfinite(value) and math.isfinite(other)):
        return math.nan
    return _within(float(Decimal(repr(value)) - Decimal(repr(other))))


def rows(file: ResultFile, where: Mapping[str, str], *columns: tuple[str, str]) -> list[Row]:
    """The rows that fit `where`. Raises InvalidSelector for a column (with the field that names it) not there."""
    header = file.table.header
    for column, field in (*columns, *((name, "where") for name in where)):
        if column not in header:
            hint = nearest(column, header) or f"; it has {', '.join(header[:20])}"
            help = f"Write {close} in the place of {column}." if (close := closest(column, header)) else ""
            raise InvalidSelector(f"has no column '{column}'{hint}", field, file.path, help=help)
    wanted = [(header.index(name), text) for name, text in where.items()]
    return [row for row in file.table.rows if all(_same(row.cells[at], text) for at, text in wanted)]


def plain_name(text: str) -> str:
    """A replicate's name; 3 and 3.0 are one."""
    if _PLAIN.fullmatch(text) and len(text) < 16 and float(text).is_integer():
        return str(int(float(text)))
    return text


def number(cell: str, file: ResultFile, line: int) -> float:
    """The number in a cell, NaN for a failed run: blank, nan, inf or too large. Raises InvalidSelector for others."""
    if cell.lower().lstrip("+-") in _FAILED:
        return math.nan
    if not _PLAIN.fullmatch(cell):
        shown = cell if len(cell) <= 40 else cell[:40] + "..."
        raise InvalidSelector(f"'{shown}' is not a number; write 1.5", "value", file.path, line)
    return _within(float(cell))


def _within(value: float) -> float:
    """The value, NaN where it is beyond any measured quantity: a diverged run failed."""
    return value if abs(value) <= LARGEST else math.nan


def _replicates(file: ResultFile, picked: Picked) -> int | None:
    """The column that names the replicates; None where the file as a whole is one."""
    header = file.table.header
    if picked.by in header:
        return header.index(picked.by)
    if picked.by != "seed":
        raise InvalidSelector(f"has no column '{picked.by}'; it has {', '.join(header[:20])}", "by", file.path)
    return header.index(file.table.replicate) if file.table.replicate else None


def _logged(group: Sequence[Measurement], blank: Collection[int]) -> Sequence[Measurement]:
    """A training log's rows in which the value was logged; a run that never logged it is one failed row."""
    return [one for one in group if one.line not in blank] or group[:1]


def _one(group: Sequence[Measurement], file: ResultFile, picked: Picked, by: int | None) -> Measurement:
    """What counts of a replicate's rows."""
    if picked.at is None:
        if len(group) == 1:
            return group[0]
        if by is None:
            said = f"has {len(group)} rows and no column '{picked.by}'; name the column of the replicates in 'by'"
        else:
            said = f"has {_count(len(group))} rows for {picked.by} {group[0].replicate}; name the condition in 'where'"
        raise InvalidSelector(f"{said}, or say with 'at' which one counts", "where", file.path)
    at = picked.at
    if at == "best":
        if picked.better == "none":
            raise InvalidSelector("at: 'best' needs the claim's 'better: higher' or 'lower'", "at")
        at = "max" if picked.better == "higher" else "min"
    if at in ("last", "first"):
        return group[-1 if at == "last" else 0]
    finite = [one for one in group if math.isfinite(one.value)]
    if at == "mean":
        value = math.fsum(one.value for one in group) / len(group) if len(finite) == len(group) else math.nan
        return replace(group[-1], value=value)
    if not finite:
        return group[-1]
    return (max if at == "max" else min)(finite, key=lambda one: one.value)


def _count(number: int) -> str:
    return {2: "two", 3: "three"}.get(number, str(number))


def _same(cell: str, wanted: str) -> bool:
    """Numbers are compared as numbers when both are, otherwise as text."""
    if _PLAIN.fullmatch(cell) and _PLAIN.fullmatch(wanted):
        return float(cell) == float(wanted)
    return cell == wanted
