"""A graph in columns: an order of each column in which few edges cross, and a height for everything in it.

The method is Sugiyama's (Sugiyama, Tagawa and Toda 1981): an edge that passes a column gets a lane of its own there,
columns are put in order by the mean height of what their members are joined with, back and forth, and the order
with the fewest crossings is kept.
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from labfolio.present.charts.labels import rising

# After some rounds hardly anything changes any more.
_ROUNDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Where everything stands, in pixels from the top: `nodes` by their number, and by the number of its edge the lanes
    of an edge, in the columns between its ends, beginning at its source.
    """

    nodes: tuple[float, ...]
    lanes: Mapping[int, tuple[float, ...]]
    height: float


def layered(columns: Sequence[int], edges: Sequence[tuple[int, int]], room: int, lane: int) -> Layers:
    """The layers of a graph whose nodes stand in these columns, in this order at first.

    A node takes `room` pixels of its column, an edge that passes through takes `lane`; both are even. The time is that
    of sorting the edges, some rounds over.
    """
    graph = _Graph(columns, edges, room, lane)
    best, fewest = graph.stacked(), -1
    heights = best
    for turn in range(_ROUNDS):
        heights = graph.swept(heights, forward=not turn % 2)
        crossings = graph.crossings(heights)
        # At the end a tie goes to the later one, which is straighter.
        if fewest < 0 or crossings <= fewest:
            best, fewest = heights, crossings
    top = min(height - size / 2 for height, size in zip(best, graph.sizes, strict=True))
    bottom = max(height + size / 2 for height, size in zip(best, graph.sizes, strict=True))
    placed = [_whole(height - top) for height in best]
    return Layers(
        nodes=tuple(placed[: len(columns)]),
        lanes={number: tuple(placed[at] for at in lanes) for number, lanes in graph.lanes.items()},
        height=_whole(bottom - top),
    )


def _whole(pixels: float) -> float:
    """Whole pixels; what stands an even distance apart stays that far apart."""
    return float(int(pixels + 0.5))


class _Graph:
    """Nodes and lanes as members of columns, and what each is joined with."""

    def __init__(self, columns: Sequence[int], edges: Sequence[tuple[int, int]], room: int, lane: int) -> None:
        self.sizes = [room] * len(columns)
        self.lanes: dict[int, list[int]] = {}
        self.joined: list[list[int]] = [[] for _ in columns]
        self.members: list[list[int]] = [[] for _ in range(max(columns) + 1)]
        # By the column on their left, the steps of edges from that column to the next.
        self.steps: list[list[tuple[int, int]]] = [[] for _ in self.members]
        for node, column in enumerate(columns):
            self.members[column].append(node)
        for number, (source, target) in enumerate(edges):
            step = 1 if columns[source] < columns[target] else -1
            passed = range(columns[source] + step, columns[target], step)
            self.lanes[number] = [self._lane(column, lane) for column in passed]
            way = [source, *self.lanes[number], target][::step]
            for one, other in pairwise(way):
                self.joined[one].append(other)
                self.joined[other].append(one)
            if columns[source] != columns[target]:
                for column, pair in enumerate(pairwise(way), start=columns[way[0]]):
                    self.steps[column].append(pair)

    def _lane(self, column: int, size: int) -> int:
        self.members[column].append(len(self.sizes))
        self.sizes.append(size)
        self.joined.append([])
        return len(self.sizes) - 1

    def stacked(self) -> list[float]:
        """Every column from the top, in the given order."""
        heights = [0.0] * len(self.sizes)
        for members in self.members:
            self._set(heights, members, [0.0] * len(members))
        return heights

    def swept(self, before: Sequence[float], *, forward: bool) -> list[float]:
        """The heights after each column in turn followed what it is joined with."""
        heights = list(before)
        for members in self.members if forward else reversed(self.members):
            wanted = {one: self._wanted(one, heights) for one in members}
            order = sorted(members, key=lambda one: (wanted[one], heights[one]))
            self._set(heights, order, [wanted[one] for one in order])
        return heights

    def _wanted(self, one: int, heights: Sequence[float]) -> float:
        joined = self.joined[one]
        return sum(heights[other] for other in joined) / len(joined) if joined else heights[one]

    def _set(self, heights: list[float], order: Sequence[int], wanted: Sequence[float]) -> None:
        """Gives the members of a column, in order, the heights next to those wanted at which none overlap."""
        needed, total, last = [], 0.0, 0
        for place, one in enumerate(order):
            total += (last + self.sizes[one]) / 2 if place else 0.0
            needed.append(total)
            last = self.sizes[one]
        found = rising(one - need for one, need in zip(wanted, needed, strict=True))
        for one, height, need in zip(order, found, needed, strict=True):
            heights[one] = height + need

    def crossings(self, heights: Sequence[float]) -> int:
        """How many pairs of steps between two columns cross."""
        count = 0
        for steps in self.steps:
            passed: list[float] = []
            for _, right in sorted((heights[one], heights[other]) for one, other in steps):
                count += len(passed) - bisect_right(passed, right)
                insort(passed, right)
        return count
