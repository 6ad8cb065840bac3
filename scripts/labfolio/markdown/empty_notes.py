"""Footnotes without a word: Python-Markdown gives them no way back, and raises where it sorts notes without one."""

import xml.etree.ElementTree as etree
from typing import Any

from markdown.treeprocessors import Treeprocessor

from markdown import Markdown

_BACK = "footnote-backref"


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
    """Adds the step where the text's Markdown has footnotes."""
    if "footnote" in md.treeprocessors:
        notes: Any = md.treeprocessors["footnote"]
        md.treeprocessors.register(EmptyNotes(md, notes.footnotes), "labfolio-empty-notes", 30)
