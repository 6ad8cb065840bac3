"""A paper as pages name it: its record in a line, how deep it was read, what was decided, what grew out of the note."""

from collections.abc import Iterable

from labfolio.facts.lineage import Neighbours
from labfolio.markdown.works import credited
from labfolio.model.entry import PAPER, Entry
from labfolio.model.front_matter import PaperNote
from labfolio.parse.bibliography import Record
from labfolio.present.edition import Edition
from labfolio.present.open_questions import answered
from labfolio.present.views.common import Link, PaperFacts

DEPTHS = {"skim": "Skimmed", "full": "Read in full", "reimplemented": "Reimplemented"}
DECISIONS = {"reproduce": "Reproduce", "watch": "Watch", "skip": "Skip"}
# As the page of a note says it.
DECIDED = {"reproduce": "Worth reproducing", "watch": "Worth watching", "skip": "Not followed further"}


def record_of(edition: Edition, entry: Entry) -> Record | None:
    """The record of the first paper that an entry names."""
    return next((edition.papers[key] for key in entry.front.paper if key in edition.papers), None)


def who(record: Record) -> str:
    """The authors as running text names them: `Flajolet et al.`; empty where none is known."""
    return credited(record) if record.families else ""


def short(record: Record) -> str:
    """A work as running text names it: `Flajolet et al., 2007`."""
    return ", ".join(part for part in (who(record) or record.venue, record.year) if part)


def addresses(record: Record) -> tuple[Link, ...]:
    """Where a work is found by its DOI and its arXiv id."""
    links = []
    if record.doi:
        links.append(Link(text=f"doi:{record.doi}", href=f"https://doi.org/{record.doi}"))
    if record.arxiv:
        links.append(Link(text=f"arXiv:{record.arxiv}", href=f"https://arxiv.org/abs/{record.arxiv}"))
    return tuple(links)


def led_to(edition: Edition, entry: Entry) -> Iterable[Entry]:
    """The entries of other kinds that name a note's paper or the note itself, oldest first."""
    near = edition.neighbours.get(entry.path, Neighbours())
    grown = {other.path: other for other in (*near.used_by, *near.same_paper) if other.kind is not PAPER}
    return sorted(grown.values(), key=lambda other: (other.date, other.slug))


def paper_facts(edition: Edition, entry: Entry, page: str) -> PaperFacts:
    """What a list says of a paper note."""
    record, front = record_of(edition, entry), entry.front
    read, decision = (front.read, front.decision) if isinstance(front, PaperNote) else (None, None)
    return PaperFacts(
        authors=who(record) if record else "",
        venue=record.venue if record else "",
        year=record.year if record else "",
        depth=DEPTHS[read] if read else "",
        answered=answered(edition, entry),
        decision=DECISIONS[decision] if decision else "",
        addresses=addresses(record) if record else (),
        led_to=tuple(
            Link(text=edition.portfolio.id_of(other), href=edition.href(other.url, page))
            for other in led_to(edition, entry)
        ),
    )
