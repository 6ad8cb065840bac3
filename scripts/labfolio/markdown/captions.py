"""Captions: a paragraph `: Words {#tbl-cost}` beside a table, and the words of an image."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor

from labfolio.markdown.citations import Written

# The class of a paragraph that is the caption of a table; it never reaches a page.
_CAPTION = "labfolio-caption"
_LINE = re.compile(
    r"^ {0,3}(?:Table)?: +(?P<words>.*?)\s*\{[^{}\n]*#(?P<id>tbl-[^\s{}]+)[^{}\n]*\}[ \t]*$", re.MULTILINE
)


class TableCaptions(BlockProcessor):
    """The caption of a table, as a block of its own or as the first or last line of the table's."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line is a caption with a label; without one it belongs to a definition list."""
        return "#tbl-" in block and _LINE.search(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Makes the caption a paragraph; what stands around it in its block is read on its own."""
        block = blocks.pop(0)
        match = _LINE.search(block)
        assert match is not None
        if before := block[: match.start()].strip("\n"):
            self.parser.parseBlocks(parent, [before])
        SubElement(parent, "p", {"class": _CAPTION, "id": match["id"]}).text = match["words"]
        if after := block[match.end() :].strip("\n"):
            blocks.insert(0, after)
        return True


def join_tables(root: Element) -> None:
    """Each table with the caption after or before it as one figure, which has the caption's label."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for caption in [one for one in root.iter("p") if one.get("class") == _CAPTION]:
        parent, id = parents[caption], caption.attrib.pop("id")
        del caption.attrib["class"]
        siblings = list(parent)
        at = siblings.index(caption)
        near = siblings[max(at - 1, 0) : at + 2]
        table = next((one for one in near if one.tag == "table"), None)
        if table is None:
            continue
        figure = Element("figure", {"class": "data-table", "id": id})
        figure.tail = "\n"
        parent.insert(min(at, siblings.index(table)), figure)
        parent.remove(caption)
        parent.remove(table)
        caption.tag = "figcaption"
        numbered(caption, "")
        figure.extend([caption, table])


def numbered(caption: Element, number: str = "") -> None:
    """Puts a number, or an empty place for it, before the words of a caption."""
    span, words = Element("span", {"class": "number"}), (caption.text or "").lstrip()
    span.text = number or None
    span.tail = f". {words}" if words or len(caption) else None
    caption.text = None
    caption.insert(0, span)


def image_words(root: Element, written: Written) -> None:
    """Puts the words of each image that hold a citation below it as elements, until its caption is made of them."""
    for image in list(root.iter("img")):
        words = image.get("title") or image.get("alt") or ""
        if "@" in words:
            image.append(written.words(words))


def taken_words(image: Element) -> Element | None:
    """Takes the words of an image away from it; its alternative says the same, once the citations are filled in."""
    words = next(iter(image), None)
    if words is not None:
        image.remove(words)
        if not image.get("title"):
            image.set("alt", "".join(words.itertext()))
    return words
