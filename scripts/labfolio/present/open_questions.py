"""The seven questions of a paper note on its page: how many are answered, and what stands where one is not."""

import re
from collections.abc import Collection
from html import escape, unescape

from labfolio.facts.checklist import Point
from labfolio.facts.questions import question_of
from labfolio.model.entry import PAPER, Entry
from labfolio.present.edition import Edition

_HEADING = re.compile(r'<h([1-6])\b(?=[^>]*\bid="([^"]*)")[^>]*>(.*?)</h\1>', re.DOTALL)
_HEADING_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_NO_ANSWER = '\n<p class="quiet">Not answered yet.</p>\n'


def questions(edition: Edition, entry: Entry) -> tuple[Point, ...]:
    """The questions of a note that was read, in their order; none for other kinds and for what is only planned."""
    if entry.kind is not PAPER or entry.status == "planned":
        return ()
    return tuple(point for point in edition.checklists.get(entry.path, ()) if point.section)


def answered(edition: Edition, entry: Entry) -> str:
    """`6 of 7`; empty where nothing is asked."""
    asked = questions(edition, entry)
    return f"{sum(point.done for point in asked)} of {len(asked)}" if asked else ""


def with_open_questions(edition: Edition, entry: Entry) -> str:
    """An entry's article; where a note leaves a question open it says so, under the question.

    Questions without a heading of the author's follow the text.
    """
    html = edition.articles[entry.path].html
    missing = [point for point in questions(edition, entry) if not point.done]
    if not missing:
        return html
    ends = _asked_in(html, {point.section for point in missing})
    for end in sorted(ends.values(), reverse=True):
        html = html[:end] + _NO_ANSWER + html[end:]
    return html + "".join(_section(point) for point in missing if point.section not in ends)


def unasked(edition: Edition, entry: Entry) -> tuple[Point, ...]:
    """The open questions for which the author has written no heading."""
    missing = {point.section: point for point in questions(edition, entry) if not point.done}
    there = _asked_in(edition.articles[entry.path].html, missing)
    return tuple(point for id, point in missing.items() if id not in there)


def anchor(point: Point) -> str:
    """The anchor of a question that has no heading of the author's."""
    return f"s-{point.section}"


def _section(point: Point) -> str:
    return f'\n<h2 id="{anchor(point)}">{escape(point.asks, quote=False)}</h2>{_NO_ANSWER}'


def _asked_in(html: str, wanted: Collection[str]) -> dict[str, int]:
    """Where the first heading that asks each of the wanted questions ends."""
    ends: dict[str, int] = {}
    for found in _HEADING.finditer(html):
        words = unescape(re.sub(r"<[^>]*>", "", _HEADING_LINK.sub("", found[3])))
        id = question_of(f"{words} {{#{found[2]}}}") or question_of(words)
        if id in wanted and id is not None:
            ends.setdefault(id, found.end())
    return ends
