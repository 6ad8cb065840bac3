"""Which feeds there are: every entry in three forms, one a kind, a pillar and a topic, and the archive."""

from collections.abc import Iterable
from dataclasses import dataclass

from labfolio.facts.portfolio import Portfolio
from labfolio.model.entry import KINDS, Entry, tag_slug
from labfolio.present.urls import topic_url

RSS, ATOM, JSON = "application/rss+xml", "application/atom+xml", "application/feed+json"
OPML = "feeds/feeds.opml"
ARCHIVE = "feeds/archive.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed: its URL and media type, its name, what it holds in words, and the page that it belongs to.

    `entries` are newest first; `full` tells that each is in it whole.
    """

    url: str
    type: str
    name: str
    holds: str
    page: str
    entries: tuple[Entry, ...]
    full: bool = True


def told(portfolio: Portfolio) -> tuple[Entry, ...]:
    """The entries that a subscriber is told of, newest first: finished ones, whatever came of them."""
    return tuple(entry for entry in portfolio.entries if entry.status in ("shipped", "abandoned"))


def feeds(portfolio: Portfolio) -> tuple[Feed, ...]:
    """Every feed.

    Those of a kind and a pillar are there without an entry too, so that an address once given keeps answering.
    """
    finished = told(portfolio)
    whole = "The newest entries of every kind, each in full"
    made = [
        Feed(url="feed.xml", type=RSS, name="All entries (RSS)", holds=f"{whole}.", page="", entries=finished),
        Feed(url="atom.xml", type=ATOM, name="All entries (Atom)", holds=f"{whole}.", page="", entries=finished),
        Feed(url="feed.json", type=JSON, name="All entries (JSON Feed)", holds=f"{whole}.", page="", entries=finished),
        Feed(
            url=ARCHIVE,
            type=ATOM,
            name="Archive (Atom)",
            holds="Every entry there ever was, by its summary.",
            page="",
            entries=finished,
            full=False,
        ),
    ]
    return (*made, *_kinds(finished), *_pillars(portfolio, finished), *_topics(finished))


def _kinds(finished: tuple[Entry, ...]) -> Iterable[Feed]:
    for kind in KINDS:
        yield Feed(
            url=f"feeds/{kind.section}.xml",
            type=ATOM,
            name=kind.plural,
            holds=f"The newest {kind.noun}s, each in full.",
            page=f"{kind.section}/",
            entries=tuple(entry for entry in finished if entry.kind is kind),
        )


def _pillars(portfolio: Portfolio, finished: tuple[Entry, ...]) -> Iterable[Feed]:
    for pillar in portfolio.program.pillars:
        yield Feed(
            url=f"feeds/pillars/{pillar.id}.xml",
            type=ATOM,
            name=pillar.name,
            holds="The newest entries of this pillar, each in full.",
            page=f"pillars/{pillar.id}/",
            entries=tuple(entry for entry in finished if entry.front.pillar == pillar.id),
        )


def _topics(finished: tuple[Entry, ...]) -> Iterable[Feed]:
    topics: dict[str, tuple[str, list[Entry]]] = {}
    for entry in finished:
        for slug, tag in {tag_slug(tag): tag for tag in reversed(entry.front.tags)}.items():
            topics.setdefault(slug, (tag, []))[1].append(entry)
    for slug, (tag, entries) in sorted(topics.items()):
        yield Feed(
            url=f"feeds/topics/{slug}.xml",
            type=ATOM,
            name=f"Topic: {tag}",
            holds="The newest entries on this topic, each in full.",
            page=topic_url(tag),
            entries=tuple(entries),
        )
