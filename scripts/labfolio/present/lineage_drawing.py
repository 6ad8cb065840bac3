"""The lineage drawn: a column a stage, chains below each other, an arrow from each entry to what grew out of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from labfolio.facts.lineage_graph import Edge
from labfolio.model.entry import Entry
from labfolio.model.scalars import STAGES, Stage
from labfolio.present.charts.layered import layered

BOX = (216, 38)
# What a box and a passing edge take of their column, in pixels; the space between two chains; between two columns.
ROOM, LANE, GAP, GUTTER = 46, 12, 22, 64
# A row with the stages' names, and how far down their next row is at least.
HEAD, AGAIN = 30, 1000
# Where many edges climb between two columns, each beyond the first gets more width, up to a limit.
_CLIMB, _FREE, _EACH, _WIDEST = 2 * ROOM, 8, 2, 56
# Edges within a column run on tracks to its left, so far apart unless there are very many.
_TRACK, _MARGIN, _TRACKS = 7, 16, 210
# Edges meet a box at most so far apart, and so far from its corners.
_PORT, _CORNER = 7, 6
_BEND = 6

Side = Literal["left", "right"]
Port = tuple[int, Side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """Where everything stands, in pixels: boxes by the path of their entry, chain by chain as one would read them.

    `paths` are the edges in the given order, as SVG path data; `heads` are the stages' names with left edge and line;
    `rules` are heights.
    """

    width: int
    height: int
    boxes: Mapping[str, tuple[int, int]]
    paths: tuple[str, ...]
    heads: tuple[tuple[Stage, int, int], ...]
    rules: tuple[int, ...]


def sketch(chains: Sequence[Sequence[Entry]], edges: Sequence[Edge], stages: Mapping[str, Stage]) -> Sketch:
    """The drawing of chains of entries and the edges in them, each entry in the column of its stage."""
    column = {entry.path: STAGES.index(stages[entry.path]) for chain in chains for entry in chain}
    chain_of = {entry.path: number for number, chain in enumerate(chains) for entry in chain}
    own: list[list[int]] = [[] for _ in chains]
    for number, edge in enumerate(edges):
        own[chain_of[edge.source]].append(number)
    parts: list[_Part] = []
    y, heads, rules = float(HEAD), [0], list[int]()
    for chain, numbers in zip(chains, own, strict=True):
        if parts and y - heads[-1] > AGAIN:
            heads.append(int(y))
            y += HEAD
        elif parts:
            rules.append(int(y - GAP / 2))
        part = _part(chain, {number: edges[number] for number in numbers}, column, y)
        parts.append(part)
        y += part.height + GAP
    tracks = [max((part.tracks[place] for part in parts), default=0) for place in range(len(STAGES))]
    climbs = [max((part.climbs[place] for part in parts), default=0) for place in range(len(STAGES) - 1)]
    lefts = _lefts(tracks, climbs)
    paths = {number: _path(line, lefts, tracks) for part in parts for number, line in part.lines.items()}
    return Sketch(
        width=lefts[-1] + BOX[0] + 2,
        height=int(y - GAP) + 2,
        boxes={
            path: (lefts[column[path]], int(middle) - BOX[1] // 2)
            for part in parts
            for path, middle in sorted(part.middles.items(), key=lambda item: (column[item[0]], item[1]))
        },
        paths=tuple(paths[number] for number in range(len(edges))),
        heads=tuple((stage, left, top + HEAD - 12) for top in heads for stage, left in zip(STAGES, lefts, strict=True)),
        rules=tuple(rules),
    )


def _lefts(tracks: Sequence[int], climbs: Sequence[int]) -> list[int]:
    """The left edges of the columns, each with room for the tracks beside it and the edges that climb before it."""
    lefts, x = [], 0
    for number, count in enumerate(tracks):
        # Before the first column only its tracks need room, and the line around its boxes.
        x += _margin(count) if number or count else 1
        if number:
            x += GUTTER + min(_WIDEST, _EACH * max(0, climbs[number - 1] - _FREE))
        lefts.append(x)
        x += BOX[0]
    return lefts


def _margin(tracks: int) -> int:
    return _MARGIN + min(_TRACK * tracks, _TRACKS)


@dataclass(slots=True)
class _Line:
    """An edge: the columns of its ends, the heights where it leaves, passes and arrives, and its track, from 1.

    `bends` say for each space that it crosses, by the column on its left, how far to the right it turns, in 0..1.
    """

    columns: tuple[int, int]
    heights: list[float]
    bends: dict[int, float] = field(default_factory=dict)
    track: int = 0


@dataclass(slots=True)
class _Part:
    """A chain: middles of its boxes by path, its edges by number, the tracks that each column needs.

    `climbs` counts, for each space between two columns, the edges that climb or fall far in it.
    """

    middles: Mapping[str, float]
    lines: dict[int, _Line]
    height: float
    tracks: list[int] = field(default_factory=lambda: [0] * len(STAGES))
    climbs: list[int] = field(default_factory=lambda: [0] * (len(STAGES) - 1))


def _part(chain: Sequence[Entry], edges: Mapping[int, Edge], column: Mapping[str, int], top: float) -> _Part:
    number_of = {entry.path: number for number, entry in enumerate(chain)}
    columns = [column[entry.path] for entry in chain]
    pairs = [(number_of[edge.source], number_of[edge.target]) for edge in edges.values()]
    found = layered(columns, pairs, ROOM, LANE)
    lines = {}
    for index, (number, edge) in enumerate(edges.items()):
        source, target = pairs[index]
        way = [found.nodes[source], *found.lanes[index], found.nodes[target]]
        lines[number] = _Line(
            columns=(column[edge.source], column[edge.target]), heights=[top + height for height in way]
        )
    _spread(pairs, list(lines.values()))
    part = _Part(
        middles={entry.path: top + height for entry, height in zip(chain, found.nodes, strict=True)},
        lines=lines,
        height=found.height,
    )
    for place in range(len(STAGES)):
        part.tracks[place] = _give_tracks([line for line in lines.values() if line.columns == (place, place)])
    for place in range(len(STAGES) - 1):
        part.climbs[place] = _bend(place, lines.values())
    return part


def _bend(place: int, lines: Iterable[_Line]) -> int:
    """Sets the turns of edges in a space between columns apart, so that those of one direction do not cross.

    Of two that fall the upper one turns later, of two that rise the lower one. Gives how many climb or fall far.
    """
    rising, falling = list[tuple[float, float, int]](), list[tuple[float, float, int]]()
    crossing = [line for line in lines if min(line.columns) <= place < max(line.columns)]
    for number, line in enumerate(crossing):
        heights = line.heights if line.columns[0] < line.columns[1] else line.heights[::-1]
        left, right = heights[place - min(line.columns) :][:2]
        (falling if right > left else rising).append((left, right, number))
    for group in (sorted(rising), sorted(falling, reverse=True)):
        for rank, (_, _, number) in enumerate(group, start=1):
            crossing[number].bends[place] = 0.15 + 0.7 * rank / (len(group) + 1)
    return sum(abs(left - right) > _CLIMB for left, right, _ in (*rising, *falling))


def _spread(pairs: Iterable[tuple[int, int]], lines: Sequence[_Line]) -> None:
    """Sets the ends of edges apart where several meet a box, in an order in which they do not cross beside it."""
    ports: dict[Port, list[tuple[int, float, int, int]]] = {}
    for number, ((source, target), line) in enumerate(zip(pairs, lines, strict=True)):
        first, last = line.columns
        leaving = _turn(line, line.heights[0], line.heights[1])
        ports.setdefault((source, "right" if first < last else "left"), []).append((*leaving, number, 0))
        arriving = _turn(line, line.heights[-1], line.heights[-2])
        ports.setdefault((target, "right" if first > last else "left"), []).append((*arriving, number, -1))
    for ends in ports.values():
        apart = min(_PORT, (BOX[1] - 2 * _CORNER) / max(1, len(ends) - 1))
        for place, (_, _, number, end) in enumerate(sorted(ends)):
            lines[number].heights[end] += (place - (len(ends) - 1) / 2) * apart


def _turn(line: _Line, own: float, other: float) -> tuple[int, float]:
    """The place of an end of an edge among those on one side of a box, from above.

    Edges within the column stand outside, the rising ones above and the falling ones below, of either kind the
    longer ones where their outer track does not meet the others; between them are edges of another column.
    """
    if line.columns[0] != line.columns[1]:
        return 1, other
    return (0 if other < own else 2), -other


def _give_tracks(lines: Iterable[_Line]) -> int:
    """Gives the edges within a column their tracks, short ones the nearest; how many it takes."""
    taken: list[list[tuple[float, float]]] = []
    for line in sorted(lines, key=lambda line: (abs(line.heights[0] - line.heights[-1]), line.heights)):
        low, high = min(line.heights) - _BEND, max(line.heights) + _BEND
        free = (number for number, spans in enumerate(taken) if all(high < one or other < low for one, other in spans))
        number = next(free, len(taken))
        if number == len(taken):
            taken.append([])
        taken[number].append((low, high))
        line.track = number + 1
    return len(taken)


def _path(line: _Line, lefts: Sequence[int], tracks: Sequence[int]) -> str:
    """The path of an edge: on its track beside a column, else through the spaces between columns."""
    first, last = line.columns
    start, end = line.heights[0], line.heights[-1]
    if first == last:
        apart = (line.track - 1) * min(_TRACK, _TRACKS / tracks[first])
        return _beside(lefts[first], lefts[first] - _MARGIN + 2 - apart, start, end)
    gates = [left - _margin(count) for left, count in zip(lefts, tracks, strict=True)]
    rights = [left + BOX[0] for left in lefts]
    if first < last:
        path = f"M{_at(rights[first], start)}"
        for column, (here, there) in enumerate(pairwise(line.heights), start=first):
            path += _curve((rights[column], here), (gates[column + 1], there), line.bends[column])
            path += f"H{lefts[last] - 1 if column + 1 == last else rights[column + 1]}"
        return path
    path = f"M{_at(lefts[first], start)}"
    for back, (here, there) in enumerate(pairwise(line.heights)):
        column = first - back
        curve = _curve((gates[column], here), (rights[column - 1] + _MARGIN // 2, there), 1 - line.bends[column - 1])
        path += f"H{gates[column]}{curve}"
    return f"{path}H{rights[last] + 1}"


def _curve(start: tuple[float, float], end: tuple[float, float], bend: float) -> str:
    """From one side of the space between two columns to the other, level at both, turning at `bend` of the way."""
    turn = int(start[0] + (end[0] - start[0]) * bend)
    return f"C{_at(turn, start[1])} {_at(turn, end[1])} {_at(*end)}"


def _beside(box: int, track: float, start: float, end: float) -> str:
    """Out to the left, along a track and back."""
    bend = min(_BEND, abs(end - start) / 2) * (1 if end > start else -1)
    return (
        f"M{_at(box, start)}H{_number(track + _BEND)}Q{_at(track, start)} {_at(track, start + bend)}"
        f"V{_number(end - bend)}Q{_at(track, end)} {_at(track + _BEND, end)}H{box - 1}"
    )


def _at(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _number(pixels: float) -> str:
    return f"{pixels:.1f}".removesuffix(".0")
