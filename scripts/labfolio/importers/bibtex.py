"""A bibliography in BibTeX or CSL-JSON to records of papers.bib and a paper note, still to be written, for each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from labfolio.importers.carried import Carried, Given, Import, Missed, Target
from labfolio.importers.fields import line_of_text
from labfolio.importers.paper_stub import open_questions
from labfolio.importers.slugs import slug_of
from labfolio.model.entry import PAPER, tag_slug
from labfolio.parse.bibliography import Record, plain_text, record_of
from labfolio.parse.bibtex import SourceRecord, inner, read_bibtex
from labfolio.parse.csl import read_csl
from labfolio.parse.private_text import has_local_path
from labfolio.parse.record_text import append_record, citation_key, record_text
from labfolio.parse.text import decode
from labfolio.schema.entry_file import entry_file

TAGS = 8
# What reference managers keep for themselves or for one reader: files, notes, groups, days of import, second keys.
_LOCAL = re.compile(
    r"file|pdf|localfile|local[-_]?url|bdsk-.*|abstract|annot(?:e|ation)|comment|review|owner|creationdate"
    r"|modificationdate|timestamp|date-(?:added|modified)|added-at|mendeley-.*|groups|__markedentry|ranking|readstatus"
    r"|printed|priority|qualityassured|relevance|username|ids|interhash|intrahash"
)
_UNUSABLE = re.compile(r"[^\w!$&'()*+./:;<>?@^|-]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTAINERS = ("proceedings", "book", "collection", "mvbook", "mvcollection", "mvproceedings")
_INHERITED = ("booktitle", "year", "date", "month", "editor", "publisher", "journal", "series", "volume", "address")


def read(given: Given, target: Target) -> Import:
    """The bibliography, grown by the records that it lacks, and one note a record that has none.

    A record counts as known by its key, its DOI or its arXiv identifier. What stands in the bibliography is never
    changed; a note whose path is taken is never made again.
    """
    reading = _Reading(given=given, target=target, papers=target.papers)
    if given.files and not reading.sound():
        return Import(files=(), missed=tuple(reading.missed))
    for path in given.files:
        if path.lower().endswith((".bib", ".biblatex", ".bibtex", ".json")):
            _read_file(path, given.read(path), reading)
        else:
            reading.miss(path, 1, "is neither BibTeX nor CSL-JSON; attachments are not carried")
    return Import(
        files=reading.files(),
        missed=tuple(sorted(reading.missed, key=lambda one: (one.path, one.line))),
        known=tuple(sorted(reading.standing)),
    )


@dataclass(slots=True)
class _Reading:
    """What was made so far.

    `known` are all records by key, `written` the fields of each as they stand, `works` the keys by DOI and arXiv
    identifier; `taken` maps slugs in small letters to their source, `noted` slugs of this import to their key;
    `standing` are the keys that have a note.
    """

    given: Given
    target: Target
    papers: str
    known: dict[str, Record] = field(default_factory=dict)
    written: dict[str, Mapping[str, str]] = field(default_factory=dict)
    works: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    noted: dict[str, str] = field(default_factory=dict)
    standing: set[str] = field(default_factory=set)
    notes: list[Carried] = field(default_factory=list)
    grown_from: str = ""
    missed: list[Missed] = field(default_factory=list)

    def miss(self, path: str, line: int, what: str) -> None:
        self.missed.append(Missed(path=path, line=line, what=what))

    def sound(self) -> bool:
        """Takes in the site as it is. A bibliography with faults does not grow: what it holds is not known."""
        records, faults = read_bibtex(self.target.bibliography, self.papers)
        self.taken = {slug.lower(): source for slug, source in self.target.slugs.items()}
        for one in records:
            self.know(one)
        for found in faults:
            place = f"{self.target.bibliography}:{found.position.line}"
            self.miss(self.given.files[0], 1, f"{place}: {found.message}; nothing is imported until it is mended")
        return not faults

    def known_as(self, record: Record) -> str:
        """The key under which a work is known already, or an empty text."""
        if record.key in self.known:
            return record.key
        return next((self.works[id] for id in ids(record) if id in self.works), "")

    def know(self, one: SourceRecord) -> None:
        if one.key not in self.known:
            self.known[one.key] = record_of(one)
            self.written[one.key] = _comparable(one.fields)
            for id in ids(self.known[one.key]):
                self.works.setdefault(id, one.key)

    def add(self, one: SourceRecord, path: str) -> None:
        """Appends a record to the bibliography."""
        self.know(one)
        self.papers = append_record(self.papers, record_text(one.kind, one.key, one.fields))
        self.grown_from = self.grown_from or path

    def files(self) -> tuple[Carried, ...]:
        """The notes, and the bibliography where it grew, in order of path."""
        grown = Carried(path=self.target.bibliography, content=self.papers.encode(), source=self.grown_from, grows=True)
        return tuple(sorted(self.notes + ([grown] if self.grown_from else []), key=lambda one: one.path))


def ids(record: Record) -> tuple[str, ...]:
    """What a work is known by beside its key: DOI and arXiv identifier, without a version."""
    return tuple(one for one in (record.doi.lower(), re.sub(r"v\d+$", "", record.arxiv)) if one)


def _comparable(fields: Mapping[str, str]) -> Mapping[str, str]:
    return {name.lower(): inner(value) for name, value in fields.items()}


def _read_file(path: str, data: bytes, reading: _Reading) -> None:
    text, faults = decode(path, data)
    records: tuple[SourceRecord, ...] = ()
    if not faults and path.lower().endswith(".json"):
        records, missed = read_csl(text)
        for line, what in missed:
            reading.miss(path, line, what)
    elif not faults:
        records, faults = read_bibtex(path, text)
        if not records and not faults:
            reading.miss(path, 1, "holds no record of BibTeX")
    for found in faults:
        reading.miss(path, found.position.line, found.message)
    volumes = {_crossref(one) for one in records} - {""}
    by_key = {one.key: one for one in records}
    for one in records:
        if one.kind in ("set", "xdata"):
            reading.miss(path, one.line, f"@{one.kind} '{one.key}' is not carried: it is no work of its own")
        elif not (one.key in volumes and one.kind in _CONTAINERS):
            _read_record(path, _whole(one, by_key), reading)


def _crossref(one: SourceRecord) -> str:
    return inner(one.fields.get("crossref", ""))


def _whole(one: SourceRecord, others: Mapping[str, SourceRecord]) -> SourceRecord:
    """A record with what it leaves to the volume that `crossref` names."""
    parent = others.get(_crossref(one))
    if parent is None or not parent.key:
        return one
    fields = {name: value for name, value in one.fields.items() if name != "crossref"}
    title = parent.fields.get("booktitle") or parent.fields.get("title", "")
    for name, value in {**parent.fields, "booktitle": title}.items():
        dated = name in ("year", "date", "month") and fields.keys() & {"year", "date"}
        if name in _INHERITED and value and not dated:
            fields.setdefault(name, value)
    return replace(one, fields=fields)


def _read_record(path: str, source: SourceRecord, reading: _Reading) -> None:
    one = _without_private(source)
    record = record_of(one)
    if not record.title:
        reading.miss(path, one.line, f"'{one.key}' has no title and is not carried")
        return
    if not usable(one.key):
        one = _keyed(path, one, record, reading)
        record = replace(record, key=one.key)
    if private := ", ".join(f"'{name}'" for name in source.fields if name not in one.fields):
        reading.miss(path, one.line, f"'{one.key}': not carried: {private}")
    for macro in one.undefined:
        reading.miss(path, one.line, f"'{one.key}': the macro '{macro}' is not defined; its name is kept as text")
    known = reading.known_as(record)
    if not known:
        reading.add(one, path)
    elif known != one.key:
        reading.miss(path, one.line, f"'{one.key}' is the work that '{known}' already is; its record is not added")
    elif reading.written[known] != _comparable(one.fields):
        where = reading.target.bibliography
        reading.miss(path, one.line, f"'{known}' stands in {where} with other fields, which are left as they are")
    _write_note(path, one, known or one.key, reading)


def published(one: SourceRecord, others: Sequence[SourceRecord]) -> SourceRecord:
    """A record as a bibliography may hold it: whole, and without what belongs to one machine or one reader."""
    return _without_private(_whole(one, {other.key: other for other in others}))


def usable(key: str) -> bool:
    """Whether a key can stand in a citation."""
    return bool(key) and not _UNUSABLE.search(key)


def _without_private(one: SourceRecord) -> SourceRecord:
    """The record without what belongs to one machine, to one reader or to its publisher (the abstract)."""
    kept = {n: value for n, value in one.fields.items() if not (_LOCAL.fullmatch(n) or has_local_path(value))}
    return replace(one, fields=kept)


def _keyed(path: str, one: SourceRecord, record: Record, reading: _Reading) -> SourceRecord:
    """The record with a key made for it: that of the same fields where they are known, else one that is free."""
    fields = _comparable(one.fields)
    others = {key for key, written in reading.written.items() if written != fields}
    key = citation_key(record.authors, record.year, record.title, others)
    said = f"the key '{one.key}' cannot be used" if one.key else "the record has no key"
    reading.miss(path, one.line, f"{said}; it is filed as '{key}'")
    return replace(one, key=key)


def _write_note(path: str, one: SourceRecord, key: str, reading: _Reading) -> None:
    """Makes the note of a record, where there is none."""
    target = reading.target
    slug = "" if key in target.noted else _slug(path, one.line, key, reading)
    if not slug:
        reading.standing.add(key)
        return
    reading.noted[slug] = key
    fields = {
        "title": line_of_text(reading.known[key].title or record_of(one).title),
        "date": target.today,
        "status": "planned",
        "paper": key,
        "tags": _tags(path, one, reading),
    }
    content = entry_file(fields, open_questions()).encode()
    reading.notes.append(Carried(path=f"{_folder(target)}/{slug}.md", content=content, source=path))


def _folder(target: Target) -> str:
    return f"{target.docs_dir}/{PAPER.folder}"


def _slug(path: str, line: int, key: str, reading: _Reading) -> str:
    """The slug of a key's note, or an empty text where there is one; other entries with that name are passed by.

    A note of that name that does not say which paper it is on is left alone, too, and named.
    """
    for slug in _slugs(key):
        source = reading.taken.get(slug, "")
        if slug not in reading.noted and source.startswith(f"{_folder(reading.target)}/"):
            reading.noted[slug] = key
            reading.miss(path, line, f"'{key}' gets no note: {source} stands already and does not name it in `paper`")
        if reading.noted.get(slug) == key:
            return ""
        if slug not in reading.noted and not source:
            return slug
    raise AssertionError  # there is always a next number


def _slugs(key: str) -> Iterator[str]:
    """The key as a part of a URL, then with numbers; a function of the key, so that a second import finds it."""
    slug = slug_of(key)
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def _tags(path: str, one: SourceRecord, reading: _Reading) -> Sequence[str]:
    """The keywords, those that differ in capitals once."""
    words = plain_text(one.fields.get("keywords", ""))
    tags: dict[str, str] = {}
    for word in re.split(";" if ";" in words else ",", words):
        if plain := " ".join(word.split()):
            tags.setdefault(tag_slug(plain), plain)
    named = list(tags.values())
    if len(named) > TAGS:
        reading.miss(path, one.line, f"'{one.key}': tags are the first {TAGS} of {len(named)} keywords")
    return named[:TAGS]
