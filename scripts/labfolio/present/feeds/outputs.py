"""Every feed as a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.feeds.atom import atom
from labfolio.present.feeds.catalogue import ATOM, JSON, OPML, RSS, Feed, feeds
from labfolio.present.feeds.items import BYTES, FEWEST, MOST, Item
from labfolio.present.feeds.json_feed import json_feed
from labfolio.present.feeds.opml import opml
from labfolio.present.feeds.rss import rss
from labfolio.present.fragments import Fragments
from labfolio.present.press import Press

_WRITERS: Mapping[str, Callable[[Edition, Feed, Sequence[Item]], bytes]] = {RSS: rss, ATOM: atom, JSON: json_feed}


def feed_outputs(press: Press, fragments: Fragments) -> Iterable[Output]:
    """The feeds and their list."""
    given = feeds(press.edition.portfolio)
    for feed in given:
        yield press.print(("feed", feed.url), partial(_output, feed=feed, press=press, fragments=fragments))
    yield press.print(OPML, lambda edition: Output(path=OPML, content=opml(edition, given), source="feeds"))


def _output(edition: Edition, feed: Feed, press: Press, fragments: Fragments) -> Output:
    members = [Item(edition, press, fragments, entry) for entry in feed.entries]
    return Output(path=feed.url, content=_fitting(edition, feed, members), source="feed")


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
