"""Entries under their headings: by month, sub-milestone, verdict or state, papers also by topic, year or venue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from labfolio.facts.reading_queue import reading_queue
from labfolio.model.entry import BUILD, PAPER, REPRODUCTION, SUBMISSION, Entry, Kind, tag_slug
from labfolio.model.front_matter import Submission
from labfolio.model.wording import month_text
from labfolio.present.edition import Edition
from labfolio.present.paper import record_of
from labfolio.present.rows import verdict_mark
from labfolio.present.urls import part_anchor, topic_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under a heading, whose anchor is `anchor` or its words; `url` is the page of what it names.

    `dated` groups stand in order of time; a `fixed` one keeps its order.
    """

    heading: str
    entries: tuple[Entry, ...]
    dated: bool = False
    fixed: bool = False
    anchor: str = ""
    url: str = ""


QUEUE = "Reading queue"


def grouped(edition: Edition, kind: Kind, entries: Iterable[Entry], way: str = "") -> list[Group]:
    """Entries of a kind under their headings: builds by sub-milestone, reproductions by verdict, the rest by month.

    `way` is another way for papers: topic, published or venue.
    """
    if kind is BUILD:
        return _by_milestone(edition, entries)
    if kind is REPRODUCTION:
        return by_verdict(edition, entries)
    if kind is SUBMISSION:
        return _by_state(entries)
    return _papers(edition, list(entries), way) if kind is PAPER else _by_month(entries)


def oldest_first(groups: Sequence[Group]) -> list[Group]:
    """Every group from its oldest entry on; the groups too, where they stand in order of time."""
    # A stable sort: entries of one day stay in the reverse of their order.
    turned = [one if one.fixed else replace(one, entries=tuple(sorted(one.entries[::-1], key=_day))) for one in groups]
    dated = iter([one for one in reversed(turned) if one.dated])
    return [next(dated) if one.dated else one for one in turned]


def _day(entry: Entry) -> date:
    return entry.date


def _papers(edition: Edition, entries: Sequence[Entry], way: str) -> list[Group]:
    """What was read, grouped, then what is to be read, in its author's order."""
    read, queue = [entry for entry in entries if entry.status != "planned"], reading_queue(entries)
    groups = {"topic": _by_topic, "published": _by_publication, "venue": _by_venue}.get(way, _by_month_read)
    return [*groups(edition, read), *([Group(heading=QUEUE, entries=queue, fixed=True)] if queue else [])]


def _by_month_read(_: Edition, entries: Iterable[Entry]) -> list[Group]:
    return _by_month(entries)


def _by_topic(_: Edition, entries: Iterable[Entry]) -> list[Group]:
    """Each under the topic that it names first, the busiest topic first."""
    groups = _parts(((next(iter(entry.front.tags), ""), entry) for entry in entries), "Without a topic")
    return [replace(one, url=topic_url(one.heading)) if one.anchor else one for one in groups]


def _by_publication(edition: Edition, entries: Iterable[Entry]) -> list[Group]:
    """By the year in which the paper appeared, newest first."""
    groups = _parts(((_published(edition, entry)[0], entry) for entry in entries), "Without a year")
    return sorted(groups, key=lambda one: one.heading if one.anchor else "", reverse=True)


def _by_venue(edition: Edition, entries: Iterable[Entry]) -> list[Group]:
    return _parts(((_published(edition, entry)[1], entry) for entry in entries), "Without a venue")


def _published(edition: Edition, entry: Entry) -> tuple[str, str]:
    """Year and venue of a note's first paper; either may be empty."""
    record = record_of(edition, entry)
    return (record.year, record.venue) if record else ("", "")


def _parts(named: Iterable[tuple[str, Entry]], without: str) -> list[Group]:
    """Groups by name, the largest first; entries that have none last, without an anchor of their own."""
    names: dict[str, str] = {}
    members: dict[str, list[Entry]] = {}
    for name, entry in named:
        slug = tag_slug(name) if name else ""
        names.setdefault(slug, name)
        members.setdefault(slug, []).append(entry)
    slugs = sorted(members, key=lambda slug: (not slug, -len(members[slug]), slug))
    return [
        Group(heading=names[one] or without, entries=tuple(members[one]), anchor=part_anchor(one) if one else "")
        for one in slugs
    ]


