"""What the fragments of evidence are given: claims with their records, exhibits, surroundings, checklists."""

from dataclasses import dataclass

from labfolio.present.views.charts import Chart
from labfolio.present.views.common import Beside, Link, Mark, PlainTable, TitleBlock, TitleField
from labfolio.present.views.long_list import Cut


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
    """What an entry gives of what its kind is asked: `summary` reads "13 of 17 points", gaps come first.

    `note` says what it is computed from.
    """

    heading: str
    summary: str
    note: str
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
    """The page of every claim, and the rule that judged them; `data` is the file to derive them again from.

    `cut` is None where the page holds all claims. A part of them has neighbours, and no rule.
    """

    block: TitleBlock
    groups: tuple[ClaimGroup, ...]
    rule: PlainTable | None
    defaults: str
    data: Link
    empty: str
    cut: Cut | None = None
    previous: Beside | None = None
    next: Beside | None = None
