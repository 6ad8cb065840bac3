"""From a result file to the measured values of one claim."""

from dataclasses import dataclass

from labfolio.model.evidence import Selector
from labfolio.parse.csv_table import CsvTable


class InvalidSelector(Exception):
    """The selector does not fit the file; `field` is the selector's field at fault."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One replicate: its name (the seed), its value (NaN for a failed run) and the line that it stands in."""

    replicate: str
    value: float
    line: int


def select(table: CsvTable, selector: Selector) -> tuple[Measurement, ...]:
    """The replicates that a selector takes from a table, in the file's order. Raises InvalidSelector."""
    for column, field in ((selector.value, "value"), *((name, "where") for name in selector.where)):
        if column not in table.header:
            raise InvalidSelector(f"has no column '{column}'; it has {', '.join(table.header)}", field)
    value_at = table.header.index(selector.value)
    by_at = table.header.index(selector.by) if selector.by in table.header else None
    found: list[Measurement] = []
    for row in table.rows:
        if all(_same(row.cells[table.header.index(name)], wanted) for name, wanted in selector.where.items()):
            name = row.cells[by_at] if by_at is not None else str(len(found) + 1)
            found.append(Measurement(replicate=name, value=_value(row.cells[value_at], row.line), line=row.line))
    names = [one.replicate for one in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidSelector(f"has two rows for {selector.by} {twice}; name the condition in 'where'", "where")
    return tuple(found)


def _same(cell: str, wanted: str) -> bool:
    """Numbers are compared as numbers when both are, otherwise as text."""
    try:
        return float(cell) == float(wanted)
    except ValueError:
        return cell == wanted


def _value(cell: str, line: int) -> float:
    """A blank cell, `nan` and `inf` are failed runs; anything else must be a plain number."""
    plain = cell.lower().lstrip("+-")
    if plain in ("", "nan", "inf", "infinity"):
        return float("nan")
    if not plain[0].isascii() or "_" in plain or "," in plain:
        raise InvalidSelector(f"line {line}: '{cell}' is not a number; write 1.5", "value")
    try:
        number = float(cell)
    except ValueError as error:
        raise InvalidSelector(f"line {line}: '{cell}' is not a number; write 1.5", "value") from error
    return number if abs(number) < float("inf") else float("nan")