def _by_month(entries: Iterable[Entry]) -> list[Group]:
    """By month, newest first; what is only planned stands last."""
    groups: dict[str, list[Entry]] = {}
    planned: list[Entry] = []
    for entry in entries:
        if entry.status == "planned":
            planned.append(entry)
        else:
            groups.setdefault(month_text(entry.date), []).append(entry)
    months = [Group(heading=heading, entries=tuple(group), dated=True) for heading, group in groups.items()]
    return [*months, *([Group(heading="Planned", entries=tuple(planned))] if planned else [])]


def _by_milestone(edition: Edition, entries: Iterable[Entry]) -> list[Group]:
    """In work first, then by sub-milestone, newest first, abandoned ones among them; planned last."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_milestone_heading(edition, entry), []).append(entry)
    first, last = groups.pop("In work", []), groups.pop("Planned", [])
    dated = [Group(heading=heading, entries=tuple(group), dated=True) for heading, group in groups.items()]
    made = [Group(heading="In work", entries=tuple(first)), *dated, Group(heading="Planned", entries=tuple(last))]
    return [one for one in made if one.entries]


def _milestone_heading(edition: Edition, entry: Entry) -> str:
    if entry.status in ("building", "planned"):
        return {"building": "In work", "planned": "Planned"}[entry.status]
    day = edition.progress.day_of(entry.date)
    if day is None:
        return month_text(entry.date)
    length, days = edition.portfolio.program.milestone_days, edition.portfolio.program.days
    number = (day - 1) // length
    return f"Sub-milestone {number + 1} (days {number * length + 1} to {min((number + 1) * length, days)})"


# A submission's last event -> the heading that it stands under; what was turned down stands beside what was taken.
_STATES = {
    "": "Not sent yet",
    "submitted": "Under review",
    "reviews": "Under review",
    "rebuttal": "Under review",
    "accepted": "Accepted",
    "camera-ready": "Accepted",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
}


def _by_state(entries: Iterable[Entry]) -> list[Group]:
    """By state, in each the next deadline first."""
    groups: dict[str, list[Entry]] = {heading: [] for heading in dict.fromkeys(_STATES.values())}
    for entry in entries:
        front = entry.front
        assert isinstance(front, Submission)
        groups[_STATES[front.events[-1].event if front.events else ""]].append(entry)
    made = [Group(heading=heading, entries=tuple(sorted(group, key=_deadline))) for heading, group in groups.items()]
    return [one for one in made if one.entries]


def _deadline(entry: Entry) -> date:
    stated = entry.front.deadline if isinstance(entry.front, Submission) else None
    return stated or entry.date


def by_verdict(edition: Edition, entries: Iterable[Entry]) -> list[Group]:
    """Grouped by verdict in the rule's order; unfinished ones after it."""
    groups: dict[str, list[Entry]] = {}
    order = ("reproduced", "exceeded", "partial", "not-reproduced", "inconclusive", "untested")
    words = {"reproduced": "Reproduced", "exceeded": "Reproduced", "partial": "Partly reproduced"}
    for entry in entries:
        outcome = edition.outcome(entry)
        if entry.status != "shipped":
            heading = {"building": "In work", "planned": "Planned"}.get(entry.status, "Abandoned")
        elif outcome is None:
            heading = "Without a claim"
        else:
            heading = words.get(outcome) or verdict_mark(entry, outcome).word.replace("eplicated", "eproduced")
        groups.setdefault(heading, []).append(entry)
    ranks = {words.get(outcome, outcome.replace("-", " ").capitalize()): rank for rank, outcome in enumerate(order)}
    made = [Group(heading=heading, entries=tuple(group)) for heading, group in groups.items()]
    return sorted(made, key=lambda group: ranks.get(group.heading, len(ranks)))
