"""The lineage of the portfolio as a graph: what grew out of what, at which stage, and in which chain."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from labfolio.facts.portfolio import Portfolio
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import BUILD, NOTE, PAPER, SUBMISSION, Entry
from labfolio.model.rules import fault
from labfolio.model.scalars import STAGES, Stage

# Why an edge is there: the later entry says so, or both are on one paper.
Reason = Literal["based_on", "paper"]
# Each entry is asked for what is before and after it: a walk over all of a long chain would cost its square.
FAR = 200
# So many circles are told at once.
_CIRCLES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One step of a lineage: `target` grew out of `source`, both paths of entries."""

    source: str
    target: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageGraph:
    """The graph; it has no circles. Entries are known by their path.

    `entries` are those that an edge touches, each after all that it grew out of; `chains` are the same in connected
    groups, the one with the newest entry first. `stages` are those of every published entry. `sources` and `targets`
    hold the ends of edges, without a key where there are none.
    """

    entries: Mapping[str, Entry]
    edges: tuple[Edge, ...]
    chains: tuple[tuple[Entry, ...], ...]
    stages: Mapping[str, Stage]
    sources: Mapping[str, tuple[Entry, ...]]
    targets: Mapping[str, tuple[Entry, ...]]

    def newest(self, most: int) -> "LineageGraph":
        """The part of the graph with the newest entries, at `most` so many: whole chains, the newest first, and of the
        last as much as there is room for. Sources and targets stay those of the whole graph."""
        kept: set[str] = set()
        for chain in self.chains:
            by_age = sorted(chain, key=lambda entry: (entry.date, entry.path), reverse=True)
            kept |= {entry.path for entry in by_age[: max(0, most - len(kept))]}
        chains = (tuple(entry for entry in chain if entry.path in kept) for chain in self.chains)
        return replace(
            self,
            entries={path: entry for path, entry in self.entries.items() if path in kept},
            edges=tuple(edge for edge in self.edges if edge.source in kept and edge.target in kept),
            chains=tuple(chain for chain in chains if chain),
        )

    def ancestors(self, entry: Entry) -> dict[str, int]:
        """The paths of all that an entry grew out of, the nearest first, each with its number of steps.

        Beyond `FAR` none is looked for.
        """
        return _steps(entry.path, self.sources)

    def descendants(self, entry: Entry) -> dict[str, int]:
        """The paths of all that grew out of an entry, as `ancestors` gives the others."""
        return _steps(entry.path, self.targets)


def lineage_graph(portfolio: Portfolio) -> LineageGraph:
    """The graph of the portfolio's entries; of links in a circle, which are told elsewhere, it has none."""
    known = portfolio.by_slug()
    bases = _bases(reversed(portfolio.entries), known)
    free = set(_sorted(bases))
    bases = {slug: given if slug in free else [one for one in given if one in free] for slug, given in bases.items()}
    order = [known[slug] for slug in _sorted(bases)]
    edges = [
        Edge(source=known[base].path, target=entry.path, reason="based_on")
        for entry in order
        for base in bases[entry.slug]
    ]
    edges += _paper_edges(order, bases, tuple(edges))
    # A note may be younger than the work on its paper: now the order knows of it.
    waiting: dict[str, list[str]] = {entry.path: [] for entry in order}
    for edge in edges:
        waiting[edge.target].append(edge.source)
    by_path = {entry.path: entry for entry in order}
    joined = [by_path[path] for path in _sorted(waiting)]
    sources, targets = _ends(edges, by_path, to=False), _ends(edges, by_path, to=True)
    entries = {entry.path: entry for entry in joined if entry.path in sources or entry.path in targets}
    return LineageGraph(
        entries=entries,
        edges=tuple(edges),
        chains=_chains(entries, sources, targets),
        stages=_stages(joined, sources),
        sources=sources,
        targets=targets,
    )


