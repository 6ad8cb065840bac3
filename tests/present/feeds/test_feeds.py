"""Every feed beside the RSS one: as feedparser and newsboat read them, by the rules of the W3C's feed checker."""

import json
import re
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from labfolio.present.feeds.catalogue import feeds
from labfolio.present.feeds.clean import feed_html
from tests.present.feeds.test_rss import PLAIN
from tests.site import build_files, entry, small_files
from tests.strategies import TEXTS, in_ci

ATOM = "{http://www.w3.org/2005/Atom}"
RESULT = build_files(small_files())
FILES = {output.path: output.content for output in RESULT.outputs}
XML = [feed.url for feed in feeds(RESULT.edition.portfolio) if feed.url.endswith(".xml")]


@pytest.mark.parametrize("path", XML)
def test_feedparser_reads_it(path: str) -> None:
    parsed = feedparser.parse(FILES[path])
    assert not parsed.bozo, parsed.get("bozo_exception")
    given = next(feed for feed in feeds(RESULT.edition.portfolio) if feed.url == path)
    assert [item.title for item in parsed.entries] == [one.front.title for one in given.entries]
    assert all(item.id.startswith("tag:ada.example,2026:") for item in parsed.entries)


@pytest.mark.parametrize("path", [path for path in XML if path != "feed.xml"])
def test_ids_dates_and_links_are_well_formed(path: str) -> None:
    root = etree.fromstring(FILES[path])
    ids = [one.text or "" for one in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"tag:[\w.-]+,\d{4}:[\w./-]+", one) for one in ids)
    for name in ("published", "updated"):
        for element in root.iter(f"{ATOM}{name}"):
            assert datetime.fromisoformat(element.text or "").tzinfo is not None
    assert [link.get("href") for link in root.findall(f"{ATOM}link[@rel='self']")] == [f"https://ada.example/{path}"]
    for element in root.iter(f"{ATOM}link"):
        assert urlsplit(element.get("href") or "").scheme == "https"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Ada Example"


def bodies() -> list[str]:
    found = [item["content_html"] for item in json.loads(FILES["feed.json"])["items"]]
    found += [one.text or "" for one in etree.fromstring(FILES["atom.xml"]).iter(f"{ATOM}content")]
    return found


def test_every_address_is_whole_and_every_element_plain() -> None:
    assert bodies()
    for body in bodies():
        for element in html.fragment_fromstring(body, create_parent="div").iter():
            assert element.tag in PLAIN
            assert not {"srcset", "style", "class", "id"} & set(element.attrib)
            for name in ("href", "src"):
                if element.get(name):
                    assert urlsplit(element.get(name)).scheme in ("http", "https", "mailto")


def test_json_feed_has_what_its_version_asks_for() -> None:
    given = json.loads(FILES["feed.json"])
    assert given["version"] == "https://jsonfeed.org/version/1.1"
    assert (given["feed_url"], given["home_page_url"]) == ("https://ada.example/feed.json", "https://ada.example/")
    assert given["authors"][0]["name"] == "Ada Example"
    for item in given["items"]:
        assert {"id", "url", "title", "content_html", "date_published"} <= item.keys()
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None


def test_an_update_is_told_where_its_author_says_so() -> None:
    files = small_files()
    source = files["builds/sketch/index.md"].decode()
    revised = "revisions: [{date: 2026-09-01, what: Measured again.}]\n"
    files["builds/sketch/index.md"] = source.replace("status: shipped\n", "status: shipped\n" + revised, 1).encode()
    after = {output.path: output.content for output in build_files(files).outputs}
    item = next(one for one in feedparser.parse(after["atom.xml"]).entries if one.title == "A mergeable sketch")
    assert (item.published, item.updated) == ("2026-04-10T00:00:00+00:00", "2026-09-01T00:00:00+00:00")
    assert feedparser.parse(after["atom.xml"]).feed.updated == "2026-09-01T00:00:00+00:00"
    item = next(one for one in json.loads(after["feed.json"])["items"] if one["title"] == "A mergeable sketch")
    assert item["date_modified"] == "2026-09-01T00:00:00+00:00"
    before = [one for one in json.loads(FILES["feed.json"])["items"] if "date_modified" in one]
    assert not before


def test_opml_lists_every_feed_that_readers_import() -> None:
    root = etree.fromstring(FILES["feeds/feeds.opml"])
    assert sorted(one.get("xmlUrl") or "" for one in root.iter("outline")) == sorted(
        f"https://ada.example/{path}" for path in XML
    )


