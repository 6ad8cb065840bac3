"""One record for one paper note: out of saved BibTeX, or of a saved record of arXiv."""

from collections.abc import Mapping
from dataclasses import dataclass

from labfolio.importers.bibtex import ids, published, usable
from labfolio.parse.arxiv import read_arxiv
from labfolio.parse.bibliography import Record, record_of
from labfolio.parse.bibtex import read_bibtex
from labfolio.parse.record_text import citation_key, record_text


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRecord:
    """The key and title of a work, and the BibTeX that the bibliography lacks; empty where it has the work already."""

    key: str
    title: str
    bibtex: str


def of_bibtex(text: str, key: str, known: Mapping[str, Record]) -> OneRecord | str:
    """The record `key` of a BibTeX file, or its only one; a sentence with the reason where there is none.

    What belongs to one machine or one reader stays behind, as it does when a whole library is imported.
    """
    records, faults = read_bibtex("", text)
    if faults:
        return f"line {faults[0].position.line}: {faults[0].message}"
    chosen = [one for one in records if one.key == key] if key else list(records)
    if len(chosen) != 1:
        there = ", ".join(one.key for one in records[:12])
        if not there:
            return "it holds no record of BibTeX"
        return f"there is no record '{key}' in it: {there}" if key else f"it holds {there}; say which with --paper"
    source = published(chosen[0], records)
    record = record_of(source)
    if not record.title:
        return "the record has no title"
    free = citation_key(record.authors, record.year, record.title, known)
    return _of(record, source.key if usable(source.key) else free, record_text(source.kind, "\0", source.fields), known)


def of_arxiv(text: str, id: str, known: Mapping[str, Record]) -> OneRecord | str:
    """The paper `id` of a saved record of arXiv; a sentence with the reason where there is none."""
    found = read_arxiv(text, id, known)
    if isinstance(found, str):
        return found
    return _of(found.record, found.record.key, found.bibtex.replace(f"{{{found.record.key},", "{\0,", 1), known)


def _of(record: Record, key: str, bibtex: str, known: Mapping[str, Record]) -> OneRecord:
    """The record under its key, or under the one that the bibliography has for the same work."""
    same = {id: one.key for one in known.values() for id in ids(one)}
    standing = key if key in known else next((same[id] for id in ids(record) if id in same), "")
    return OneRecord(key=standing or key, title=record.title, bibtex="" if standing else bibtex.replace("\0", key, 1))
