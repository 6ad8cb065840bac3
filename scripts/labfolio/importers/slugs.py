"""Names that can stand in an address."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256

LONGEST = 80


def slug_of(words: str) -> str:
    """Words as a-z, 0-9 and hyphens, at most 80 of them; letters that have no such form are told apart by a hash."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:LONGEST].strip("-")
    if slug and slug != "index" and not re.fullmatch(r"\d{4}", slug):
        return slug
    # `index` is a list's own file, four digits are the list of a year.
    return f"{slug or 'entry'}-{sha256(words.encode('utf-8', 'replace')).hexdigest()[:6]}"


def name_of(file: str) -> str:
    """A file's name with signs that every disk and address takes, its suffix in small letters."""
    stem, dot, suffix = file.rpartition(".")
    plain = unicodedata.normalize("NFKD", stem if dot else file).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-._") or "file"
    return f"{safe[:LONGEST]}{dot}{suffix.lower()}"


def shared_out(wanted: Mapping[str, str], folder: str, taken: Mapping[str, str]) -> dict[str, str]:
    """A slug for each source in order; a name that is taken gets a number.

    `taken` has the slugs of the site with their paths. One whose path is where the source would go is its own, from
    an import before.
    """
    owners = {slug.casefold(): path for slug, path in taken.items()}
    found: dict[str, str] = {}
    used: set[str] = set()
    for source, words in wanted.items():
        base = slug_of(words)
        for slug in _numbered(base):
            own = (f"{folder}/{slug}.md", f"{folder}/{slug}/index.md")
            if slug not in used and owners.get(slug, own[0]) in own:
                break
        used.add(slug)
        found[source] = slug
    return found


def _numbered(base: str) -> Iterable[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
