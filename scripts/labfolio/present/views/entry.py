"""What the page of an entry is given."""

from dataclasses import dataclass

from markupsafe import Markup

from labfolio.present.views.common import Date, Link, PlainTable, TitleBlock, TitleField
from labfolio.present.views.evidence import Checklist, ClaimTable, ExhibitGroup, Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the decision log; `outcome` is kept, dropped, failed or not shipped."""

    date: Date
    tried: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Something that does not agree with the paper, its likely cause and whether that was tested."""

    what: str
    cause: str
    tested: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A bibliography record in words; `links` are DOI, arXiv and the like."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePart:
    """A piece of the author's text, and the exhibits that belong after it."""

    html: Markup
    exhibits: ExhibitGroup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A write-up page of any kind. Empty tuples and None print nothing.

    `article` is the whole text for feeds, `parts` the same with the exhibits whose heading the author wrote; the others
    stand in `exhibits`. `charts` tells that the page draws any. `contents` are the headings of the article as links;
    `provenance` are label/value pairs for the margin (command, commit, seeds, code, dates); `relations` are headed link
    lists (based on, used by, reproduced in).
    """

    block: TitleBlock
    kind: str
    why: str
    contents: tuple[Link, ...]
    article: Markup
    parts: tuple[ArticlePart, ...]
    charts: bool
    claims: ClaimTable | None
    exhibits: tuple[ExhibitGroup, ...]
    baselines: PlainTable | None
    surroundings: Surroundings | None
    checklist: Checklist | None
    decisions: tuple[Decision, ...]
    mismatches: tuple[Mismatch, ...]
    limitations: tuple[str, ...]
    command: str
    provenance: tuple[TitleField, ...]
    references: tuple[Reference, ...]
    relations: tuple[tuple[str, tuple[Link, ...]], ...]
    learned: str
    tags: tuple[Link, ...]
    links: tuple[Link, ...]
    previous: Link | None
    next: Link | None