def check_circles(entries: Iterable[Entry]) -> tuple[Diagnostic, ...]:
    """Circles in `based_on`, each told once, at the link that closes it."""
    found = []
    for entry, base, way in closing_links(entries):
        index = entry.front.based_on.index(base)
        position = entry.positions.get(("based_on", index)) or entry.position("based_on")
        message = " is based on ".join(f"'{slug}'" for slug in (entry.slug, *way))
        help = f"Remove {base} here"
        help += ": an entry cannot grow out of itself." if base == entry.slug else ", or another link of the circle."
        found.append(fault("circular-lineage", entry.path, message, help, position, entry.text))
    return tuple(found)


def closing_links(entries: Iterable[Entry]) -> tuple[tuple[Entry, str, tuple[str, ...]], ...]:
    """The links of `based_on` that close a circle: the entry, the slug that it names, and the way back from there.

    Every circle has a link from an entry to one that is not older; such a link is told, once, with the shortest
    circle that it closes. Without these links no circle is left, unless there are more than are told at once.
    """
    known = {entry.slug: entry for entry in entries}
    bases = _bases(known.values(), known)
    # Only entries that stand in a circle, or come after one, are never free of what they wait for.
    free = set(_sorted(bases))
    tangled = {slug: [base for base in bases[slug] if base not in free] for slug in bases if slug not in free}
    found: list[tuple[Entry, str, tuple[str, ...]]] = []
    for slug in sorted(tangled, key=lambda slug: (known[slug].date, slug)):
        for base in tuple(tangled[slug]):
            forward = (known[base].date, base) >= (known[slug].date, slug)
            if forward and len(found) < _CIRCLES and (way := _way(base, slug, tangled)):
                found.append((known[slug], base, way))
                tangled[slug].remove(base)
    return tuple(found)


def _bases(entries: Iterable[Entry], known: Collection[str]) -> dict[str, list[str]]:
    """What each entry says that it grew out of, by slug; names of nothing are told elsewhere."""
    return {entry.slug: [one for one in dict.fromkeys(entry.front.based_on) if one in known] for entry in entries}


def _sorted(bases: Mapping[str, Sequence[str]]) -> list[str]:
    """Each name after those that it waits for, otherwise in the given order; names in a circle are left out."""
    waiting = {name: len(given) for name, given in bases.items()}
    followers: dict[str, list[str]] = {}
    for name, given in bases.items():
        for base in given:
            followers.setdefault(base, []).append(name)
    ready = deque(name for name, count in waiting.items() if not count)
    order = []
    while ready:
        name = ready.popleft()
        order.append(name)
        for follower in followers.get(name, ()):
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    return order


