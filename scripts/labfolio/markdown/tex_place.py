"""Where an expression stands in the text that its author wrote, which Markdown has taken apart since."""

import re
from dataclasses import dataclass

from labfolio.model.source import Position

_OPENING = r"(?:\$\$?|\\\(|\\\[)"
_CLOSING = r"(?:\$|\\\)|\\\])"
# Between the lines of an expression stand the signs of the list, quote or admonition that it is in.
_MARGIN = r"\n[ \t>]*"


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, from 1."""

    line: int
    column: int

    def position(self, width: int) -> Position:
        """The place of so many characters."""
        return Position(line=self.line, column=self.column, width=width)


def places(text: str, prose: frozenset[int], first: int, tex: str, offset: int) -> list[Place]:
    """Where the character at `offset` of each expression `tex` stands, from line `first` on, in prose where any does.

    Without dollars or brackets of its own the expression is found between those.
    """
    before = tex[:offset].split("\n")
    row, column = len(before) - 1, len(before[-1])
    rows = tex.split("\n")
    written = _MARGIN.join(f"({_loose(one)})" for one in rows)
    pattern = written if tex.startswith(("\\begin", "$$")) else f"{_OPENING}{written}{_CLOSING}"
    start = sum(len(line) + 1 for line in text.split("\n")[: first - 1])
    found = [_place(text, one.start(row + 1), column) for one in re.compile(pattern).finditer(text, start)]
    return [one for one in found if one.line in prose] or found


def _loose(line: str) -> str:
    """A line of TeX as a pattern; Markdown makes spaces of tabs."""
    return r"[ \t]*".join(re.escape(word) for word in re.split(r"[ \t]+", line))


def _place(text: str, start: int, column: int) -> Place:
    line = text.count("\n", 0, start) + 1
    return Place(line, start + column - text.rfind("\n", 0, start))
