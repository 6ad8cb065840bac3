"""The sections that an entry of each kind is expected to have; scaffolds and checklists both come from here.

Paper notes answer seven fixed questions; a reproduction follows the summary of the ML Reproducibility Challenge; a
build is an internal research memo that closes with what an interviewer would ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: the id of its heading, the heading, what belongs below it, and what is so once it is written.

    `lines` are what a scaffold begins the section with, where a form of its own helps.
    """

    id: str
    heading: str
    asks: str
    point: str
    lines: tuple[str, ...] = ()


def _section(id: str, heading: str, asks: str, point: str, *lines: str) -> Section:
    return Section(id=id, heading=heading, asks=asks, point=point, lines=lines)


def _question(id: str, heading: str, asks: str) -> Section:
    """A question is its own point: it is answered or not."""
    return _section(id, heading, asks, heading)


BUILD = (
    _section(
        "problem",
        "Problem",
        "The question, for whom it matters, and what is taken for granted.",
        "The memo states the problem",
    ),
    _section(
        "design",
        "Design",
        "What was built, in the order in which a reader can follow it; link the code.",
        "The memo says what was built",
    ),
    _section(
        "what-i-measured",
        "What I measured",
        "Each number from a result file, with its spread and a baseline.",
        "The memo says what was measured",
    ),
    _section(
        "what-failed",
        "What failed",
        "What broke, what was tried in vain, and what that ruled out.",
        "The memo says what failed",
    ),
    _section(
        "what-i-would-not-ship",
        "What I would not ship",
        "Where it must not be used yet, and why.",
        "The memo says what must not ship yet",
    ),
    _section(
        "next",
        "Next",
        "The next experiment, and which result would change the design.",
        "The memo says what comes next",
    ),
    _section(
        "how-to-run-it",
        "How to run it",
        "One command, from a fresh clone to the numbers above.",
        "The memo says how to run it",
    ),
    _section(
        "defend-it",
        "Defend it",
        "The questions that an interviewer would ask, each answered in two or three sentences.",
        "“Defend it” is answered",
        "**Why this design and not the simplest one that could work?**",
        "**How do you know that the number is right?**",
        "**What would make you give this up?**",
        "**What breaks first at ten times the size?**",
    ),
)

REPRODUCTION = (
    _section(
        "scope",
        "Scope of reproducibility",
        "Which claims of the paper are tested, and which are not.",
        "The scope of reproducibility is stated",
    ),
    _section(
        "method",
        "Method and what differs",
        "Whose code, which data, and every difference from the paper.",
        "The method and what differs from the paper are told",
    ),
    _section(
        "results",
        "Results for each claim",
        "What the table of claims says, in words, also where it failed.",
        "The results are told claim by claim",
    ),
    _section(
        "ablations",
        "Ablations",
        "What was varied beyond the paper, and what that showed.",
        "What was varied beyond the paper is told",
    ),
    _section("easy", "What was easy", "What the paper or its code made easy.", "What was easy is told"),
    _section(
        "difficult",
        "What was difficult",
        "What took the time, and what was missing from the paper.",
        "What was difficult is told",
    ),
    _section(
        "mismatch",
        "What did not reproduce, and why",
        "Each disagreement with its most likely cause.",
        "What did not reproduce, or that all did, is told",
    ),
    _section("compute", "Compute", "Hardware, hours and what a full-size run would take.", "What a run takes is told"),
)

PAPER = (
    _question(
        "problem-and-baseline",
        "What problem is being solved, and what baseline is being beaten?",
        "The problem in a sentence; the strongest method before it.",
    ),
    _question("mechanism", "What is the core mechanism?", "What it does, so that you could write it down in code."),
    _question("what-is-new", "Which part is new?", "Data, model, loss, schedule, inference, evaluation or system."),
    _question("assumptions", "Which assumptions might not hold in production?", "What must be true for it to work."),
    _question(
        "smallest-reproduction",
        "What would be the smallest reproduction?",
        "The least code, data and hours that test it.",
    ),
    _question(
        "deciding-metric", "What metric would convince me to keep going?", "One number and the value that decides."
    ),
    _question(
        "failure-cases",
        "What failure cases would make it unsafe or irrelevant?",
        "Where it breaks, and who would notice.",
    ),
)

SUBMISSION = (
    _section("abstract", "Abstract", "As it was submitted.", "The abstract is given"),
    _section(
        "contribution", "What is mine in it", "Your part, where there are co-authors.", "The author's own part is told"
    ),
    _section(
        "reviews",
        "What reviewers said",
        "The strongest objection first, in their words.",
        "What reviewers said is told",
    ),
    _section(
        "changes",
        "What changed because of them",
        "Experiments, claims and text.",
        "What changed because of them is told",
    ),
)

# By the name of the kind; a notebook post has no form.
SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "build": BUILD,
    "reproduction": REPRODUCTION,
    "paper": PAPER,
    "note": (),
    "submission": SUBMISSION,
}
