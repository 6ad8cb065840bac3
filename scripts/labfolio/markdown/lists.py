"""Lists as CommonMark reads them, brought into the form that Python-Markdown reads.

Python-Markdown asks for four spaces before what belongs to an item and for an empty line before a list. Notes written
for other programs have two or three spaces and no such line; their lists would be flat, cut or a paragraph. A text that
is written Python-Markdown's way stays as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown.preprocessors import Preprocessor

_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])( +|$)(.*)")
_RULE = re.compile(r" {0,3}([-*_])( *\1){2,} *")
# What holds indented blocks in this flavour: admonitions, details, tabs, footnotes, definitions.
_HOLDER = re.compile(r"( *)(?:!!! |\?\?\?\+? |=== |\[\^[^\]]+\]:|: {1,3}(?=\S))")
_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]]+\]:")
# What a link refers to by name may be indented by up to three spaces and belongs to no item; so may a footnote.
_REFERENCE = re.compile(r" {0,3}\[[^\]^][^\]]*\]:\s")
_STASHED = re.compile(r"\s*\x02wzxhzdk:\d+\x03\s*")
_RAW = re.compile(r" {0,3}<(pre|script|style|textarea|svg|table|math)\b|(.*<!--)", re.IGNORECASE)
_STEP = 4
_QUOTES = 10


class Lists(Preprocessor):
    """Runs after fences are set aside and before raw HTML is."""

    def run(self, lines: list[str]) -> list[str]:
        return normalised(lines)


def normalised(lines: list[str], depth: int = 0) -> list[str]:
    """The lines with their lists indented by steps of four, and apart from the paragraph above.

    Quotations are read within each other to a depth of `_QUOTES`.
    """
    made, place = [], 0
    reading = _Reading()
    while place < len(lines):
        if depth < _QUOTES and _QUOTE.match(lines[place]) and not reading.raw and not reading.levels:
            end = place
            while end < len(lines) and _QUOTE.match(lines[end]):
                end += 1
            inside = normalised([_QUOTE.sub("", line, count=1) for line in lines[place:end]], depth + 1)
            made += [f"> {line}" if line else ">" for line in inside]
            reading.block, place = "text", end
            continue
        made += reading.line(lines[place])
        place += 1
    return made


@dataclass(frozen=True, slots=True)
class _Level:
    """An item, or another block that holds indented ones: where its sign stood, where its content stands and goes."""

    sign: int
    content: int
    made: int
    kind: str


class _Reading:
    """One text on its way, line by line."""

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        # What the lines since the last empty one began as: "", "text" or the kind of an item.
        self.block = ""
        self.signs = 0
        self.raw = ""

    def line(self, line: str) -> Iterator[str]:
        """The line as it is to be, after an empty one where it needs that."""
        if self.raw or self._opens_raw(line):
            self._close_raw(line)
            yield line
        elif not line.strip():
            self.block, self.signs = "", 0
            yield line
        elif (item := _ITEM.fullmatch(line)) and self._is_item(item):
            yield from self._item(item)
        else:
            yield from self._text(line)

    def _opens_raw(self, line: str) -> bool:
        opened = _RAW.match(line)
        if opened:
            self.raw = f"</{opened[1].lower()}>" if opened[1] else "-->"
        return opened is not None

    def _close_raw(self, line: str) -> None:
        if self.raw in line.lower():
            self.raw, self.block = "", "text"

    def _is_item(self, item: re.Match[str]) -> bool:
        indent, sign = len(item[1]), item[2]
        if _RULE.fullmatch(item[0]) or self.signs % 2:
            return False
        parent = next((level for level in reversed(self.levels) if indent >= level.content), None)
        if indent - (parent.content if parent else 0) >= _STEP:
            return False
        # Within a paragraph only what is a list for certain (CommonMark 5.2).
        return self.block != "text" or (bool(item[4]) and sign.strip(".)") in ("-", "*", "+", "1"))

    def _item(self, item: re.Match[str]) -> Iterator[str]:
        indent, sign, words = len(item[1]), item[2], item[4]
        ended = None
        while self.levels and indent < self.levels[-1].content:
            ended = self.levels.pop()
        parent = self.levels[-1] if self.levels else None
        kind = "ordered" if sign[0].isdigit() else "bullets"
        other = ended is not None and ended.kind not in (kind, "holder")
        if self.block == "text" or (self.block and other):
            yield ""
        made = parent.made if parent else indent
        width = len(item[2]) + (len(item[3]) if words and len(item[3]) <= _STEP else 1)
        base = parent.made if parent else 0
        self.levels.append(_Level(indent, indent + min(width, _STEP), base + _STEP, kind))
        self.block = kind
        self._count(words)
        yield f"{' ' * made}{sign.replace(')', '.')}{item[3]}{words}"

    def _text(self, line: str) -> Iterator[str]:
        stashed = _STASHED.fullmatch(line) is not None
        if (self.block and not stashed and not _HEADING.match(line)) or _REFERENCE.match(line):
            # A paragraph goes on however its lines are indented.
            self._count(line)
            self._hold(line, len(line) - len(line.lstrip(" ")))
            yield line
            return
        indent = len(line) - len(line.lstrip(" "))
        while self.levels and (indent < self.levels[-1].content or _FOOTNOTE.match(line)):
            self.levels.pop()
        made = self._place(indent)
        if stashed and self.block and self.levels:
            yield ""
        self.block = "text"
        self._hold(line, made)
        self._count(line)
        yield " " * made + line.lstrip(" ")
        if stashed and self.levels:
            self.block = ""
            yield ""

    def _place(self, indent: int) -> int:
        """How far a line is to be indented that belongs to the last level."""
        if not self.levels:
            return indent
        level = self.levels[-1]
        inner = indent - level.sign - _STEP
        return level.made + (inner if inner >= 0 else indent - level.content)

    def _hold(self, line: str, made: int) -> None:
        """Goes a level down after a line that opens a block with indented content."""
        if opened := _HOLDER.match(line):
            indent = len(line) - len(line.lstrip(" "))
            self.levels.append(_Level(indent, indent + _STEP, made + _STEP, "holder"))
            # A footnote and a definition begin with a paragraph, the others with a title.
            self.block = "text" if opened[0].strip()[0] in "[:" and line[opened.end() :].strip() else ""

    def _count(self, words: str) -> None:
        """Counts the signs of mathematics: within it a minus begins no item."""
        self.signs += len(re.findall(r"(?<!\\)\$\$?", re.sub(r"`[^`]*`", "", words)))
