"""What the page of an entry is given."""

from dataclasses import dataclass

from markupsafe import Markup

from labfolio.present.views.common import (
    Beside,
    Date,
    Link,
    Mark,
    PlainTable,
    Reference,
    SearchFacts,
    TitleBlock,
    TitleField,
)
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
class Grown:
    """An entry that grew out of a paper note."""

    link: Link
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePart:
    """A piece of the author's text, and the exhibits that belong after it."""

    html: Markup
    exhibits: ExhibitGroup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StripEntry:
    """One entry of a lineage; `how` says how it is connected, `current` that it is the page's own."""

    sheet: str
    link: Link
    how: str
    current: bool
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a lineage: reading, implementing, optimizing or extending."""

    name: str
    entries: tuple[StripEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageStrip:
    """The chain through an entry by stage; `more` leads to the page of the lineage, and says how much is only there."""

    stages: tuple[Stage, ...]
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionLine:
    """One revision; the first is the publication itself."""

    number: int
    date: Date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A write-up page of any kind. Empty tuples and None print nothing.

    `why` says why it was abandoned or planned, as `why_of` names. `sources` are the papers of a note, `grown` what came
    of it; both stand at the top. `article` is the whole text for feeds, `parts` the same with the exhibits whose
    heading the author wrote; the others stand in `exhibits`. `markers` tells that a chart has points of several shapes.
    `contents` are the headings of the article as links; `provenance` are label/value pairs for the margin (commit,
    seeds, code, dates); `strip` is the lineage; `relations` are headed link lists
    (cites, cited by, on the same topics); `citations` are pairs of a format's name and its text; `draft` says why only
    a preview shows the page.
    """

    block: TitleBlock
    kind: str
    search: SearchFacts
    draft: str
    why: str
    why_of: str
    sources: tuple[Reference, ...]
    grown: tuple[Grown, ...]
    contents: tuple[Link, ...]
    article: Markup
    parts: tuple[ArticlePart, ...]
    markers: bool
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
    strip: LineageStrip | None
    relations: tuple[tuple[str, tuple[Link, ...]], ...]
    revisions: tuple[RevisionLine, ...]
    citations: tuple[tuple[str, Markup], ...]
    learned: str
    tags: tuple[Link, ...]
    links: tuple[Link, ...]
    previous: Beside | None
    next: Beside | None
