"""The checklist of each kind: what is asked, when it is asked, and when it is given."""

import pytest

from labfolio.facts.checklist import Known, checklist, share
from labfolio.model.entry import BUILD, NOTE, PAPER, REPRODUCTION, SUBMISSION, Entry, Kind
from labfolio.model.section import SECTIONS

KNOWN = Known(papers=frozenset({"rahimi2007random"}), pillars=True)
SENT = {"date": "2026-03-01", "event": "submitted"}


def entry(kind: Kind, body: str = "", **fields: object) -> Entry:
    front = kind.declared.model_validate({"title": "X", "date": "2026-03-03", **fields})
    return Entry(kind=kind, slug="x", path="x.md", front=front, text=body, body=body)


def gaps(one: Entry, known: Known = KNOWN) -> list[str]:
    return [point.asks for point in checklist(one, known) if not point.done and not point.section]


def asked(one: Entry) -> list[str]:
    return [point.asks for point in checklist(one, KNOWN)]


def test_a_paper_note_gives_facts_and_answers() -> None:
    whole = {"paper": "rahimi2007random", "read": "full", "novelty": ["model"], "decision": "watch", "pillar": "ml"}
    assert gaps(entry(PAPER, **whole)) == []
    assert gaps(entry(PAPER)) == [
        "The paper is in the bibliography",
        "The page says how deep the reading went",
        "The page says what kind of thing is new",
        "A decision follows from it",
        "It belongs to a pillar",
    ]
    assert gaps(entry(PAPER, **whole | {"paper": "rahimi2007"})) == ["The paper is in the bibliography"]
    body = "".join(f"## {one.heading}\n\nIt is as it is.\n\n" for one in SECTIONS["paper"][:6])
    points = checklist(entry(PAPER, body, **whole), KNOWN)
    assert [point.asks for point in points if not point.done] == [SECTIONS["paper"][6].heading]
    assert share(points) == 11 / 12


def test_nothing_is_asked_that_cannot_be_given() -> None:
    """A programme without pillars asks for none."""
    bare = Known(papers=KNOWN.papers)
    assert "It belongs to a pillar" not in [point.asks for point in checklist(entry(PAPER), bare)]
    assert gaps(entry(NOTE, "Words."), bare) == ["It names a topic"]


def test_a_notebook_post_is_asked_for_little() -> None:
    assert gaps(entry(NOTE, "Words.", tags=["seeds"])) == []
    assert gaps(entry(NOTE, "## Heading\n", summary="In short.", pillar="ml")) == []
    assert gaps(entry(NOTE, "## Heading\n")) == [
        "It has a summary or a first paragraph",
        "It names a topic or a pillar",
    ]


def test_a_submission_is_asked_for_what_it_can_have_by_now() -> None:
    begun = entry(SUBMISSION, "## Abstract\n\nWe show.\n", venue="TMLR", deadline="2026-04-01")
    assert gaps(begun) == ["What happened is listed with its days"]
    assert "The text or its review can be read" not in asked(begun)
    sent = entry(SUBMISSION, venue="TMLR", events=[SENT])
    assert gaps(sent) == ["The text or its review can be read"]
    assert gaps(entry(SUBMISSION, venue="TMLR", events=[SENT], pdf="https://ada.example/x.pdf")) == []
    assert gaps(entry(SUBMISSION, venue="TMLR", events=[{**SENT, "url": "https://ada.example/"}])) == []
    decided = [SENT, {"date": "2026-03-02", "event": "rejected"}]
    assert gaps(entry(SUBMISSION, venue="TMLR", events=decided, arxiv="2601.01234")) == ["What was learned is told"]
    reviews = "What reviewers said is told"
    assert reviews not in asked(sent)
    assert reviews in asked(entry(SUBMISSION, events=decided))


@pytest.mark.parametrize("kind", [BUILD, REPRODUCTION])
def test_evidence_is_asked_for_its_sections_too(kind: Kind) -> None:
    sections = [point for point in checklist(entry(kind), KNOWN) if point.section]
    assert [point.asks for point in sections] == [one.point for one in SECTIONS[kind.name]]
    assert not any(point.done for point in sections)
    body = f"## {SECTIONS[kind.name][0].heading}\n\nText."
    done = [point.section for point in checklist(entry(kind, body), KNOWN) if point.section and point.done]
    assert done == [SECTIONS[kind.name][0].id]
