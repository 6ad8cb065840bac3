"""Every feed as a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.feeds.atom import atom
from labfolio.present.feeds.catalogue import ATOM, JSON, OPML, RSS, Feed, feeds
from labfolio.present.feeds.items import BYTES, FEWEST, MOST, Item
from labfolio.present.feeds.json_feed import json_feed
from labfolio.present.feeds.opml import opml
from labfolio.present.feeds.rss import rss

_WRITERS: Mapping[str, Callable[[Edition, Feed, Sequence[Item]], bytes]] = {RSS: rss, ATOM: atom, JSON: json_feed}


def feed_outputs(edition: Edition, items: Mapping[str, Item]) -> Iterable[Output]:
    """The feeds and their list; `items` are those of all entries by their path."""
    given = feeds(edition.portfolio)
    for feed in given:
        members = [items[entry.path] for entry in feed.entries]
        yield Output(path=feed.url, content=_fitting(edition, feed, members), source="feed")
    yield Output(path=OPML, content=opml(edition, given), source="feeds")


def _fitting(edition: Edition, feed: Feed, members: Sequence[Item]) -> bytes:
    """At most 30 entries and 1 MB, never fewer than ten; the archive holds all."""
    write = _WRITERS[feed.type]
    if not feed.full:
        return write(edition, feed, members)
    shown = list(members[:MOST])
    while True:
        content = write(edition, feed, shown)
        if len(content) <= BYTES or len(shown) <= FEWEST:
            return content
        shown.pop()
