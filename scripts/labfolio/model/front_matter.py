"""The front matter of each kind of entry, declared once: type, default, meaning and example stand together.

Reading, error messages, reference pages, JSON Schema and scaffolds all come from these classes. What labfolio computes
(a verdict, a mean, a count) has no field, so it cannot be typed.
"""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from labfolio.model.declared import Declared, optional, required
from labfolio.model.environment import EnvironmentSource
from labfolio.model.evidence import Ablation, Baseline, Claim, Cost, DecisionRecord, MismatchRecord, Slice, Tradeoff
from labfolio.model.scalars import (
    Address,
    Aliases,
    Allow,
    AllowSecret,
    CalendarDate,
    Doi,
    EntryId,
    GitId,
    Seeds,
    Slug,
    Stage,
    Status,
    Summary,
    Swhid,
    Text,
    TextList,
    Topics,
    Whole,
    YesNo,
)


class Revision(Declared):
    """A change of a published entry that readers should know of."""

    date: CalendarDate = required("The day.", "2026-12-01")
    what: Text = required("What was changed, in a sentence.", "Measured again with ten seeds.")


class Common(Declared):
    """The fields that every kind of entry has."""

    title: Text = required("The entry's name: page heading, feed title, link text.", "A tiled attention kernel")
    date: CalendarDate = required(
        "The day it was published; decides order, sub-milestone and whether it is still ahead.", "2026-11-20"
    )
    id: EntryId | None = optional(
        "A permanent number such as B07, used in lists and feeds; without it entries are numbered by date.", "B07"
    )
    started: CalendarDate | None = optional("The day work began, not after `date`.", "2026-11-04")
    updated: CalendarDate | None = optional("The day of the last change worth telling readers.", "2026-11-21")
    revisions: tuple[Revision, ...] = optional("What was changed since, in order; each raises the revision.", None, ())
    status: Status | None = optional(
        "Counters count `shipped` only; `planned` is the queue; `abandoned` needs `why`. Notes, paper notes and"
        " submissions are shipped unless said otherwise; builds and reproductions are building.",
        "shipped",
    )
    why: Text | None = optional(
        "Why it was abandoned, or what a planned one is for; shown on the page.", "The speed-up vanished on real input."
    )
    summary: Summary | None = optional(
        "One sentence with the result, at most 280 characters; default: the first paragraph.", "Error held to theory."
    )
    pillar: Slug | None = optional("The id of a pillar in program.yml.", "re")
    tags: Topics = optional("Topics.", ["sketches", "streaming"], ())
    draft: YesNo = optional("A draft is left out of the site and named in the report.", "yes", False)
    aliases: Aliases = optional("Old URLs that lead here.", ["builds/old-name/"], ())
    paper: TextList = optional("BibTeX key or keys of the papers it rests on.", "rahimi2007random", ())
    based_on: TextList = optional("Slugs of the entries it grew out of.", ["hll-error"], ())
    stage: Stage | None = optional(
        "Where it stands between reading and extending; else told by its kind and what it grew out of.",
        "optimizing",
    )
    repository: Address | None = optional("Address of the code.", "https://example.org/you/hll-sketch")
    doi: Doi | None = optional("Its own DOI.", "10.5281/zenodo.1234567")
    swh: Swhid | None = optional(
        "Its Software Heritage identifier.", "swh:1:dir:94a9ed024d3859793618152ea559a168bbcbb5e2"
    )
    allow: Allow = optional(
        "Warnings that are meant in this file and those beside it: each rule with the reason.",
        {"dead-link": "the archive is offline until spring"},
        {},
    )
    allow_secret: AllowSecret = optional(
        "What looks private in the entry or the files beside it and opens nothing: its fingerprint, as it is printed.",
        ["3f9a12c4d5e6"],
        (),
    )
    unsafe_html: YesNo = optional(
        "The HTML in this text is published as it is, scripts too; only for what you wrote yourself.", "yes", False
    )
    demo: Address | None = optional("Address of a running demonstration.", "https://example.org/demo")
    slides: Address | None = optional("Address of slides.", "https://example.org/slides.pdf")

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.status == "abandoned" and self.why is None:
            raise PydanticCustomError("why", "an abandoned entry says why")
        if self.started is not None and self.started > self.date:
            raise PydanticCustomError("started", "is after date, {date}", {"date": str(self.date)})
        return self


