"""The checklist on the page of each kind, and which entries fall short."""

import re

from labfolio.facts.checklist import share
from labfolio.model.entry import BUILD, REPRODUCTION
from labfolio.present.checklist import least_complete, missing
from tests.site import build_files, entry, small_files


def page(path: str, source: str, text: bytes) -> str:
    """The HTML of the checklist's page, without markup."""
    result = build_files({**small_files(), source: text})
    assert result.outputs, [one.message for one in result.diagnostics]
    html = next(one.content.decode() for one in result.outputs if one.path == f"{path}index.html")
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_paper_note_says_which_questions_are_open() -> None:
    body = "## What is the core mechanism?\n\nIt hashes.\n\n## Limitations\n\n## Loose ends\n\n## What is new\n"
    text = page("papers/mine/", "content/papers/mine.md", entry(body, read="full"))
    assert "Checklist 1 of 7 questions are answered, 1 of 5 other points are given." in text
    assert "Reproducibility checklist" not in text
    assert "What is the core mechanism? Answered" in text
    assert "Which part is new? Not answered" in text
    assert "Limitations # Not answered yet. Loose ends # What is new # Not answered yet." in text


def test_every_kind_shows_its_checklist_unless_it_is_planned() -> None:
    assert "2 of 2 points are given." in page("notebook/mine/", "content/notebook/mine.md", entry(tags="[a]"))
    sent = entry(venue="TMLR", events="[{date: 2026-03-01, event: submitted}]")
    assert "3 of 5 points are given." in page("submissions/mine/", "content/submissions/mine.md", sent)
    assert "points are given." not in page("papers/mine/", "content/papers/mine.md", entry(status="planned"))


def test_the_weakest_come_first_and_whole_ones_not_at_all() -> None:
    files = {**small_files(), "content/notebook/whole.md": entry(tags="[a]"), "content/notebook/bare.md": entry("## X")}
    edition = build_files(files).edition
    weakest = least_complete(edition)
    shares = [part for _, part in weakest]
    assert shares == sorted(shares)
    slugs = [one.slug for one, _ in weakest]
    assert slugs[0] == "bare"
    assert "whole" not in slugs
    assert all(share(edition.checklists[one.path]) == part < 1 for one, part in weakest)
    assert {one.kind for one, _ in least_complete(edition, (BUILD, REPRODUCTION))} <= {BUILD, REPRODUCTION}
    bare = weakest[0][0]
    assert missing(edition, bare) == ["It has a summary or a first paragraph", "It names a topic or a pillar"]
