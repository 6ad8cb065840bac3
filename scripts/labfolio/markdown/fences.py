"""Blocks of code: their fences, and those that a text leaves open."""

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def open_fence(text: str) -> str:
    """The signs that a block of code at the end of a text is still to be closed with, empty where there is none."""
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence and found and found[1].startswith(fence) and not found[2].strip():
            fence = ""
        elif not fence and found and not (found[1][0] == "`" and "`" in found[2]):
            fence = found[1]
    return fence


def fence_of(code: str) -> str:
    """The signs that a block of this code begins and ends with: more than it holds itself."""
    return "`" * (1 + max((len(run) for run in re.findall(r"`{3,}", code)), default=2))


def fenced(code: str, language: str = "", options: str = "") -> str:
    """A block of code in Markdown; `options` are those of the language's line."""
    fence = fence_of(code)
    return f"{fence}{language} {options}".rstrip() + f"\n{code}\n{fence}"
