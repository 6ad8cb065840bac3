"""Theorems, definitions, proofs and algorithms: admonitions of these kinds, with a label where they are referred to.

`!!! theorem "Uniform convergence" {#thm-uniform}` opens one, `??? proof` one that the reader unfolds. An admonition or
details of any kind may carry an attribute list at the end of its line, which Python-Markdown's own do not read.
"""

import re
import xml.etree.ElementTree as etree
from collections import deque
from functools import lru_cache

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.treeprocessors import Treeprocessor
from pymdownx.details import DetailsProcessor

from labfolio.markdown.algorithms import number_lines
from labfolio.markdown.labels import KINDS
from labfolio.markdown.rendering import Rendering
from labfolio.model.fix import Edit, Fix
from labfolio.model.rules import fault
from labfolio.model.source import Position, lines_of
from labfolio.model.spelling import certain
from markdown import Markdown

# The prefix of a label by kind; a proof is not numbered.
PREFIXES = {KINDS[prefix].lower(): prefix for prefix in ("thm", "lem", "cor", "prp", "def", "exm", "rem", "alg")}
PREFIXES["proof"] = ""
# Without a label an example is the box that it is in Material's flavour.
_ONLY_LABELLED = "example"
_COLOURED = ("tip", "hint", "success", "check", "warning", "caution", "attention", "danger", "error", "failure", "bug")
_PLAIN = ("note", "info", "abstract", "summary", "question", "quote", "important", "todo")
_KIND = re.compile(r"(?:!!!|\?\?\?\+?) ?([\w-]+)")
_OPENED = re.compile(r"(?:!!!|\?\?\?).*(?<!\s)")
_LABEL = re.compile(r"#([a-z]+)-([^\s}]+)")
_END = r" *(?:\n|$)"
_ATTRIBUTES = r"(?: *\{:? *(?P<attributes>[^{}\n]+)\})?" + _END
_STASHED = re.compile(r"\s*\x02wzxhzdk:\d+\x03\s*")


class _Attributes(BlockProcessor):
    """Gives the block that the next processor in line makes the attributes at the end of its first line."""

    OPENING: re.Pattern[str]

    def __init__(self, md: Markdown, openings: "_Openings") -> None:
        super().__init__(md.parser)
        self.openings = openings

    def run(self, parent: etree.Element, blocks: list[str]) -> bool | None:
        opening = self.OPENING.search(blocks[0])
        place = self.openings.place(opening[0].strip()) if opening else None
        done = super().run(parent, blocks)
        if opening and place:
            self.openings.check(opening[0].strip(), opening["attributes"] or "", place)
            self.openings.places[parent[-1]] = place
            _give(parent[-1], opening["attributes"] or "")
        return done


class _Admonition(_Attributes, AdmonitionProcessor):
    RE = OPENING = re.compile(AdmonitionProcessor.RE.pattern.removesuffix(_END) + _ATTRIBUTES)


class _Details(_Attributes, DetailsProcessor):  # type: ignore[misc] # pymdownx has no types
    START = OPENING = re.compile(DetailsProcessor.START.pattern.removesuffix(_END) + _ATTRIBUTES)


def _give(element: etree.Element, attributes: str) -> None:
    for name, value in get_attrs_and_remainder(attributes)[0]:
        if name == ".":
            element.set("class", f"{element.get('class', '')} {value}".strip())
        elif value is not None:
            element.set(name, value)


class _Openings:
    """The first lines of admonitions in the author's text, and what is wrong with them."""

    def __init__(self, rendering: Rendering) -> None:
        self.rendering = rendering
        self.places: dict[etree.Element, Position] = {}
        self.waiting: dict[str, deque[Position]] = {}
        lines = lines_of(rendering.text)
        for number in sorted(rendering.prose):
            if opened := _OPENED.search(lines[number - 1]):
                place = Position(line=number, column=opened.start() + 1, width=len(opened[0]))
                self.waiting.setdefault(opened[0], deque()).append(place)

    def place(self, line: str) -> Position:
        """Where the next block stands that opens with `line`; the body's first line where it is not found."""
        waiting = self.waiting.get(line)
        return waiting.popleft() if waiting else Position(line=self.rendering.body_line, column=1)

    def check(self, line: str, attributes: str, place: Position) -> None:
        """Reports a kind that is misspelt and a label of another kind."""
        word = _KIND.match(line)
        if word is None:
            return
        meant = _meant(word[1].lower())
        if meant:
            message = f"'{word[1]}' is no kind of block that is set in its own way; did you mean '{meant}'?"
            self.tell("misspelt-block", message, f"Write {meant}.", _part(line, word[1], place), meant)
        label, kind = _LABEL.search(attributes), meant or word[1].lower()
        if label and label[1] != PREFIXES.get(kind) and label[1] in PREFIXES.values():
            other = next(name for name, prefix in PREFIXES.items() if prefix == label[1])
            prefix = PREFIXES.get(kind, "")
            mend = f"Write #{prefix}-{label[2]}" if prefix else f"Write #{label[2]}"
            message = f"'{label[0]}' is the label of {_a(other)}, and this is {_a(kind)}"
            help = f"{mend}, or open the block with '{other}'."
            self.tell("foreign-label", message, help, _part(line, label[0], place))

    def tell(self, rule: str, message: str, help: str, place: Position, meant: str = "") -> None:
        """Reports what is wrong at a place; `meant` is what must stand there."""
        rendering, fix = self.rendering, None
        if meant:
            line = lines_of(rendering.text)[place.line - 1]
            written = line[place.column - 1 : place.column - 1 + place.width]
            fix = Fix(f"write '{meant}'", (Edit(place.line, place.column, written, meant),))
        rendering.tell(fault(rule, rendering.source, message, help, place, rendering.text, fix))


