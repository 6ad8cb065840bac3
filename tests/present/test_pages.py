"""Whole pages: what a reader finds, and that no text of an author becomes markup."""

import json
import os
import re
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import ROOT
from tests.site import build_files, entry, small_files

GOLDEN = ROOT / "tests" / "golden"
SMALL = {output.path: output.content for output in build_files(small_files()).outputs}


def page(path: str, pages: dict[str, bytes] = SMALL) -> html.HtmlElement:
    return html.document_fromstring(pages[path].decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "builds/sketch/index.html",
        "reproductions/rate/index.html",
        "papers/index.html",
        "progress/index.html",
        "404.html",
        "feed.xml",
        "sitemap.xml",
    ],
)
def test_golden(path: str) -> None:
    """The exact page. `UPDATE_GOLDEN=1 pytest` writes it anew; the difference is then read in review."""
    text = re.sub(r"(assets/labfolio\.\w+\?v=)[0-9a-f]{8}", r"\1VERSION", SMALL[path].decode())
    file = GOLDEN / path
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert text == file.read_text()


def test_home_counts_what_is_there() -> None:
    home = words(page("index.html").find(".//main"))
    for expected in ("Day 268 of 300", "Sub-milestone 27 of 30", "Builds 1 of 38", "Reproductions 1 of 20"):
        assert expected in home
    for expected in ("Papers 1 of 120", "Submissions 1 of 3", "As of 20 Nov 2026"):
        assert expected in home


def test_statement_comes_before_the_counter() -> None:
    text = SMALL["index.html"].decode()
    assert text.index("Ada Example measures") < text.index('id="start-here"') < text.index("counter-number")


def test_a_listing_has_everything_abandoned_included() -> None:
    listing = words(page("builds/index.html"))
    assert "A cache that was not worth it It was slower than the list it replaced." in listing
    assert "Abandoned" in listing


def test_the_reading_queue_is_listed_apart() -> None:
    headings = [words(one) for one in page("papers/index.html").findall(".//th[@scope='rowgroup']")]
    assert headings == ["March 2026", "Reading queue"]


def test_a_reproduction_shows_each_claim_with_its_verdict() -> None:
    rows = [words(row) for row in page("reproductions/rate/index.html").iterfind(".//tbody/tr[@id]")]
    assert len(rows) == 2
    assert "Replicated" in rows[0]
    assert "\N{MINUS SIGN}0.5000 ± 0.0088" in rows[0]
    assert "Not replicated" in rows[1]


def test_lineage_goes_both_ways() -> None:
    assert "Optimizing B01 A mergeable sketch Shipped grew out of it" in words(page("reproductions/rate/index.html"))
    assert "Implementing R01 The error falls as promised Partly it grew out of this" in words(
        page("builds/sketch/index.html")
    )


def test_every_page_has_one_h1_a_title_a_description_and_the_feed() -> None:
    for path, content in SMALL.items():
        if path.endswith(".html"):
            root = html.document_fromstring(content.decode())
            assert len(root.findall(".//h1")) == 1, path
            assert words(root.find(".//title")), path
            assert root.xpath("//link[@rel='alternate'][@type='application/rss+xml']"), path
            assert path == "404.html" or root.xpath("//meta[@name='description']/@content")[0], path


def test_no_page_names_another_host_but_in_links() -> None:
    for path, content in SMALL.items():
        if path.endswith(".html"):
            root = html.document_fromstring(content.decode())
            for address in root.xpath("//@src | //link[@rel!='canonical']/@href"):
                assert not re.match(r"(https?:)?//", address), (path, address)


def test_every_link_and_asset_exists() -> None:
    for path, content in SMALL.items():
        if not path.endswith(".html") or path == "404.html":
            continue
        root = html.document_fromstring(content.decode())
        for address in root.xpath("//a/@href | //img/@src | //link/@href | //script/@src"):
            address = address.partition("#")[0].partition("?")[0]
            if not address or "://" in address or address.startswith("mailto:"):
                continue
            target = os.path.normpath(Path(path).parent / address)
            found = "index.html" if target == "." else target
            free = target in ("about", "contract")
            assert free or found in SMALL or f"{found}/index.html" in SMALL, (path, address)


PAYLOAD = "</title></script><script>alert('LFCANARY')</script><img src=x onerror=alert(1)>\"'"


@pytest.mark.parametrize("field", ["title", "summary", "tags", "why", "limitations", "command"])
def test_markup_in_a_field_is_text_in_every_sink(field: str) -> None:
    fields = {"title": "X", "status": "abandoned", "why": "because"}
    fields[field] = json.dumps([PAYLOAD]) if field in ("tags", "limitations") else json.dumps(PAYLOAD)
    check(small_files() | {"builds/x.md": entry(**fields)})


@pytest.mark.parametrize("field", ["statement", "lead", "note"])
def test_markup_in_the_programme_is_text_in_every_sink(field: str) -> None:
    files = small_files()
    kept = [line for line in files["content/program.yml"].decode().split("\n") if not line.startswith(f"{field}:")]
    files["content/program.yml"] = ("\n".join(kept) + f"\n{field}: {json.dumps(PAYLOAD)}\n").encode()
    check(files)


def test_markup_in_an_author_and_a_pillar_is_text() -> None:
    files = small_files()
    text = files["content/program.yml"].decode()
    text = text.replace("Ada Example}", json.dumps(PAYLOAD) + "}").replace("Software engineering", json.dumps(PAYLOAD))
    check(files | {"content/program.yml": text.encode()})


def check(files: dict[str, bytes]) -> None:
    result = build_files(files)
    assert result.outputs, [one.message for one in result.diagnostics]
    seen = 0
    for output in result.outputs:
        text = output.content.decode("utf-8", "replace")
        seen += "LFCANARY" in text
        if output.path.endswith(".html"):
            root = html.document_fromstring(text)
            for element in root.iter():
                if element.tag == "script" and element.get("type") == "application/ld+json":
                    assert "<" not in (element.text or "")
                    assert json.loads(element.text or "")["@context"] == "https://schema.org"
                elif element.tag == "script":
                    assert "LFCANARY" not in (element.text or "")
                assert not [name for name in element.attrib if name.startswith("on")], output.path
    assert seen


def test_a_notice_where_there_is_nothing_yet() -> None:
    files = {path: data for path, data in small_files().items() if not path.endswith(".md") or "content/" not in path}
    files = {path: data for path, data in files.items() if not path.startswith("builds/")}
    files["content/program.yml"] = files["content/program.yml"].replace(b"featured: [sketch, rate]", b"")
    pages = {output.path: output.content for output in build_files(files).outputs}
    assert "Write builds/first/index.md" in words(page("index.html", pages))
    assert "No reproductions yet. Write content/reproductions/" in words(page("reproductions/index.html", pages))
