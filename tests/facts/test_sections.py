"""Which sections count as written: heading by id or wording, and a text below it that answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.facts.sections import has_paragraph, written
from labfolio.model.entry import BUILD, KINDS, NOTE, PAPER, REPRODUCTION, SUBMISSION, Kind
from labfolio.model.section import SECTIONS
from tests.strategies import in_ci

FENCE = "```"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_scaffold_has_nothing_written_and_is_whole_once_each_section_has_a_text(kind: Kind) -> None:
    sections = SECTIONS[kind.name]
    empty = "".join(
        f"## {one.heading} {{#{one.id}}}\n\n<!-- {one.asks} -->\n\n" + "\n\n".join(one.lines) + "\n\n"
        for one in sections
    )
    assert written(kind, empty) == frozenset()
    filled = "".join(
        f"## {one.heading}\n\n"
        + ("\n\n".join(f"{line}\n\nBecause." for line in one.lines) or "It is so and was seen.")
        + "\n\n"
        for one in sections
    )
    assert written(kind, filled) == {one.id for one in sections}


@pytest.mark.parametrize(
    ("body", "there"),
    [
        ("## Problem\n\nText.", True),
        ("## Problem ##\n\nText.", True),
        ("# PROBLEM\nText.", True),
        ("Problem\n-------\n\nText.", True),
        ("## Anything {#problem}\n\nText.", True),
        ("## Anything {: #problem .wide }\n\nText.", True),
        ("## *Problem*\n\n- a list", True),
        ("## Problem\n\n![A picture](figures/a.png)", True),
        (f"## Problem\n\n{FENCE}sh\nrun\n{FENCE}", True),
        ("## Problem\n\n### For whom\n\nText.", True),
        ("## Problem\n\nThe sign `<!--` begins a comment.", True),
        ("## Problem\n\n<!-- why -->Text.", True),
        ("## Problem {#question}\n\nText.", False),
        ("## The problem with it\n\nText.", False),
        ("## Problem\n\n## Design\n\nText.", False),
        ("## Problem\n\n### For whom\n\n## Design\n\nText.", False),
        ("## Problem\n\n<!-- The question, and\n\nfor whom. -->\n", False),
        ("## Problem\n\n<!-- never closed\n\nText.", False),
        ("## Problem\n\n...\n\n---\n", False),
        (f"{FENCE}\n## Problem\n\nText.\n{FENCE}", False),
        (f"{FENCE}{FENCE}\n{FENCE}\n## Problem\n\nText.\n", False),
        ("~~~\n## Problem\n~~~\n\nText.", False),
        ("<!--\n## Problem\n\nText.\n-->", False),
        ("    ## Problem\n\n    Text.", False),
        ("Problem\n\nText.", False),
    ],
)
def test_a_section_is_its_heading_with_a_text(body: str, there: bool) -> None:
    assert ("problem" in written(BUILD, body)) is there


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("**Why?**\n\nBecause.", True),
        ("**Why?** Because.", True),
        ("**Why?**\nBecause.", True),
        ("- **Why?** Because.\n- **How?** So.", True),
        ("1. **Why?**\n\n    Because.", True),
        ("__Why this\nand not that?__\n\nBecause.", True),
        (f"**Why?**\n\n{FENCE}\nIs **it?** code\n{FENCE}", True),
        ("No question here.", True),
        ("**Why?**", False),
        ("1. **Why?**", False),
        ("**Why?**\n\n**How?**\n\nSo.", False),
        ("**Why?**\n\nBecause.\n\n**How?**", False),
        ("**Why?**\n\n<!-- Because. -->", False),
        ("**Why?**\n**How?**", False),
    ],
)
def test_a_bold_question_wants_its_answer(text: str, answered: bool) -> None:
    assert ("defend-it" in written(BUILD, f"## Defend it\n\n{text}\n\n## After\n\nEnd.")) is answered


def test_short_headings_are_known_by_their_id() -> None:
    body = "## Scope\n\na\n\n## Results\n\nb\n\n## What was easy\n\nc\n\n## Ablations\n\n"
    assert written(REPRODUCTION, body) == {"scope", "results", "easy"}
    assert written(SUBMISSION, "## Reviews\n\nWeak.\n\n## What changed because of them\n\nAll.") == {
        "reviews",
        "changes",
    }


def test_a_papers_questions_are_known_in_any_words_that_ask_them() -> None:
    body = (
        "## Method\n\nIt hashes every key twice.\n\n## Limitations\n\nHeavy tails break the bound.\n\n"
        "## Which part is new?\n\n## Related\n\nMuch of it is older."
    )
    assert written(PAPER, body) == {"mechanism", "failure-cases"}


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Two hashes are enough.", True),
        ("Two hashes.\n\nNo more.", True),
        ("$O(n \\log n)$ in time", True),
        (f"{FENCE}\nh = a + i * b\n{FENCE}", True),
        ("二つの関数", True),
        ("Nothing to do later.", True),
        ("Todo lists are modelled as sets.", True),
        ("TODO: read section 4 again.\n\nTwo hashes are enough.", True),
        ("Yes.", False),
        ("Two hashes suffice.", False),
        ("[here](https://example.org/a/long/address/of/it)", False),
        ("...", False),
        ("-", False),
        ("- TODO", False),
        ("**TBD**: ask the authors about it", False),
        ("todo, later", False),
        ("TODO: read section 4 again.\n\nWIP", False),
    ],
)
def test_an_answer_is_more_than_a_word_or_a_placeholder(text: str, answered: bool) -> None:
    assert ("mechanism" in written(PAPER, f"## Mechanism\n\n{text}\n\n## After\n\nMore of the same words.")) is answered


def test_a_question_that_is_asked_twice_needs_one_answer() -> None:
    body = "## Method\n\nTODO\n\n## Approach\n\nTwo hashes are enough.\n\n## Mechanism\n"
    assert written(PAPER, body) == {"mechanism"}


def test_a_placeholder_writes_no_section_of_any_kind() -> None:
    assert written(BUILD, "## Problem\n\nTODO\n\n## Design\n\nPlain.") == {"design"}


def test_a_kind_without_form_has_no_sections() -> None:
    assert written(NOTE, "## Problem\n\nText.") == frozenset()


@pytest.mark.parametrize(
    ("body", "there"),
    [
        ("Words.", True),
        ("## Words\n", False),
        ("<!-- words -->", False),
        (f"{FENCE}\nwords\n{FENCE}", False),
        ("", False),
    ],
)
def test_a_paragraph_is_neither_heading_comment_nor_code(body: str, there: bool) -> None:
    assert has_paragraph(body) is there


@in_ci(200)
@given(st.text("#=-`~<!>*_?{}: \nProblem1.", max_size=200))
def test_any_text_can_be_asked(body: str) -> None:
    """What comes later takes nothing away from a section that is written."""
    found = written(BUILD, f"# Next\n\nText.\n\n# Other\n\n{body}")
    assert {"next"} <= found <= {one.id for one in SECTIONS["build"]}
