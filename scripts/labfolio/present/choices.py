"""What a list can be asked: pillar, status, verdict, topic, year and order; every answer is a page of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labfolio.facts.verdicts import VERDICTS
from labfolio.model.entry import NOTE, PAPER, REPRODUCTION, Entry, Kind, tag_slug
from labfolio.present.edition import Edition
from labfolio.present.rows import OUTCOME_MARKS, STATUS_MARKS
from labfolio.present.urls import STATUSES, Narrowed, narrowed_lists
from labfolio.present.views.pages import Choice, Choices

# Topics beyond these stand on the page of progress.
_TOPICS = 12

LABELS = {
    "verdict": "Verdict",
    "pillar": "Pillar",
    "status": "Status",
    "tag": "Topic",
    "year": "Year",
    "order": "Order",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The lists of one kind: what each entry answers (by its path), the answers in words, and who is on which page.

    `words` has the busiest topics, `names` all of them.
    """

    kind: Kind
    names: Mapping[str, str]
    facets: Mapping[str, Mapping[str, tuple[str, ...]]]
    words: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[Narrowed, tuple[Entry, ...]]]


def asked(edition: Edition, kind: Kind) -> Asked:
    """Everything that can be asked of a kind's entries, newest first; the whole list is among the lists."""
    entries = edition.portfolio.of(kind)
    known = {entry.path: facets(edition, entry) for entry in entries}
    given = [Narrowed(kind=kind, answers={})]
    given += [one for one in narrowed_lists(edition.portfolio).values() if one.kind is kind]
    lists: dict[str, tuple[Narrowed, list[Entry]]] = {one.url: (one, []) for one in given}
    for one, members in lists.values():
        wanted = [(name, value) for name, value in one.answers.items() if name != "order"]
        members += [e for e in entries if all(value in known[e.path][name] for name, value in wanted)]
    return Asked(
        kind=kind,
        names={tag_slug(tag): tag for entry in reversed(entries) for tag in reversed(entry.front.tags)},
        facets=known,
        words=_words(edition, kind, entries),
        lists={url: (one, tuple(members)) for url, (one, members) in lists.items()},
    )


def facets(edition: Edition, entry: Entry) -> Mapping[str, tuple[str, ...]]:
    """What an entry answers, by question; an unfinished one has no verdict yet."""
    outcome = edition.outcome(entry) if entry.status == "shipped" and entry.kind is REPRODUCTION else None
    return {
        "verdict": (outcome,) if outcome else (),
        "pillar": (entry.front.pillar,) if entry.front.pillar else (),
        "status": (entry.status,),
        "tag": tuple(sorted({tag_slug(tag) for tag in entry.front.tags})),
        "year": (str(entry.date.year),),
    }


def _words(edition: Edition, kind: Kind, entries: Iterable[Entry]) -> Mapping[str, Mapping[str, str]]:
    """The answers to each question in words, in reading order."""
    found: dict[str, Mapping[str, str]] = {}
    if kind is REPRODUCTION:
        found["verdict"] = {one: OUTCOME_MARKS[one].word for one in VERDICTS}
    found["pillar"] = {pillar.id: pillar.name for pillar in edition.portfolio.program.pillars}
    done = {PAPER: "Read", NOTE: "Published"}.get(kind, STATUS_MARKS["shipped"].word)
    found["status"] = {one: done if one == "shipped" else STATUS_MARKS[one].word for one in STATUSES}
    found["tag"] = _tags(entries)
    found["year"] = {year: year for year in sorted({str(entry.date.year) for entry in entries}, reverse=True)}
    found["order"] = {"oldest": "Day 1 first"}
    return found


def choices(edition: Edition, given: Asked, page: Narrowed) -> tuple[Choices, ...]:
    """The questions that a list can be asked, with the number of entries behind each answer.

    An answer leads to the list that keeps the other answers where there is such a page, else to its own. Answers
    without an entry, and questions that would change nothing, are left out.
    """
    found = []
    for name, known in given.words.items():
        own = page.answers.get(name)
        answers = {**known, **({own: given.names[own]} if name == "tag" and own and own not in known else {})}
        every = {"": "Newest first" if name == "order" else "All", **answers}
        links = [_link(edition, given, page, name, value, word) for value, word in every.items()]
        kept = tuple(one for one in links if one is not None)
        many = len(given.facets) > 1 if name == "order" else len(kept) > 2
        if many or page.answers.get(name):
            found.append(Choices(name=name, label=LABELS[name], links=kept))
    return tuple(found)


def _link(edition: Edition, given: Asked, page: Narrowed, name: str, value: str, word: str) -> Choice | None:
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
        count="" if name == "order" else str(count),
        current=current,
    )


def _tags(entries: Iterable[Entry]) -> Mapping[str, str]:
    """The busiest topics of the entries."""
    names: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for entry in entries:
        for tag in dict.fromkeys(entry.front.tags):
            slug = tag_slug(tag)
            names.setdefault(slug, tag)
            numbers[slug] = numbers.get(slug, 0) + 1
    busiest = sorted(names, key=lambda slug: (-numbers[slug], slug))[:_TOPICS]
    return {slug: names[slug] for slug in sorted(busiest)}
