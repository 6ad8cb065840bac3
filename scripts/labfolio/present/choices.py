"""What a list can be asked: pillar, status, verdict, topic, year and order, papers more; every answer has its address.

Year and venue of a paper lead into the list that is grouped by them, every other answer to a page of its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labfolio.facts.verdicts import VERDICTS
from labfolio.model.entry import NOTE, PAPER, REPRODUCTION, Entry, Kind, tag_slug
from labfolio.present.calendar_parts import LEVELS, Part
from labfolio.present.edition import Edition
from labfolio.present.open_questions import questions
from labfolio.present.paper import DECISIONS, DEPTHS, record_of
from labfolio.present.rows import OUTCOME_MARKS, STATUS_MARKS
from labfolio.present.urls import (
    ARRANGING,
    PAPER_ANSWERS,
    STATUSES,
    Narrowed,
    list_parts,
    narrowed_lists_of,
    part_anchor,
    stated,
)
from labfolio.present.views.pages import Choice, Choices

# Topics beyond these stand on the page of progress, years and venues of papers in the list that is grouped by them.
_MOST = 12
# What is asked in a list that is grouped by it; no script filters by it.
PARTS = ("published", "venue")

# What stands for no answer; of other questions it is all.
_FIRST = {"order": "Newest first", "group": "By month"}

LABELS = {
    "verdict": "Verdict",
    "pillar": "Pillar",
    "status": "Status",
    "tag": "Topic",
    "depth": "Depth",
    "questions": "Questions",
    "decision": "Decision",
    "published": "Published",
    "venue": "Venue",
    "year": "Year",
    "group": "Group",
    "order": "Order",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The lists of one kind: what each entry answers (by its path), the answers in words, and who is on which page.

    `words` has the busiest topics, `names` all of them; `in_place` are the questions that a script may answer: status
    and those that not all entries answer alike. `parts` are those of lists too long for a page, by the list's URL.
    """

    kind: Kind
    names: Mapping[str, str]
    facets: Mapping[str, Mapping[str, tuple[str, ...]]]
    words: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[Narrowed, tuple[Entry, ...]]]
    in_place: frozenset[str]
    parts: Mapping[str, tuple[Part, ...]]


def asked(edition: Edition, kind: Kind) -> Asked:
    """Everything that can be asked of a kind's entries, newest first; the whole list is among the lists."""
    entries = edition.portfolio.of(kind)
    known = {entry.path: facets(edition, entry) for entry in entries}
    given = [Narrowed(kind=kind, answers={})]
    given += narrowed_lists_of(edition.portfolio, kind).values()
    answering: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for answer in ((name, value) for name, values in known[entry.path].items() for value in values):
            answering.setdefault(answer, []).append(entry)

    def members(one: Narrowed) -> tuple[Entry, ...]:
        wanted = list(one.narrowing.items())
        fewest = min((answering.get(answer, []) for answer in wanted), key=len, default=entries)
        return tuple(e for e in fewest if all(value in known[e.path][name] for name, value in wanted))

    return Asked(
        kind=kind,
        names={tag_slug(tag): tag for entry in reversed(entries) for tag in reversed(entry.front.tags)},
        facets=known,
        words=_words(edition, kind, entries, known),
        lists={one.url: (one, members(one)) for one in given},
        in_place=frozenset({"status", *(name for name in LABELS if _differs(known.values(), name))} - {*PARTS}),
        parts=list_parts(edition.portfolio, kind),
    )


def _differs(answers: Iterable[Mapping[str, tuple[str, ...]]], name: str) -> bool:
    return len({own.get(name) for own in answers}) > 1


def facets(edition: Edition, entry: Entry) -> Mapping[str, tuple[str, ...]]:
    """What an entry answers, by question; an unfinished one has no verdict yet."""
    outcome = edition.outcome(entry) if entry.status == "shipped" and entry.kind is REPRODUCTION else None
    given = stated(entry)
    return {
        "verdict": (outcome,) if outcome else (),
        **{name: given[name] for name in ("pillar", "status", "tag")},
        **{level: (name(entry),) for level, name in LEVELS.items()},
        **(_paper_facets(edition, entry, given) if entry.kind is PAPER else {}),
    }


