"""A file of nbformat 3 or 4 as its cells, each with the line where it stands."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from labfolio.model.source import FILE_LIMIT
from labfolio.parse.json_places import element_spans, line_counter, member_spans, value_at
from labfolio.parse.text import printable

# The largest source or output of a cell that is read, in characters of JSON: an image of 5 MiB in base64 fits.
PART_LIMIT = 8 * 1024 * 1024
_CELLS = 5000
# nbformat 3 (nbformat/v4/convert.py): outputs by their old names, and the types of what a cell displayed.
_OLD_OUTPUTS = {"pyout": "execute_result", "pyerr": "error"}
_OLD_TYPES = {
    "text": "text/plain", "html": "text/html", "svg": "image/svg+xml", "png": "image/png", "jpeg": "image/jpeg",
    "latex": "text/latex", "json": "application/json", "javascript": "application/javascript",
}  # fmt: skip


class InvalidNotebook(Exception):
    """A file is no notebook that can be read; `line` is where it is not, from 1."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a cell that is too large or nested too deep to be read, by its size in MiB."""

    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its number from 1, its kind and source, and the lines of the file where source and outputs stand.

    `step` is 1 where each line of the source has a line of the file, else 0. `count` is the number of its run, empty
    where it was not run. What Jupyter's own metadata hides is a tag too. An output, and `unread`, may be too large.
    """

    number: int
    kind: str
    source: str
    line: int
    step: int
    tags: tuple[str, ...]
    attachments: Mapping[str, Any]
    outputs: tuple[tuple[int, Any], ...]
    count: str = ""
    unread: Unread | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """A notebook: the language of its kernel as a fence can name it, what its metadata states, and its cells."""

    language: str
    title: str
    date: str
    cells: tuple[Cell, ...]


def read_notebook(data: bytes, limit: int = FILE_LIMIT) -> Notebook:
    """The notebook that a file of at most `limit` bytes holds. Raises InvalidNotebook."""
    if len(data) > limit:
        raise InvalidNotebook(f"it is over {limit // 1024 // 1024} MiB; clear its large outputs first")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} of it is not valid UTF-8"
        raise InvalidNotebook(message, data.count(b"\n", 0, error.start) + 1) from error
    try:
        return _parts(text)
    except json.JSONDecodeError as error:
        raise InvalidNotebook(f"it is not JSON ({error.msg[:1].lower()}{error.msg[1:]})", error.lineno) from error
    except ValueError as error:
        raise InvalidNotebook("a number in it is too long") from error


def _parts(text: str) -> Notebook:
    spans = {name: (at, end) for name, at, end in member_spans(text, 0)}
    version = _value(text, spans.get("nbformat"))
    if version not in (3, 4) or isinstance(version, bool):
        named = f"nbformat {version}" if isinstance(version, int) else "no nbformat"
        raise InvalidNotebook(f"it has {named}, and nbformat 3 and 4 are read; save it again with a current Jupyter")
    places = tuple(_places(text, spans, version))
    if len(places) > _CELLS:
        raise InvalidNotebook(f"it has {len(places)} cells, and {_CELLS} are read; split it")
    metadata = _mapping(_value(text, spans.get("metadata")))
    line_at = line_counter(text)
    cells = tuple(_cell(number, text, place, line_at) for number, place in enumerate(places, start=1))
    return Notebook(
        language=_language(metadata),
        title=" ".join(printable(joined(metadata.get("title"))).split()),
        date=joined(metadata.get("date")),
        cells=cells,
    )


def _places(text: str, spans: Mapping[str, tuple[int, int]], version: int) -> Iterator[int]:
    """Where each cell begins; nbformat 3 keeps them in worksheets."""
    if version == 4:
        if not _begins(text, spans.get("cells"), "["):
            raise InvalidNotebook("it has no cells")
        yield from (at for at, _ in element_spans(text, spans["cells"][0]))
        return
    if not _begins(text, spans.get("worksheets"), "["):
        raise InvalidNotebook("it has no worksheets, where nbformat 3 keeps cells")
    for sheet, _ in element_spans(text, spans["worksheets"][0]):
        parts = {name: (at, end) for name, at, end in member_spans(text, sheet)}
        if _begins(text, parts.get("cells"), "["):
            yield from (at for at, _ in element_spans(text, parts["cells"][0]))


def _begins(text: str, span: tuple[int, int] | None, sign: str) -> bool:
    return span is not None and text.startswith(sign, span[0])


def _value(text: str, span: tuple[int, int] | None) -> Any:
    """The value of a part: None where there is none, and Unread where it is too large or nested too deep."""
    if span is None:
        return None
    size = span[1] - span[0]
    try:
        return value_at(text, span[0]) if size <= PART_LIMIT else Unread(size >> 20)
    except RecursionError:
        return Unread(size >> 20)


def _cell(number: int, text: str, at: int, line_at: Callable[[int], int]) -> Cell:
    is_object = text.startswith("{", at)
    spans = {name: (place, end) for name, place, end in member_spans(text, at)} if is_object else {}
    metadata = _mapping(_value(text, spans.get("metadata")))
    held = spans.get("source") or spans.get("input")
    source = _value(text, held)
    kind = " ".join(printable(joined(_value(text, spans.get("cell_type")))).split())
    place = held[0] if held else at
    first = next((one for one, _ in element_spans(text, place)), place) if isinstance(source, list) else place
    count = _value(text, spans.get("execution_count") or spans.get("prompt_number"))
    shown = printable(joined(source).replace("\r\n", "\n").replace("\r", "\n")).rstrip("\n")
    if kind == "heading":
        level = _value(text, spans.get("level"))
        kind, shown = "markdown", f"{'#' * level if level in range(1, 7) else '#'} {' '.join(shown.split())}"
    return Cell(
        number=number,
        kind=kind,
        source=shown,
        line=line_at(first),
        step=int(first != place and line_at(first) > line_at(place)),
        tags=_tags(metadata, collapsed=_value(text, spans.get("collapsed")) is True),
        attachments=_mapping(_value(text, spans.get("attachments"))),
        outputs=tuple(_outputs(text, spans.get("outputs"), line_at)),
        count=str(count) if isinstance(count, int) and 0 < count < 10**6 else "",
        unread=source if isinstance(source, Unread) else None,
    )


def _tags(metadata: Mapping[str, Any], *, collapsed: bool) -> tuple[str, ...]:
    """The tags of a cell, `hide_input` as `hide-input`; what Jupyter's own buttons hide is one too."""
    given = metadata.get("tags")
    tags = [tag.replace("_", "-") for tag in given if isinstance(tag, str)] if isinstance(given, list) else []
    hidden = _mapping(metadata.get("jupyter"))
    if hidden.get("source_hidden") is True or metadata.get("hide_input") is True:
        tags.append("hide-input")
    if collapsed or hidden.get("outputs_hidden") is True or metadata.get("collapsed") is True:
        tags.append("hide-output")
    return tuple(dict.fromkeys(tags))


def _outputs(text: str, span: tuple[int, int] | None, line_at: Callable[[int], int]) -> Iterator[tuple[int, Any]]:
    """The outputs of a cell as nbformat 4 has them, each with its line."""
    if span is None or not _begins(text, span, "["):
        return
    for at, end in element_spans(text, span[0]):
        yield line_at(at), _as_of_4(_value(text, (at, end)))


def _as_of_4(output: Any) -> Any:
    """An output of nbformat 3 by the names of nbformat 4."""
    if not isinstance(output, dict):
        return output
    kind = output.get("output_type")
    if kind == "stream" and "stream" in output:
        return {**output, "name": output["stream"]}
    if kind == "pyerr":
        return {**output, "output_type": "error"}
    if (kind == "pyout" or kind == "display_data") and "data" not in output:
        data = {_OLD_TYPES[name]: value for name, value in output.items() if name in _OLD_TYPES}
        return {"output_type": _OLD_OUTPUTS.get(kind, kind), "data": data}
    return output


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
