"""Pairs of `^`, `~`, `=`, `*` and `_` that cannot be.

In long runs of one sign pymdown-extensions 13 finds pairs that end before they begin, for which it goes round for ever
and takes more memory each time, and pairs of what is no such sign or that cross others, for which it says a text twice
or not at all.
"""

import re
from collections.abc import Iterable
from typing import Any

from markdown import Markdown


def register(md: Markdown) -> None:
    """Leaves such pairs out: their signs stay as they are written."""
    patterns: Iterable[Any] = md.inlinePatterns
    for pattern in patterns:
        if hasattr(pattern, "add_region"):
            pairs = _Pairs(pattern)
            pattern.handleMatch, pattern.add_region = pairs.match, pairs.add


class _Pairs:
    """The pairs that a pattern finds in a text, in the order of their ends."""

    def __init__(self, pattern: Any) -> None:
        self._match, self._add = pattern.handleMatch, pattern.add_region
        self._text = ""
        # Where those begin and end that no other encloses.
        self._outer: list[tuple[int, int]] = []

    def match(self, match: re.Match[str], text: str) -> Any:
        self._text = text
        self._outer.clear()
        return self._match(match, text)

    def add(self, delimiter: Any, begin: int, after: int, before: int, end: int, size: int) -> None:
        """Takes a pair whose signs stand from `begin` to `after` and from `before` to `end`."""
        sign = delimiter.token * size
        if not (self._text[begin:after] == sign == self._text[before:end] and after < before):
            return
        apart = len(self._outer)
        while apart and after <= self._outer[apart - 1][0] and self._outer[apart - 1][1] <= before:
            apart -= 1
        if apart and self._outer[apart - 1][1] > begin:
            return
        self._outer[apart:] = [(begin, end)]
        self._add(delimiter, begin, after, before, end, size)
