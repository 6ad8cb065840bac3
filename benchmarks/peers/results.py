"""The raw results of a run, and what follows from them: medians, ratios and growth, computed and never typed."""

import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WORK = ("cold", "unchanged", "changed")
Measured = dict[str, Any]


@dataclass(slots=True)
class Results:
    """What was measured, by size (as text, for JSON knows no other keys) and generator.

    `revisions` has the revision of the sources at which each part was measured, by part, size and generator.
    """

    date: str = ""
    machine: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    corpus: dict[str, dict[str, float]] = field(default_factory=dict)
    builds: dict[str, dict[str, Any]] = field(default_factory=dict)
    index: dict[str, dict[str, Any]] = field(default_factory=dict)
    serve: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    revisions: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Results":
        """The results in a file, empty ones where there is none."""
        return cls(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else cls()

    def text(self) -> str:
        """The results as JSON."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(_rounded(values), indent=1, ensure_ascii=False) + "\n"

    @property
    def sizes(self) -> list[int]:
        """Every size that anything was measured at, from the smallest."""
        return sorted({int(size) for part in (self.builds, self.serve, self.pages, self.index) for size in part})

    def cost(self, size: int, name: str, work: str, unit: str = "cpu") -> float | None:
        """The median cost of a generator: `unit` is cpu, wall (seconds) or peak (MiB); None where it was not run."""
        return median(self.builds.get(str(size), {}).get(name, {}).get(work, ()), unit)

    def ratio(self, size: int, work: str, name: str, peer: str, unit: str = "cpu") -> float | None:
        """The median cost of one generator as a part of another's for the same work."""
        ours, theirs = self.cost(size, name, work, unit), self.cost(size, peer, work, unit)
        return ours / theirs if ours is not None and theirs else None

    def saved(self, size: int, name: str) -> float | None:
        """The median seconds from save to served."""
        seconds = self.serve.get(str(size), {}).get(name, {}).get("seconds", ())
        return statistics.median(seconds) if seconds else None

    def fetched(self, size: int, name: str, what: str) -> float | None:
        """A figure of the write-up as a browser fetched it."""
        value = self.pages.get(str(size), {}).get(name, {}).get(what)
        return None if value is None else float(value)

    def growth(self, name: str, unit: str) -> float | None:
        """The exponent with which the cost of a cold build grows, None with fewer than two sizes."""
        found = [(size, self.cost(size, name, "cold", unit)) for size in self.sizes]
        return exponent([(size, cost) for size, cost in found if cost])


def median(runs: Sequence[dict[str, float]], unit: str) -> float | None:
    """The median of one unit of some runs, None without any."""
    return statistics.median(run[unit] for run in runs) if runs else None


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of the line of least squares through the logarithms; None with fewer than two points."""
    if len(points) < 2:
        return None
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    return statistics.linear_regression(xs, ys).slope


def _rounded(value: Any) -> Any:
    """Times to a millisecond: more is noise."""
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return round(value, 3) if isinstance(value, float) else value