def _part(line: str, words: str, place: Position) -> Position:
    """Where some words of a first line stand."""
    return Position(line=place.line, column=place.column + line.index(words), width=len(words))


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


@lru_cache(maxsize=512)
def _meant(kind: str) -> str:
    """The kind that a misspelt one stands for, where that would be set otherwise; else an empty text."""
    known = (*PREFIXES, *_COLOURED, *_PLAIN)
    meant = "" if kind in known else certain(kind, known)
    return "" if meant in (*_PLAIN, _ONLY_LABELLED) else meant


class _Statements(Treeprocessor):
    """Sets the blocks of these kinds as statements, once their words are elements."""

    def __init__(self, md: Markdown, openings: _Openings) -> None:
        super().__init__(md)
        self.openings = openings

    def run(self, root: etree.Element) -> None:
        for element in list(root.iter()):
            if kind := _kind(element):
                _entitle(element, kind)
                self.told_if_empty(element, kind)
                if kind == "algorithm":
                    number_lines(element, self.md)
                if kind == "proof":
                    _end(element)

    def told_if_empty(self, element: etree.Element, kind: str) -> None:
        """Reports a block whose text is not indented, and so stands below it."""
        place = self.openings.places.get(element)
        if len(element) == 1 and place is not None:
            lines = lines_of(self.openings.rendering.text)
            below = next((n for n, line in enumerate(lines[place.line :], place.line + 1) if line.strip()), 0)
            help = f"Indent its text, from line {below} on, by four spaces." if below else "Write its text below it."
            self.openings.tell("empty-block", f"{_a(kind)} without text", help, place)


def _kind(element: etree.Element) -> str:
    classes = element.get("class", "").split()
    if element.tag == "div" and classes[:1] == ["admonition"]:
        classes = classes[1:]
    elif element.tag != "details":
        return ""
    kind = classes[0] if classes and classes[0] in PREFIXES else ""
    return "" if kind == _ONLY_LABELLED and not element.get("id", "").startswith("exm-") else kind


def _entitle(element: etree.Element, kind: str) -> None:
    """Makes the block's title "Theorem 3 (Uniform convergence)"; the number is left to what counts labels."""
    classes = element.get("class", "").split()
    element.set("class", " ".join(["theorem-block", *(name for name in classes if name != "admonition")]))
    title = element[0] if len(element) else None
    if title is None or (title.tag != "summary" and title.get("class") != "admonition-title"):
        title = etree.Element("p")
        element.insert(0, title)
    word, name, inside = kind.capitalize(), (title.text or "").lstrip(), list(title)
    tail, tag = title.tail, title.tag
    title.clear()
    title.tail, title.tag = tail, tag
    title.set("class", "theorem-title")
    head = etree.SubElement(title, "strong")
    if kind == "proof" and name.lower().startswith("proof"):
        head.text = name
        head.extend(inside)
        return
    if PREFIXES[kind] and element.get("id", "").startswith(f"{PREFIXES[kind]}-"):
        etree.SubElement(head, "span", {"class": "number"})
    else:
        head.text = word
    if inside or name not in ("", word):
        head.tail = " ("
        held = etree.SubElement(title, "span", {"class": "theorem-name"})
        held.text, held.tail = name, ")"
        held.extend(inside)


def _end(proof: etree.Element) -> None:
    """Puts the mark that ends a proof after its last words."""
    last = proof[-1]
    if last.tag != "p" or last.get("class") == "theorem-title" or _STASHED.fullmatch(last.text or ""):
        last = etree.SubElement(proof, "p", {"class": "proof-end"})
    etree.SubElement(last, "span", {"class": "tombstone", "role": "img", "aria-label": "End of proof"})


def register(md: Markdown, rendering: Rendering) -> None:
    """Takes the place of the processors of admonitions and details, and sets statements before labels are counted."""
    openings = _Openings(rendering)
    md.parser.blockprocessors.register(_Admonition(md, openings), "admonition", 105)
    md.parser.blockprocessors.register(_Details(md, openings), "details", 105)
    # After inline markup (20) and attribute lists (8).
    md.treeprocessors.register(_Statements(md, openings), "labfolio-statements", 7.5)
