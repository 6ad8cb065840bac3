"""Which lines of a Markdown text are prose: those that are no code, no comment and no raw HTML."""

import re
from collections.abc import Sequence

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def prose_lines(lines: Sequence[str], first: int = 1) -> frozenset[int]:
    """The numbers, from 1, of the lines outside of fenced code and comments, from line `first` on."""
    found: set[int] = set()
    fence, comment = "", False
    for number, line in enumerate(lines[first - 1 :], start=first):
        opened = _FENCE.match(line)
        if fence:
            ended = opened is not None and opened[1].startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if ended else fence
        elif comment or "<!--" in line:
            comment = "-->" not in line[line.rfind("<!--") + 1 :]
        elif opened:
            fence = opened[1]
        else:
            found.add(number)
    return frozenset(found)


def is_plain(line: str) -> bool:
    """Whether what stands in a line of prose is Markdown for certain: not indented as code, no code span, no tag."""
    return not line.startswith(("    ", "\t")) and "`" not in line and "<" not in line
