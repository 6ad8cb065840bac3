"""JSON of which it is known where each value stands."""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_COMMA = re.compile(r"[ \t\r\n]*(?:,[ \t\r\n]*+(?![\]}])|(?=[\]}]))")


def members(text: str, at: int) -> Iterator[tuple[str, int, Any]]:
    """The names and values of the object that begins at a place, with the place of each value.

    Raises ValueError and RecursionError, as Python's own reader does.
    """
    at = _opened(text, at, "{", "an object is expected")
    while not text.startswith("}", at):
        name, at = _DECODER.raw_decode(text, at)
        colon = re.compile(r"[ \t\r\n]*:[ \t\r\n]*").match(text, at)
        if not isinstance(name, str) or not colon:
            raise json.JSONDecodeError("a name and ':' are expected", text, at)
        value, end = _DECODER.raw_decode(text, colon.end())
        yield name, colon.end(), value
        at = _next(text, end)


def elements(text: str, at: int) -> Iterator[tuple[int, Any]]:
    """The values of the list that begins at a place, with the place of each. Raises as `members` does."""
    at = _opened(text, at, "[", "a list is expected")
    while not text.startswith("]", at):
        value, end = _DECODER.raw_decode(text, at)
        yield at, value
        at = _next(text, end)


def line_counter(text: str) -> Callable[[int], int]:
    """A function that gives the line of a place, from 1."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return lambda at: bisect_left(ends, at) + 1


def _opened(text: str, at: int, sign: str, expected: str) -> int:
    at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
    if not text.startswith(sign, at):
        raise json.JSONDecodeError(expected, text, at)
    return _SPACE.match(text, at + 1).end()  # type: ignore[union-attr]


def _next(text: str, at: int) -> int:
    after = _COMMA.match(text, at)
    if not after:
        raise json.JSONDecodeError("',' or an end is expected", text, at)
    return after.end()
