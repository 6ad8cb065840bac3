"""Drafts and entries of the future: on the page in a preview and marked as such, in no byte of a build."""

from collections.abc import Iterator
from datetime import date

import pytest
from lxml import html

from labfolio.build import Result, build
from labfolio.facts.progress import counts
from labfolio.present.audit import audit
from labfolio.present.cards import leave_out
from labfolio.present.pages import free_pages
from labfolio.present.published import published
from tests.conftest import TODAY
from tests.site import build_files, entry, settings, small_files, source_tree, theme

CANARY = "Serpentine canaries"
LATER = "2026-12-01"
CLAIM = "\n  - {id: held, claim: It holds, target: 1, tolerance: 0.5, measured: {file: r.csv, value: v}}"


def drafted() -> dict[str, bytes]:
    """The small site with a draft of every kind, one with a claim, a figure and its own topic, and a later entry."""
    given = {"title": CANARY, "draft": "yes", "tags": "[canary-topic]", "summary": f"{CANARY} sing."}
    text = f"## {CANARY}\n\nA link to [the other](../../content/papers/canary-paper.md).\n\n![A table](r.csv)\n"
    return {
        **small_files(),
        "builds/canary/index.md": entry(text, **given, status="shipped", pillar="swe", claims=CLAIM),
        "builds/canary/r.csv": b"seed,v\n1,1.0\n2,1.1\n3,0.9\n4,1.0\n5,1.02\n",
        "content/reproductions/canary-rate/index.md": entry(**given, status="shipped"),
        "content/papers/canary-paper.md": entry(**given),
        "content/notebook/canary-post.md": entry(**given),
        "content/submissions/canary-talk.md": entry(**given, events="[{date: 2026-03-02, event: submitted}]"),
        "builds/later/index.md": entry(title="A build to come", date=LATER, status="shipped"),
    }


def preview(files: dict[str, bytes], today: date = TODAY) -> Result:
    """The preview of files."""
    return build(source_tree(files), settings(), theme(), today, leave_out, preview=True)


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """The preview's files by path."""
    result = preview(drafted())
    assert result.outputs, [one.message for one in result.diagnostics]
    return site(result)


def site(result: Result) -> dict[str, bytes]:
    return {one.path: one.content for one in (*result.outputs, *free_pages(result.edition))}


def test_a_build_holds_no_byte_of_a_draft() -> None:
    result = build_files(drafted())
    built = site(result)
    plain = site(build_files(small_files()))
    assert built == plain
    for path, content in built.items():
        assert b"canar" not in content.lower(), path
        assert b"A build to come" not in content, path
    assert {one.path for one in result.left_out} >= {"builds/canary/index.md", "builds/later/index.md"}


def test_a_preview_shows_drafts_and_changes_no_published_page(pages: dict[str, bytes]) -> None:
    plain = site(build_files(small_files()))
    changed = {path for path, content in pages.items() if plain.get(path) != content}
    assert plain.keys() <= pages.keys()
    own = {"builds/canary/", "reproductions/canary-rate/", "papers/canary-paper/", "notebook/canary-post/"}
    own |= {"submissions/canary-talk/", "builds/later/"}
    assert {f"{url}index.html" for url in own} | {"builds/canary/r.csv"} <= changed
    lists = ("builds/", "reproductions/", "papers/", "notebook/", "submissions/", "pillars/", "topics/")
    for path in changed - {f"{url}index.html" for url in own} - {"builds/canary/r.csv", "index.html"}:
        assert path.startswith(lists), path
        assert path.endswith("index.html"), path
        lost = set(texts(plain.get(path, b"<p></p>"))) - set(texts(pages[path]))
        assert not [one for one in lost if not one.startswith("No ")], "the numbers of a list stay"
    fixed = html.document_fromstring(plain["index.html"].decode()).xpath("//section[@class='sheet']")
    assert fixed
    assert html.tostring(fixed[0]) in [
        html.tostring(one) for one in html.document_fromstring(pages["index.html"].decode()).iter("section")
    ], "the numbers of home stay"


def test_each_is_marked_on_its_page(pages: dict[str, bytes]) -> None:
    for url in ("builds/canary/", "reproductions/canary-rate/", "papers/canary-paper/", "notebook/canary-post/"):
        words = " ".join(texts(pages[f"{url}index.html"]))
        assert words.count("Draft: not published") == 2, url
        assert "Only this preview shows the page" in words
        assert b'name="robots" content="noindex"' in pages[f"{url}index.html"]
    later = " ".join(texts(pages["builds/later/index.html"]))
    assert later.count(f"Appears on {LATER}: not published yet") == 2


