"""Where an expression stands in the text that its author wrote, which Markdown has taken apart since."""

import re
from bisect import bisect_right
from itertools import accumulate

from labfolio.model.source import Position

_OPENING = r"(?:\$\$?|\\\(|\\\[)"
_CLOSING = r"(?:\$|\\\)|\\\])"
# Between the lines of an expression stand the signs of the list, quote or admonition that it is in.
_MARGIN = r"\n[ \t>]*"


def place(
    text: str, prose: frozenset[int], first: int, tex: str, offset: int, *, width: int = 1, number: int = 0
) -> Position:
    """Where `width` characters from `offset` on of an expression stand, looked for from line `first` on.

    Of several that are alike, that of the `number`, from 0; those in lines of prose come first. Without dollars or
    brackets of its own the expression is found between those. Line `first` where it is not found.
    """
    before = tex[:offset].split("\n")
    row, column = len(before), len(before[-1])
    written = _MARGIN.join(f"({_loose(one)})" for one in tex.split("\n"))
    pattern = written if tex.startswith(("\\begin", "$$")) else f"{_OPENING}{written}{_CLOSING}"
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    found = [one.start(row) for one in re.compile(pattern).finditer(text, starts[first - 1])]
    chosen = [at for at in found if bisect_right(starts, at) in prose] or found
    if not chosen:
        return Position(line=first, column=1)
    at = chosen[min(number, len(chosen) - 1)]
    line = bisect_right(starts, at)
    return Position(line=line, column=at - starts[line - 1] + column + 1, width=width)


def _loose(line: str) -> str:
    """A line of TeX as a pattern; Markdown makes spaces of tabs."""
    return r"[ \t]*".join(re.escape(word) for word in re.split(r"[ \t]+", line))
