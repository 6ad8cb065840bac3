"""The checklist of an entry for its page, and which entries fall short of theirs."""

from collections.abc import Iterable

from labfolio.facts.checklist import Point, share
from labfolio.model.entry import KINDS, PAPER, Entry, Kind
from labfolio.model.front_matter import Evidence
from labfolio.present.edition import Edition
from labfolio.present.views.common import Mark
from labfolio.present.views.evidence import Check, Checklist

# What is so of a point that is there, and of one that is not.
_GIVEN, _ANSWERED = ("Given", "Not given"), ("Answered", "Not answered")


def checks(edition: Edition, entry: Entry) -> Checklist | None:
    """The checklist with its gaps first, None for entries that are only planned."""
    if entry.status == "planned":
        return None
    points = edition.checklists[entry.path]
    evidence = isinstance(entry.front, Evidence)
    return Checklist(
        heading="Reproducibility checklist" if evidence else "Checklist",
        summary=_summary(entry, points),
        note=f"Computed from what this page states{' and its result files' if evidence else ''}.",
        checks=tuple(
            Check(asks=point.asks, mark=_mark(entry, point)) for point in sorted(points, key=lambda point: point.done)
        ),
    )


def _summary(entry: Entry, points: Iterable[Point]) -> str:
    given = list(points)
    if entry.kind is not PAPER:
        return f"{_of(given)} points are given."
    questions = [point for point in given if point.section]
    others = [point for point in given if not point.section]
    return f"{_of(questions)} questions are answered, {_of(others)} other points are given."


def _of(points: list[Point]) -> str:
    return f"{sum(point.done for point in points)} of {len(points)}"


def _mark(entry: Entry, point: Point) -> Mark:
    words = _ANSWERED if entry.kind is PAPER and point.section else _GIVEN
    if point.done:
        return Mark(shape="disc", word=words[0], tone="held")
    return Mark(shape="bar", word=words[1], tone="quiet")


def least_complete(edition: Edition, kinds: Iterable[Kind] = KINDS) -> list[tuple[Entry, float]]:
    """The shipped entries with the share of their checklist that they give, the smallest first; whole ones left out.

    A submission that was not sent yet is among them: it is asked less, and none of that is put off.
    """
    wanted = tuple(kinds)
    shares = [
        (entry, share(edition.checklists[entry.path]))
        for entry in edition.portfolio.entries
        if entry.kind in wanted and entry.status == "shipped"
    ]
    return sorted((pair for pair in shares if pair[1] < 1), key=lambda pair: (pair[1], pair[0].path))


def missing(edition: Edition, entry: Entry) -> list[str]:
    """What an entry's checklist asks and it does not give, in the checklist's order."""
    return [point.asks for point in edition.checklists[entry.path] if not point.done]
