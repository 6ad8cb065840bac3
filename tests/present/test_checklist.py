"""The checklist on the page of each kind, and which entries fall short."""

import json
import re

from lxml import html

from labfolio.facts.checklist import share
from labfolio.model.entry import BUILD, REPRODUCTION
from labfolio.present.checklist import least_complete, missing
from tests.site import build_files, entry, small_files


def page(path: str, source: str, body: bytes) -> str:
    """The HTML of the checklist's page, without markup."""
    result = build_files({**small_files(), source: body})
    assert result.outputs, [one.message for one in result.diagnostics]
    text = next(one.content.decode() for one in result.outputs if one.path == f"{path}index.html")
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_a_paper_note_says_which_questions_are_open() -> None:
    body = "## Core mechanism\n\nIt hashes every key twice.\n\n## Limitations\n\n## Loose ends\n\n## What is new\n"
    text = page("papers/mine/", "content/papers/mine.md", entry(body, read="full"))
    assert "Checklist 1 of 7 questions are answered, 1 of 5 other points are given." in text
    assert "Reproducibility checklist" not in text
    assert "What is the core mechanism? Answered" in text
    assert "Which part is new? Not answered" in text
    assert "Limitations # Not answered yet. Loose ends # What is new # Not answered yet." in text


NOTE = """## Method

It hashes every key twice.[^1]

[^1]: In the paper's section 2.

## Approach

### Assumptions

TODO

## Limitations

Not many.
"""


def test_an_open_question_is_told_once_where_it_is_asked_or_after_the_text() -> None:
    result = build_files(
        {**small_files(), "content/papers/mine.md": entry(NOTE, read="full", paper="rahimi2007random")}
    )
    outputs = {one.path: one.content.decode("utf-8", "replace") for one in result.outputs}
    tree = html.document_fromstring(outputs["papers/mine/index.html"])
    prose = tree.xpath("//div[@class='prose']")[0]
    open_ones = [one.getprevious() for one in prose.xpath(".//p[@class='quiet']")]
    assert [(one.tag, one.get("id")) for one in open_ones] == [
        ("h3", "assumptions"),
        ("h2", "limitations"),
        ("h2", "s-problem-and-baseline"),
        ("h2", "s-what-is-new"),
        ("h2", "s-smallest-reproduction"),
        ("h2", "s-deciding-metric"),
    ]
    assert tree.xpath("string(//nav[@class='contents']//li[last()]/a/@href)") == "#s-deciding-metric"
    ids = [one.get("id") for one in tree.iter() if isinstance(one.tag, str) and one.get("id")]
    assert len(ids) == len(set(ids))
    assert tree.xpath("string(//dt[.='Answered']/following-sibling::dd)") == "1 of 7"
    assert outputs["papers/mine/index.md"].count("Not answered yet.") == len(open_ones)
    assert "1 of 7 questions answered" in outputs["papers/mine/index.md"]
    item = next(one for one in json.loads(outputs["feed.json"])["items"] if one["url"].endswith("/papers/mine/"))
    assert item["content_html"].count("<p>Not answered yet.</p>") == len(open_ones)
    work = next(one for one in json.loads(outputs["papers.json"])["papers"] if one["key"] == "rahimi2007random")
    note = next(one for one in work["notes"] if one["url"].endswith("/papers/mine/"))
    assert (note["answered"], len(note["unanswered"])) == (["mechanism"], len(open_ones))


def test_a_note_names_its_paper_and_what_grew_out_of_it_at_the_top() -> None:
    outputs = {one.path: one.content.decode("utf-8", "replace") for one in build_files(small_files()).outputs}
    tree = html.document_fromstring(outputs["papers/rahimi2007random/index.html"])
    source = " ".join(tree.xpath("//header//p[@class='source']")[0].text_content().split())
    assert source == "Ali Rahimi, Benjamin Recht. Random Features for Large-Scale Kernel Machines. NeurIPS. 2007."
    grown = tree.xpath("//header//div[@class='grown']//li")
    assert [one.text_content().split()[0] for one in grown] == ["R01"]
    assert grown[0].text_content().split()[-1] == "Partly"
    assert not tree.xpath("//section[@class='references']")


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
