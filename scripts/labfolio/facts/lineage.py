"""Lineage: what an entry grew out of and what grew out of it, from `paper` and `based_on`."""

from dataclasses import dataclass

from labfolio.facts.portfolio import Portfolio
from labfolio.model.entry import PAPER, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The neighbours of one entry. `notes` are paper notes on its papers; `same_paper` share a paper without a link."""

    based_on: tuple[Entry, ...]
    used_by: tuple[Entry, ...]
    notes: tuple[Entry, ...]
    same_paper: tuple[Entry, ...]


def lineage(portfolio: Portfolio, entry: Entry) -> Lineage:
    """The published neighbours of an entry, each in one place only, in order of date."""
    known = portfolio.by_slug()
    based_on = tuple(known[slug] for slug in entry.front.based_on if slug in known)
    used_by = tuple(other for other in portfolio.entries if entry.slug in other.front.based_on)
    papers = set(entry.front.paper)
    linked = {entry.path, *(other.path for other in (*based_on, *used_by))}
    sharing = [o for o in portfolio.entries if papers & set(o.front.paper) and o.path not in linked]
    notes = tuple(other for other in sharing if other.kind is PAPER and entry.kind is not PAPER)
    rest = tuple(other for other in sharing if other not in notes)
    return Lineage(based_on=based_on, used_by=tuple(reversed(used_by)), notes=notes, same_paper=tuple(reversed(rest)))