@pytest.mark.parametrize(
    "path",
    ["builds/", "reproductions/", "papers/", "notebook/", "submissions/", "pillars/swe/", "topics/canary-topic/"],
)
def test_each_is_marked_in_lists(pages: dict[str, bytes], path: str) -> None:
    tree = html.document_fromstring(pages[f"{path}index.html"].decode())
    rows = tree.xpath(f"//*[self::li or self::tr][@id and .//a[text()='{CANARY}']]")
    assert rows, path
    for row in rows:
        assert "Draft: not published" in " ".join(row.text_content().split())
        assert row.xpath(".//*[contains(@class, 'mark')]/svg"), "a shape stands beside the words"
    assert "Not published" in texts(pages[f"{path}index.html"])


def test_home_marks_them_too(pages: dict[str, bytes]) -> None:
    tree = html.document_fromstring(pages["index.html"].decode())
    rows = [" ".join(row.text_content().split()) for row in tree.xpath("//ol[contains(@class, 'recent')]/li")]
    assert any("A build to come" in row and f"Appears on {LATER}" in row for row in rows), rows


def test_a_narrowed_list_shows_the_drafts_that_answer(pages: dict[str, bytes]) -> None:
    assert CANARY in texts(pages["builds/pillar/swe/index.html"])
    assert CANARY in texts(pages["builds/status/shipped/index.html"])
    assert CANARY not in texts(pages["builds/status/building/index.html"])


def test_nothing_of_them_counts() -> None:
    result, plain = preview(drafted()).edition, build_files(small_files()).edition
    assert result.progress == plain.progress
    assert result.preview is not None
    assert result.preview.progress == plain.progress
    assert (result.conditions, result.claims) == (plain.conditions, plain.claims)
    assert result.preview.claims.keys() - plain.claims.keys() == {"builds/canary/index.md"}
    assert list(published(result, TODAY)) == list(published(plain, TODAY))
    assert any(counts(one) for one in result.preview.portfolio.drafts)


def test_ids_of_published_entries_stay() -> None:
    early = {path: data.replace(b"date: 2026-03-03", b"date: 2020-01-01") for path, data in drafted().items()}
    files = {**early, **small_files()}
    plain, shown = build_files(small_files()).edition.portfolio, preview(files).edition.portfolio
    assert {path: shown.ids[path] for path in plain.ids} == dict(plain.ids)
    assert len(set(shown.ids.values())) == len(shown.ids) == len(plain.ids) + 8


def test_a_drafts_page_holds_what_it_will_be_published_with(pages: dict[str, bytes]) -> None:
    tree = html.document_fromstring(pages["builds/canary/index.html"].decode())
    words = " ".join(tree.text_content().split())
    assert tree.xpath("//*[@id='claim-held']")
    assert "1.02" in words or "1.0" in words
    assert tree.xpath("//a[@href='../../papers/canary-paper/']"), "a draft links to a draft"


def test_links_of_a_preview_lead_somewhere(pages: dict[str, bytes]) -> None:
    assert audit(pages, settings().site_url) == ()


def test_a_fault_in_a_draft_is_told_in_a_preview_alone() -> None:
    files = {**drafted(), "builds/canary/r.csv": b"seed,w\n1,1.0\n"}
    assert build_files(files).outputs
    found = preview(files)
    assert not found.outputs
    assert {one.path for one in found.diagnostics if one.level == "error"} == {"builds/canary/index.md"}


def test_a_published_page_that_links_to_a_draft_is_warned_of_in_a_preview_too() -> None:
    files = drafted()
    files["content/about.md"] += b"\n[Soon](../builds/canary/index.md)\n"
    for made in (build_files(files), preview(files)):
        assert ("link-to-unpublished", "content/about.md") in {(one.rule, one.path) for one in made.diagnostics}


def test_a_site_of_nothing_but_drafts() -> None:
    result = preview({"builds/x/index.md": entry("Text.", draft="yes")})
    files = site(result)
    assert "Draft: not published" in texts(files["builds/index.html"])
    assert "Draft: not published" in texts(files["index.html"])


def texts(page: bytes) -> list[str]:
    """The texts of a page, each without the space around it."""
    return list(_texts(html.document_fromstring(page.decode())))


def _texts(tree: html.HtmlElement) -> Iterator[str]:
    for one in tree.body.itertext():
        if text := " ".join(one.split()):
            yield text.rstrip(".")
