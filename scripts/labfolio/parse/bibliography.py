"""From BibTeX to the records that entries refer to, through bibtexparser."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from labfolio.model.diagnostic import Diagnostic
from labfolio.parse.bibtex import SourceRecord, inner, read_bibtex
from labfolio.parse.latex import plain_latex
from labfolio.parse.names import read_names

_ARXIV = re.compile(r"(?<!\w)((?:\d{4}\.\d{4,5})|(?:[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One work of the bibliography, in plain words; fields that are not given are empty.

    `families` are the parts of the `authors` by which a text cites them, one each.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    families: tuple[str, ...]
    year: str
    venue: str
    doi: str
    arxiv: str
    url: str


class Works(Mapping[str, Record]):
    """Works by their keys. A record is put into plain words when it is first asked for: most never are."""

    def __init__(self, sources: Iterable[SourceRecord]) -> None:
        self._sources = {one.key: one for one in sources}
        self._read: dict[str, Record] = {}

    def __getitem__(self, key: str) -> Record:
        if key not in self._read:
            self._read[key] = record_of(self._sources[key])
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def read_bibliography(path: str, text: str) -> tuple[Mapping[str, Record], tuple[Diagnostic, ...]]:
    """The records of a BibTeX file by key, and what could not be read."""
    records, found = read_bibtex(path, text)
    return Works(records), found


def arxiv_id(text: str) -> str:
    """The arXiv identifier that a field, an address or a DOI holds, without its version; empty where none does.

    Both forms of https://info.arxiv.org/help/arxiv_identifier.html: `1706.03762` and `hep-th/9901001`.
    """
    found = _ARXIV.search(text)
    return found[1] if found else ""


def record_of(source: SourceRecord) -> Record:
    """A record in plain words; fields of BibLaTeX and of Zotero's exports are known beside those of BibTeX."""
    fields = source.fields

    def plain(*names: str) -> str:
        return next((text for name in names if fields.get(name) and (text := plain_text(fields[name]))), "")

    doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", plain("doi"), flags=re.IGNORECASE)
    year = re.search(r"\d{4}", plain("year", "date"))
    names = read_names(inner(fields.get("author", "")))
    return Record(
        key=source.key,
        title=plain("title"),
        authors=tuple(name.whole for name in names),
        families=tuple(name.family for name in names),
        year=year[0] if year else "",
        venue=plain("journal", "journaltitle", "booktitle", "publisher", "school", "institution", "howpublished"),
        doi=doi,
        arxiv=_arxiv(plain, doi),
        url=plain("url") if plain("url").startswith(("http://", "https://")) else "",
    )


def _arxiv(plain: Callable[..., str], doi: str) -> str:
    """Where exports put the identifier: `eprint`, arXiv's own DOI or address, or `arXiv:1706.03762` in words."""
    if plain("eprint") and plain("archiveprefix", "eprinttype").lower() in ("arxiv", ""):
        return re.sub(r"^arxiv:", "", plain("eprint"), flags=re.IGNORECASE)
    addresses = (doi, plain("url"), *(plain(name) for name in ("journal", "number", "note")))
    return next((id for text in addresses if re.search("arxiv", text, re.IGNORECASE) and (id := arxiv_id(text))), "")


def plain_text(value: str) -> str:
    """A field without its delimiters, braces and the LaTeX accents that names commonly carry."""
    return plain_latex(inner(value))
