"""How entries hang together: from `paper` and `based_on`, from links in their texts, from shared topics."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise

from labfolio.facts.portfolio import Portfolio
from labfolio.model.entry import KINDS, PAPER, Entry, tag_slug

# How many entries on the same topics are named, and how many of a topic's newest are looked at.
RELATED = 4
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The neighbours of one entry, each in one place only.

    `notes` are paper notes on its papers; `same_paper` share a paper without a stated link; `cites` and `cited_by` are
    links in texts; `related` share the rarest topics. `earlier` and `later` are the next of its kind in time, whatever
    else they are.
    """

    based_on: tuple[Entry, ...] = ()
    used_by: tuple[Entry, ...] = ()
    notes: tuple[Entry, ...] = ()
    same_paper: tuple[Entry, ...] = ()
    cites: tuple[Entry, ...] = ()
    cited_by: tuple[Entry, ...] = ()
    related: tuple[Entry, ...] = ()
    earlier: Entry | None = None
    later: Entry | None = None


def neighbours(portfolio: Portfolio, linked: Mapping[str, Iterable[str]]) -> dict[str, Neighbours]:
    """The published neighbours of every entry, by its path; `linked` gives the URLs that an entry's text links to."""
    index = _Index(portfolio, linked)
    return {entry.path: index.of(entry) for entry in portfolio.entries}


class _Index:
    """Who uses, cites, shares a paper or a topic with whom; entries in the portfolio's order, newest first."""

    def __init__(self, portfolio: Portfolio, linked: Mapping[str, Iterable[str]]) -> None:
        self.known = portfolio.by_slug()
        self.by_url = {entry.url: entry for entry in portfolio.entries}
        self.linked = linked
        self.used_by: dict[str, list[Entry]] = {}
        self.cited_by: dict[str, list[Entry]] = {}
        self.by_paper: dict[str, list[Entry]] = {}
        self.by_tag: dict[str, list[Entry]] = {}
        self.earlier: dict[str, Entry] = {}
        self.later: dict[str, Entry] = {}
        for kind in KINDS:
            for after, before in pairwise(portfolio.of(kind)):
                self.earlier[after.path], self.later[before.path] = before, after
        for entry in portfolio.entries:
            for index, names in (
                (self.used_by, entry.front.based_on),
                (self.cited_by, linked.get(entry.path, ())),
                (self.by_paper, entry.front.paper),
                (self.by_tag, [tag_slug(tag) for tag in entry.front.tags]),
            ):
                for name in dict.fromkeys(names):
                    index.setdefault(name, []).append(entry)

    def of(self, entry: Entry) -> Neighbours:
        """The neighbours of an entry: stated links first, then those found in texts, then shared topics."""
        taken = {entry.path}

        def fresh(found: Iterable[Entry]) -> tuple[Entry, ...]:
            new = {other.path: other for other in found if other.path not in taken}
            taken.update(new)
            return tuple(new.values())

        based_on = fresh(self.known[slug] for slug in entry.front.based_on if slug in self.known)
        used_by = fresh(reversed(self.used_by.get(entry.slug, ())))
        sharing = [other for key in entry.front.paper for other in self.by_paper.get(key, ())]
        notes = fresh(other for other in sharing if other.kind is PAPER and entry.kind is not PAPER)
        same_paper = fresh(sorted(sharing, key=lambda other: (other.date, other.slug)))
        urls = self.linked.get(entry.path, ())
        cites = fresh(self.by_url[url] for url in urls if url in self.by_url)
        cited_by = fresh(self.cited_by.get(entry.url, ()))
        return Neighbours(
            based_on=based_on,
            used_by=used_by,
            notes=notes,
            same_paper=same_paper,
            cites=cites,
            cited_by=cited_by,
            related=fresh(self._by_topic(entry, taken)),
            earlier=self.earlier.get(entry.path),
            later=self.later.get(entry.path),
        )

    def _by_topic(self, entry: Entry, taken: set[str]) -> list[Entry]:
        """Entries that share topics, those with the rarest first: a topic counts one over its number of entries."""
        shares: dict[str, float] = {}
        found: dict[str, Entry] = {}
        for tag in dict.fromkeys(tag_slug(tag) for tag in entry.front.tags):
            members = self.by_tag[tag]
            for other in members[:_LOOKED_AT]:
                if other.path not in taken:
                    found[other.path] = other
                    shares[other.path] = shares.get(other.path, 0.0) + 1 / len(members)

        def rarest_then_newest(other: Entry) -> tuple[float, int, str]:
            return -round(shares[other.path], 9), -other.date.toordinal(), other.slug

        return nsmallest(RELATED, found.values(), rarest_then_newest)
