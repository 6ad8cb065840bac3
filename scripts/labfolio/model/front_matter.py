"""The front matter of each kind of entry, declared once: type, default, meaning and example stand together.

Reading, error messages, reference pages, JSON Schema and scaffolds all come from these classes. What labfolio computes
(a verdict, a mean, a count) has no field, so it cannot be typed.
"""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from labfolio.model.scalars import (
    Address,
    CalendarDate,
    Doi,
    EntryId,
    GitId,
    Number,
    Slug,
    Stage,
    Status,
    Summary,
    Swhid,
    Text,
    TextList,
    Tolerance,
    Whole,
    YesNo,
)


class Declared(BaseModel):
    """A frozen record that knows no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _field(doc: str, example: Any, default: Any = None) -> Any:
    return Field(default, description=doc, examples=[example])


def _required(doc: str, example: Any) -> Any:
    return Field(description=doc, examples=[example])


class Common(Declared):
    """The fields that every kind of entry has."""

    title: Text = _required("The entry's name: page heading, feed title, link text.", "A tiled attention kernel")
    date: CalendarDate = _required(
        "The day it was published; decides order, sub-milestone and whether it is still ahead.", "2026-11-20"
    )
    id: EntryId | None = _field(
        "A permanent number such as B07, used in lists and feeds; without it entries are numbered by date.", "B07"
    )
    started: CalendarDate | None = _field("The day work began, not after `date`.", "2026-11-04")
    updated: CalendarDate | None = _field("The day of the last change worth telling readers.", "2026-11-21")
    status: Status | None = _field(
        "Counters count `shipped` only; `planned` is the queue; `abandoned` needs `why`. Notes, paper notes and"
        " submissions are shipped unless said otherwise; builds and reproductions are building.",
        "shipped",
    )
    why: Text | None = _field("Why it was abandoned; shown on the page.", "The speed-up vanished on real input.")
    summary: Summary | None = _field(
        "One sentence with the result, at most 280 characters; default: the first paragraph.", "Error held to theory."
    )
    pillar: Slug | None = _field("The id of a pillar in program.yml.", "re")
    tags: TextList = _field("Topics.", ["sketches", "streaming"], ())
    draft: YesNo = _field("A draft is left out of the site and named in the report.", "yes", False)
    paper: TextList = _field("BibTeX key or keys of the papers it rests on.", "rahimi2007random", ())
    based_on: TextList = _field("Slugs of the entries it grew out of.", ["hll-error"], ())
    stage: Stage | None = _field("Where it stands between reading and extending.", "optimizing")
    repository: Address | None = _field("Address of the code.", "https://example.org/you/hll-sketch")
    doi: Doi | None = _field("Its own DOI.", "10.5281/zenodo.1234567")
    swh: Swhid | None = _field(
        "Its Software Heritage identifier.", "swh:1:dir:94a9ed024d3859793618152ea559a168bbcbb5e2"
    )
    demo: Address | None = _field("Address of a running demonstration.", "https://example.org/demo")
    slides: Address | None = _field("Address of slides.", "https://example.org/slides.pdf")

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.status == "abandoned" and self.why is None:
            raise PydanticCustomError("why", "an abandoned entry says why")
        if self.started is not None and self.started > self.date:
            raise PydanticCustomError("started", "is after date")
        return self


class Selector(Declared):
    """Which numbers of a result file belong to a claim: one column, some rows, one value a seed."""

    file: Text = _required("Result file in tidy CSV, relative to the entry.", "results/error.csv")
    value: Text = _required("The column that holds the measured value.", "rse")
    where: dict[str, str] = Field(
        default_factory=dict, description="Rows to take: column and value.", examples=[{"m": "1024"}]
    )
    by: Text = _field("The column that tells replicates apart.", "seed", "seed")


class Claim(Declared):
    """One statement that is held against measured values."""

    claim: Text = _required("The statement in one sentence.", "RMS kernel error falls as D^(-1/2)")
    id: Slug | None = _field("A short name, used as the row's anchor; default c1, c2, ...", "rate")
    locator: Text | None = _field("Where the paper says it.", "Table 2, row RFF")
    metric: Text | None = _field("What is measured.", "log-log slope")
    unit: Text | None = _field("Its unit.", "%")
    dataset: Text | None = _field("The data it is measured on.", "digits")
    split: Text | None = _field("The part of the data.", "test")
    reported: Number | None = _field("The paper's number (reproductions).", "-0.5")
    target: Number | None = _field("The entry's own goal (builds).", "0.0325")
    reported_sd: Number | None = _field("Standard deviation the paper gives.", "0.02")
    reported_n: Whole | None = _field("Runs behind the paper's number.", "5")
    expect: Literal["equals", "at-least", "at-most"] = _field("How the number binds.", "at-most", "equals")
    better: Literal["higher", "lower", "none"] = _field("Which direction is better.", "lower", "none")
    tolerance: Tolerance | None = _field("How far off still agrees: 0.02, 5% or both in a list.", "5%")
    baseline: Number | None = _field("The number of a simple baseline.", "0.5")
    deterministic: YesNo = _field("One run decides: no randomness is involved.", "yes", False)
    measured: Selector | None = _field("The result file that decides; without it the claim is untested.", None)

    @model_validator(mode="before")
    @classmethod
    def _numbers_are_read(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("measured"), str):
            raise PydanticCustomError(
                "measured",
                "expected a file and a column, got {got}; numbers are read from data, not typed",
                {"got": value["measured"]},
            )
        return value

    @model_validator(mode="after")
    def _has_a_goal(self) -> Self:
        if (self.reported is None) == (self.target is None):
            raise PydanticCustomError("goal", "a claim has either 'reported' (the paper's) or 'target' (your own)")
        return self

    @property
    def goal(self) -> float:
        """The number that the measured one is held against."""
        return self.reported if self.reported is not None else self.target or 0.0


class DecisionRecord(Declared):
    """One line of the decision log."""

    date: CalendarDate = _required("The day it was decided.", "2026-11-06")
    tried: Text = _required("What was tried.", "4-bit registers")
    outcome: Literal["kept", "dropped", "failed", "not-shipped"] = _required("What became of it.", "dropped")
    why: Text = _required("The reason.", "overflow above 1e9 untested")
    claim: Slug | None = _field("The id of the claim that it bears on.", "error")


class MismatchRecord(Declared):
    """Something that does not agree with the paper."""

    what: Text = _required("What differs.", "Table 1 data sets are not bundled")
    likely_cause: Text = _required("The likely cause.", "replaced by digits")
    tested: YesNo = _required("Whether the cause was tested.", "no")


class Evidence(Common):
    """What builds and reproductions have beside the common fields."""

    claims: tuple[Claim, ...] = _field("The statements that the entry stands for.", None, ())
    seeds: Whole | tuple[Whole, ...] | None = _field("How many seeds were declared, or which.", "10")
    code: Literal["original", "reimplemented", "mixed"] | None = _field("Who wrote the code.", "reimplemented")
    command: Text | None = _field("The command that re-runs everything, from the entry's folder.", "python run.py")
    commit: GitId | None = _field("The commit that was run.", "12e4567")
    limitations: TextList = _field("What the results do not show.", ["one data set"], ())
    decisions: tuple[DecisionRecord, ...] = _field("The decision log, newest last.", None, ())
    mismatches: tuple[MismatchRecord, ...] = _field("What does not agree, and why.", None, ())
    authors_contact: Literal["none", "asked", "answered"] | None = _field("Contact with the authors.", "none")


class Build(Evidence):
    """A build: code of one's own, with what was measured about it."""


