"""The list of reproductions, narrowed by verdict, by pillar or by both: every answer is a page of its own."""

from labfolio.facts.verdicts import VERDICTS
from labfolio.model.entry import REPRODUCTION, Entry
from labfolio.present.edition import Edition, narrowed_url
from labfolio.present.rows import OUTCOME_MARKS
from labfolio.present.views.common import Link
from labfolio.present.views.pages import Choices


def fits(edition: Edition, entry: Entry, verdict: str, pillar: str) -> bool:
    """Whether a reproduction belongs on a narrowed page; an unfinished one has no verdict yet."""
    outcome = edition.outcome(entry) if entry.status == "shipped" else None
    return (not verdict or outcome == verdict) and (not pillar or entry.front.pillar == pillar)


def choices(edition: Edition, page: str, verdict: str, pillar: str) -> tuple[Choices, ...]:
    """The links that narrow the list on `page`, each with its count; answers without an entry are left out."""

    def link(text: str, wanted: tuple[str, str]) -> Link | None:
        count = sum(fits(edition, entry, *wanted) for entry in edition.portfolio.of(REPRODUCTION))
        if wanted == (verdict, pillar):
            return Link(text=f"{text} {count}")
        return Link(text=f"{text} {count}", href=edition.href(narrowed_url(*wanted), page)) if count else None

    verdicts = [link("All", ("", pillar)), *(link(OUTCOME_MARKS[one].word, (one, pillar)) for one in VERDICTS)]
    found = [Choices(label="Verdict", links=tuple(one for one in verdicts if one))]
    if given := edition.portfolio.program.pillars:
        pillars = [link("All", (verdict, "")), *(link(one.name, (verdict, one.id)) for one in given)]
        found.append(Choices(label="Pillar", links=tuple(one for one in pillars if one)))
    return tuple(found)