def _paper_facets(
    edition: Edition, entry: Entry, given: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """What a paper note answers beside.

    What is only planned stands in the queue, under no year or venue, and has neither answered nor left open a question.
    """
    record, asked = record_of(edition, entry) if entry.status != "planned" else None, questions(edition, entry)
    state = "answered" if all(point.done for point in asked) else "open"
    return {
        "depth": given["depth"],
        "questions": (state,) if asked else (),
        "decision": given["decision"],
        "published": (record.year,) if record and record.year else (),
        "venue": (tag_slug(record.venue),) if record and record.venue else (),
    }


def _words(
    edition: Edition, kind: Kind, entries: Iterable[Entry], known: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> Mapping[str, Mapping[str, str]]:
    """The answers to each question in words, in reading order."""
    found: dict[str, Mapping[str, str]] = {}
    if kind is REPRODUCTION:
        found["verdict"] = {one: OUTCOME_MARKS[one].word for one in VERDICTS}
    found["pillar"] = {pillar.id: pillar.name for pillar in edition.portfolio.program.pillars}
    done = {PAPER: "Read", NOTE: "Published"}.get(kind, STATUS_MARKS["shipped"].word)
    found["status"] = {one: done if one == "shipped" else STATUS_MARKS[one].word for one in STATUSES}
    if kind is PAPER:
        found |= _paper_words(edition, entries, known)
    found["tag"] = _tags(entries)
    found["year"] = {year: year for year in sorted({str(entry.date.year) for entry in entries}, reverse=True)}
    if kind is PAPER:
        words = {"topic": "By topic", "published": "By year of the paper", "venue": "By venue"}
        found["group"] = {one: words[one] for one in PAPER_ANSWERS["group"]}
    found["order"] = {"oldest": "Day 1 first"}
    return found


def _paper_words(
    edition: Edition, entries: Iterable[Entry], known: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> Mapping[str, Mapping[str, str]]:
    """What paper notes answer, in words; years and venues as far as many share them."""
    records = [record for entry in entries if (record := record_of(edition, entry))]
    venues = {tag_slug(one.venue): one.venue for one in reversed(records) if one.venue}
    busiest = {name: _busiest(value for own in known.values() for value in own[name]) for name in PARTS}
    return {
        "depth": {one: DEPTHS[one] for one in PAPER_ANSWERS["depth"]},
        "questions": {"answered": "All answered", "open": "Some open"},
        "decision": {one: DECISIONS[one] for one in PAPER_ANSWERS["decision"]},
        "published": {year: year for year in sorted(busiest["published"], reverse=True)},
        "venue": {slug: venues[slug] for slug in sorted(busiest["venue"], key=lambda slug: venues[slug].casefold())},
    }


def choices(edition: Edition, given: Asked, page: Narrowed) -> tuple[Choices, ...]:
    """The questions that a list can be asked, with the number of entries behind each answer.

    An answer leads to the list that keeps the other answers where there is such a page, else to its own. Answers
    without an entry, and questions that would change nothing, are left out.
    """
    found = []
    for name, known in given.words.items():
        if name in PARTS and page.answers.get("group") != name:
            continue
        own = page.answers.get(name)
        answers = {**known, **({own: given.names[own]} if name == "tag" and own and own not in known else {})}
        every = {"": _FIRST.get(name, "All"), **answers}
        links = [_link(edition, given, page, name, value, word) for value, word in every.items()]
        kept = tuple(one for one in links if one is not None)
        many = len(given.facets) > 1 if name in ARRANGING else len(kept) > 2
        if many or page.answers.get(name):
            found.append(Choices(name=name, label=LABELS[name], links=kept))
    return tuple(found)


def _link(edition: Edition, given: Asked, page: Narrowed, name: str, value: str, word: str) -> Choice | None:
    if value and name in PARTS:
        return _part(edition, given, page, name, value, word)
    rest = {other: answer for other, answer in page.answers.items() if other != name}
    own = {name: value} if value else {}
    wanted = Narrowed(kind=given.kind, answers={**rest, **own})
    if wanted.url not in given.lists:
        wanted = Narrowed(kind=given.kind, answers=own)
    count = len(given.lists[wanted.url][1])
    current = page.answers.get(name, "") == value
    if not (count or current):
        return None
    return Choice(
        text=word,
        href=edition.href(wanted.url, page.url),
        answer=value,
        count="" if name in ARRANGING else str(count),
        current=current,
    )


def _part(edition: Edition, given: Asked, page: Narrowed, name: str, value: str, word: str) -> Choice:
    """An answer that is a part of the list grouped by its question."""
    url = Narrowed(kind=given.kind, answers={"group": name}).url
    count = sum(value in own[name] for own in given.facets.values())
    return Choice(
        text=word,
        href=f"{edition.href(url, page.url)}#{part_anchor(value)}",
        answer=value,
        count=str(count),
        current=False,
    )


def _busiest(values: Iterable[str]) -> list[str]:
    """The values that most share, the busiest first."""
    return sorted(numbers := Counter(values), key=lambda value: (-numbers[value], value))[:_MOST]


def _tags(entries: Iterable[Entry]) -> Mapping[str, str]:
    """The busiest topics of the entries."""
    given = [tag for entry in entries for tag in dict.fromkeys(entry.front.tags)]
    names = {tag_slug(tag): tag for tag in reversed(given)}
    return {slug: names[slug] for slug in sorted(_busiest(tag_slug(tag) for tag in given))}
