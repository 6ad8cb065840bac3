"""From the evidence that an entry names to measured values: which files, which rows, and which line was wrong."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from posixpath import dirname, join, normpath, splitext
from typing import TypeVar

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Entry, Keys
from labfolio.model.environment import Environment
from labfolio.model.evidence import Ablation, Baseline, Claim, Selector, Slice, Tradeoff
from labfolio.model.fix import Fix
from labfolio.model.front_matter import Evidence
from labfolio.model.measurement import Measured, Measurement, Sample
from labfolio.model.rules import fault
from labfolio.model.source import SourceTree
from labfolio.model.spelling import closest
from labfolio.model.step import step
from labfolio.parse.environment import read_environment
from labfolio.parse.file_names import leads_out
from labfolio.parse.mends import replaced
from labfolio.parse.result_file import READERS, read_result
from labfolio.parse.results import (
    InvalidSelector,
    Picked,
    ResultFile,
    number,
    paired,
    plain_name,
    rows,
    scaled,
    select,
)
from labfolio.parse.series import samples
from labfolio.parse.table import InvalidTable, Table

_T = TypeVar("_T")

LARGE = 5 * 1024 * 1024
# Folders that trackers fill and that are never read whole.
_TRACKERS = ("wandb", "mlruns", "lightning_logs", "checkpoints")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredBaseline:
    """The replicates of a baseline."""

    baseline: Baseline
    values: tuple[Measurement, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSeries:
    """What a chart is drawn from: its declaration and one sample a row."""

    declared: Ablation | Slice | Tradeoff
    samples: tuple[Sample, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that was read for one entry.

    `environment_path` is empty where its fields stand in the front matter; `seconds` is the sum over the runs of the
    cost file, None without one.
    """

    claims: tuple[Measured, ...] = ()
    series: tuple[MeasuredSeries, ...] = ()
    baselines: tuple[MeasuredBaseline, ...] = ()
    environment: Environment | None = None
    environment_path: str = ""
    seconds: float | None = None
    seconds_paths: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """All files that something was read from, sorted."""
        found = [path for claim in self.claims for path in claim.paths]
        found += [path for baseline in self.baselines for path in baseline.paths]
        found += [path for one in self.series if one.samples for path in one.paths]
        return tuple(sorted({*found, *self.seconds_paths, self.environment_path} - {""}))


@dataclass(slots=True)
class _Reading:
    """The files that were read already, and what was found wrong."""

    tree: SourceTree
    tables: dict[str, Table] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def table(self, path: str) -> Table:
        if path not in self.tables:
            data = self.tree.read(path)
            if len(data) > LARGE:
                message = f"{len(data) / 1024 / 1024:.1f} MiB are read on every build"
                self.found.append(fault("large-data", path, message))
            self.tables[path] = read_result(path, data)
            self.hashes[path] = sha256(data).hexdigest()
        return self.tables[path]


