"""The portfolio for programs: `/portfolio.json` and `/papers.json`."""

import re
from collections.abc import Iterable

from pydantic import BaseModel

from labfolio.model.entry import Entry
from labfolio.model.front_matter import PaperNote
from labfolio.model.portfolio_file import (
    VERSION,
    ClaimSummary,
    EntrySummary,
    NoteSummary,
    PapersFile,
    PaperSummary,
    PillarSummary,
    PortfolioFile,
)
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.open_questions import questions

TWIN = "index.md"


def portfolio_json(edition: Edition) -> Output:
    """`/portfolio.json`."""
    author = edition.portfolio.program.author
    shape = PortfolioFile(
        version=VERSION,
        site=edition.settings.site_url,
        name=edition.settings.site_name,
        author=author.name if author else None,
        pillars=[PillarSummary(id=one.id, name=one.name, share=one.share) for one in edition.portfolio.program.pillars],
        entries=[_entry(edition, entry) for entry in edition.portfolio.entries],
    )
    return json_output("portfolio.json", shape)


def _entry(edition: Edition, entry: Entry) -> EntrySummary:
    front, address = entry.front, edition.settings.site_url + entry.url
    claims = [
        ClaimSummary(id=one.id, claim=one.claim.claim, url=f"{address}#claim-{one.id}", outcome=one.judgement.outcome)
        for one in edition.claims.get(entry.path, ())
    ]
    return EntrySummary.model_validate(
        {
            "id": edition.portfolio.id_of(entry),
            "kind": entry.kind.name,
            "slug": entry.slug,
            "url": address,
            "markdown": address + TWIN,
            "title": front.title,
            "summary": edition.summary(entry),
            "status": entry.status,
            "date": entry.date.isoformat(),
            "updated": entry.changed.isoformat() if entry.changed != entry.date else None,
            "revision": 1 + len(front.revisions),
            "day": edition.progress.day_of(entry.date),
            "pillar": front.pillar,
            "tags": list(front.tags),
            "papers": list(front.paper),
            "based_on": list(front.based_on),
            "outcome": edition.outcome(entry),
            "claims": claims,
            "repository": front.repository,
            "doi": front.doi,
        }
    )


def papers_json(edition: Edition) -> Output:
    """`/papers.json`: the works that a published entry rests on."""
    used: dict[str, list[Entry]] = {}
    for entry in edition.portfolio.entries:
        for key in dict.fromkeys(entry.front.paper):
            used.setdefault(key, []).append(entry)
    records = [edition.papers[key] for key in sorted(used) if key in edition.papers]
    shape = PapersFile(
        version=VERSION,
        site=edition.settings.site_url,
        papers=[
            PaperSummary(
                key=one.key,
                title=one.title,
                authors=list(one.authors),
                year=one.year,
                venue=one.venue,
                doi=one.doi or None,
                arxiv=one.arxiv or None,
                entries=[edition.settings.site_url + entry.url for entry in used[one.key]],
                notes=list(_notes(edition, used[one.key])),
            )
            for one in records
        ],
        by_doi={one.doi.lower(): one.key for one in records if one.doi},
        by_arxiv={re.sub(r"v\d+$", "", one.arxiv): one.key for one in records if one.arxiv},
    )
    return json_output("papers.json", shape)


def _notes(edition: Edition, entries: Iterable[Entry]) -> Iterable[NoteSummary]:
    for entry in entries:
        if isinstance(entry.front, PaperNote):
            asked = questions(edition, entry)
            yield NoteSummary.model_validate(
                {
                    "url": edition.settings.site_url + entry.url,
                    "status": entry.status,
                    "read": entry.front.read,
                    "decision": entry.front.decision,
                    "answered": [point.section for point in asked if point.done],
                    "unanswered": [point.section for point in asked if not point.done],
                }
            )


def json_output(path: str, shape: BaseModel, *, exclude_none: bool = False) -> Output:
    """A record as a file at the site's root."""
    text = shape.model_dump_json(indent=1, exclude_none=exclude_none)
    return Output(path=path, content=text.encode() + b"\n", source=path)