def test_the_archive_holds_every_entry_by_its_summary() -> None:
    files = small_files()
    for number in range(40):
        files[f"content/notebook/n{number}.md"] = entry(date=f"2026-05-{number % 28 + 1:02}", title=f"N {number}")
    after = {output.path: output.content for output in build_files(files).outputs}
    archive = feedparser.parse(after["feeds/archive.xml"]).entries
    assert len(archive) == 46
    assert not any(item.get("content") for item in archive)
    assert len(feedparser.parse(after["feeds/notebook.xml"]).entries) == 30


def test_pages_tell_of_their_sections_feed_first() -> None:
    page = html.document_fromstring(FILES["builds/sketch/index.html"].decode())
    told = page.xpath("//link[@rel='alternate']/@href")
    assert told == ["../../feeds/builds.xml", "../../feed.xml", "../../atom.xml", "../../feed.json"]


def test_the_page_of_feeds_names_every_address() -> None:
    text = html.document_fromstring(FILES["feeds/index.html"].decode()).text_content()
    assert all(f"https://ada.example/{feed.url}" in text for feed in feeds(RESULT.edition.portfolio))


def renamed() -> dict[str, bytes]:
    """The small site with its sketch under another name and address."""
    files = {path.replace("builds/sketch/", "builds/counter/"): data for path, data in small_files().items()}
    changed = files["builds/counter/index.md"].replace(b"title: A mergeable sketch", b"title: Another name")
    files["builds/counter/index.md"] = changed
    for path in ("content/about.md", "content/notebook/first.md", "content/program.yml"):
        files[path] = files[path].replace(b"builds/sketch/", b"builds/counter/").replace(b"[sketch,", b"[counter,")
    return files


@pytest.mark.parametrize("form", ["feed.xml", "atom.xml"])
def test_newsboat_keeps_what_was_read_over_an_edit_a_rename_and_a_rebuild(form: str, tmp_path: Path) -> None:
    newsboat = shutil.which("newsboat")
    if newsboat is None:
        pytest.skip("newsboat is not installed; feedparser alone read the feeds")
    (tmp_path / "urls").write_text(f"file://{tmp_path / form}\n")
    (tmp_path / "config").write_text("")
    files = ["-u", str(tmp_path / "urls"), "-c", str(tmp_path / "cache.db"), "-C", str(tmp_path / "config")]

    def unread(sources: dict[str, bytes]) -> str:
        outputs = {output.path: output.content for output in build_files(sources).outputs}
        (tmp_path / form).write_bytes(outputs[form])
        subprocess.run([newsboat, *files, "-x", "reload"], check=True, timeout=60, capture_output=True)
        done = subprocess.run([newsboat, *files, "-x", "print-unread"], timeout=60, capture_output=True, text=True)
        return done.stdout.strip()

    assert unread(small_files()) == "6 unread articles"
    database = tmp_path / "cache.db"
    with sqlite3.connect(database) as connection:
        connection.execute("update rss_item set unread = 0")
    edited = small_files()
    edited["builds/sketch/index.md"] += b"\nA sentence more.\n"
    assert unread(small_files()) == "0 unread articles"
    assert unread(edited) == "0 unread articles"
    assert unread(renamed()) == "0 unread articles"


def test_mathematics_is_its_tex_in_a_feed() -> None:
    math = '<math data-tex="a &lt; b" display="block"><mi>a</mi></math>'
    address = "https://ada.example/x/"
    assert feed_html(f'<div class="equation"><div>{math}</div></div>', address) == (
        '<pre><code class="tex">a &lt; b</code></pre>'
    )
    assert feed_html('<p>is <math data-tex="x"><mi>x</mi></math>.</p>', address) == (
        '<p>is <code class="tex">x</code>.</p>'
    )


# A whole site an example.
@in_ci(40)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3), TEXTS)
def test_any_words_give_well_formed_feeds(title: str, summary: str, tags: list[str], body: str) -> None:
    fields = {"title": title, "summary": summary, "tags": tags, "status": "shipped"}
    written = {name: json.dumps(value, ensure_ascii=False) for name, value in fields.items() if value}
    files = {"content/program.yml": b"author: {name: A}\n", "builds/x.md": entry(body.replace("\ufeff", ""), **written)}
    result = build_files(files)
    assert result.outputs or result.diagnostics
    for output in result.outputs:
        if output.path.endswith("feed.json"):
            json.loads(output.content)
        elif output.source == "feed":
            parsed = feedparser.parse(output.content)
            assert not parsed.bozo, parsed.get("bozo_exception")
            assert len(parsed.entries) <= 1
            etree.fromstring(output.content)