@dataclass(frozen=True, slots=True)
class _Field:
    """A record of the front matter that names a file, and how a fault in it is told."""

    entry: Entry
    keys: Keys
    reading: _Reading

    def tell(self, message: str, name: str, help: str = "", rule: str = "invalid-data", fix: Fix | None = None) -> None:
        entry, keys = self.entry, self.keys
        position = entry.positions.get((*keys, name)) or entry.position(*keys)
        place = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")
        self.reading.found.append(fault(rule, entry.path, f"{place}: {message}", help, position, entry.text, fix))

    def files(self, name: str) -> list[ResultFile]:
        """The files that `name` stands for, sorted by what its star matched. Raises InvalidSelector, InvalidTable."""
        path = normpath(join(dirname(self.entry.path), name))
        matches = _matches(path, self.reading.tree.files)
        if not matches:
            raise _MissingError(name)
        found = []
        for match, replicate in matches:
            try:
                found.append(ResultFile(path=match, table=self.reading.table(match), replicate=replicate))
            except InvalidTable as error:
                shown = name if match == path else match
                raise InvalidSelector(f"{shown}:{error.line}: {error}", "file") from error
        return found

    def missing(self, name: str) -> None:
        """Tells of a file that is not there, with the one beside the entry that was probably meant."""
        entry, folder = self.entry, dirname(self.entry.path)
        beside = [path[len(folder) + 1 :] for path in sorted(self.reading.tree.files) if path.startswith(f"{folder}/")]
        same = [path for path in beside if path.casefold() == name.casefold()]
        meant = same[0] if len(same) == 1 else closest(name, [path for path in beside if splitext(path)[1] in READERS])
        tracker = next((part for part in name.split("/") if part in _TRACKERS), None)
        if tracker:
            help = f"labfolio does not look into {tracker}/: copy the file to results/."
        elif meant:
            help = f"Write file: {meant}"
        else:
            help = f"Add {normpath(join(folder, name))}, or leave this out until there is one."
        hint = f"; did you mean '{meant}'?" if meant else ""
        fix = replaced(entry.text, entry.position(*self.keys, "file"), name, meant) if len(same) == 1 else None
        self.tell(f"there is no file {name}{hint}", "file", help, fix=fix)

    def read(self, name: str, make: Callable[[], _T]) -> _T | None:
        """What `make` reads from the file `name`, or None with a diagnostic; an unfinished entry may lack it."""
        unfinished = self.entry.status in ("planned", "building")
        try:
            value = make()
        except _MissingError as error:
            if leads_out(name, normpath(join(dirname(self.entry.path), name))):
                self.tell(f"{name} is no path within the site", "file", "Put the file beside the entry: results/a.csv")
            elif not unfinished:
                self.missing(str(error))
            return None
        except InvalidSelector as error:
            named = error.file and error.file != normpath(join(dirname(self.entry.path), name))
            line = f":{error.line}: " if error.line else " "
            about = f"{error.file if named else name}{line}" if error.file else ""
            self.tell(f"{about}{error}", error.field, error.help)
            return None
        if not value and not unfinished:
            self.tell(f"no row of {name} fits the selector", "where")
        return value


class _MissingError(Exception):
    """A file that is not there."""


def measure(
    entries: Iterable[Entry], tree: SourceTree
) -> tuple[Mapping[str, Findings], Mapping[str, str], tuple[Diagnostic, ...]]:
    """What was measured, by entry; the SHA-256 of every result file by path; what is wrong with files and selectors."""
    reading = _Reading(tree)
    findings = {}
    for entry in entries:
        if isinstance(entry.front, Evidence):
            with step(f"reading the evidence of {entry.path}"):
                findings[entry.path] = _findings(entry, entry.front, reading)
    return findings, reading.hashes, tuple(reading.found)


def _findings(entry: Entry, front: Evidence, reading: _Reading) -> Findings:
    series: Sequence[tuple[str, Sequence[Ablation | Slice | Tradeoff]]] = (
        ("ablations", front.ablations),
        ("slices", front.slices),
        ("tradeoffs", front.tradeoffs),
    )
    environment, environment_path, found = read_environment(entry, front.environment, reading.tree)
    reading.found += found
    if environment_path:
        reading.hashes[environment_path] = sha256(reading.tree.read(environment_path)).hexdigest()
    seconds, seconds_paths = _seconds(entry, front, reading)
    return Findings(
        claims=tuple(_claim(entry, index, claim, reading) for index, claim in enumerate(front.claims)),
        series=tuple(
            _series(_Field(entry, (name, index), reading), declared)
            for name, group in series
            for index, declared in enumerate(group)
        ),
        baselines=tuple(
            _baseline(_Field(entry, ("baselines", index), reading), one) for index, one in enumerate(front.baselines)
        ),
        environment=environment,
        environment_path=environment_path,
        seconds=seconds,
        seconds_paths=seconds_paths,
    )


