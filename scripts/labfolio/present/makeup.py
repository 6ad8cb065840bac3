"""What the work was made of, from entries and the log, never from self-rating: topics, sides, intensity, activity."""

import math
from collections.abc import Iterable, Mapping, Sequence

from labfolio.facts.progress import counts
from labfolio.model.entry import Entry
from labfolio.model.log import ACTIVITIES, INTENSITIES
from labfolio.model.wording import amount, plural
from labfolio.present.edition import Edition
from labfolio.present.urls import topic_url
from labfolio.present.views.common import Link
from labfolio.present.views.progress import Makeup

_SIDES = {"software": "Software", "machine-learning": "Machine learning"}


def topics(edition: Edition) -> dict[str, tuple[str, list[Entry]]]:
    """Every topic's page with its name and the published entries that carry it, newest first, busiest topic first."""
    found: dict[str, tuple[str, list[Entry]]] = {}
    for entry in edition.portfolio.entries:
        for url, tag in {topic_url(tag): tag for tag in reversed(entry.front.tags)}.items():
            found.setdefault(url, (tag, []))[1].append(entry)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1][1]), item[1][0].lower())))


def makeup(edition: Edition, page: str) -> tuple[Makeup, ...]:
    """The tables that have anything to show."""
    made = (_topics(edition, page), _sides(edition), _intensity(edition), _activity(edition))
    return tuple(one for one in made if one is not None)


def _topics(edition: Edition, page: str) -> Makeup | None:
    """Entries that count and hours, by topic; the hours of an entry with several topics count for each."""
    items = edition.progress.hours.items
    rows = []
    for url, (name, entries) in topics(edition).items():
        counted = [entry for entry in entries if counts(entry)]
        hours = math.fsum(items.get(entry.slug, 0.0) for entry in entries)
        link = Link(text=name, href=edition.href(url, page))
        rows.append((link, str(len(counted)), amount(hours) if hours else "", ""))
    note = "An entry counts for each of its topics."
    return _table("topics", "Topics", note, "Topic", rows) if rows else None


def _sides(edition: Edition) -> Makeup | None:
    """Software against machine learning, as the pillars are sorted in `program.yml`."""
    progress = edition.progress
    sides = {one.pillar.side for one in progress.pillars if one.pillar.side}
    if not sides:
        return None
    entries = {side: sum(len(one.entries) for one in progress.pillars if one.pillar.side == side) for side in sides}
    hours = {side: math.fsum(one.hours for one in progress.pillars if one.pillar.side == side) for side in sides}
    whole = math.fsum(hours.values()) or float(sum(entries.values()))
    rows = []
    for side in (one for one in _SIDES if one in sides):
        part = hours[side] if any(hours.values()) else float(entries[side])
        names = ", ".join(one.pillar.name for one in progress.pillars if one.pillar.side == side)
        share = f"{100 * part / whole:.0f}%" if whole else ""
        link = Link(text=f"{_SIDES[side]} ({names})", href="#pillars")
        rows.append((link, str(entries[side]), amount(hours[side]) if hours[side] else "", share))
    note = "Shares are of hours." if any(hours.values()) else "Shares are of entries."
    return _table("sides", "Software and machine learning", note, "Side", rows)


def _intensity(edition: Edition) -> Makeup | None:
    return _logged(edition.progress.hours.intensities, INTENSITIES, "intensity", "Intensity")


def _activity(edition: Edition) -> Makeup | None:
    return _logged(edition.progress.hours.activities, ACTIVITIES, "activity", "Activity")


def _logged(sums: Mapping[str, float], order: Iterable[str], anchor: str, heading: str) -> Makeup | None:
    whole = math.fsum(sums.values())
    if not whole:
        return None
    rows = [
        (Link(text=name.capitalize()), "", amount(sums[name]), f"{100 * sums[name] / whole:.0f}%")
        for name in order
        if name in sums
    ]
    return _table(anchor, heading, f"Of {plural(round(whole), 'hour')} in the log that say so.", heading, rows)


def _table(anchor: str, heading: str, note: str, label: str, rows: Sequence[tuple[Link, str, str, str]]) -> Makeup:
    """A table without the columns in which nothing stands."""
    kept = [place for place in (1, 2, 3) if any(row[place] for row in rows)]
    names = ("", "Entries", "Hours", "Share")
    return Makeup(
        anchor=anchor,
        heading=heading,
        note=note,
        header=(label, *(names[place] for place in kept)),
        rows=tuple((row[0], tuple(str(row[place]) for place in kept)) for row in rows),
    )
