"""What GitHub and Obsidian show of a quotation that begins with `[!NOTE]`, and of Markdown within `<details>`."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator

from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

_ALERT = re.compile(r"\[!([A-Za-z][\w-]*)\]([+-]?)[ \t]*([^\n]*)\n?(.*)", re.DOTALL)
_DETAILS = re.compile(r"( {0,3}<details)(?=[\s>])(?![^>]*\bmarkdown\b)", re.IGNORECASE)


class Details(Preprocessor):
    """Lets the words in `<details>` be read as Markdown, as GitHub reads them; `markdown="0"` keeps them."""

    def run(self, lines: list[str]) -> list[str]:
        return [_DETAILS.sub(r'\1 markdown="1"', line) for line in lines]


class Alerts(Treeprocessor):
    """Makes boxes of the quotations that are alerts; runs before inline markup, so that titles may have some."""

    def run(self, root: etree.Element) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        for quote in list(root.iter("blockquote")):
            boxes = list(_boxes(quote))
            if not boxes:
                continue
            parent = parents[quote]
            at = list(parent).index(quote) + 1
            parent[at:at] = boxes
            boxes[-1].tail, quote.tail = quote.tail, "\n"
            if not len(quote):
                parent.remove(quote)


def _boxes(quote: etree.Element) -> Iterator[etree.Element]:
    """The boxes in a quotation, taken out of it; two that follow each other are one quotation to Python-Markdown."""
    box: etree.Element | None = None
    for child in list(quote):
        alert = _ALERT.match(child.text or "") if child.tag == "p" else None
        if alert:
            if box is not None:
                yield box
            box = _box(alert)
            child.text = alert[4]
        if box is not None:
            quote.remove(child)
            if not alert or alert[4].strip() or len(child):
                box.append(child)
    if box is not None:
        yield box


def _box(alert: re.Match[str]) -> etree.Element:
    """An empty box with its title; a sign after the kind folds it, as in Obsidian."""
    kind, sign = alert[1].lower(), alert[2]
    if sign:
        box = etree.Element("details", {"class": kind, **({"open": "open"} if sign == "+" else {})})
        title = etree.SubElement(box, "summary")
    else:
        box = etree.Element("div", {"class": f"admonition {kind}"})
        title = etree.SubElement(box, "p", {"class": "admonition-title"})
    title.text = alert[3].strip() or kind.capitalize()
    return box
