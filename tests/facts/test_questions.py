"""Headings in their authors' words, and the question that each asks."""

import pytest

from labfolio.facts.questions import question_of
from labfolio.model.section import PAPER, Section

ASKED = {
    "problem-and-baseline": (
        "Problem", "1. Motivation", "**Baselines**", "What problem does it solve?", "Problem statement",
        "What problem are they trying to solve?", "Problem & baseline",
    ),
    "mechanism": (
        "Method", "Core mechanism", "Approach", "How it works", "How does it work?", "Key idea", "The main idea",
        "Proposed method", "Architecture", "How this works",
    ),
    "what-is-new": (
        "Novelty", "What is new", "What\u2019s new?", "Main contributions", "Contribution",
        "Which part is new",
    ),
    "assumptions": (
        "Assumptions", "Caveats", "Key assumptions", "Which assumptions may not hold?", "Hidden assumptions",
        "What does it assume?",
    ),
    "smallest-reproduction": (
        "Smallest reproduction", "Replication", "Reproduce", "How would I reproduce this?", "Reproducibility",
        "Minimal replication",
    ),
    "deciding-metric": (
        "Metric", "Deciding metric", "What would convince me?", "Evaluation that would convince me", "Metrics",
    ),
    "failure-cases": (
        "Limitations", "Failure cases", "Weaknesses", "Weakness", "Where it breaks", "Failure modes",
        "Limitations and weaknesses",
        "When does it fail?", "When does this not work / fail",
    ),
}  # fmt: skip


@pytest.mark.parametrize("section", PAPER, ids=lambda section: section.id)
def test_own_words(section: Section) -> None:
    assert question_of(section.heading) == section.id
    assert question_of(section.id) == section.id
    assert question_of(f"Anything {{#{section.id}}}") == section.id
    assert question_of(f"Anything {{ .wide #{section.id} }} ##") == section.id


@pytest.mark.parametrize(("id", "heading"), [(id, one) for id, headings in ASKED.items() for one in headings])
def test_other_words(id: str, heading: str) -> None:
    assert question_of(heading) == id


@pytest.mark.parametrize(
    "heading",
    [
        "", "Results", "Introduction", "Related work", "Strengths and weaknesses", "Limitations of related work",
        "Evaluation", "My thoughts", "Why", "What?", "Abstract", "2017", "Experiments", "Conclusion", "Background",
        "Summary of the paper", "Method {#elsewhere}", "問題", "🚀", "Code", "{#}", "A" * 10_000,
    ],
)  # fmt: skip
def test_left_alone(heading: str) -> None:
    assert question_of(heading) is None


def test_a_question_for_every_section() -> None:
    assert set(ASKED) == {section.id for section in PAPER}
