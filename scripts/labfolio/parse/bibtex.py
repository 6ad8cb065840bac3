"""BibTeX as its records: fields as they are written, macros put in, and every fault with its line."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.rules import fault
from labfolio.model.source import Position

# The macros that every BibTeX style defines.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIELD = re.compile(r"\s*[\w-]+\s*=")

# bibtexparser logs the faults that are told here. It is one handler, since each further one would stay for good.
_SILENT = logging.NullHandler()

_LONGEST = 10_000
# A file that is no BibTeX has a fault on every line; each takes time to find, and nobody reads them all.
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """One record as it stands in a file.

    `kind` and the names in `fields` are in small letters; the values keep their delimiters and LaTeX, with macros and
    `#` resolved. `undefined` are macros that nothing defines; `line` counts from 1.
    """

    kind: str
    key: str
    fields: Mapping[str, str]
    line: int
    undefined: tuple[str, ...] = ()


def read_bibtex(path: str, text: str) -> tuple[tuple[SourceRecord, ...], tuple[Diagnostic, ...]]:
    """The records in order, and what could not be read. A key or field that is given again loses to the first."""
    if not text.strip():
        return (), ()
    from bibtexparser.entrypoint import parse_string  # imported only where a bibliography exists

    logging.getLogger("bibtexparser").addHandler(_SILENT)
    library = parse_string(text, parse_stack=[])
    macros: dict[str, str] = {}
    for one in library.strings:
        macros.setdefault(one.key.lower(), _resolved(str(one.value), macros)[0])
    return tuple(_record(entry, macros) for entry in _entries(library)), tuple(_failures(path, text, library))


def inner(value: str) -> str:
    """A value on one line without its delimiters."""
    value = " ".join(value.split())
    if len(value) > 1 and (value[0], value[-1]) in (("{", "}"), ('"', '"')):
        value = value[1:-1]
    return value


def _entries(library: Any) -> Iterator[Any]:
    """The entries, those with a repeated field among them."""
    for block in library.blocks:
        if type(block).__name__ == "DuplicateFieldKeyBlock":
            block = block.ignore_error_block
        if type(block).__name__ == "Entry":
            yield block


def _record(entry: Any, macros: Mapping[str, str]) -> SourceRecord:
    fields: dict[str, str] = {}
    undefined: dict[str, None] = {}
    for one in entry.fields:
        value, unknown = _resolved(str(one.value), macros)
        fields.setdefault(one.key.lower(), value)
        undefined.update(dict.fromkeys(unknown))
    return SourceRecord(
        kind=entry.entry_type.lower(),
        key=entry.key.strip(),
        fields=fields,
        line=(entry.start_line or 0) + 1,
        undefined=tuple(undefined),
    )


def _resolved(value: str, macros: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """A value with its parts joined and macros replaced, and the macros that have no meaning."""
    parts = [part for part in _parts(value) if part]
    plain = [part for part in parts if part[0] not in '{"' and not part.isdigit()]
    if len(parts) == 1 and (not plain or (plain[0].lower() in MONTHS and plain[0].lower() not in macros)):
        return parts[0], ()
    words = [inner(macros.get(part.lower(), part)) if part in plain else _undelimited(part) for part in parts]
    if sum(map(len, words)) > _LONGEST:  # macros of macros, each doubled, outgrow any memory
        return "{" + " ".join(_undelimited(part) for part in parts) + "}", tuple(plain)
    return "{" + "".join(words) + "}", tuple(part for part in plain if part.lower() not in (*macros, *MONTHS))


def _undelimited(part: str) -> str:
    return part[1:-1] if part[0] in '{"' else part


def _parts(value: str) -> Iterator[str]:
    """What stands between the `#` of a value, outside braces and quotes."""
    depth, quoted, start = 0, False, 0
    for index, sign in enumerate(value):
        depth += (sign == "{") - (sign == "}")
        if sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            yield value[start:index].strip()
            start = index + 1
    yield value[start:].strip()


def _failures(path: str, text: str, library: Any) -> Iterator[Diagnostic]:
    """What is wrong with the first blocks that could not be read, and how many more there are."""
    blocks, lines = library.failed_blocks, text.split("\n")
    for block in blocks[:_MOST]:
        place, message, help = _failure(lines, block)
        yield replace(fault("invalid-bibtex", path, message, help, place), source=lines[place.line - 1])
    if len(blocks) > _MOST:
        place = Position(line=(blocks[_MOST].start_line or 0) + 1, column=1)
        message = f"{len(blocks) - _MOST} more entries from here on cannot be read"
        help = "Mend the first ones, then check again."
        yield replace(fault("invalid-bibtex", path, message, help, place), source=lines[place.line - 1])


def _failure(lines: Sequence[str], block: Any) -> tuple[Position, str, str]:
    """Where a block is wrong, at its key or at the brace that is never closed, in which way, and the mend."""
    first = block.start_line or 0
    if "DuplicateField" in type(block).__name__:
        return _field_again(lines, block)
    if "Duplicate" in type(block).__name__:
        place = key_place(lines[first], block.key, first + 1)
        return place, f"'{block.key}' is given twice", "Give one of the two another key, or remove it."
    if (number := _open_field(lines, first + 1)) is not None:
        column = _open_brace(lines[number])
        place = Position(line=number + 1, column=column + 1, width=len(lines[number]) - column)
        message = "a brace is opened here and not closed before the next field"
        return place, message, "Close it, or remove it: every { of a field needs its }."
    error = getattr(block, "error", None)
    reason = str(getattr(error, "abort_reason", "") or error or "").strip().split("\n")[0].rstrip(".")
    message = "this entry cannot be read" + (f": {reason[:1].lower()}{reason[1:]}" if reason else "")
    return Position(line=first + 1, column=1), message, ""


def key_place(line: str, key: str, number: int) -> Position:
    """Where a key stands in the first line of its record; the line's begin where the key stands further down."""
    column = line.find(key) + 1
    return Position(line=number, column=max(column, 1), width=len(key) if column else 1)


def _open_field(lines: Sequence[str], first: int) -> int | None:
    """The line, from 0, with the brace that the first field whose braces do not match leaves open; None if all do."""
    opened, depth = first, 0
    for number, line in enumerate(lines[first:], start=first):
        if _FIELD.match(line) or line.startswith(("@", "}")):
            if depth > 0:
                return opened
            depth = 0
        if line.startswith(("@", "}")):
            return None
        if depth <= 0 and "{" in line:
            opened = number
        depth += line.count("{") - line.count("}")
    return opened if depth > 0 else None


def _open_brace(line: str) -> int:
    """The column, from 0, of the first brace that a line opens and does not close."""
    opened: list[int] = []
    for column, sign in enumerate(line):
        if sign == "{":
            opened.append(column)
        elif sign == "}" and opened:
            opened.pop()
    return opened[0]


def _field_again(lines: Sequence[str], block: Any) -> tuple[Position, str, str]:
    """A field that a record has a second time, where it stands again."""
    seen: set[str] = set()
    for one in block.ignore_error_block.fields:
        if one.key.lower() in {name.lower() for name in block.duplicate_keys} and one.key.lower() in seen:
            break
        seen.add(one.key.lower())
    number = one.start_line or 0
    place = Position(line=number + 1, column=max(lines[number].rfind(one.key) + 1, 1), width=len(one.key))
    return place, f"the field '{one.key}' is given twice", "Remove one of the two; the first is what readers see."
