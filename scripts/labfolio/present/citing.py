"""How an entry is cited: BibTeX and CSL-JSON, made from what it states."""

import json
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from labfolio.model.entry import BUILD, NOTE, PAPER, REPRODUCTION, SUBMISSION, Entry
from labfolio.model.site import Output
from labfolio.present.edition import Edition

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"$\lbrace$", "}": r"$\rbrace$", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_TYPES = {BUILD.name: "Build report", REPRODUCTION.name: "Reproduction report", NOTE.name: "Note"}


def bibtex(edition: Edition, entry: Entry) -> str:
    """A `@techreport` (`@misc` for notes and submissions); empty for notes on papers, which cite the paper itself."""
    if entry.kind is PAPER:
        return ""
    author = _author(edition)
    fields = {
        "author": f"{{{_latex(author)}}}" if author.startswith("The ") or " " not in author else _latex(author),
        "title": f"{{{_latex(entry.front.title)}}}",
        "institution": _latex(edition.settings.site_name),
        "type": _TYPES.get(entry.kind.name, ""),
        "number": edition.portfolio.id_of(entry),
        "year": str(entry.date.year),
        "month": str(entry.date.month),
        # Printed as it is, so that what would end the field cannot be an escape of LaTeX.
        "doi": re.sub(r"[{}\\%#]", lambda sign: quote(sign[0]), entry.front.doi or ""),
        "url": edition.settings.site_url + entry.url,
        "note": f"Revision {1 + len(entry.front.revisions)}" if entry.front.revisions else "",
    }
    kind = "misc" if entry.kind in (NOTE, SUBMISSION) else "techreport"
    if kind == "misc":
        fields["howpublished"], fields["institution"] = fields["institution"], ""
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{_key(edition, entry)},", *lines, "}"])


def csl(edition: Edition, entry: Entry) -> str:
    """CSL-JSON of one item (schema 1.0.2); empty for notes on papers."""
    if entry.kind is PAPER:
        return ""
    item = {
        "id": _key(edition, entry),
        "type": "post-weblog" if entry.kind is NOTE else "report",
        "title": entry.front.title,
        "author": [{"literal": _author(edition)}],
        "issued": {"date-parts": [[entry.date.year, entry.date.month, entry.date.day]]},
        "genre": _TYPES.get(entry.kind.name, ""),
        "number": edition.portfolio.id_of(entry),
        "publisher": edition.settings.site_name,
        "DOI": entry.front.doi or "",
        "URL": edition.settings.site_url + entry.url,
        "version": str(1 + len(entry.front.revisions)) if entry.front.revisions else "",
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False)


def citation_files(edition: Edition) -> Iterable[Output]:
    """The citations of every entry as files beside its page."""
    for entry in edition.portfolio.entries:
        for name, text in (("cite.bib", bibtex(edition, entry)), ("cite.json", csl(edition, entry))):
            if text:
                yield Output(path=f"{entry.url}{name}", content=f"{text}\n".encode(), source=entry.path)


def _author(edition: Edition) -> str:
    author = edition.portfolio.program.author
    return author.name if author else edition.settings.site_name


def _key(edition: Edition, entry: Entry) -> str:
    """Family name, year and slug, in ASCII."""
    family = unicodedata.normalize("NFKD", _author(edition).split()[-1]).encode("ascii", "ignore").decode().lower()
    return f"{re.sub(r'[^a-z0-9]', '', family)}{entry.date.year}{entry.slug}"


def _latex(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in " ".join(text.split()))
