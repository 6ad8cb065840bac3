"""The addresses that labfolio makes from no single source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labfolio.facts.portfolio import Portfolio
from labfolio.facts.verdicts import VERDICTS
from labfolio.model.entry import KINDS, REPRODUCTION, Kind, tag_slug

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
    "search.json",
    "feeds/",
    "feed.xml",
    "atom.xml",
    "feed.json",
    "card.png",
    "sitemap.xml",
    "404.html",
)
STATUSES = ("shipped", "building", "planned", "abandoned")

# What a list can be asked, in the order of the address.
QUESTIONS = ("verdict", "pillar", "status", "tag", "year", "order")


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


def narrowed_lists(portfolio: Portfolio) -> Mapping[str, Narrowed]:
    """Every narrowed list that is a page of its own, by URL.

    One for each answer; reproductions also by verdict and pillar together. Lists of a pillar, status or verdict are
    made without an entry too, so that no address ever breaks.
    """
    made = [one for kind in KINDS for one in _of_kind(portfolio, kind)]
    return {one.url: one for one in made}


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
    }
    for name, values in answers.items():
        for value in values:
            yield Narrowed(kind=kind, answers={name: value})
    for verdict in verdicts:
        for pillar in pillars:
            yield Narrowed(kind=kind, answers={"verdict": verdict, "pillar": pillar})


def made_urls(portfolio: Portfolio) -> frozenset[str]:
    """Every URL that labfolio makes from no single source."""
    program = portfolio.program
    sections = [f"{kind.section}/" for kind in KINDS]
    pillars = [f"pillars/{pillar.id}/" for pillar in program.pillars]
    topics = [topic_url(tag) for entry in portfolio.entries for tag in entry.front.tags]
    days = len(program.calendar())
    milestones = [milestone_url(number + 1) for number in range(-(-days // program.milestone_days))]
    return frozenset({*FIXED_URLS, *sections, *pillars, *topics, *narrowed_lists(portfolio), *milestones})


def milestone_url(number: int) -> str:
    """The page of a sub-milestone."""
    return f"milestones/{number}/"


def topic_url(tag: str) -> str:
    """The page of a topic; tags that differ in capitals or spaces share one."""
    return f"topics/{tag_slug(tag)}/"
