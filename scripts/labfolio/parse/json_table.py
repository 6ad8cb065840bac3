"""JSON and JSON Lines as a table: one row an object, nested objects as dotted columns, numbers as they are written."""

import json
import re
from collections.abc import Iterable
from typing import Any

from labfolio.parse.table import InvalidTable, Row, Table, check_cells, table_text

_DEPTH = 20
# The most values, objects and lists of a file: those of the largest table, with what is logged beside.
_VALUES = 1_000_000


def read_json(data: bytes) -> Table:
    """The table of a list of objects, or of one object; a list of objects inside it gives the rows.

    Raises InvalidTable with the line for anything else.
    """
    text = _text(data)
    value = _decoded(text, 1)
    return _table(
        list(zip(_lines(text, len(value)), value, strict=True)) if isinstance(value, list) else _inside(value)
    )


def read_jsonl(data: bytes) -> Table:
    """The table of one object a line; empty lines are passed over. Raises InvalidTable with the line."""
    lines = [(line, text) for line, text in enumerate(_text(data).split("\n"), start=1) if text.strip()]
    check_cells(len(lines), 1, lines[-1][0] if lines else 1)
    return _table([(line, _decoded(text, line)) for line, text in lines], sparse=True)


def _text(data: bytes) -> str:
    """The text of a file, before all that it holds is in memory. Raises InvalidTable."""
    text = table_text(data)
    if sum(text.count(sign) for sign in ",[{") > _VALUES:
        raise InvalidTable(f"holds over {_VALUES:,} values; keep those that are measured", 1)
    return text


def _decoded(text: str, line: int) -> Any:
    """One JSON value that begins in `line` of its file; numbers stay the text that was written."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise InvalidTable(f"is not JSON: {error.msg}", line + error.lineno - 1) from error
    except _TwiceError as error:
        raise InvalidTable(f"holds the key '{error}' twice in one object", line + _second(text, str(error))) from error
    except RecursionError as error:
        raise InvalidTable("is nested too deeply", line) from error


def _lines(text: str, count: int) -> list[int]:
    """The lines in which the items of a valid top-level list begin."""
    decoder, at, line, found = json.JSONDecoder(parse_int=str), text.index("[") + 1, 1, []
    line += text.count("\n", 0, at)
    for _ in range(count):
        start = next(place for place in range(at, len(text)) if text[place] not in " \t\r\n,")
        line += text.count("\n", at, start)
        found.append(line)
        _, at = decoder.raw_decode(text, start)
        line += text.count("\n", start, at)
    return found


class _TwiceError(Exception):
    """A key that an object holds twice."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _second(text: str, key: str) -> int:
    """How many lines stand before the second place where a key is written."""
    places = [match.start() for match in re.finditer(re.escape(json.dumps(key, ensure_ascii=False)), text)]
    return text.count("\n", 0, places[1]) if len(places) > 1 else 0


def _inside(value: Any) -> list[tuple[int, Any]]:
    """The rows of one object: itself, or those of the only list of objects in it, with its own values repeated."""
    if not isinstance(value, dict):
        raise InvalidTable("is neither an object nor a list of objects", 1)
    lists = [key for key, item in value.items() if isinstance(item, list) and item and isinstance(item[0], dict)]
    if len(lists) != 1:
        return [(1, value)]
    around = {key: item for key, item in value.items() if key != lists[0]}
    return [(1, {**around, **item} if isinstance(item, dict) else item) for item in value[lists[0]]]


def _table(objects: list[tuple[int, Any]], *, sparse: bool = False) -> Table:
    rows: list[tuple[int, dict[str, str]]] = []
    for line, value in objects:
        if not isinstance(value, dict):
            raise InvalidTable("holds something that is no object", line)
        rows.append((line, dict(_flat(value, "", line, 0))))
    header = tuple(dict.fromkeys(name for _, row in rows for name in row))
    if not header:
        raise InvalidTable("the file holds no value", 1)
    check_cells(len(rows), len(header), rows[-1][0])
    cells = (Row(line=line, cells=tuple(row.get(name, "") for name in header)) for line, row in rows)
    return Table(header=header, rows=tuple(cells), sparse=sparse)


def _flat(value: dict[str, Any], prefix: str, line: int, depth: int) -> Iterable[tuple[str, str]]:
    """Dotted names and texts; null is blank, and a list inside an object is no value."""
    if depth > _DEPTH:
        raise InvalidTable("is nested too deeply", line)
    for key, item in value.items():
        if isinstance(item, dict):
            yield from _flat(item, f"{prefix}{key}.", line, depth + 1)
        elif isinstance(item, bool):
            yield prefix + key, "true" if item else "false"
        elif item is None:
            yield prefix + key, ""
        elif isinstance(item, str):
            yield prefix + key, item.strip()
