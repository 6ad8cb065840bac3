"""RSS 2.0 with full content.

feedgen 1.0.0 needs care: the last link set is the item's link, `description` must be set before `content`, the build
date defaults to now, and entries are put first unless told otherwise (lkiesow/python-feedgen#135 and its source).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from html import escape

from feedgen.feed import FeedGenerator

from labfolio.present.edition import Edition
from labfolio.present.feeds.catalogue import Feed
from labfolio.present.feeds.clean import plain
from labfolio.present.feeds.items import Item, newest


def rss(edition: Edition, feed: Feed, members: Sequence[Item]) -> bytes:
    """The feed as a document."""
    settings, program = edition.settings, edition.portfolio.program
    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.title(plain(settings.site_name))
    generator.link(href=settings.site_url + feed.url, rel="self", type=feed.type)
    generator.link(href=settings.site_url, rel="alternate")
    generator.description(_words(program.lead or program.statement or settings.site_name))
    generator.language(settings.language)
    generator.generator("labfolio")
    generator.docs("https://www.rssboard.org/rss-specification")
    generator.lastBuildDate(moment(newest(edition, members)))
    for item in members:
        _add(generator, edition, item)
    return bytes(generator.rss_str(pretty=True))


def _add(generator: FeedGenerator, edition: Edition, item: Item) -> None:
    made = generator.add_entry(order="append")
    made.title(item.title)
    made.guid(item.id, permalink=False)
    made.link(href=item.url)
    made.description(_words(item.summary))
    made.content(item.html)
    made.pubDate(moment(item.entry.date))
    if edition.portfolio.program.author:
        made.dc.dc_creator(plain(edition.portfolio.program.author.name))
    for tag in item.tags:
        made.category(term=tag)


def _words(text: str) -> str:
    """Plain words as a description: readers take one for HTML (RSS 2.0, "Elements of <item>")."""
    return escape(plain(text), quote=False)


def moment(day: date) -> datetime:
    """The beginning of a day, UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)
