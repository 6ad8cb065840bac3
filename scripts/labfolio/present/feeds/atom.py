"""Atom (RFC 4287), full or by summaries.

feedgen 1.0.0 drops the attributes of an entry's links, so an entry has one, its page; and `description` would take the
place of the content, so `summary` is set instead (lkiesow/python-feedgen#135).
"""

from collections.abc import Sequence

from feedgen.feed import FeedGenerator

from labfolio.present.edition import Edition
from labfolio.present.feeds.catalogue import ARCHIVE, Feed
from labfolio.present.feeds.clean import plain
from labfolio.present.feeds.items import Item, authority, newest
from labfolio.present.feeds.rss import moment


def atom(edition: Edition, feed: Feed, members: Sequence[Item]) -> bytes:
    """The feed as a document."""
    settings, program = edition.settings, edition.portfolio.program
    generator = FeedGenerator()
    name = plain(settings.site_name)
    generator.id(f"{authority(edition)}:feed/{feed.url}")
    generator.title(name if feed.page == "" and feed.full else f"{name}: {plain(feed.name)}")
    generator.subtitle(plain(feed.holds))
    generator.link(href=settings.site_url + feed.url, rel="self", type=feed.type)
    generator.link(href=settings.site_url + feed.page, rel="alternate", type="text/html")
    if feed.full:
        generator.link(href=settings.site_url + ARCHIVE, rel="related", type=feed.type)
    if program.hub:
        generator.link(href=program.hub, rel="hub")
    generator.language(settings.language)
    generator.generator("labfolio")
    generator.updated(moment(newest(edition, members)))
    generator.author({"name": plain(program.author.name) if program.author else name})
    for item in members:
        made = generator.add_entry(order="append")
        made.id(item.id)
        made.title(item.title)
        made.link(href=item.url)
        made.published(moment(item.entry.date))
        made.updated(moment(item.updated))
        made.summary(item.summary or item.title)
        if feed.full:
            made.content(item.html, type="html")
        for tag in item.tags:
            made.category(term=tag)
    return bytes(generator.atom_str(pretty=True))
