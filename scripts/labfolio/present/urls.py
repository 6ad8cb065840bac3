"""The addresses that labfolio makes from no single source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labfolio.facts.portfolio import Portfolio
from labfolio.facts.verdicts import VERDICTS
from labfolio.model.entry import KINDS, PAPER, REPRODUCTION, Entry, Kind, tag_slug
from labfolio.model.front_matter import Evidence, PaperNote
from labfolio.present.calendar_parts import LEVELS, Part, calendar_parts, every_part

FIXED_URLS = (
    "",
    "progress/",
    "progress.json",
    "progress.svg",
    "transcript/",
    "claims/",
    "lineage/",
    "lineage.json",
    "evidence.json",
    "portfolio.json",
    "papers.json",
    "resume.json",
    "llms.txt",
    "CITATION.cff",
    "search-list.json",
    "search-filters.json",
    "feeds/",
    "feed.xml",
    "atom.xml",
    "feed.json",
    "card.png",
    "sitemap.xml",
    "404.html",
)
CLAIMS = "claims/"
STATUSES = ("shipped", "building", "planned", "abandoned")

# What a list can be asked, in the order of the address; the last two leave nothing out.
QUESTIONS = ("verdict", "pillar", "status", "depth", "questions", "decision", "tag", *LEVELS, "group", "order")
ARRANGING = ("group", "order")

# The answers that paper notes give beside those of every kind. A year and a venue of papers are no pages of their own:
# they come from the bibliography, where a corrected spelling must break no address. They are parts of a grouped list.
PAPER_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "depth": ("reimplemented", "full", "skim"),
    "questions": ("answered", "open"),
    "decision": ("reproduce", "watch", "skip"),
    "group": ("topic", "published", "venue"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A list of one kind narrowed by answers, by the name of their question; without any it is the whole list."""

    kind: Kind
    answers: Mapping[str, str]

    @property
    def url(self) -> str:
        """The address: `builds/pillar/re/`."""
        given = [f"{name}/{self.answers[name]}" for name in QUESTIONS if self.answers.get(name)]
        return "/".join([self.kind.section, *given, ""])

    @property
    def narrowing(self) -> Mapping[str, str]:
        """The answers that leave entries out; the others only arrange them."""
        return {name: value for name, value in self.answers.items() if name not in ARRANGING}


def stated(entry: Entry) -> Mapping[str, tuple[str, ...]]:
    """What an entry's front matter answers, by question; lists that are narrowed by it have parts of their own."""
    front = entry.front
    note = front if isinstance(front, PaperNote) else None
    return {
        "pillar": (front.pillar,) if front.pillar else (),
        "status": (entry.status,),
        "tag": tuple(sorted({tag_slug(tag) for tag in front.tags})),
        "depth": (note.read,) if note and note.read else (),
        "decision": (note.decision,) if note and note.decision else (),
    }


def list_parts(portfolio: Portfolio, kind: Kind) -> Mapping[str, tuple[Part, ...]]:
    """The parts of a kind's lists that are too long for a page, by the list's URL: of the whole, and of those that are
    narrowed by what is stated."""
    entries = portfolio.of(kind)
    lists: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries if calendar_parts(entries) else ():
        for name, values in stated(entry).items():
            for value in values:
                lists.setdefault((name, value), []).append(entry)
    given = [({name: value}, members) for (name, value), members in lists.items()]
    made = {
        Narrowed(kind=kind, answers=answers).url: calendar_parts(members)
        for answers, members in (*given, ({}, entries))
    }
    return {url: parts for url, parts in made.items() if parts}


def claim_parts(portfolio: Portfolio) -> tuple[Part, ...]:
    """The parts of the list of every claim, none where a page holds it."""
    counted = [(entry, len(entry.front.claims)) for entry in portfolio.entries if isinstance(entry.front, Evidence)]
    return calendar_parts([entry for entry, count in counted for _ in range(count)])


def part_anchor(value: str) -> str:
    """The anchor of a part of a grouped list: `in-2015`; no other anchor of a list begins so."""
    return f"in-{value}"


def narrowed_lists(portfolio: Portfolio) -> Mapping[str, Narrowed]:
    """Every narrowed list that is a page of its own, by URL.

    One for each answer; reproductions also by verdict and pillar together; the parts of what is too long for a page.
    Lists of a pillar, status or verdict are made without an entry too, so that no address ever breaks.
    """
    return {url: one for kind in KINDS for url, one in narrowed_lists_of(portfolio, kind).items()}


def narrowed_lists_of(portfolio: Portfolio, kind: Kind) -> Mapping[str, Narrowed]:
    """Those of one kind."""
    return {one.url: one for one in _of_kind(portfolio, kind)}


def _parts_of_kind(portfolio: Portfolio, kind: Kind) -> Iterable[Narrowed]:
    for url, parts in list_parts(portfolio, kind).items():
        name, _, value = url.removeprefix(f"{kind.section}/").strip("/").partition("/")
        for part in every_part(parts):
            yield Narrowed(kind=kind, answers={**({name: value} if name else {}), **part.answers})


def _of_kind(portfolio: Portfolio, kind: Kind) -> Iterable[Narrowed]:
    pillars = [pillar.id for pillar in portfolio.program.pillars]
    entries = portfolio.of(kind)
    verdicts = VERDICTS if kind is REPRODUCTION else ()
    answers = {
        "verdict": verdicts,
        "pillar": pillars,
        "status": STATUSES,
        "tag": sorted({tag_slug(tag) for entry in entries for tag in entry.front.tags}),
        "year": sorted({str(entry.date.year) for entry in entries}),
        "order": ["oldest"],
        **(PAPER_ANSWERS if kind is PAPER else {}),
    }
    for name, values in answers.items():
        for value in values:
            yield Narrowed(kind=kind, answers={name: value})
    for verdict in verdicts:
        for pillar in pillars:
            yield Narrowed(kind=kind, answers={"verdict": verdict, "pillar": pillar})
    yield from _parts_of_kind(portfolio, kind)


def made_urls(portfolio: Portfolio) -> frozenset[str]:
    """Every URL that labfolio makes from no single source."""
    program = portfolio.program
    sections = [f"{kind.section}/" for kind in KINDS]
    pillars = [f"pillars/{pillar.id}/" for pillar in program.pillars]
    topics = [topic_url(tag) for entry in portfolio.entries for tag in entry.front.tags]
    days = len(program.calendar())
    milestones = [milestone_url(number + 1) for number in range(-(-days // program.milestone_days))]
    claims = [f"{CLAIMS}{part.url}" for part in every_part(claim_parts(portfolio))]
    return frozenset({*FIXED_URLS, *sections, *pillars, *topics, *narrowed_lists(portfolio), *claims, *milestones})


def milestone_url(number: int) -> str:
    """The page of a sub-milestone."""
    return f"milestones/{number}/"


def topic_url(tag: str) -> str:
    """The page of a topic; tags that differ in capitals or spaces share one."""
    return f"topics/{tag_slug(tag)}/"
