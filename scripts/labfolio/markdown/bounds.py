"""Bounds on the work that one text may cost: what Python-Markdown does in more than linear time is counted.

The same text is refused on every machine, before a clock has to end it.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from markdown import Markdown

# A text of half a megabyte is a book: it belongs on several pages, or into a file beside its entry.
BODY = 512 * 1024
PARAGRAPH = 50_000
# What may be read in search of an end, in characters, about a second's work: a page of 100,000 characters may have a
# hundred tags or marks of footnotes without an end. What finds its end is read a few times at most.
_TAGS, _BRACKETS, _A_CHARACTER = 10_000_000, 4_000_000, 8
_MARK = re.compile(r"\[\^")
_TAG = re.compile(r"<!\[CDATA\[|<[a-zA-Z]")
# How deep elements may stand within each other; those that hold none, or that the next of their kind ends, add nothing
# (HTML, sections 13.1.2 and 13.1.2.4).
_DEPTH = 512
_ELEMENT = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "caption",
        "colgroup",
        "dd",
        "dt",
        "li",
        "optgroup",
        "option",
        "p",
        "rp",
        "rt",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ]
)
_IN_BRACKETS = ("link", "image_link", "image_reference", "reference", "short_reference", "short_image_ref")


class TooMuch(Exception):
    """A text holds too much of something; `needle` is where it is written."""

    def __init__(self, message: str, needle: str) -> None:
        super().__init__(message)
        self.needle = needle


@dataclass(slots=True)
class _Search:
    """The characters that are still granted for finding ends."""

    left: int

    def spend(self, characters: int, what: str, needle: str) -> None:
        self.left -= characters
        if self.left < 0:
            raise TooMuch(f"too many {what} in one paragraph, of which no end is found", needle)


class _Tags(Preprocessor):
    """Tags that begin and do not end: for each of them the rest of the text is read."""

    def __init__(self, md: Markdown, search: _Search) -> None:
        super().__init__(md)
        self.search = search

    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are. Raises TooMuch."""
        text = "\n".join(lines)
        ends = {">": -1, "]]>": -1}
        for tag in _TAG.finditer(text):
            sign = "]]>" if tag[0].endswith("[") else ">"
            if ends[sign] < tag.end():
                found = text.find(sign, tag.end())
                ends[sign] = found if found >= 0 else len(text)
            self.search.spend(ends[sign] - tag.end(), "tags", tag[0])
        return lines


class _Paragraphs(Treeprocessor):
    """Paragraphs, cells and items that are too long to be looked through for inline markup, and marks of footnotes in
    them that do not end: for each of them the rest of the paragraph is read."""

    def __init__(self, md: Markdown, search: _Search) -> None:
        super().__init__(md)
        self.search = search

    def run(self, root: etree.Element) -> None:
        """Leaves the tree as it is. Raises TooMuch."""
        for element in root.iter():
            for words in (element.text or "", element.tail or ""):
                if isinstance(words, AtomicString):
                    continue
                if len(words) > PARAGRAPH:
                    message = f"a paragraph has {len(words):,} characters; the limit is {PARAGRAPH:,}"
                    raise TooMuch(message, words[:40].strip().partition("\n")[0])
                unended = words.rpartition("]")[2]
                for mark in _MARK.finditer(unended):
                    self.search.spend(len(unended) - mark.end(), "brackets", mark[0])


def _counted(read: Callable[..., Any], search: _Search) -> Callable[..., Any]:
    """What reads from a bracket to its end, with each character counted; it gives back how far it came."""

    def counted(data: str, index: int) -> Any:
        *found, end, handled = read(data, index)
        search.spend(max(end - index, 0), "brackets", data[max(index - 1, 0) : index])
        return (*found, end, handled)

    return counted


def register(md: Markdown, body: str) -> None:
    """Counts what is read in a text of `body`; `convert` then raises TooMuch, at once where the text is too long."""
    if len(body) > BODY:
        raise TooMuch(
            f"the text has {len(body):,} characters; the limit is {BODY:,}", body.strip()[:40].partition("\n")[0]
        )
    found = _A_CHARACTER * len(body)
    tags, brackets = _Search(_TAGS + found), _Search(_BRACKETS + found)
    # After superfences has set code aside (25), before raw HTML is set aside (20).
    md.preprocessors.register(_Tags(md, tags), "labfolio-tags", 21)
    # Before inline markup (20).
    md.treeprocessors.register(_Paragraphs(md, _Search(_TAGS + found)), "labfolio-paragraphs", 20.5)
    for name in _IN_BRACKETS:
        pattern: Any = md.inlinePatterns[name]
        # What it does of its own, not what was counted of the text before.
        pattern.getText = _counted(partial(type(pattern).getText, pattern), brackets)
        pattern.getLink = _counted(partial(type(pattern).getLink, pattern), brackets)


def check_depth(html: str) -> None:
    """Raises TooMuch for elements that stand within each other more than 512 deep: what cleans HTML takes a time that
    grows with the square of their depth, and cannot be interrupted."""
    depth = 0
    for closing, name, alone in _ELEMENT.findall(html):
        if name.lower() not in _FLAT and not alone:
            depth = max(depth - 1, 0) if closing else depth + 1
        if depth > _DEPTH:
            raise TooMuch(f"over {_DEPTH} HTML elements stand within each other", f"<{name}")
