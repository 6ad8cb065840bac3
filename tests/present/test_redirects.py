"""The pages of old URLs: a redirect works under any base path and without scripts, a tombstone stays out of all."""

import json
from pathlib import Path

import pytest
from lxml import html

from labfolio.present.redirects import output_path
from tests.conftest import ROOT
from tests.site import LEDGER_PATH, build_files, entry, small_files

PAYLOAD = "</title></script><script>alert('LFCANARY')</script><img src=x onerror=alert(1)>\"'"
RETIRED = (
    "- {url: builds/gone/, kind: build, id: B09, title: %s, first: 2026-03-05, state: retired, last: 2026-09-01,"
    " reason: %s}\n"
)


def outputs(files: dict[str, bytes]) -> dict[str, bytes]:
    result = build_files({**small_files(), **files})
    assert result.outputs, [one.message for one in result.diagnostics]
    return {output.path: output.content for output in result.outputs}


def redirect(alias: str, title: str = "X") -> html.HtmlElement:
    made = outputs({"builds/x.md": entry(title=json.dumps(title), aliases=json.dumps(alias))})
    return html.document_fromstring(made[output_path(alias)].decode())


@pytest.mark.parametrize(
    ("alias", "way"),
    [
        ("builds/old/", "../x/"),
        ("old/", "../builds/x/"),
        ("a/b/c/", "../../../builds/x/"),
        ("old/page.html", "../builds/x/"),
        ("page.html", "builds/x/"),
    ],
)
def test_a_redirect_leads_to_the_page_from_wherever_it_is(alias: str, way: str) -> None:
    page = redirect(alias)
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={way}"]
    assert page.xpath("//a/@href") == [way]
    assert page.xpath("//script/text()") == [f'location.replace("{way}" + location.search + location.hash);']
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://ada.example/builds/x/"]
    assert (page.get("lang"), page.findtext(".//title")) == ("en", "X")
    assert not page.xpath("//meta[@name='robots']")


def test_a_title_with_markup_is_text_on_both_pages() -> None:
    page = redirect("old/", PAYLOAD)
    assert page.findtext(".//title") == page.xpath("string(//a)") == PAYLOAD
    assert len(page.xpath("//script")) == 1
    made = outputs({LEDGER_PATH: (RETIRED % (json.dumps(PAYLOAD), json.dumps(PAYLOAD))).encode()})
    stone = html.document_fromstring(made["builds/gone/index.html"].decode())
    assert stone.xpath("string(//h1)") == PAYLOAD
    assert not [one for one in stone.xpath("//script") if "LFCANARY" in (one.text or "")]
    assert not stone.xpath("//main//img")


def test_a_tombstone_says_what_was_there_and_why_it_went() -> None:
    made = outputs({LEDGER_PATH: (RETIRED % ("A hash that held", "the data were withdrawn")).encode()})
    page = html.document_fromstring(made["builds/gone/index.html"].decode())
    words = " ".join(" ".join(page.find(".//main").itertext()).split())
    assert words == (
        "Sheet B09 First day 5 Mar 2026 Last day 1 Sep 2026 A hash that held This page was withdrawn."
        " The data were withdrawn. Builds"
    )
    assert page.xpath("//main//p/a/@href") == ["../"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_old_urls_are_in_no_list_feed_search_or_count() -> None:
    before = outputs({})
    ledger = (
        RETIRED % ("LFCANARY", "LFCANARY") + "- {url: builds/older/, kind: build, title: LFCANARY, first: 2026-03-05,"
    )
    ledger += " state: moved, to: builds/sketch/}\n"
    after = outputs({LEDGER_PATH: ledger.encode()})
    assert set(after) - set(before) == {"builds/gone/index.html", "builds/older/index.html"}
    assert {path: after[path] for path in before} == before
    assert b"LFCANARY" not in after["builds/older/index.html"]
    assert b"data-pagefind-body" not in after["builds/gone/index.html"] + after["builds/older/index.html"]


def test_a_link_to_a_tombstone_is_no_dead_link() -> None:
    files = {LEDGER_PATH: (RETIRED % ("X", "Y")).encode(), "builds/x.md": entry("[x](/builds/gone/)")}
    result = build_files({**small_files(), **files})
    assert "dead-link" not in [one.rule for one in result.diagnostics]


def test_the_ledger_of_the_demo_is_a_file_of_git_that_merges_by_line() -> None:
    assert Path(ROOT, ".gitattributes").read_text().splitlines()[-1] == f"{LEDGER_PATH} merge=union"
