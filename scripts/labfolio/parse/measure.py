"""From the claims of the entries to their measured values: which result file, which rows, which line was wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Entry, Keys
from labfolio.model.evidence import Claim, Selector
from labfolio.model.front_matter import Evidence
from labfolio.model.rules import fault
from labfolio.model.source import Position, SourceTree
from labfolio.parse.csv_table import InvalidCsv, read_csv
from labfolio.parse.results import InvalidSelector, Measurement, select


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured for one claim: the replicates, their file's path and the decimals of the written goal."""

    claim: Claim
    values: tuple[Measurement, ...]
    path: str
    decimals: int


def measure(
    entries: Iterable[Entry], tree: SourceTree
) -> tuple[Mapping[str, tuple[Measured, ...]], tuple[Diagnostic, ...]]:
    """The measured values of every claim by entry, and what is wrong with files and selectors."""
    found: list[Diagnostic] = []
    measured: dict[str, tuple[Measured, ...]] = {}
    for entry in entries:
        if isinstance(entry.front, Evidence) and entry.front.claims:
            measured[entry.path] = tuple(
                _claim(entry, index, claim, tree, found) for index, claim in enumerate(entry.front.claims)
            )
    return measured, tuple(found)


def _claim(entry: Entry, index: int, claim: Claim, tree: SourceTree, found: list[Diagnostic]) -> Measured:
    path = ""
    values: tuple[Measurement, ...] = ()
    if claim.measured is not None:
        path = normpath(join(dirname(entry.path), claim.measured.file))
        values = _values(entry, index, claim.measured, path, tree, found)
    return Measured(claim=claim, values=values, path=path, decimals=_decimals(entry, index))


def _values(
    entry: Entry, index: int, selector: Selector, path: str, tree: SourceTree, found: list[Diagnostic]
) -> tuple[Measurement, ...]:
    def tell(message: str, field: str, rule: str = "invalid-data") -> None:
        keys: Keys = ("claims", index, "measured", field)
        position = entry.positions.get(keys) or entry.position("claims", index, "measured")
        found.append(fault(rule, entry.path, f"claims[{index}].measured: {message}", "", position, entry.text))

    unfinished = entry.status in ("planned", "building")
    if path.startswith(("..", "/")) or path not in tree.files:
        if not unfinished:
            tell(f"there is no file {selector.file}", "file")
        return ()
    try:
        values = select(read_csv(tree.read(path)), selector)
    except InvalidCsv as error:
        tell(f"{selector.file}:{error.line}: {error}", "file")
        return ()
    except InvalidSelector as error:
        tell(f"{selector.file} {error}", error.field)
        return ()
    if not values and not unfinished:
        tell(f"no row of {selector.file} fits the selector", "where")
    return values


def _decimals(entry: Entry, index: int) -> int:
    """How many decimals the author wrote the goal with."""
    for field in ("reported", "target"):
        position: Position | None = entry.positions.get(("claims", index, field))
        if position is not None:
            line = entry.text.split("\n")[position.line - 1]
            written = line[position.column - 1 : position.column - 1 + position.width]
            return len(written.partition(".")[2]) if "e" not in written.lower() else 0
    return 0
