"""All files of a bibliography as one: BibTeX, and the CSL-JSON that Zotero and others export."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.rules import fault
from labfolio.model.source import Position
from labfolio.parse.bibliography import Record, Works
from labfolio.parse.bibtex import SourceRecord, key_place, read_bibtex
from labfolio.parse.csl import read_csl


def read_library(files: Iterable[tuple[str, str]]) -> tuple[Mapping[str, Record], tuple[Diagnostic, ...]]:
    """The works of some files, given by path and text, and what is wrong with them.

    A path that ends in `.json` is CSL-JSON. A key that an earlier file has is a fault where it stands again; within one
    file the first record of a key counts.
    """
    known: dict[str, SourceRecord] = {}
    first_in: dict[str, str] = {}
    found: list[Diagnostic] = []
    for path, text in files:
        records, faults = _read_csl(path, text) if path.lower().endswith(".json") else read_bibtex(path, text)
        found += faults
        lines = text.split("\n")
        for one in records:
            if first_in.setdefault(one.key, path) != path:
                found.append(_again(path, lines, one, first_in[one.key]))
            known.setdefault(one.key, one)
    return Works(known.values()), tuple(found)


def _again(path: str, lines: Sequence[str], one: SourceRecord, first: str) -> Diagnostic:
    line = lines[one.line - 1]
    place = key_place(line, one.key, one.line)
    message = f"'{one.key}' is given twice: {first} has it too"
    help = "Give one of the two another key, or remove it."
    return replace(fault("invalid-bibtex", path, message, help, place), source=line)


def _read_csl(path: str, text: str) -> tuple[tuple[SourceRecord, ...], tuple[Diagnostic, ...]]:
    """The items that have a key, and those that are none, have none or have that of another."""
    if not text.strip():
        return (), ()
    records, missed = read_csl(text)
    lines, found = text.split("\n"), list(missed)
    seen: set[str] = set()
    for one in records:
        if not one.key:
            found.append((one.line, "has no citation-key or id that a text could cite"))
        elif one.key in seen:
            found.append((one.line, f"gives '{one.key}' a second time"))
        seen.add(one.key)
    help = "Export the library again, or mend the item."
    told = (
        replace(
            fault("invalid-bibtex", path, f"this {what}", help, Position(line=line, column=1)), source=lines[line - 1]
        )
        for line, what in sorted(found)
    )
    return tuple(one for one in records if one.key), tuple(told)
