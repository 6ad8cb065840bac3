"""Mathematics in Markdown: expressions between dollars become MathML; displays can be labelled, and scroll alone.

Expressions within a line are found by pymdownx.arithmatex, as users of Material know it. Displays are found here: it
would want a blank line before and after each, and knows no labels.
"""

import re
import xml.etree.ElementTree as etree
from collections import Counter
from collections.abc import Iterable
from typing import Any

from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.arithmatex import (
    RE_DOLLAR_INLINE,
    RE_SMART_DOLLAR_INLINE,
    ArithmatexExtension,
    InlineArithmatexPattern,
)

from labfolio.markdown.mathml import formula
from labfolio.markdown.rendering import Rendering
from labfolio.markdown.tex import InvalidMathematics
from labfolio.markdown.tex_place import place
from labfolio.model.rules import fault
from labfolio.model.source import Position
from markdown import Markdown

# Arithmatex's own pattern would look for the end of each of many opened brackets up to the end of the paragraph.
_BRACKET = r"(?:(?<!\\)((?:\\{2})+?)(?=\\\()|(?<!\\)(\\\()((?:\\[^()]|[^\\\x02\x03])+?)(?:\\\)))"
# `$$...$$` amid a line; what it groups stands where the pattern of one dollar has it.
_DOUBLE = r"(?:(?<!\\)((?:\\{2})+)(?=\$\$)|(?<!\\)(\$\$)(?!\s)((?:\\.|[^\\$\x02\x03])+?)(?<!\s)(?:\$\$))"
_OPENING = re.compile(r"^ {0,3}(\$\$|\\\[|\\begin\{([a-z]+\*?)\})", re.MULTILINE)
_AFTER = re.compile(r"[ ]*(?:\n {0,3})?(?:\{:?[ ]*#([\w:.-]+)[ ]*\})?[ ]*(?=\n|$)")
_ITEM = re.compile(r" {0,3}(?:[*+-]|\d+\.)[ ]")
_SYNTAX = {"$$": "dollar", "\\[": "square"}
_CLASS = "arithmatex"
# Of so many refused expressions of one text the place is looked for; of so many anything is said.
_PLACED, _TOLD = 100, 1000


def register(md: Markdown, rendering: Rendering) -> None:
    """Mathematics for one text, where the site's settings have arithmatex at work."""
    config = next((one.getConfigs() for one in md.registeredExtensions if isinstance(one, ArithmatexExtension)), None)
    if config is None:
        return
    syntax = config["inline_syntax"]
    patterns = [_DOUBLE, RE_SMART_DOLLAR_INLINE if config["smart_dollar"] else RE_DOLLAR_INLINE]
    pattern = "|".join([*(patterns if "dollar" in syntax else ()), *([_BRACKET] if "round" in syntax else ())])
    if pattern:
        md.inlinePatterns.register(_Inline(f"(?:{pattern})", config), "arithmatex-inline", 189.9)
    md.parser.blockprocessors.register(_Displays(md, config["block_syntax"], rendering), "arithmatex-block", 79.9)
    # After inline parsing, before a heading's words are taken for the table of contents.
    md.treeprocessors.register(_Formulas(md, rendering), "labfolio-mathematics", 9)


