"""JSON of which it is known where each value stands."""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_TO_A_SIGN = re.compile(r'[^"\[\]{}]*+')
_SCALAR = re.compile(r"[^,\[\]{}\s\"]++")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_COMMA = re.compile(r"[ \t\r\n]*(?:,[ \t\r\n]*+(?![\]}])|(?=[\]}]))")


def members(text: str, at: int) -> Iterator[tuple[str, int, Any]]:
    """The names and values of the object that begins at a place, with the place of each value.

    Raises ValueError and RecursionError, as Python's own reader does.
    """
    at = _opened(text, at, "{", "an object is expected")
    while not text.startswith("}", at):
        name, at = _DECODER.raw_decode(text, at)
        colon = _COLON.match(text, at)
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


def value_at(text: str, at: int) -> Any:
    """The value that begins at a place. Raises as `members` does."""
    return _DECODER.raw_decode(text, at)[0]


def member_spans(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """The names of the object that begins at a place, with the begin and end of each value; no value is read.

    What is passed over is not judged: it may be no JSON. Raises ValueError.
    """
    at = _opened(text, at, "{", "an object is expected")
    while not text.startswith("}", at):
        name, at = _DECODER.raw_decode(text, at)
        colon = _COLON.match(text, at)
        if not isinstance(name, str) or not colon:
            raise json.JSONDecodeError("a name and ':' are expected", text, at)
        end = _end(text, colon.end())
        yield name, colon.end(), end
        at = _next(text, end)


def element_spans(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The begin and end of each value of the list that begins at a place; see `member_spans`. Raises ValueError."""
    at = _opened(text, at, "[", "a list is expected")
    while not text.startswith("]", at):
        end = _end(text, at)
        yield at, end
        at = _next(text, end)


def _end(text: str, at: int) -> int:
    """Where a value ends, found by its quotes and brackets alone, in any depth."""
    if not text.startswith(('"', "[", "{"), at):
        scalar = _SCALAR.match(text, at)
        if not scalar:
            raise json.JSONDecodeError("a value is expected", text, at)
        return scalar.end()
    start, depth = at, 0
    while at < len(text):
        if text[at] == '"':
            string = _STRING.match(text, at)
            if not string:
                raise json.JSONDecodeError("a text is never closed", text, at)
            at = string.end()
        else:
            depth += 1 if text[at] in "[{" else -1
            at += 1
        if depth == 0:
            return at
        at = _past(_TO_A_SIGN, text, at)
    raise json.JSONDecodeError("a value is never closed", text, start)


def line_counter(text: str) -> Callable[[int], int]:
    """A function that gives the line of a place, from 1."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return lambda at: bisect_left(ends, at) + 1


def _opened(text: str, at: int, sign: str, expected: str) -> int:
    at = _past(_SPACE, text, at)
    if not text.startswith(sign, at):
        raise json.JSONDecodeError(expected, text, at)
    return _past(_SPACE, text, at + 1)


def _past(signs: re.Pattern[str], text: str, at: int) -> int:
    """Where the signs end that stand at a place."""
    found = signs.match(text, at)
    return found.end() if found else at


def _next(text: str, at: int) -> int:
    after = _COMMA.match(text, at)
    if not after:
        raise json.JSONDecodeError("',' or an end is expected", text, at)
    return after.end()
