"""Footnotes on which Python-Markdown raises: those without a word, to which it gives no way back before it sorts them,
and those that are defined within another.
"""

import xml.etree.ElementTree as etree
from collections import OrderedDict
from collections.abc import Iterator, KeysView
from typing import Any

from markdown.treeprocessors import Treeprocessor

from markdown import Markdown

_BACK = "footnote-backref"


class _Names(KeysView[str]):
    """The names of notes, with those that are added at the end while one goes through them."""

    def __init__(self, notes: "_Notes") -> None:
        super().__init__(notes)
        self.notes = notes

    def __iter__(self) -> Iterator[str]:
        done = 0
        while done < len(self.notes):
            names = list(iter(self.notes))
            yield from names[done:]
            done = len(names)


class _Notes(OrderedDict[str, str]):
    def keys(self) -> Any:
        return _Names(self)


class NestedNotes(Treeprocessor):
    """Room for notes that are found while notes are made; runs before that (50)."""

    def __init__(self, md: Markdown, notes: Any) -> None:
        super().__init__(md)
        self.notes = notes

    def run(self, root: etree.Element) -> None:
        """Puts the notes into a mapping that may grow."""
        self.notes.footnotes = _Notes(self.notes.footnotes)


class EmptyNotes(Treeprocessor):
    """A way back for every note; runs after notes are made (50) and before they are sorted (19)."""

    def __init__(self, md: Markdown, notes: Any) -> None:
        super().__init__(md)
        self.notes = notes

    def run(self, root: etree.Element) -> None:
        """Adds a paragraph with the way back to each note that has none."""
        without = {one.get("id"): one for one in root.iter("li") if one.find(f".//a[@class='{_BACK}']") is None}
        for id in self.notes.footnotes:
            note = without.get(self.notes.makeFootnoteId(id))
            if note is not None:
                way = {"class": _BACK, "href": f"#{self.notes.makeFootnoteRefId(id)}"}
                link = etree.SubElement(etree.SubElement(note, "p"), "a", way)
                link.text = self.notes.getConfig("BACKLINK_TEXT")


def register(md: Markdown) -> None:
    """Adds the steps where the text's Markdown has footnotes."""
    if "footnote" in md.treeprocessors:
        notes: Any = md.treeprocessors["footnote"]
        md.treeprocessors.register(NestedNotes(md, notes.footnotes), "labfolio-nested-notes", 51)
        md.treeprocessors.register(EmptyNotes(md, notes.footnotes), "labfolio-empty-notes", 30)
