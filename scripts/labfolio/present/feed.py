"""RSS 2.0 with full content: permanent ids, absolute addresses, no clock.

feedgen 1.0.0 needs care: the last link set is the item's link, `description` must be set before `content`, the build
date defaults to now, and entries are put first unless told otherwise (lkiesow/python-feedgen#135 and its source).
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from urllib.parse import urljoin, urlsplit

from feedgen.feed import FeedGenerator
from lxml import etree, html

from labfolio.model.entry import Entry
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.fragments import Fragments
from labfolio.present.frame import FEED
from labfolio.present.write_up import write_up

MOST, FEWEST = 30, 10
BYTES = 1_000_000

_KEPT = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "caption",
        "pre",
        "code",
        "blockquote",
        "figure",
        "figcaption",
        "img",
        "a",
        "em",
        "strong",
        "sub",
        "sup",
        "del",
        "hr",
        "br",
    ]
)
_ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan",),
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def feed_entries(edition: Edition) -> tuple[Entry, ...]:
    """The entries a subscriber is told of, newest first: finished ones, whatever came of them."""
    return tuple(e for e in edition.portfolio.entries if e.status in ("shipped", "abandoned"))[:MOST]


def feed(edition: Edition, fragments: Fragments) -> Output:
    """`/feed.xml`: at most 30 entries and 1 MB, never fewer than ten."""
    entries = list(feed_entries(edition))
    while True:
        content = _rss(edition, fragments, entries)
        if len(content) <= BYTES or len(entries) <= FEWEST:
            return Output(path=FEED, content=content, source="feed")
        entries.pop()


def permanent_id(edition: Edition, entry: Entry) -> str:
    """A `tag:` URI (RFC 4151) from the entry's own id or slug: neither its address nor its dates are in it."""
    program = edition.portfolio.program
    authority = program.authority or urlsplit(edition.settings.site_url).hostname or "localhost"
    year = program.start.year if program.start else 2026
    return f"tag:{authority},{year}:{entry.kind.name}/{entry.front.id or entry.slug}"


def _rss(edition: Edition, fragments: Fragments, entries: Iterable[Entry]) -> bytes:
    settings, program = edition.settings, edition.portfolio.program
    entries = list(entries)
    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.title(_plain(settings.site_name))
    generator.link(href=settings.site_url + FEED, rel="self", type="application/rss+xml")
    generator.link(href=settings.site_url, rel="alternate")
    generator.description(_plain(program.lead or program.statement or settings.site_name))
    generator.language(settings.language)
    generator.generator("labfolio")
    generator.docs("https://www.rssboard.org/rss-specification")
    generator.lastBuildDate(_moment(entries[0].date if entries else program.start or date(2026, 1, 1)))
    for entry in entries:
        _add(generator, edition, fragments, entry)
    return bytes(generator.rss_str(pretty=True))


def _add(generator: FeedGenerator, edition: Edition, fragments: Fragments, entry: Entry) -> None:
    address = edition.settings.site_url + entry.url
    item = generator.add_entry(order="append")
    item.title(_plain(entry.front.title))
    item.guid(permanent_id(edition, entry), permalink=False)
    item.link(href=address)
    item.description(_plain(edition.summary(entry)))
    item.content(feed_html(fragments.render("feed_item.html", view=write_up(edition, entry)), address))
    item.pubDate(_moment(entry.date))
    if edition.portfolio.program.author:
        item.dc.dc_creator(_plain(edition.portfolio.program.author.name))
    for tag in entry.front.tags:
        item.category(term=_plain(tag))


def feed_html(content: str, address: str) -> str:
    """HTML that every reader shows: few elements, absolute addresses, no anchors within the page."""
    root = html.fragment_fromstring(_CONTROL.sub("", content), create_parent="div")
    for element in list(root.iter()):
        if element is root:
            continue
        if not isinstance(element.tag, str) or element.tag in ("svg", "input", "label", "button", "script", "style"):
            element.drop_tree()
        elif element.tag == "a" and (element.get("href") or "#").startswith("#"):
            headerlink = "headerlink" in (element.get("class") or "")
            element.drop_tree() if headerlink else element.drop_tag()
        elif element.tag not in _KEPT:
            element.drop_tag()
        else:
            _keep(element, address)
    text = (root.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in root)
    return text.strip()


def _keep(element: html.HtmlElement, address: str) -> None:
    for name in list(element.attrib):
        if name not in _ATTRIBUTES.get(element.tag, ()):
            del element.attrib[name]
        elif name in ("href", "src"):
            element.set(name, urljoin(address, element.get(name) or ""))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _plain(text: str) -> str:
    """Text that XML can carry."""
    return _CONTROL.sub("", text)
