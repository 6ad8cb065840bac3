"""A record of the bibliography as text: its fields in BibTeX, its key, and the file that it is added to."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"$\lbrace$", "}": r"$\rbrace$", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
# Letters that Unicode does not take apart into a plain one and an accent.
_LETTERS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
_SMALL_WORD = re.compile(
    "a|an|and|are|as|at|by|can|do|does|for|from|how|in|is|it|of|on|or|the|to|towards?|via|we|what|when|why|with"
)
_NO_NAME = ("", "jr", "sr", "ii", "iii", "iv")


def latex(text: str) -> str:
    """A plain text with the signs that mean something to LaTeX escaped."""
    return "".join(_SPECIAL.get(sign, sign) for sign in text)


def record_text(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """A record with one field a line; values are given with their delimiters, those without any are left out."""
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def append_record(papers: str, record: str) -> str:
    """The text of a bibliography with a record at its end, an empty line before it, in the line ends that it has."""
    ends = "\r\n" if "\r\n" in papers else "\n"
    before = papers.rstrip()
    return (before + ends * 2 if before else "") + record.strip().replace("\r\n", "\n").replace("\n", ends) + ends


def citation_key(authors: Sequence[str], year: str, title: str, taken: Collection[str] = ()) -> str:
    """`rahimi2007random`: first author's family name, year, first word of the title that says something.

    `authors` are written `First Last`. A letter is added where the key is taken.
    """
    first = authors[0].split() if authors else []
    names = [name for word in first if (name := _ascii(word)) not in _NO_NAME]
    words = [word for part in re.split(r"[\W_]+", title) if (word := _ascii(part))]
    telling = next(
        (word for word in words if len(word) > 1 and not _SMALL_WORD.fullmatch(word)), words[0] if words else ""
    )
    key = f"{names[-1] if names else 'anon'}{year}{telling}"
    return next(one for one in _numbered(key) if one not in taken)


def _numbered(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    number = 2
    while True:
        yield f"{key}-{number}"
        number += 1


def _ascii(word: str) -> str:
    plain = "".join(_LETTERS.get(sign, sign) for sign in word.casefold())
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", plain))
