"""The feed as feedparser and newsboat read it."""

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree, html

from labfolio.present.feeds.clean import feed_html
from tests.site import build_files, entry, small_files


def feed(files: dict[str, bytes]) -> bytes:
    return next(output.content for output in build_files(files).outputs if output.path == "feed.xml")


# What the W3C's feed checker lets pass and every reader shows, and the element that the test wraps around.
PLAIN = {"p", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"}
PLAIN |= {"caption", "pre", "code", "blockquote", "figure", "figcaption", "img", "a", "em", "strong", "sub", "sup"}
PLAIN |= {"del", "hr", "br", "div"}
SMALL = feed(small_files())


def test_feedparser_reads_it_newest_first_and_whole() -> None:
    parsed = feedparser.parse(SMALL)
    assert not parsed.bozo
    dates = [item.published_parsed for item in parsed.entries]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 6
    for item in parsed.entries:
        assert item.link.startswith("https://ada.example/")
        assert item.id.startswith("tag:ada.example,2026:")
        assert item.content[0].value
    sketch = next(item for item in parsed.entries if item.title == "A mergeable sketch")
    assert "It grew out of" in sketch.content[0].value
    assert sketch.summary == "Counts distinct items in a kilobyte."
    assert sketch.author == "Ada Example"


def test_every_address_is_absolute_and_every_element_is_plain() -> None:
    for item in feedparser.parse(SMALL).entries:
        for element in html.fragment_fromstring(item.content[0].value, create_parent="div").iter():
            assert element.tag in PLAIN
            for name in ("href", "src"):
                if element.get(name):
                    assert urlsplit(element.get(name)).scheme in ("http", "https", "mailto")


def test_no_clock_in_it() -> None:
    assert feed(small_files()) == SMALL
    channel = etree.fromstring(SMALL).find("channel")
    assert channel is not None
    assert channel.findtext("lastBuildDate") == "Fri, 01 May 2026 00:00:00 +0000"
    assert [link.get("rel") for link in channel.iter("{http://www.w3.org/2005/Atom}link")] == ["self"]
    assert channel.findtext("link") == "https://ada.example/"


def test_an_id_outlives_title_date_and_address() -> None:
    def ids(files: dict[str, bytes]) -> set[str]:
        return {item.id for item in feedparser.parse(feed(files)).entries}

    files = small_files()
    before = ids(files)
    text = files.pop("builds/sketch/index.md").replace(b"title: A mergeable sketch", b"title: Another name")
    renamed = {path.replace("builds/sketch/", "builds/counter/"): data for path, data in files.items()}
    renamed["builds/counter/index.md"] = text.replace(b"date: 2026-04-10", b"date: 2026-04-12")
    renamed["content/program.yml"] = files["content/program.yml"].replace(b"[sketch, rate]", b"[counter, rate]")
    for path in ("content/about.md", "content/notebook/first.md"):
        renamed[path] = files[path].replace(b"builds/sketch/", b"builds/counter/")
    assert ids(renamed) == before


def test_markup_in_a_title_is_text() -> None:
    files = small_files() | {"builds/x.md": entry(title='"<script>alert(1)</script> & more"', status="shipped")}
    item = next(one for one in etree.fromstring(feed(files)).iter("item") if "alert" in (one.findtext("title") or ""))
    assert item.findtext("title") == "<script>alert(1)</script> & more"


def test_at_most_thirty_entries_and_one_megabyte() -> None:
    files = small_files()
    for number in range(40):
        files[f"content/notebook/n{number}.md"] = entry(date=f"2026-05-{number % 28 + 1:02}", title=f"N {number}")
    assert len(feedparser.parse(feed(files)).entries) == 30
    for number in range(40):
        files[f"content/notebook/n{number}.md"] = entry(
            ("word " * 7_000 + "\n\n") * 2, date="2026-05-02", title=f"N {number}"
        )
    large = feed(files)
    assert len(large) <= 1_000_000
    assert 10 <= len(feedparser.parse(large).entries) < 30


def test_planned_and_unfinished_entries_wait() -> None:
    assert "Bloom" not in " ".join(item.title for item in feedparser.parse(SMALL).entries)


def test_cleaning() -> None:
    cleaned = feed_html(
        '<h2 id="a">A<a class="headerlink" href="#a">#</a></h2><p><span>x</span> <a href="#a">here</a>'
        ' <a href="../b/">b</a></p><svg><path d="M0 0"/></svg>',
        "https://ada.example/builds/a/",
    )
    assert cleaned == '<h2>A</h2><p>x here <a href="https://ada.example/builds/b/">b</a></p>'


def test_newsboat_reads_it(tmp_path: Path) -> None:
    newsboat = shutil.which("newsboat")
    if newsboat is None:
        pytest.skip("newsboat is not installed; feedparser alone read the feed")
    (tmp_path / "feed.xml").write_bytes(SMALL)
    (tmp_path / "urls").write_text(f"file://{tmp_path / 'feed.xml'}\n")
    files = ["-u", str(tmp_path / "urls"), "-c", str(tmp_path / "cache.db"), "-C", str(tmp_path / "config")]
    (tmp_path / "config").write_text("")
    subprocess.run([newsboat, *files, "-x", "reload"], check=True, timeout=60, capture_output=True)
    unread = subprocess.run([newsboat, *files, "-x", "print-unread"], timeout=60, capture_output=True, text=True)
    assert "6 unread" in unread.stdout
