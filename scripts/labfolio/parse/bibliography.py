"""From BibTeX to the records that entries refer to, through bibtexparser."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from labfolio.model.diagnostic import Diagnostic
from labfolio.parse.bibtex import SourceRecord, inner, read_bibtex

_ARXIV = re.compile(r"(?<!\w)((?:\d{4}\.\d{4,5})|(?:[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?(?!\w)")


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
    records, found = read_bibtex(path, text)
    return {one.key: record_of(one) for one in records}, found


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
    return Record(
        key=source.key,
        title=plain("title"),
        authors=tuple(_name(name) for name in _authors(inner(fields.get("author", "")))),
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
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

    value = inner(value)
    if "\\" in value or "$" in value:
        # Braces that are still there afterwards are letters of the text.
        value = LatexNodes2Text().latex_to_text(value)
    else:
        value = value.replace("{", "").replace("}", "").replace("~", " ")
    return " ".join(value.replace("--", "–").split())


def _authors(value: str) -> Iterator[str]:
    """The names between the words `and`; those within braces belong to a name."""
    depth, name = 0, ""
    for word in value.split():
        if word.lower() == "and" and depth == 0:
            yield from [name] if name else []
            name = ""
        else:
            name = f"{name} {word}".strip()
        depth += word.count("{") - word.count("}")
    if name:
        yield name


def _name(name: str) -> str:
    """`Last, First` as `First Last`; a name in braces (a corporation) stays as it is."""
    name = name.strip()
    if name == "others":
        return "et al."
    if name.startswith("{") or "," not in name:
        return plain_text(name)
    last, _, first = name.partition(",")
    return f"{plain_text(first)} {plain_text(last)}".strip()
