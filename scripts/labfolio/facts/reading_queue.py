"""The papers that are still to be read, in their author's order."""

from collections.abc import Iterable

from labfolio.model.entry import Entry
from labfolio.model.front_matter import PaperNote


def reading_queue(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The planned paper notes: those with a place in the queue by it, then the others, longest waiting first."""
    planned = [entry for entry in entries if entry.status == "planned" and isinstance(entry.front, PaperNote)]
    return tuple(sorted(planned, key=_place))


def _place(entry: Entry) -> tuple[float, int, str]:
    place = entry.front.queue if isinstance(entry.front, PaperNote) else None
    return (place if place is not None else float("inf"), entry.date.toordinal(), entry.slug)
