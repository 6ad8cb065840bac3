"""From `content/log.csv` to hours: every fault with its line and column, notes left behind."""

import re
from collections.abc import Collection, Iterable, Mapping

from pydantic import ValidationError

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Keys
from labfolio.model.log import LogLine, Worked
from labfolio.model.program import Program
from labfolio.model.rules import fault
from labfolio.model.source import Position, lines_of
from labfolio.model.spelling import certain, closest, nearest
from labfolio.parse.csv_table import read_csv
from labfolio.parse.mends import replaced
from labfolio.parse.sentences import explain
from labfolio.parse.table import InvalidTable, Row, Table
from labfolio.parse.yaml_text import YamlText

_DAY = 24.0
# A line every hour for two years; and how many faults are told at once, the others when these are mended.
_ROWS, _MOST = 20_000, 200
# A cell of a line of CSV as it is written, with its quotes.
_CELL = re.compile(r'(?:^|,)("(?:[^"]|"")*"?[^,]*|[^,]*)')


def read_log(
    path: str,
    data: bytes,
    program: Program,
    items: Mapping[str, str | None],
    faulty: Collection[str] = (),
) -> tuple[tuple[Worked, ...], tuple[Diagnostic, ...]]:
    """The lines of the log and everything that is wrong with it.

    `items` gives the pillar of each entry by its slug; nothing is said against the slugs in `faulty`.
    """
    try:
        table = read_csv(data)
    except InvalidTable as error:
        if not data.strip():
            return (), ()
        position = Position(line=error.line, column=1)
        text = data.decode("utf-8", "replace")
        return (), (fault("invalid-data", path, str(error), "", position, text),)
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    found = list(_header(path, text, table))
    if found:
        return (), tuple(found)
    if len(table.rows) > _ROWS:
        message = f"the log has {len(table.rows):,} lines; the limit is {_ROWS:,}"
        return (), (fault("too-large", path, message, "Keep one line for each block of work."),)
    worked: list[Worked] = []
    for row in table.rows:
        if len(found) > _MOST:
            break
        line, faults = _line(path, text, table, row, program.timezone)
        found += faults
        if line is not None:
            found += _references(path, text, table, row, line, program, items, faulty)
            pillar = line.pillar or items.get(line.item or "")
            worked.append(
                Worked(
                    date=line.date,
                    hours=line.hours,
                    activity=line.activity,
                    intensity=line.intensity,
                    pillar=pillar,
                    item=line.item,
                    line=row.line,
                )
            )
    return tuple(worked), (*found, *_long_days(path, text, worked))


def _header(path: str, text: str, table: Table) -> Iterable[Diagnostic]:
    known = tuple(LogLine.model_fields)
    meant = {closest(name, known) for name in table.header if name not in known}
    for name in table.header:
        if name not in known:
            sure, place = certain(name, known), _place(text, table.line, name)
            message = f"unknown column '{name}'{nearest(name, known)}"
            help = f"Write {sure}" if sure else f"The columns are {', '.join(known)}."
            fix = replaced(text, place, name, sure) if sure and sure not in table.header else None
            yield fault("unknown-key", path, message, help, place, text, fix)
    for name in ("date", "hours"):
        if name not in table.header and name not in meant:
            at = Position(line=table.line, column=1)
            yield fault("missing-field", path, f"{name}: required", "Add the column.", at, text)


def _line(path: str, text: str, table: Table, row: Row, zone: str) -> tuple[LogLine | None, list[Diagnostic]]:
    cells = dict(zip(table.header, row.cells, strict=True))
    try:
        return LogLine.model_validate(cells, context={"zone": zone}), []
    except ValidationError as error:
        places: dict[Keys, Position] = {(name,): _cell(text, table, row, name) for name in table.header}
        return None, list(
            explain(error, path, text, YamlText(value=cells, positions=places, keys=places, diagnostics=()), LogLine)
        )


def _references(
    path: str,
    text: str,
    table: Table,
    row: Row,
    line: LogLine,
    program: Program,
    items: Mapping[str, str | None],
    faulty: Collection[str],
) -> Iterable[Diagnostic]:
    pillars = [pillar.id for pillar in program.pillars]
    if line.pillar is not None and line.pillar not in pillars:
        message = f"pillar: '{line.pillar}' is not in program.yml{nearest(line.pillar, pillars)}"
        help = f"There are: {', '.join(pillars)}." if pillars else "There are none yet."
        help = f"Write {close}" if (close := closest(line.pillar, pillars)) else help
        yield fault("unknown-reference", path, message, help, _cell(text, table, row, "pillar"), text)
    if line.item is not None and line.item not in items and line.item not in faulty:
        message = f"item: '{line.item}' is not the slug of an entry{nearest(line.item, items)}"
        help = f"Write {close}" if (close := closest(line.item, items)) else "Use the slug of an entry."
        yield fault("unknown-reference", path, message, help, _cell(text, table, row, "item"), text)
    calendar = program.calendar()
    if calendar and not calendar[0] <= line.date <= calendar[-1]:
        message = f"date: {line.date} lies outside the programme ({calendar[0]} to {calendar[-1]})"
        yield fault("outside-programme", path, message, "", _cell(text, table, row, "date"), text)


def _long_days(path: str, text: str, worked: Iterable[Worked]) -> Iterable[Diagnostic]:
    """A day has 24 hours."""
    total: dict[object, float] = {}
    for one in worked:
        before = total.get(one.date, 0.0)
        total[one.date] = before + one.hours
        if before <= _DAY < total[one.date]:
            message = f"{one.date} adds up to {total[one.date]:g} hours"
            position = Position(line=one.line, column=1)
            yield fault("invalid-data", path, message, "Correct one of the day's lines.", position, text)


def _cell(text: str, table: Table, row: Row, name: str) -> Position:
    """Where a cell stands in its line; the line's beginning for one that began in a line before."""
    wanted = table.header.index(name)
    found = [*_CELL.finditer(lines_of(text)[row.line - 1])]
    if wanted >= len(found):
        return Position(line=row.line, column=1)
    written = found[wanted][1]
    cell = written.strip(' \t"')
    return Position(line=row.line, column=found[wanted].start(1) + written.find(cell) + 1, width=max(len(cell), 1))


def _place(text: str, line: int, word: str) -> Position:
    """A word of a line, or the beginning of a line that spells it in another way."""
    at = lines_of(text)[line - 1].find(word)
    return Position(line=line, column=at + 1, width=len(word)) if at >= 0 else Position(line=line, column=1)