def _claim(entry: Entry, index: int, claim: Claim, reading: _Reading) -> Measured:
    values: tuple[Measurement, ...] = ()
    if claim.measured is not None:
        place = _Field(entry, ("claims", index, "measured"), reading)
        values = place.read(claim.measured.file, partial(_values, place, claim.measured, claim.better)) or ()
    excluded = {plain_name(one.seed) for one in claim.exclude}
    return Measured(
        claim=claim,
        values=tuple(one for one in values if one.replicate not in excluded),
        paths=tuple(sorted({path for one in values for path, _ in one.places})),
        written=_written(entry, index),
    )


def _values(place: _Field, selector: Selector, better: str) -> tuple[Measurement, ...]:
    picked = Picked(value=selector.value, where=selector.where, by=selector.by, at=selector.at, better=better)
    values = select(place.files(selector.file), picked)
    if (other := selector.minus) is not None:
        picked = Picked(
            value=other.value or selector.value, where=other.where, by=selector.by, at=selector.at, better=better
        )
        name = other.file or selector.file
        second = select(place.files(name), picked)
        if values and not second:
            raise InvalidSelector(f"minus: no row of {name} fits the selector", "minus")
        alone = sorted({one.replicate for one in values} ^ {one.replicate for one in second})
        if values and alone:
            place.tell(f"{selector.by} {', '.join(alone)}: no partner to subtract", "minus", rule="unpaired-seed")
        values = paired(values, second)
    return scaled(values, selector.scale)


def _baseline(place: _Field, baseline: Baseline) -> MeasuredBaseline:
    picked = Picked(value=baseline.value, where=baseline.where, by=baseline.by)
    values = place.read(baseline.file, lambda: scaled(select(place.files(baseline.file), picked), baseline.scale)) or ()
    return MeasuredBaseline(baseline=baseline, values=values, paths=tuple(sorted({one.file for one in values})))


def _series(place: _Field, declared: Ablation | Slice | Tradeoff) -> MeasuredSeries:
    def read() -> tuple[tuple[Sample, ...], tuple[str, ...]]:
        files = place.files(declared.file)
        found = samples(files, declared)
        if not found and place.entry.status not in ("planned", "building"):
            raise InvalidSelector(f"no row of {declared.file} fits the selector", "where")
        return found, tuple(file.path for file in files)

    found, paths = place.read(declared.file, read) or ((), ())
    return MeasuredSeries(declared=declared, samples=found, paths=paths)


def _seconds(entry: Entry, front: Evidence, reading: _Reading) -> tuple[float | None, tuple[str, ...]]:
    """The seconds of all runs together and their files."""
    if front.cost is None or front.cost.file is None or front.cost.seconds is None:
        return None, ()
    place, name, column = _Field(entry, ("cost",), reading), front.cost.file, front.cost.seconds

    def total() -> tuple[float, tuple[str, ...]]:
        files = place.files(name)
        values = [
            number(row.cells[file.table.header.index(column)], file, row.line)
            for file in files
            for row in rows(file, {}, (column, "seconds"))
        ]
        return math.fsum(value for value in values if math.isfinite(value)), tuple(file.path for file in files)

    return place.read(name, total) or (None, ())


def _matches(path: str, known: frozenset[str]) -> list[tuple[str, str]]:
    """The files that a path stands for and what its star matched in each."""
    if path.startswith(("..", "/")):
        return []
    before, star, after = path.partition("*")
    if not star:
        return [(path, "")] if path in known else []
    if "*" in after:
        raise InvalidSelector(f"{path} holds more than one *; one stands for the replicate", "file")
    found = [
        (name, plain_name(name[len(before) : len(name) - len(after)]))
        for name in known
        if name.startswith(before) and name.endswith(after) and len(name) > len(before) + len(after)
    ]
    inside = [(name, part) for name, part in found if "/" not in part]
    return sorted(inside, key=lambda item: (len(item[1]) if item[1].isdigit() else 99, item[1], item[0]))


def _written(entry: Entry, index: int) -> str:
    """The goal as it stands in the front matter."""
    for name in ("reported", "target"):
        position = entry.positions.get(("claims", index, name))
        if position is not None:
            line = entry.text.split("\n")[position.line - 1]
            return line[position.column - 1 : position.column - 1 + position.width].strip("'\"")
    return ""