def _way(start: str, end: str, bases: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The shortest way from one name to another along what they are based on; empty where there is none."""
    came: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        if name == end:
            way = [name]
            while came[way[-1]]:
                way.append(came[way[-1]])
            return tuple(reversed(way))
        for base in bases.get(name, ()):
            if base not in came:
                came[base] = name
                waiting.append(base)
    return ()


def _paper_edges(order: Sequence[Entry], bases: Mapping[str, Sequence[str]], stated: Sequence[Edge]) -> Iterable[Edge]:
    """From each note to the first works on its paper; what grew out of these, or of the note, follows from there.

    A note that is itself based on work, and that its paper would lead back to, keeps what it states.
    """
    notes: dict[str, list[Entry]] = {}
    for entry in order:
        for key in dict.fromkeys(entry.front.paper if entry.kind is PAPER else ()):
            notes.setdefault(key, []).append(entry)
    linked = {(edge.source, edge.target) for edge in stated}
    followed: dict[str, list[str]] = {}
    for edge in stated:
        followed.setdefault(edge.target, []).append(edge.source)
    for key, works in _first_on(order, bases, notes).items():
        for note in notes.get(key, ()):
            for entry in works:
                pair = (note.path, entry.path)
                # Only a note that grew out of something can be led back to.
                if pair in linked or (note.path in followed and _way(*pair, followed)):
                    continue
                linked.add(pair)
                followed.setdefault(entry.path, []).append(note.path)
                yield Edge(source=note.path, target=entry.path, reason="paper")


def _first_on(
    order: Iterable[Entry], bases: Mapping[str, Iterable[str]], notes: Mapping[str, Sequence[Entry]]
) -> dict[str, list[Entry]]:
    """The works on each paper that grew out of no other work on it and of no note on it."""
    followers: dict[str, list[str]] = {}
    works: dict[str, list[Entry]] = {}
    for entry in order:
        for base in bases[entry.slug]:
            followers.setdefault(base, []).append(entry.slug)
        for key in dict.fromkeys(entry.front.paper if entry.kind is not PAPER else ()):
            works.setdefault(key, []).append(entry)
    for key, group in works.items():
        starts = [*notes.get(key, ()), *(group if len(group) > 1 else ())]
        waiting = [slug for entry in starts for slug in followers.get(entry.slug, ())]
        later: set[str] = set()
        while waiting:
            if (slug := waiting.pop()) not in later:
                later.add(slug)
                waiting += followers.get(slug, ())
        works[key] = [entry for entry in group if entry.slug not in later]
    return works


def _ends(edges: Iterable[Edge], known: Mapping[str, Entry], *, to: bool) -> dict[str, tuple[Entry, ...]]:
    """The other ends of each entry's edges in order of time."""
    found: dict[str, list[Entry]] = {}
    for edge in edges:
        own, other = (edge.source, edge.target) if to else (edge.target, edge.source)
        found.setdefault(own, []).append(known[other])
    return {path: tuple(sorted(others, key=lambda one: (one.date, one.slug))) for path, others in found.items()}


def _chains(
    entries: Mapping[str, Entry],
    sources: Mapping[str, tuple[Entry, ...]],
    targets: Mapping[str, tuple[Entry, ...]],
) -> tuple[tuple[Entry, ...], ...]:
    """The connected groups, each in the order of `entries`."""
    chain: dict[str, str] = {}
    for start in entries:
        waiting = [start] if start not in chain else []
        while waiting:
            path = waiting.pop()
            if path not in chain:
                chain[path] = start
                waiting += [one.path for one in (*sources.get(path, ()), *targets.get(path, ()))]
    groups: dict[str, list[Entry]] = {}
    for path, entry in entries.items():
        groups.setdefault(chain[path], []).append(entry)
    newest = {start: max(entry.date for entry in group) for start, group in groups.items()}
    return tuple(tuple(groups[start]) for start in sorted(groups, key=lambda one: (-newest[one].toordinal(), one)))


def _stages(order: Iterable[Entry], sources: Mapping[str, tuple[Entry, ...]]) -> dict[str, Stage]:
    """The stage of each entry: as it states, else from its kind and what it grew out of."""
    found: dict[str, Stage] = {}
    for entry in order:
        before = [STAGES.index(found[one.path]) for one in sources.get(entry.path, ())]
        found[entry.path] = entry.front.stage or STAGES[_place(entry, max(before, default=None))]
    return found


def _place(entry: Entry, before: int | None) -> int:
    """The stage of an entry that states none; `before` is that of the furthest that it grew out of.

    A note on a paper is reading; a reproduction implements; a build goes one stage further than what it grew out of,
    and implements at first; a post stays where what it tells of is; a submission extends.
    """
    last = len(STAGES) - 1
    if entry.kind is PAPER:
        return 0
    if entry.kind is BUILD:
        return min(max(1, 0 if before is None else before + 1), last)
    if entry.kind is NOTE:
        return before or 0
    return last if entry.kind is SUBMISSION else 1


def _steps(start: str, ends: Mapping[str, Collection[Entry]]) -> dict[str, int]:
    found = {start: 0}
    waiting = deque([start])
    while waiting and len(found) <= FAR:
        path = waiting.popleft()
        for other in ends.get(path, ()):
            if other.path not in found:
                found[other.path] = found[path] + 1
                waiting.append(other.path)
    del found[start]
    return found
