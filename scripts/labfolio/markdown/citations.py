"""Citations and references as they are written: `[@key, p. 3; @other]`, `[-@key]`, `@key [p. 3]`, `@fig-width`.

The syntax is Pandoc's (https://pandoc.org/MANUAL.html#citation-syntax), for references to labels Quarto's. Elements
are made here with the words as they were written; what they are to say is known only when the whole text has been read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from markdown import Markdown

# A letter, digit or _, then letters and digits with single signs between them; in braces anything goes.
_KEY = r"@(?:\{(?P<braced>[^{}\s\x02\x03]+)\}|(?P<plain>\w+(?:[:.#$%&+?<>~/-]\w+)*))"
# What stands before an @ in an address, a path or a second @ is no citation.
_ONE = re.compile(rf"(?<![\w@/\\.\x03])(?P<minus>-?)(?<![\w@/\\.]-){_KEY}")
_BRACKET = r"\[(?!\^)([^\[\]]*)\]"
_BARE = rf"(?<![\w@/\\.\x03-]){_KEY}(?:(?P<gap>[ \n]?)\[(?P<locator>[^\[\]\x02\x03]+)\](?![(\[:]))?"


@dataclass(frozen=True, slots=True)
class Item:
    """One key with the element that stands for it; `bare` is a citation without its author, a label's number alone."""

    key: str
    written: str
    element: Element
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two brackets, or one key in running text. `marks` are the brackets' own elements."""

    items: tuple[Item, ...]
    textual: bool
    marks: tuple[Element, ...] = ()


@dataclass(slots=True)
class Written:
    """Every citation of a text by the element that it stands in, and the words after an @ that are none as they are.

    `known` tells whether a key means something without brackets.
    """

    known: Callable[[str], bool]
    groups: dict[Element, Group] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)

    def bracket(self, inside: str) -> Element | None:
        """The citations in brackets; None where a part between semicolons has none."""
        parts = inside.split(";")
        found = [_ONE.search(part) for part in parts]
        if not all(found):
            return None
        group = Element("span", {"class": "citation"})
        opening = SubElement(group, "span")
        opening.text = AtomicString("[")
        items: list[Item] = []
        before = opening
        for part, one in zip(parts, found, strict=True):
            assert one is not None
            before.tail = f"{before.tail or ''}{'; ' if items else ''}{part[: one.start()].lstrip()}"
            key = one["braced"] or one["plain"]
            items.append(_item(group, key, one[0], bare=bool(one["minus"])))
            before = items[-1].element
            before.tail = part[one.end() :].rstrip()
        closing = SubElement(group, "span")
        closing.text = AtomicString("]")
        self.groups[group] = Group(tuple(items), False, (opening, closing))
        return group

    def bare(self, match: re.Match[str]) -> Element | None:
        """A key in running text with the place in the work after it; None for a name that is no key."""
        key = match["braced"] or match["plain"]
        if not self.known(key):
            self.names[key] = None
            return None
        group = Element("span", {"class": "citation"})
        written = match[0] if match["locator"] is None else match[0][: match.start("gap") - match.start()]
        item = _item(group, key, written)
        marks: tuple[Element, ...] = ()
        if match["locator"] is not None:
            marks = (SubElement(group, "span"), SubElement(group, "span"))
            marks[0].text, marks[1].text = AtomicString(f"{match['gap']}["), AtomicString("]")
            marks[0].tail = match["locator"]
        self.groups[group] = Group((item,), True, marks)
        return group

    def words(self, text: str) -> Element:
        """A plain text, such as a caption, with the citations in it as elements."""
        whole = Element("span")
        last, at = None, 0
        for match in re.finditer(f"{_BRACKET}|{_BARE}", text):
            made = self.bracket(match[1]) if match[1] is not None else self.bare(match)
            if made is not None:
                last = _appended(whole, last, text[at : match.start()], made)
                at = match.end()
        _appended(whole, last, text[at:], None)
        return whole


def _item(group: Element, key: str, written: str, *, bare: bool = False) -> Item:
    element = SubElement(group, "a")
    element.text = AtomicString(written)
    return Item(key, written, element, bare)


def _appended(whole: Element, last: Element | None, text: str, made: Element | None) -> Element | None:
    if last is None:
        whole.text = (whole.text or "") + text
    else:
        last.tail = (last.tail or "") + text
    if made is not None:
        whole.append(made)
    return made


class Brackets(InlineProcessor):
    """Citations in brackets; what Markdown reads as a link is left to it."""

    def __init__(self, md: Markdown, written: Written) -> None:
        super().__init__(_BRACKET, md)
        self.written = written

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override] # its base is a Pattern, which takes no data
        if "@" not in m[1] or data.startswith("(", m.end()) or self._is_link(m[1], data, m.end()):
            return None, None, None
        made = self.written.bracket(m[1])
        return (None, None, None) if made is None else (made, m.start(), m.end())

    def _is_link(self, inside: str, data: str, end: int) -> bool:
        """Whether a definition answers to the words in the brackets, or to those in the next ones."""
        following = re.compile(r"[ \n]?\[([^\[\]]*)\]").match(data, end)
        names = (inside, following[1] if following else inside)
        return any(" ".join(name.lower().split()) in self.md.references for name in names)


class BareKeys(InlineProcessor):
    """Keys in running text; within a link they stay words."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, written: Written) -> None:
        super().__init__(_BARE, md)
        self.written = written

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override] # its base is a Pattern, which takes no data
        made = self.written.bare(m)
        return (None, None, None) if made is None else (made, m.start(), m.end())
