"""What a fragment of the theme is given: finished words, links and marks, nothing left to decide.

Every text is plain and is escaped by the template; only a field of type `Markup` is HTML. Links are relative to the
page that prints them. The fragments in `theme/fragments/` loop over these values and print them.
"""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from labfolio.present.wording import day_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text that leads somewhere; `href` is None where there is nothing to lead to."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A status or verdict: shape first, then word, then tone.

    `shape` is disc, half, cross, ring or bar; `tone` is held, part, fail or quiet.
    """

    shape: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarTag:
    """A pillar's name with its two-letter code and its hatch (h1 to h8, in the programme's order)."""

    name: str
    code: str
    hatch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A calendar date: `iso` for `<time datetime>`, `text` for the reader ("20 Nov 2026")."""

    iso: str
    text: str


def as_date(moment: date) -> Date:
    """A date for the page."""
    return Date(iso=moment.isoformat(), text=day_text(moment))


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleField:
    """One ruled field of a title block: label above value; at most one of the other attributes is set."""

    label: str
    value: str
    href: str | None = None
    pillar: PillarTag | None = None
    mark: Mark | None = None
    date: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleBlock:
    """The signature part: fields, the page's only h1 and one sentence that says the result."""

    fields: tuple[TitleField, ...]
    title: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One entry in a list; `meta` holds short lines such as "day 241"."""

    sheet: str
    title: str
    href: str
    result: str
    date: Date
    meta: tuple[str, ...]
    pillar: PillarTag | None
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """A headed part of a listing; an empty heading prints none."""

    heading: str
    anchor: str
    note: str
    rows: tuple[EntryRow, ...]


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
class Choices:
    """One question that a listing can be asked, such as the verdict: links to the answers; the current one has none."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """All entries of a kind. `dense` asks for the one-line table used for papers; `empty` is an instruction."""

    block: TitleBlock
    intro: str
    choices: tuple[Choices, ...]
    groups: tuple[RowGroup, ...]
    dense: bool
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A straight line. Positions across are percentages, positions down are pixels, both as they are written."""

    css: str
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A filled rectangle, its position and width in percent, its top and height in pixels."""

    css: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A marker of one of the shapes of `chart.html`: disc, ring, square, triangle, diamond, cross or plus."""

    css: str
    shape: str
    x: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in a chart; `css` says how it is anchored, `dx` moves it by pixels."""

    css: str
    x: str
    y: str
    text: str
    dx: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing that keeps the size of its text at every width: percentages across, pixels down.

    `title` and `description` are its accessible name and description; `css` sets the room around it for labels.
    """

    id: str
    css: str
    title: str
    description: str
    height: int
    bands: tuple[Band, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    points: tuple[Point, ...] = ()
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a plain table; `num` sets it as a number."""

    text: str
    num: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """A table of words and numbers; the first cell of a row is its heading."""

    name: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A chart with the table behind it: an ablation, slices or a trade-off.

    `finding` is what the numbers say, computed; `chart` is None where there is nothing to draw; `data` is the file.
    """

    anchor: str
    heading: str
    finding: str
    chart: Chart | None
    table: PlainTable
    data: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitGroup:
    """Exhibits of one kind under their heading."""

    anchor: str
    heading: str
    note: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim with what was reported (or aimed at), what was measured and the verdict.

    `measured` is "mean \u00b1 half width of the interval"; `runs` is "10 of 10 seeds"; `difference` is measured minus
    reported; `reason` is a sentence. `locator`, `measured`, `runs` and `difference` may be empty; `record` leads to the
    claim's record below the table, `data` to its result file.
    """

    anchor: str
    id: str
    claim: str
    locator: str
    reported: str
    tolerance: str
    measured: str
    runs: str
    difference: str
    mark: Mark
    reason: str
    record: str
    data: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A result file with the lines that were read and the first digits of its SHA-256."""

    file: Link
    lines: str
    hash: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """Everything behind one verdict: the strip, the numbers, the rows that were read and their files."""

    anchor: str
    row: str
    id: str
    claim: str
    mark: Mark
    strip: Chart | None
    fields: tuple[TitleField, ...]
    files: tuple[DataFile, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTable:
    """`reported_label` is "Paper" for a reproduction and "Target" for a build; `summary` reads "2 of 3 claims ..."."""

    heading: str
    reported_label: str
    summary: str
    rows: tuple[ClaimRow, ...]
    note: str
    records: tuple[ClaimRecord, ...]
    key: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One point of the checklist."""

    asks: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The reproducibility checklist: `summary` reads "13 of 17 points", gaps come first."""

    summary: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a result was run on: fields, packages with their versions, and the file they come from."""

    fields: tuple[TitleField, ...]
    packages: tuple[str, ...]
    data: DataFile | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim on the page of all claims."""

    entry: Link
    claim: Link
    reported: str
    measured: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimGroup:
    """The claims with one verdict."""

    heading: str
    anchor: str
    lines: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsView:
    """The page of every claim, and the rule that judged them; `data` is the file to derive them again from."""

    block: TitleBlock
    groups: tuple[ClaimGroup, ...]
    rule: PlainTable
    defaults: str
    data: Link
    empty: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Something planned for a sub-milestone and what became of it: shipped, shipped late, missed or still open."""

    link: Link
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow:
    """One sub-milestone: `state` is past, current or future; `shipped` are links to the entries shipped in it.

    `name` leads to its page; `planned` is empty without a plan; `hours` is empty without a log; `empty` says in words
    why nothing was shipped.
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
    previous: Link | None
    next: Link | None


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
    """A headed part: a course, the laboratory, the thesis; `note` sums it up."""

    heading: str
    note: str
    rows: tuple[TranscriptRow, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptView:
    """The transcript, made to be printed on two sides."""

    block: TitleBlock
    parts: tuple[TranscriptPart, ...]
    standard: tuple[ConditionRow, ...]
    hours: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeView:
    """A page of the author's own Markdown that is no entry; `article` holds its h1."""

    article: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """The 404 page: links to the listings."""

    block: TitleBlock
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One diagnostic on the error page of a preview: where, which rule, the sentence, the source line, the mend."""

    place: str
    rule: str
    message: str
    source: str
    caret: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultsView:
    """The error page that a preview shows in place of what could not be built."""

    title: str
    result: str
    faults: tuple[Fault, ...]
