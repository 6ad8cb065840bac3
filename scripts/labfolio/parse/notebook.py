"""A file of nbformat 4 as its cells, each with the line where it stands."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from labfolio.model.source import FILE_LIMIT
from labfolio.parse.json_places import elements, line_counter, members
from labfolio.parse.text import printable


class InvalidNotebook(Exception):
    """A file is no notebook that can be read; `line` is where it is not, from 1."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its number from 1, its kind and source, and the lines of the file where source and outputs stand.

    `step` is 1 where each line of the source has a line of the file, else 0.
    """

    number: int
    kind: str
    source: str
    line: int
    step: int
    tags: tuple[str, ...]
    attachments: Mapping[str, Any]
    outputs: tuple[tuple[int, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """A notebook: the language of its kernel as a fence can name it, what its metadata states, and its cells."""

    language: str
    title: str
    date: str
    cells: tuple[Cell, ...]


def read_notebook(data: bytes) -> Notebook:
    """The notebook that a file holds. Raises InvalidNotebook."""
    if len(data) > FILE_LIMIT:
        raise InvalidNotebook(f"it is over {FILE_LIMIT // 1024 // 1024} MiB; clear its large outputs first")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidNotebook("it is not UTF-8", data.count(b"\n", 0, error.start) + 1) from error
    try:
        return _parts(text)
    except json.JSONDecodeError as error:
        raise InvalidNotebook(f"it is not JSON ({error.msg[:1].lower()}{error.msg[1:]})", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise InvalidNotebook("it is nested too deep, or a number is too long") from error


def _parts(text: str) -> Notebook:
    parts = {name: (at, value) for name, at, value in members(text, 0)}
    version = parts.get("nbformat", (0, None))[1]
    if version != 4:
        named = f"nbformat {version}" if isinstance(version, int) else "no nbformat"
        raise InvalidNotebook(f"it has {named}, and nbformat 4 is read; save it again with a current Jupyter")
    at, cells = parts.get("cells", (0, None))
    if not isinstance(cells, list):
        raise InvalidNotebook("it has no cells")
    line_at = line_counter(text)
    metadata = _mapping(parts.get("metadata", (0, None))[1])
    return Notebook(
        language=_language(metadata),
        title=" ".join(printable(joined(metadata.get("title"))).split()),
        date=joined(metadata.get("date")),
        cells=tuple(
            _cell(number, text, place, line_at) for number, (place, _) in enumerate(elements(text, at), start=1)
        ),
    )


def _cell(number: int, text: str, at: int, line_at: Callable[[int], int]) -> Cell:
    parts = {name: (place, value) for name, place, value in members(text, at)} if text.startswith("{", at) else {}
    place, source = parts.get("source", (at, None))
    listed = isinstance(source, list)
    first = next((one for one, _ in elements(text, place)), place) if listed else place
    tags = _mapping(parts.get("metadata", (at, None))[1]).get("tags")
    return Cell(
        number=number,
        kind=" ".join(printable(joined(parts.get("cell_type", (at, None))[1])).split()),
        source=printable(joined(source).replace("\r\n", "\n").replace("\r", "\n")).rstrip("\n"),
        line=line_at(first),
        step=int(listed and line_at(first) > line_at(place)),
        tags=tuple(tag.replace("_", "-") for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        attachments=_mapping(parts.get("attachments", (at, None))[1]),
        outputs=tuple((line_at(one), output) for one, output in _listed(text, parts.get("outputs"))),
    )


def _listed(text: str, part: tuple[int, Any] | None) -> Iterator[tuple[int, Any]]:
    if part and isinstance(part[1], list):
        yield from elements(text, part[0])


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _language(metadata: Mapping[str, Any]) -> str:
    for part, name in (("language_info", "name"), ("kernelspec", "language")):
        found = joined(_mapping(metadata.get(part)).get(name)).lower()
        if re.fullmatch(r"[a-z0-9+#.-]{1,30}", found):
            return found
    return "python"


def joined(value: Any) -> str:
    """A text that nbformat allows to be a list of lines; empty for anything else."""
    parts = value if isinstance(value, list) else [value]
    return "".join(part for part in parts if isinstance(part, str))