class Reproduction(Evidence):
    """A reproduction: a paper's claims, measured again."""


class PaperNote(Common):
    """A note on a paper that was read."""

    read: Literal["skim", "full", "reimplemented"] | None = _field("How deep the reading went.", "full")
    novelty: tuple[Literal["data", "model", "loss", "schedule", "inference", "evaluation", "system"], ...] = _field(
        "Which part is new.", ["model", "inference"], ()
    )
    decision: Literal["reproduce", "watch", "skip"] | None = _field("What follows from it.", "reproduce")


class NotebookPost(Common):
    """A dated post in the notebook."""


class SubmissionEvent(Declared):
    """Something that happened to a submission."""

    date: CalendarDate = _required("The day.", "2026-09-01")
    event: Literal["submitted", "reviews", "rebuttal", "accepted", "rejected", "withdrawn", "camera-ready"] = _required(
        "What happened.", "submitted"
    )
    url: Address | None = _field("Where it can be seen.", "https://example.org/forum")


class Submission(Common):
    """A paper of one's own on its way; its state is its last event, and it counts once it was submitted."""

    venue: Text | None = _field("Where it goes.", "TMLR")
    kind: Literal["conference", "workshop", "journal", "preprint"] | None = _field("The kind of venue.", "journal")
    deadline: CalendarDate | None = _field("The deadline.", "2026-10-01")
    events: tuple[SubmissionEvent, ...] = _field("What happened to it, in order.", None, ())
    pdf: Address | None = _field("Address of the PDF.", "https://example.org/paper.pdf")
    openreview: Address | None = _field("Address of the open review.", "https://example.org/forum")
    arxiv: Text | None = _field("Its arXiv id.", "2601.01234")


class FreePage(BaseModel):
    """A page of the author's own that is no entry. Other keys belong to whoever reads them."""

    model_config = ConfigDict(frozen=True, extra="allow")

    title: Text | None = _field("The page's name; default: its first heading.", "About")
    description: Text | None = _field("One sentence for search engines.", "Who we are.")
    hide: tuple[Text, ...] | None = _field("Parts that Material for MkDocs hides; has no effect here.", ["toc"])


Front = Build | Reproduction | PaperNote | NotebookPost | Submission
