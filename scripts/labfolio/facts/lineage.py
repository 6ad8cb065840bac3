"""How entries hang together: from `paper` and `based_on`, from links in their texts, from shared topics."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import islice, pairwise

from labfolio.facts.portfolio import Portfolio
from labfolio.model.entry import KINDS, PAPER, Entry, tag_slug
from labfolio.model.memory import go_on

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


_MANY = tuple(one.name for one in fields(Neighbours) if one.name not in ("earlier", "later"))


def neighbours(
    portfolio: Portfolio,
    linked: Mapping[str, Iterable[str]],
    only: Collection[str] | None = None,
    between: Callable[[], None] = go_on,
) -> dict[str, Neighbours]:
    """The published neighbours of every entry, by its path, or of `only` some; `linked` gives the URLs that an entry's
    text links to. `between` is called between two entries."""
    index = _Index(portfolio, linked)
    found: dict[str, Neighbours] = {}
    for entry in portfolio.entries:
        if only is None or entry.path in only:
            between()
            found[entry.path] = index.of(entry)
    return found


def as_they_are_in(portfolio: Portfolio, found: Mapping[str, Neighbours]) -> dict[str, Neighbours]:
    """The same neighbours in another state of their portfolio, which has the entries of these paths."""
    known = {entry.path: entry for entry in portfolio.entries}
    return {path: _in_state(one, known) for path, one in found.items()}


def _in_state(found: Neighbours, known: Mapping[str, Entry]) -> Neighbours:
    many = {name: tuple(known[entry.path] for entry in getattr(found, name)) for name in _MANY}
    earlier, later = (known[one.path] if one else None for one in (found.earlier, found.later))
    return Neighbours(**many, earlier=earlier, later=later)


class _Index:
    """Who uses, cites, shares a paper or a topic with whom; entries in the portfolio's order, newest first."""

    def __init__(self, portfolio: Portfolio, linked: Mapping[str, Iterable[str]]) -> None:
        self.known = portfolio.by_slug()
        self.by_url = {entry.url: entry for entry in portfolio.entries}
        self.linked = linked
        self.used_by: dict[str, list[Entry]] = {}
        self.cited_by: dict[str, list[Entry]] = {}
        self.by_paper: dict[str, list[Entry]] = {}
        # Newest first, those of one day by slug; and the places in it of the entries on each topic.
        self.ranked = sorted(portfolio.entries, key=lambda entry: (-entry.date.toordinal(), entry.slug))
        self.by_tag: dict[str, list[int]] = {}
        self.earlier: dict[str, Entry] = {}
        self.later: dict[str, Entry] = {}
        for kind in KINDS:
            for after, before in pairwise(portfolio.of(kind)):
                self.earlier[after.path], self.later[before.path] = before, after
        places = {entry.path: place for place, entry in enumerate(self.ranked)}
        for entry in portfolio.entries:
            for tag in dict.fromkeys(map(tag_slug, entry.front.tags)):
                self.by_tag.setdefault(tag, []).append(places[entry.path])
            for index, names in (
                (self.used_by, entry.front.based_on),
                (self.cited_by, linked.get(entry.path, ())),
                (self.by_paper, entry.front.paper),
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
        shares: dict[int, float] = {}
        for tag in dict.fromkeys(map(tag_slug, entry.front.tags)):
            members = self.by_tag[tag]
            share = 1 / len(members)
            for place in members[:_LOOKED_AT]:
                shares[place] = shares.get(place, 0.0) + share
        # Rounded, since sums of the same shares in another order may differ in their last digit.
        ranked = sorted((-round(share, 9), place) for place, share in shares.items())
        found = (self.ranked[place] for _, place in ranked)
        return list(islice((other for other in found if other.path not in taken), RELATED))
