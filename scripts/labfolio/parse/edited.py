"""A file with its fixes made; every other byte stays: line ends, byte order mark, trailing spaces."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from labfolio.model.fix import Edit, Fix

_BOM = b"\xef\xbb\xbf"
_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    new: str


def edited(data: bytes, fixes: Iterable[Fix]) -> tuple[bytes, tuple[Fix, ...]]:
    """The bytes with all fixes that fit and do not overlap an earlier one, and these fixes.

    A fix fits where each of its edits finds its old text. Nothing is changed in what is not UTF-8.
    """
    mark = _BOM if data.startswith(_BOM) else b""
    try:
        text = data[len(mark) :].decode()
    except UnicodeDecodeError:
        return data, ()
    starts = [0, *(end.end() for end in _END.finditer(text))]
    first = _END.search(text)
    newline = first[0] if first else "\n"
    made: list[Fix] = []
    spans: list[_Span] = []
    for fix in fixes:
        found = [_span(text, starts, edit, newline) for edit in fix.edits]
        own = [span for span in found if span is not None]
        if own and len(own) == len(found) and not any(_overlap(one, other) for one in own for other in spans):
            made.append(fix)
            spans += own
    for span in sorted(spans, key=lambda span: span.start, reverse=True):
        text = text[: span.start] + span.new + text[span.end :]
    return mark + text.encode(), tuple(made)


def _span(text: str, starts: list[int], edit: Edit, newline: str) -> _Span | None:
    """Where an edit's old text stands, or None where something else does."""
    if not 0 < edit.line <= len(starts):
        return None
    start = at = starts[edit.line - 1] + edit.column - 1
    if edit.line < len(starts) and start >= starts[edit.line]:
        return None
    for index, part in enumerate(edit.old.split("\n")):
        if index:
            end = _END.match(text, at)
            if end is None:
                return None
            at = end.end()
        if not text.startswith(part, at):
            return None
        at += len(part)
    return _Span(start, at, edit.new.replace("\n", newline))


def _overlap(one: _Span, other: _Span) -> bool:
    return one.start == other.start or (one.start < other.end and other.start < one.end)
