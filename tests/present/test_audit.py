"""What an audit of a finished site finds, and what it lets pass."""

import pytest

from labfolio.present.audit import audit

ADDRESS = "https://ada.example/portfolio/"
PAGE = (
    '<p id="here"><a href="#here">1</a><a href="#gone">2</a><a href="gone/">3</a><a href="/">4</a>'
    '<a href="https://other.example/">5</a><img src="https://other.example/a.png">'
    '<img srcset="index.html 1x, gone.png 2x"><a href="b/#x">6</a><a href="b/#y">7</a><a href="mailto:a@b.c">8</a>'
    '<link rel="stylesheet" href="a.css"><link rel="canonical" href="https://other.example/">'
)


def test_dead_and_foreign_links_are_found() -> None:
    files = {"index.html": PAGE.encode(), "b/index.html": b'<p id="x">', "a.css": b"p{background:url(no.png)}"}
    assert audit(files, ADDRESS) == (
        "a.css: no.png: no such file",
        "index.html: #gone: no such fragment",
        "index.html: /: outside the site",
        "index.html: b/#y: no such fragment",
        "index.html: gone.png: no such file",
        "index.html: gone/: no such file",
        "index.html: https://other.example/a.png: loaded from another host",
    )


def test_the_404_page_is_served_at_any_depth() -> None:
    files = {
        "404.html": b'<a href="/portfolio/">1</a><a href="here/">2</a>',
        "index.html": b"<p>",
        "here/index.html": b"",
    }
    assert audit(files, ADDRESS) == ("404.html: here/: no such file",)


@pytest.mark.parametrize(
    ("path", "content", "fault"),
    [
        ("feed.xml", "<rss>", "feed.xml: not XML"),
        ("feed.xml", "<rss><item><guid>a</guid></item></rss>", "feed.xml: None: no date"),
        ("feed.xml", "<rss><item><title>T</title><pubDate>x</pubDate></item></rss>", "feed.xml: an entry has no id"),
        ("portfolio.json", "{", "portfolio.json: not JSON"),
        ("a/index.html", "<script type='application/ld+json'>{</script>", "a/index.html: linked data: not JSON"),
        ("a/index.html", "<a href='http://[x'>x</a>", "a/index.html: http://[x: no address"),
    ],
)
def test_what_programs_could_not_read_is_found(path: str, content: str, fault: str) -> None:
    found = audit({path: content.encode()}, ADDRESS)
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_an_author_s_own_data_may_be_anything() -> None:
    assert audit({"builds/x/results/run.json": b"{", "builds/x/a.bin": b"\0"}, ADDRESS) == ()
