"""The shapes of `/portfolio.json` and `/papers.json`, declared once; their JSON Schemas are made from them."""

from typing import Literal

from pydantic import Field

from labfolio.model.declared import Shape
from labfolio.model.evidence import Outcome
from labfolio.model.scalars import Status

VERSION: Literal[1] = 1


class ClaimSummary(Shape):
    """One claim with its verdict; `/evidence.json` holds everything behind it."""

    id: str = Field(description="Its id in the entry.")
    claim: str = Field(description="What is claimed.")
    url: str = Field(description="Whole address of its row.")
    outcome: Outcome = Field(description="The verdict.")


class EntrySummary(Shape):
    """One published entry."""

    id: str = Field(description="Permanent number, such as B07.")
    kind: Literal["build", "reproduction", "paper", "note", "submission"] = Field(description="Its kind.")
    slug: str = Field(description="The part of its address that names it.")
    url: str = Field(description="Whole address of its page.")
    markdown: str = Field(description="Whole address of its text as Markdown.")
    title: str = Field(description="Its title.")
    summary: str = Field(description="The result in a sentence or two.")
    status: Status = Field(description="Where it stands.")
    date: str = Field(description="Day of publication, ISO 8601.")
    updated: str | None = Field(description="Day of the last change that readers were told of; null without one.")
    revision: int = Field(description="1, and one more for each revision.")
    day: int | None = Field(description="Day of the programme, from 1; null outside of it.")
    pillar: str | None = Field(description="Id of its pillar.")
    tags: list[str] = Field(description="Its topics.")
    papers: list[str] = Field(description="BibTeX keys of the papers it rests on.")
    based_on: list[str] = Field(description="Slugs of the entries it grew out of.")
    outcome: Outcome | None = Field(description="The verdict over all its claims; null without a claim.")
    claims: list[ClaimSummary] = Field(description="Its claims.")
    repository: str | None = Field(description="Address of its code.")
    doi: str | None = Field(description="Its own DOI.")


class PillarSummary(Shape):
    """One pillar."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    share: float = Field(description="Planned share in percent.")


class PortfolioFile(Shape):
    """`/portfolio.json`: everything that is published, newest first."""

    version: Literal[1] = Field(description="Version of this shape.")
    site: str = Field(description="Address of the site.")
    name: str = Field(description="Name of the site.")
    author: str | None = Field(description="Name of the author.")
    pillars: list[PillarSummary] = Field(description="The pillars of the programme.")
    entries: list[EntrySummary] = Field(description="The entries.")


class NoteSummary(Shape):
    """A note on a paper, with what its seven questions came to."""

    url: str = Field(description="Whole address of its page.")
    status: Status = Field(description="Where it stands; `planned` is the reading queue.")
    read: Literal["skim", "full", "reimplemented"] | None = Field(description="How deep the reading went.")
    decision: Literal["reproduce", "watch", "skip"] | None = Field(description="What follows from it.")
    answered: list[str] = Field(description="Ids of the questions that it answers, in their order.")
    unanswered: list[str] = Field(description="Ids of those that it leaves open; none while it is planned.")


class PaperSummary(Shape):
    """One work of the bibliography that an entry rests on."""

    key: str = Field(description="BibTeX key.")
    title: str = Field(description="Title.")
    authors: list[str] = Field(description="Authors.")
    year: str = Field(description="Year; empty where it is not known.")
    venue: str = Field(description="Where it appeared; may be empty.")
    doi: str | None = Field(description="DOI.")
    arxiv: str | None = Field(description="arXiv id.")
    entries: list[str] = Field(description="Whole addresses of the entries on it, newest first.")
    notes: list[NoteSummary] = Field(description="The notes among them.")


class PapersFile(Shape):
    """`/papers.json`: what was read and reproduced, by arXiv id and DOI."""

    version: Literal[1] = Field(description="Version of this shape.")
    site: str = Field(description="Address of the site.")
    papers: list[PaperSummary] = Field(description="The works, by key.")
    by_doi: dict[str, str] = Field(description="Key of a work by its DOI in small letters.")
    by_arxiv: dict[str, str] = Field(description="Key of a work by its arXiv id without a version.")
