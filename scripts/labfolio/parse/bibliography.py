"""From BibTeX to the records that entries refer to, through bibtexparser."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.rules import fault
from labfolio.model.source import Position

_FIELD = re.compile(r"\s*[\w-]+\s*=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One work of the bibliography, in plain words; fields that are not given are empty."""

    key: str
    title: str
    authors: tuple[str, ...]
    year: str
    venue: str
    doi: str
    arxiv: str
    url: str


def read_bibliography(path: str, text: str) -> tuple[Mapping[str, Record], tuple[Diagnostic, ...]]:
    """The records by key, and what could not be read."""
    if not text.strip():
        return {}, ()
    from bibtexparser.entrypoint import parse_string  # imported only where a bibliography exists

    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # its faults are told below
    library = parse_string(text, parse_stack=[])
    found = [_failure(path, text, block) for block in library.failed_blocks]
    records = {
        entry.key: _record(entry.key, {f.key.lower(): str(f.value) for f in entry.fields}) for entry in library.entries
    }
    return records, tuple(found)


def _failure(path: str, text: str, block: Any) -> Diagnostic:
    """What is wrong with a block, at its key or at the brace that is never closed."""
    lines, first = text.split("\n"), block.start_line or 0
    if "Duplicate" in type(block).__name__:
        place = Position(line=first + 1, column=lines[first].find(block.key) + 1, width=len(block.key))
        help = "Give one of the two another key, or remove it."
        return fault("invalid-bibtex", path, f"'{block.key}' is given twice", help, place, text)
    if (number := _open_field(lines, first + 1)) is not None:
        line = lines[number]
        place = Position(line=number + 1, column=line.find("{") + 1, width=len(line) - line.find("{"))
        message = "a brace is opened here and not closed before the next field"
        help = "Close it, or remove it: every { of a field needs its }."
        return fault("invalid-bibtex", path, message, help, place, text)
    error = getattr(block, "error", None)
    reason = str(getattr(error, "abort_reason", "") or error or "").strip().split("\n")[0].rstrip(".")
    message = "this entry cannot be read" + (f": {reason[:1].lower()}{reason[1:]}" if reason else "")
    return fault("invalid-bibtex", path, message, "", Position(line=first + 1, column=1), text)


def _open_field(lines: Sequence[str], first: int) -> int | None:
    """The line, from 0, of the first field of a block whose braces do not match, None where all do."""
    started, depth = first, 0
    for number, line in enumerate(lines[first:], start=first):
        if _FIELD.match(line) or line.startswith(("@", "}")):
            if depth > 0:
                return started
            started, depth = number, 0
        if line.startswith(("@", "}")):
            return None
        depth += line.count("{") - line.count("}")
    return started if depth > 0 else None


def _record(key: str, fields: Mapping[str, str]) -> Record:
    def plain(*names: str) -> str:
        return next((_plain(fields[name]) for name in names if fields.get(name)), "")

    arxiv = plain("eprint") if plain("archiveprefix").lower() in ("arxiv", "") else ""
    return Record(
        key=key,
        title=plain("title"),
        authors=tuple(
            _name(name) for name in re.split(r"\s+and\s+", _unwrap(fields.get("author", ""))) if name.strip()
        ),
        year=plain("year", "date")[:4],
        venue=plain("journal", "booktitle", "publisher", "school", "howpublished"),
        doi=plain("doi").removeprefix("https://doi.org/"),
        arxiv=arxiv,
        url=plain("url") if plain("url").startswith(("http://", "https://")) else "",
    )


def _unwrap(value: str) -> str:
    value = " ".join(value.split())
    if len(value) > 1 and (value[0], value[-1]) in (("{", "}"), ('"', '"')):
        value = value[1:-1]
    return value


def _plain(value: str) -> str:
    """A field without its delimiters, braces and the LaTeX accents that names commonly carry."""
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

    value = _unwrap(value)
    if "\\" in value or "$" in value:
        value = LatexNodes2Text().latex_to_text(value)
    return " ".join(value.replace("{", "").replace("}", "").replace("--", "–").replace("~", " ").split())


def _name(name: str) -> str:
    """`Last, First` as `First Last`; a name in braces (a corporation) stays as it is."""
    name = name.strip()
    if name == "others":
        return "et al."
    if name.startswith("{") or "," not in name:
        return _plain(name)
    last, _, first = name.partition(",")
    return f"{_plain(first)} {_plain(last)}".strip()
