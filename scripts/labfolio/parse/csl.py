"""CSL-JSON, as Zotero and other reference managers export it, to records of BibTeX."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from labfolio.parse.bibliography import arxiv_id
from labfolio.parse.bibtex import MONTHS, SourceRecord
from labfolio.parse.json_places import elements, line_counter
from labfolio.parse.record_text import latex
from labfolio.parse.text import printable

# CSL 1.0.2 types to the types of BibTeX; what is missing is `misc`.
_KINDS = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
}
_CONTAINERS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
_PUBLISHERS = {"phdthesis": "school", "techreport": "institution"}
_PLAIN = {
    "volume": "volume", "issue": "number", "number": "number", "edition": "edition", "language": "language",
    "ISBN": "isbn", "ISSN": "issn", "keyword": "keywords", "abstract": "abstract", "publisher-place": "address",
    "event-place": "address", "collection-title": "series", "genre": "type",
}  # fmt: skip
# Fields that are read otherwise, and those with which a library keeps house.
_TAKEN = {
    "id", "citation-key", "type", "title", "author", "editor", "issued", "container-title", "publisher", "page", "DOI",
    "URL", "note", "source", "call-number", "archive", "archive_location", "accessed", "event", "title-short",
    "container-title-short", "shortTitle", "journalAbbreviation",
}  # fmt: skip


def read_csl(text: str) -> tuple[tuple[SourceRecord, ...], tuple[tuple[int, str], ...]]:
    """The records of a list of items, and what is wrong with others: the line, and the end of a sentence.

    An item's `citation-key` is its key, else its `id` where people could cite by it, else none. A note that is more
    than an arXiv identifier is the field `annote`.
    """
    line_at = line_counter(text)
    records: list[SourceRecord] = []
    missed: list[tuple[int, str]] = []
    try:
        for at, item in elements(text, 0):
            line = line_at(at)
            if isinstance(item, dict) and ("type" in item or "title" in item):
                records.append(_record(item, line))
            else:
                missed.append((line, "is no item of CSL-JSON"))
    except (ValueError, RecursionError) as error:
        missed.append((getattr(error, "lineno", 1), f"is not CSL-JSON from here on: {_reason(error)}"))
    return tuple(records), tuple(missed)


def _reason(error: Exception) -> str:
    return str(getattr(error, "msg", "it is nested too deeply")).lower()


def _record(item: Mapping[str, Any], line: int) -> SourceRecord:
    kind = _KINDS.get(_words(item.get("type")), "misc")
    values = {name: f"{{{value}}}" for name, value in _fields(item, kind).items() if value}
    if month := _month(item):
        values["month"] = month
    return SourceRecord(kind=kind, key=_key(item), fields=values, line=line)


def _key(item: Mapping[str, Any]) -> str:
    """A key that people cite by; addresses and numbers of a library are no such keys."""
    for name in ("citation-key", "id"):
        key = _words(item.get(name))
        if re.search("[A-Za-z]", key) and "://" not in key:
            return key
    return ""


def _fields(item: Mapping[str, Any], kind: str) -> dict[str, str]:
    def plain(name: str) -> str:
        return latex(_words(item.get(name)))

    note = _words(item.get("note"))
    id = next((id for one in ("number", "note", "URL", "DOI") if (id := _arxiv(_words(item.get(one))))), "")
    container = _marked(_words(item.get("container-title")))
    fields = {
        "title": _marked(_words(item.get("title"))),
        "author": " and ".join(_names(item.get("author"))),
        "editor": " and ".join(_names(item.get("editor"))),
        _CONTAINERS.get(kind, "howpublished"): container,
        _PUBLISHERS.get(kind, "publisher"): plain("publisher"),
        "year": next(iter(re.findall(r"\d{4}", _issued(item)[0])), ""),
        "pages": re.sub(r"-+", "--", plain("page")),
        "doi": _verbatim(item.get("DOI")),
        "url": _verbatim(item.get("URL")),
        "eprint": id,
        "archiveprefix": "arXiv" if id else "",
        "annote": latex(note) if not _arxiv(note) else "",
    }
    others = {_PLAIN.get(name, name): plain(name) for name in item if name not in _TAKEN and _tame(name)}
    return fields | {name: text for name, text in others.items() if name not in fields and not _arxiv(text)}


def _tame(name: str) -> bool:
    """Whether BibTeX can have a field of this name."""
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z-]{0,40}", name))


def _arxiv(text: str) -> str:
    return arxiv_id(text) if re.search("arxiv", text, re.IGNORECASE) else ""


def _words(value: Any) -> str:
    """A text or number on one line; anything else is none."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return ""
    return " ".join(printable(str(value)).split())


def _verbatim(value: Any) -> str:
    """An address, in which LaTeX's escapes would be read as letters; braces cannot stand in one."""
    return re.sub(r"[{}\s\\]", "", _words(value))


def _marked(text: str) -> str:
    """A title, whose few tags of HTML (https://docs.citationstyles.org) are taken off."""
    return latex(re.sub(r"</?(?:i|b|sub|sup|span)(?:\s[^<>]*)?>", "", text))


def _issued(item: Mapping[str, Any]) -> list[str]:
    """Year, month and day as far as they are given."""
    issued = item.get("issued")
    if not isinstance(issued, dict):
        return [_words(issued)]
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return [_words(part) for part in parts[0]]
    return re.split(r"[-/]", _words(issued.get("raw") or issued.get("literal")))[:3]


def _month(item: Mapping[str, Any]) -> str:
    part = [*_issued(item), "", ""][1]
    return MONTHS[int(part) - 1] if re.fullmatch(r"0?[1-9]|1[0-2]", part) else ""


def _names(people: Any) -> Iterator[str]:
    for one in people if isinstance(people, list) else []:
        if not isinstance(one, dict):
            continue
        family = " ".join(filter(None, (_words(one.get("non-dropping-particle")), _words(one.get("family")))))
        given = " ".join(filter(None, (_words(one.get("given")), _words(one.get("dropping-particle")))))
        if family and given:
            # BibTeX's order; a family name of several words, some in small letters, is one name here.
            yield ", ".join(filter(None, (latex(family), latex(_words(one.get("suffix"))), latex(given))))
        elif family:
            yield f"{{{latex(family)}}}"
        elif literal := _words(one.get("literal")) or given:
            yield f"{{{latex(literal)}}}"
