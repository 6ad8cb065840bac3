"""Python-Markdown's inline step, without asking a pattern for what the text cannot hold."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# How Python itself takes expressions apart; it promises nobody to keep these, and without them all patterns are asked.
parser: Any = getattr(re, "_parser", None)
sre: Any = getattr(re, "_constants", None)


class Inline(InlineProcessor):
    """The inline step of a converter. Of some twenty patterns most look for a sign that few lines have."""

    _steps: tuple[tuple[Pattern, frozenset[str] | None], ...] = ()

    def ready(self) -> None:
        """Takes the converter's patterns as they are now, in their order."""
        self.inlinePatterns: Any = tuple(self.md.inlinePatterns)
        self._steps = tuple((one, _signs(one.getCompiledRegExp())) for one in self.inlinePatterns)

    # What Python-Markdown calls for each text; where it ever calls another, all patterns are asked as before.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        held = set(data)
        apply: Any = getattr(self, "_InlineProcessor__applyPattern")  # noqa: B009
        for index in range(patternIndex, len(self._steps)):
            pattern, signs = self._steps[index]
            if signs is not None and signs.isdisjoint(held):
                continue
            changed, matched, start = False, True, 0
            while matched:
                data, matched, start = apply(pattern, data, index, start)
                changed = changed or matched
            # Once a pattern, not once a match: a text may have many thousands.
            held = set(data) if changed else held
        return data


@lru_cache(maxsize=128)
def _signs(pattern: object) -> frozenset[str] | None:
    """Characters of which every match has at least one; None where that is not known."""
    if not (parser and sre) or not isinstance(pattern, re.Pattern):
        return None
    return _needed(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))


def _needed(parts: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The rarest of what the parts of an expression need."""
    found = [signs for part in parts if (signs := _needed_by(*part))]
    return min(found, key=lambda signs: (any(one.isalnum() or one == " " for one in signs), len(signs)), default=None)


def _needed_by(kind: Any, given: Any) -> frozenset[str] | None:
    if kind is sre.LITERAL:
        # A letter may stand for its capital.
        return None if chr(given).isalpha() else frozenset(chr(given))
    if kind is sre.IN:
        return _any_of([_needed_by(*one) if one[0] is sre.LITERAL else None for one in given])
    if kind is sre.BRANCH:
        return _any_of([_needed(one) for one in given[1]])
    if kind is sre.SUBPATTERN:
        return _needed(given[3])
    if kind is sre.ATOMIC_GROUP:
        return _needed(given)
    if kind is sre.ASSERT:
        return _needed(given[1])
    repeats = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
    return _needed(given[2]) if kind in repeats and given[0] > 0 else None


def _any_of(ways: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [way for way in ways if way is not None]
    return frozenset().union(*known) if len(known) == len(ways) else None
