"""What home, progress, the sub-milestones and the transcript are given."""

from dataclasses import dataclass

from labfolio.present.views.common import Beside, Date, EntryRow, Link, Mark, PillarTag, RowGroup, TitleBlock
from labfolio.present.views.long_list import Cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """The day counter as of a date, with what a script needs to correct it in the browser.

    `number` is the day, clamped to 0..days; `state` is before, running or after; `line` says the state in words.
    `pauses` is a JSON list of [from, to] ISO dates, days that do not count.
    """

    number: int
    days: int
    state: str
    line: str
    milestone: str
    start: Date
    end: Date
    as_of: Date
    zone: str
    milestone_days: int
    pauses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateCell:
    """One day: x and y are the column and row of the grid; `css` its classes; `day` from 1."""

    day: int
    x: int
    y: int
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """The programme drawn as a grid, one cell a day, one column a sub-milestone.

    `sentence` is the accessible name; `caption` explains the marks; `table` is the link to the real table.
    """

    columns: int
    rows: int
    cells: tuple[PlateCell, ...]
    sentence: str
    caption: str
    table: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Have of target: `target` is None where the programme states none. `href` leads to the list that was counted."""

    name: str
    have: int
    target: int | None
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarCount:
    """Entries shipped in a pillar: "7 entries", "23% of shipped, planned 20%"."""

    pillar: PillarTag
    entries: str
    share: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """Home. `counter` and `plate` are None without a programme start."""

    statement: str
    lead: str
    standing: Link | None
    lead_links: tuple[Link, ...]
    note: str
    counter: Counter | None
    plate: Plate | None
    counts: tuple[Count, ...]
    pillars: tuple[PillarCount, ...]
    featured: tuple[EntryRow, ...]
    recent: tuple[EntryRow, ...]
    everything: Link
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Something planned for a sub-milestone and what became of it: shipped, shipped late, missed or still open."""

    link: Link
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow:
    """One sub-milestone: `state` is past, current or future; `shipped` are links to the entries shipped in it.

    `name` leads to its page, as `more` does where not all that was shipped is named; `planned` is empty without a plan;
    `hours` is empty without a log; `empty` says in words why nothing was shipped.
    """

    name: Link
    anchor: str
    first: Date
    last: Date
    days: str
    state: str
    planned: tuple[Planned, ...]
    shipped: tuple[Link, ...]
    hours: str
    empty: str
    more: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """One target: have, target, the pace needed and the pace so far (a sub-milestone), the forecast and its basis."""

    name: Link
    have: str
    target: str
    needed: str
    so_far: str
    forecast: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarRow:
    """One pillar: entries, hours, its share (of hours, without a log of entries), the planned share, the difference."""

    pillar: PillarTag
    href: str
    entries: str
    hours: str
    share: str
    planned: str
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One condition of the standard with the list behind it; `have` reads "5 of 38"."""

    name: Link
    have: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Makeup:
    """What the work was made of: a headed table of parts, with those of entries, hours and share that there are."""

    anchor: str
    heading: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """Progress: the plate at full width, targets, pillars and the sub-milestones as the plate's real table.

    `hours` is a sentence on the log, empty without one; `share_of` says what the pillars' shares are of.
    """

    block: TitleBlock
    note: str
    counter: Counter | None
    plate: Plate | None
    targets: tuple[TargetRow, ...]
    pillars: tuple[PillarRow, ...]
    share_of: str
    hours: str
    standard: tuple[ConditionRow, ...]
    makeup: tuple[Makeup, ...]
    milestones: tuple[MilestoneRow, ...]
    planned: bool
    logged: bool
    links: tuple[Link, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """The page of a sub-milestone."""

    block: TitleBlock
    planned: tuple[Planned, ...]
    groups: tuple[RowGroup, ...]
    empty: str
    previous: Beside | None
    next: Beside | None
    cut: Cut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptRow:
    """One line of a transcript."""

    sheet: str
    title: Link
    date: Date
    hours: str
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptPart:
    """A headed part: a course, the laboratory, the thesis; `note` sums it up.

    `more` leads to the whole list where it is too long to be printed.
    """

    heading: str
    note: str
    rows: tuple[TranscriptRow, ...]
    empty: str
    more: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptView:
    """The transcript, made to be printed on two sides."""

    block: TitleBlock
    parts: tuple[TranscriptPart, ...]
    standard: tuple[ConditionRow, ...]
    hours: bool
    notes: tuple[str, ...]
