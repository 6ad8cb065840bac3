"""What the library gives out: the public names of `labfolio`, frozen, without anything of how labfolio works within.

`docs/reference/library.md` is made from it.
"""

from dataclasses import dataclass, field, fields
from datetime import date as Day
from typing import Any, Literal

from labfolio.model.evidence import Outcome

# What is known of a field: its meaning, and whether it holds records of its own.
MEANING, _RECORDS = "meaning", "records"


def _is(meaning: str, *, shown: bool = True) -> Any:
    """A field with its meaning; `shown` says whether it stands in the record's repr."""
    return field(repr=shown, metadata={MEANING: meaning, _RECORDS: False})


def _are(meaning: str) -> Any:
    """A field that holds records, with its meaning."""
    return field(repr=False, metadata={MEANING: meaning, _RECORDS: True})


class Record:
    """What all records have in common; none can be changed."""

    __slots__ = ()

    def row(self) -> dict[str, Any]:
        """The fields by name as a new dictionary, a row of a table; those that hold records are left out."""
        # Every record is a dataclass.
        named = fields(self)  # type: ignore[arg-type]
        return {one.name: getattr(self, one.name) for one in named if not one.metadata[_RECORDS]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Record):
    """One measured value: one seed of a claim, after scaling and subtraction."""

    replicate: str = _is("Its name, mostly the seed.")
    value: float | None = _is("The number; None for a run that failed.")
    file: str = _is("The result file, relative to the site's folder.")
    line: int = _is("The line in it, from 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """One claim of a build or a reproduction with its verdict. What was not stated or not measured is None."""

    entry: str = _is("Slug of its entry.")
    id: str = _is("Its name within the entry: the stated one, or c1, c2, ...")
    claim: str = _is("The statement.", shown=False)
    metric: str | None = _is("What is measured.")
    unit: str | None = _is("Its unit.", shown=False)
    dataset: str | None = _is("The data it is measured on.", shown=False)
    split: str | None = _is("The part of the data.", shown=False)
    locator: str | None = _is("Where the paper says it.", shown=False)
    reported: float | None = _is("The paper's number, of a reproduction.")
    target: float | None = _is("The entry's own goal, of a build.")
    goal: float = _is("What it is held against: `reported`, or `target`.", shown=False)
    expect: Literal["equals", "at-least", "at-most"] = _is("How the goal binds.", shown=False)
    better: Literal["higher", "lower", "none"] = _is("Which direction is better.", shown=False)
    tolerance: float = _is("How far off still agrees.", shown=False)
    baseline: float | None = _is("The number of a simple baseline.", shown=False)
    measured: float | None = _is("The mean over the seeds, or the statistic that the claim asks for.")
    sd: float | None = _is("Standard deviation with n - 1.", shown=False)
    n: int = _is("How many finite values there are.")
    low: float | None = _is("Lower end of the interval of `measured`.", shown=False)
    high: float | None = _is("Upper end of it.", shown=False)
    difference: float | None = _is("`measured` minus `goal`.", shown=False)
    verdict: Outcome = _is("What follows by the verdict rule.")
    held: bool = _is("Whether the verdict supports the claim.", shown=False)
    reason: str = _is("Why, in words.", shown=False)
    files: tuple[str, ...] = _is("The result files, relative to the site's folder.", shown=False)
    values: tuple[Value, ...] = _are("What was measured, a value a seed; excluded ones are left out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Record):
    """One published entry."""

    id: str = _is("Its permanent number, such as B07.")
    slug: str = _is("The part of its address that names it.")
    kind: str = _is("`build`, `reproduction`, `paper`, `note` or `submission`.")
    title: str = _is("Its title.")
    date: Day = _is("The day of publication.")
    updated: Day = _is("The day of the last change that its author told of, else that of publication.", shown=False)
    status: str = _is("`planned`, `building`, `shipped` or `abandoned`.")
    summary: str = _is("The result in a sentence or two; may be empty.", shown=False)
    pillar: str | None = _is("Id of its pillar.", shown=False)
    tags: tuple[str, ...] = _is("Its topics.", shown=False)
    papers: tuple[str, ...] = _is("BibTeX keys of the papers that it rests on.", shown=False)
    based_on: tuple[str, ...] = _is("Slugs of the entries that it grew out of.", shown=False)
    path: str = _is("Its source, relative to the site's folder.", shown=False)
    url: str = _is("The whole address of its page.", shown=False)
    verdict: Outcome | None = _is("The verdict over all its claims; None without a claim.")
    claims: tuple[Claim, ...] = _are("Its claims, in the order of its front matter.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Record):
    """What counts of a kind of entries, or of hours, beside what the programme aims at."""

    name: str = _is("`builds`, `reproductions`, `papers`, `notebook`, `submissions` or `hours`.")
    have: float = _is("How many count.")
    target: int | None = _is("How many are aimed at; None where no target is set.")
    needed: float | None = _is("How many a sub-milestone are needed from here on; None where that cannot be said.")
    so_far: float | None = _is("How many a sub-milestone there were so far.")
    forecast: Day | None = _is("The day on which the target would be met at the pace so far.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pillar(Record):
    """One pillar of the programme with what was shipped in it."""

    id: str = _is("Its id.")
    name: str = _is("Its name for readers.")
    planned: float = _is("Its planned share, in percent.")
    entries: int = _is("How many shipped entries name it.")
    share: float = _is("Their share of all that name a pillar, in percent.")
    hours: float = _is("Hours logged for it.")
    hours_share: float = _is("Their share of all hours that name a pillar, in percent.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Record):
    """How far along the programme is."""

    state: Literal["none", "before", "running", "after"] = _is("Where the day lies in the programme.")
    start: Day | None = _is("Its first day; None without a programme.")
    end: Day | None = _is("Its last day.")
    day: int = _is("The day's number: 0 before the start, the last one after the end.")
    days: int = _is("How many days it has.")
    milestone: int = _is("The number of the sub-milestone.")
    milestones: int = _is("How many there are.")
    targets: tuple[Target, ...] = _are("A line for each kind of entries, and one for hours where any are logged.")
    pillars: tuple[Pillar, ...] = _are("The pillars, in the order of `program.yml`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic(Record):
    """One thing that is wrong; as text it is the line that `labfolio check` prints."""

    rule: str = _is("The rule; `labfolio explain RULE` says more.")
    level: Literal["error", "warning", "note"] = _is("How grave it is.")
    path: str = _is("The file, relative to the site's folder.")
    line: int = _is("The line in it, from 1.")
    column: int = _is("The column, from 1.")
    message: str = _is("What is wrong.")
    help: str = _is("How to mend it; may be empty.", shown=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.level}[{self.rule}]: {self.message}"


class Faults(Exception):
    """A site with errors, of which nothing is given out; `diagnostics` has all of them, warnings and notes too."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "\n".join(("the site has faults:", *map(str, self.diagnostics)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio(Record):
    """A portfolio as of a day: what a build on that day would publish."""

    name: str = _is("The site's name.")
    url: str = _is("Its address.")
    today: Day = _is("The day.")
    entries: tuple[Entry, ...] = _are("The published entries, newest first.")
    progress: Progress = _are("How far along the programme is.")
    diagnostics: tuple[Diagnostic, ...] = _are("Warnings and notes that nobody allowed.")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all entries, in the order of `entries`."""
        return tuple(claim for entry in self.entries for claim in entry.claims)

    def entry(self, name: str) -> Entry:
        """The entry of a slug or an id. Raises KeyError where there is none."""
        for one in self.entries:
            if name in (one.slug, one.id):
                return one
        raise KeyError(name)
