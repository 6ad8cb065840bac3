"""A record that was saved from arXiv, as its API or its page gives it, and the BibTeX that stands for it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from labfolio.parse.bibliography import Record, arxiv_id, read_bibliography, record_of
from labfolio.parse.bibtex import inner, read_bibtex
from labfolio.parse.record_text import citation_key, latex, record_text
from labfolio.parse.text import LIMIT, printable

# https://info.arxiv.org/help/api/user-manual.html, section 5.2
_NAMES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArxivRecord:
    """One paper of arXiv: the record as the bibliography will hold it, what else arXiv says, and the BibTeX text.

    `primary_class` is as `cs.CL`, `journal_ref` as its authors gave it; both are empty where they are not given.
    """

    record: Record
    primary_class: str
    journal_ref: str
    bibtex: str


def read_arxiv(text: str, id: str, taken: Collection[str] = ()) -> ArxivRecord | str:
    """The paper `id` of a saved record, or a sentence with the reason why there is none.

    `text` is the Atom feed of export.arxiv.org/api/query?id_list=ID or the BibTeX of arXiv's page; `id` may have a
    version, a prefix or be an address, and may be empty where the record holds one paper. `taken` are keys in use.
    """
    wanted = arxiv_id(id)
    if id.strip() and not wanted:
        return f"'{id.strip()[:80]}' is no arXiv identifier; write it as 1706.03762 or hep-th/9901001"
    if len(text) > LIMIT:
        return f"the record has more than {LIMIT:,} characters"
    text = printable(text).lstrip("\ufeff \t\r\n")
    if not text:
        return "the record is empty"
    found = _atom(text) if text.startswith("<") else _bibtex(text)
    if isinstance(found, str):
        return found
    ids = ", ".join(found)
    if wanted in found:
        return _record(found[wanted], taken)
    if wanted or len(found) > 1:
        return f"the record is of {ids}, not of {wanted}" if wanted else f"the record is of {ids}; say which"
    return _record(next(iter(found.values())), taken)


# What either form says of a paper: values of BibTeX without delimiters, in the order in which they are written.
_Fields = Mapping[str, str]


def _record(fields: _Fields, taken: Collection[str]) -> ArxivRecord | str:
    missing = [name for name in ("title", "author", "year") if not fields.get(name)]
    if missing:
        return f"the record has no {missing[0]}"
    kind = "article" if fields.get("journal") else "misc"
    values = {name: f"{{{value}}}" for name, value in fields.items() if value}
    source = read_bibtex("", record_text(kind, "key", values))[0]
    if len(source) != 1 or set(source[0].fields) != {name.lower() for name in values}:
        return "the record's title or authors have braces that do not match"
    plain = record_of(source[0])
    key = citation_key(plain.authors, plain.year, plain.title, taken)
    bibtex = record_text(kind, key, values)
    return ArxivRecord(
        record=read_bibliography("", bibtex)[0][key],
        primary_class=fields.get("primaryClass", ""),
        journal_ref=plain.venue if fields.get("journal") else "",
        bibtex=bibtex,
    )


def _bibtex(text: str) -> Mapping[str, _Fields] | str:
    records, faults = read_bibtex("", text)
    found = {}
    for one in records:
        fields = {name: inner(value) for name, value in one.fields.items()} | {"year": record_of(one).year}
        if id := arxiv_id(fields.get("eprint", "")) or record_of(one).arxiv:
            names = {"primaryclass": "primaryClass"}
            kept = ("title", "author", "journal", "year", "doi", "primaryclass")
            found[id] = {**{names.get(name, name): fields.get(name, "") for name in kept}, **_eprint(id)}
    if found:
        return found
    return faults[0].message if faults else "the record is neither arXiv's Atom nor its BibTeX"


def _eprint(id: str) -> _Fields:
    return {"eprint": id, "archivePrefix": "arXiv"}


def _atom(text: str) -> Mapping[str, _Fields] | str:
    """The papers of a feed by their id; a document type, which could carry entities, is refused unread."""
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        return "the record declares a document type, which arXiv's Atom does not; save it again from the API"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        # The text is decoded already, whatever encoding its first line names.
        root = etree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return f"the record is not well-formed XML (line {getattr(error, 'lineno', None) or 1})"
    entries = root.findall("atom:entry", _NAMES)
    if root.tag != f"{{{_NAMES['atom']}}}feed" or not entries:
        return "the record holds no paper; arXiv gives a feed with no entry where it does not know the identifier"
    found = {}
    for entry in entries:
        address = _text(entry, "atom:id")
        if "/api/errors" in address:
            return f"arXiv answered with an error: {_text(entry, 'atom:summary') or 'none is named'}"
        if id := arxiv_id(address):
            found[id] = _paper(entry, id)
    return found or "the record names no arXiv identifier"


def _paper(entry: etree._Element, id: str) -> _Fields:
    authors = [" ".join((one.text or "").split()) for one in entry.findall("atom:author/atom:name", _NAMES)]
    primary = entry.find("arxiv:primary_category", _NAMES)
    return {
        "title": _tex(_text(entry, "atom:title")),
        "author": " and ".join(_inverted(name) for name in authors if name),
        "journal": _tex(_text(entry, "arxiv:journal_ref")),
        "year": next(iter(re.findall(r"^\d{4}", _text(entry, "atom:published"))), ""),
        "doi": _text(entry, "arxiv:doi").split(" ")[0].replace("{", "").replace("}", ""),
        "primaryClass": latex(str(primary.get("term") or "")) if primary is not None else "",
        **_eprint(id),
    }


def _text(entry: etree._Element, name: str) -> str:
    return " ".join((entry.findtext(name, "", _NAMES) or "").split())


def _inverted(name: str) -> str:
    """`Ali Rahimi` as `Rahimi, Ali`, with particles before the family name; what is no person's name in braces."""
    if " and " in name or "," in name:
        return f"{{{latex(name)}}}"
    match = re.fullmatch(r"(.*?) ((?:(?:van|von|de|der|den|del|della|di|da|du|la|le|ter|ten) )*\S+)", name)
    return f"{latex(match[2])}, {latex(match[1])}" if match else latex(name)


def _tex(text: str) -> str:
    """Titles of arXiv are TeX already; only what would break a file of BibTeX or end a line is escaped."""
    if not _balanced(text) or text.count("$") % 2:
        return latex(text)
    parts = re.split(r"(\$[^$]*\$)", text)
    return "".join(part if index % 2 else re.sub(r"(?<!\\)([&%#])", r"\\\1", part) for index, part in enumerate(parts))


def _balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0