class Evidence(Common):
    """What builds and reproductions have beside the common fields."""

    claims: tuple[Claim, ...] = optional("The statements that the entry stands for.", None, ())
    seeds: Seeds | None = optional("How many seeds were declared, or which.", "10")
    code: Literal["original", "reimplemented", "mixed"] | None = optional("Who wrote the code.", "reimplemented")
    ablations: tuple[Ablation, ...] = optional("What was varied, one chart and table each.", None, ())
    slices: tuple[Slice, ...] = optional("The measurement by parts of the data.", None, ())
    tradeoffs: tuple[Tradeoff, ...] = optional("A metric against what it costs.", None, ())
    baselines: tuple[Baseline, ...] = optional("Simpler methods, measured with the same code.", None, ())
    environment: EnvironmentSource | None = optional(
        "What it ran on: the path of a JSON file that `labfolio capture` wrote, or the fields themselves.",
        "results/environment.json",
    )
    cost: Cost | None = optional(
        "What the results cost to compute.", {"file": "results/cost.csv", "seconds": "seconds"}
    )
    command: Text | None = optional("The command that re-runs everything, from the entry's folder.", "python run.py")
    commit: GitId | None = optional("The commit that was run.", "12e4567")
    limitations: TextList = optional("What the results do not show.", ["one data set"], ())
    decisions: tuple[DecisionRecord, ...] = optional("The decision log, newest last.", None, ())
    mismatches: tuple[MismatchRecord, ...] = optional("What does not agree, and why.", None, ())
    authors_contact: Literal["none", "asked", "answered"] | None = optional("Contact with the authors.", "none")


class Build(Evidence):
    """A build: code of one's own, with what was measured about it."""


class Reproduction(Evidence):
    """A reproduction: a paper's claims, measured again."""


class PaperNote(Common):
    """A note on a paper that was read."""

    read: Literal["skim", "full", "reimplemented"] | None = optional("How deep the reading went.", "full")
    novelty: tuple[Literal["data", "model", "loss", "schedule", "inference", "evaluation", "system"], ...] = optional(
        "Which part is new.", ["model", "inference"], ()
    )
    decision: Literal["reproduce", "watch", "skip"] | None = optional("What follows from it.", "reproduce")
    queue: Whole | None = optional(
        "Its place in the reading queue while it is planned; those without one follow, oldest first.", "1"
    )


class NotebookPost(Common):
    """A dated post in the notebook."""


class SubmissionEvent(Declared):
    """Something that happened to a submission."""

    date: CalendarDate = required("The day.", "2026-09-01")
    event: Literal["submitted", "reviews", "rebuttal", "accepted", "rejected", "withdrawn", "camera-ready"] = required(
        "What happened.", "submitted"
    )
    url: Address | None = optional("Where it can be seen.", "https://example.org/forum")


class Submission(Common):
    """A paper of one's own on its way; its state is its last event, and it counts once it was submitted."""

    venue: Text | None = optional("Where it goes.", "TMLR")
    kind: Literal["conference", "workshop", "journal", "preprint"] | None = optional("The kind of venue.", "journal")
    deadline: CalendarDate | None = optional("The deadline.", "2026-10-01")
    events: tuple[SubmissionEvent, ...] = optional("What happened to it, in order.", None, ())
    learned: Text | None = optional("What was learned, whatever the decision.", "The baseline was too weak.")
    pdf: Address | None = optional("Address of the PDF.", "https://example.org/paper.pdf")
    openreview: Address | None = optional("Address of the open review.", "https://example.org/forum")
    arxiv: Text | None = optional("Its arXiv id.", "2601.01234")


class FreePage(BaseModel):
    """A page of the author's own that is no entry. Other keys belong to whoever reads them."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    title: Text | None = optional("The page's name; default: its first heading.", "About")
    description: Text | None = optional("One sentence for search engines.", "Who we are.")
    draft: YesNo = optional("A draft is left out of the site and named in the report.", "yes", False)
    aliases: Aliases = optional("Old URLs that lead here.", ["old-name/"], ())
    allow: Allow = optional(
        "Warnings that are meant in this file: each rule with the reason.",
        {"dead-link": "the archive is offline until spring"},
        {},
    )
    allow_secret: AllowSecret = optional(
        "What looks private in this file and opens nothing: its fingerprint, as the message prints it.",
        ["3f9a12c4d5e6"],
        (),
    )
    unsafe_html: YesNo = optional(
        "The HTML in this text is published as it is, scripts too; only for what you wrote yourself.", "yes", False
    )
    hide: tuple[Text, ...] | None = optional("Parts that Material for MkDocs hides; has no effect here.", ["toc"])


Front = Build | Reproduction | PaperNote | NotebookPost | Submission