class _Inline(InlineArithmatexPattern):  # type: ignore[misc] # pymdownx has no types
    """Arithmatex within a line, where a dollar before a digit closes nothing: 'US$5 to US$6' are prices."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int | None, int | None]:
        """The element of an expression, escaped signs as text, or nothing."""
        groups = [m.groups()[index : index + 3] for index in range(0, len(m.groups()), 3)]
        escapes, opening, tex = next(group for group in groups if group[0] or group[1])
        if escapes:
            return escapes.replace("\\\\", self.ESCAPED_BSLASH), m.start(0), m.end(0)
        if opening == "$" and m.string[m.end(0) : m.end(0) + 1].isdigit():
            return None, None, None
        element = etree.Element("span", {"class": _CLASS})
        element.text = AtomicString(tex)
        return element, m.start(0), m.end(0)


class _Displays(BlockProcessor):
    """Displays that begin a line, with the paragraph before and after them taken apart, and their labels."""

    def __init__(self, md: Markdown, syntax: Iterable[str], rendering: Rendering) -> None:
        super().__init__(md.parser)
        self.syntax, self.rendering = frozenset(syntax), rendering
        self.found: tuple[int, int, str, str] | None = None
        self.open = False

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether a display begins a line of the block."""
        self.found = self._first(block)
        # Indented below a list's item it is the item's, which is taken apart first.
        return self.found is not None and not (block[self.found[0]] == " " and _ITEM.match(block))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """The display as an element between what stands before and after it."""
        block = blocks.pop(0)
        assert self.found is not None
        start, end, tex, label = self.found
        if before := block[:start].rstrip("\n"):
            self.parser.parseBlocks(parent, [before])
        element = etree.SubElement(parent, "div", {"class": _CLASS, **({"id": label} if label else {})})
        element.text = AtomicString(tex)
        if after := block[end:].lstrip("\n"):
            blocks.insert(0, after)

    def _first(self, block: str) -> tuple[int, int, str, str] | None:
        """Where the first display begins and ends, its TeX and its label."""
        missing: set[str] = set()
        for opening in _OPENING.finditer(block):
            sign = opening[1]
            close = {"$$": "$$", "\\[": "\\]"}.get(sign, f"\\end{{{opening[2]}}}")
            if _SYNTAX.get(sign, "begin") not in self.syntax or close in missing:
                continue
            at = block.find(close, opening.end())
            if at < 0:
                missing.add(close)
                continue
            end = at + len(close)
            tex = block[opening.start(1) : end] if opening[2] else block[opening.end() : at]
            after = _AFTER.match(block, end)
            if after and tex.strip():
                return opening.start(), after.end(), tex, after[1] or ""
        if "$$" in missing:
            self._unclosed(block[block.index("$$") :])
        return None

    def _unclosed(self, rest: str) -> None:
        """Reports two dollars that nothing closes in their paragraph; the next such two are what should have."""
        self.open = not self.open
        if self.open:
            rendering, message = self.rendering, "'$$' is not closed before the paragraph ends"
            position = place(rendering.text, rendering.prose, rendering.body_line, rest, 0, width=2)
            help = "Remove the blank line within the expression, or close it with $$."
            rendering.tell(fault("invalid-mathematics", rendering.source, message, help, position, rendering.text))


class _Formulas(Treeprocessor):
    """Expressions as MathML; one that is refused is reported and stays as its TeX."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self.rendering, self.displays = rendering, 0
        self.seen: Counter[str] = Counter()
        self.refused = 0

    def run(self, root: etree.Element) -> None:
        """Every expression in its place."""
        for element in [one for one in root.iter() if one.get("class") == _CLASS]:
            self._put(element, display=element.tag == "div")

    def _put(self, element: etree.Element, *, display: bool) -> None:
        tex = element.text or ""
        id, tail = element.get("id"), element.tail
        element.clear()
        element.tail = tail
        try:
            made = formula(tex, display=display, macros=self.rendering.macros, value=self._value)
        except InvalidMathematics as error:
            self._report(error, tex)
            shown = etree.SubElement(element, "pre") if display else element
            code = etree.SubElement(shown, "code", {"class": "tex"})
            code.text = AtomicString(tex.strip("\n"))
            if id:
                element.set("id", id)
            return
        finally:
            self.seen[tex] += 1
        if not display:
            element.tag, element.attrib, element.text = "math", made.math.attrib, made.math.text
            element.extend(made.math)
            return
        self.displays += 1
        element.set("class", "equation")
        if id:
            element.set("id", id)
        name = {"role": "group", "tabindex": "0", "aria-label": f"Formula {self.displays}"}
        etree.SubElement(element, "div", {"class": "scroll", **name}).append(made.math)
        number = etree.SubElement(element, "span", {"class": "number"})
        number.text = AtomicString(made.tag) if made.tag else None

    def _value(self, written: str, name: str) -> str:
        value = self.rendering.values.get(name)
        if value is None:
            self.rendering.no_value(written, name)
        return name if value is None else value

    def _report(self, error: InvalidMathematics, tex: str) -> None:
        self.refused += 1
        if self.refused > _TOLD:
            return
        rendering = self.rendering
        text, first = rendering.text, rendering.body_line
        position = Position(line=first, column=1)
        if self.refused <= _PLACED:
            number = self.seen[tex]
            position = place(text, rendering.prose, first, tex, error.offset, width=error.width, number=number)
        rendering.tell(fault(error.rule, rendering.source, str(error), error.help, position, text))
