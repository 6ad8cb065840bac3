"""What labfolio promises itself beside its peers, and how each promise is measured."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.peers.generator import INDEXED
from benchmarks.peers.results import Results

SIZES = (180, 1000, 5000)
KB = 1000
OWN, MKDOCS = "labfolio", "labfolio-mkdocs"


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the table: at most `limits`, by size in the order of SIZES, in `unit`."""

    what: str
    limits: tuple[float, float, float]
    measure: Callable[[Results, int], float | None]
    unit: str = ""
    brief: bool = False

    def limit(self, size: int) -> float | None:
        """The limit at a size, None where none is set."""
        return dict(zip(SIZES, self.limits, strict=True)).get(size)


def _ratio(work: str, name: str, peer: str, unit: str = "cpu") -> Callable[[Results, int], float | None]:
    # A peer that keeps nothing costs as much when nothing changed: the same work is compared.
    return lambda results, size: results.ratio(size, work, name, peer, unit)


def _fetched(name: str, what: str, scale: float = KB) -> Callable[[Results, int], float | None]:
    def measure(results: Results, size: int) -> float | None:
        value = results.fetched(size, name, what)
        return None if value is None else value / scale

    return measure


def _largest(results: Results, size: int) -> float | None:
    found = results.builds.get(str(size), {}).get(OWN, {}).get("largest")
    return None if found is None else found / KB


TARGETS = (
    Target("cold, `labfolio build` / Hugo, CPU", (1.2, 1.3, 1.3), _ratio("cold", OWN, "hugo"), brief=True),
    Target("cold, `labfolio build` / Hugo, wall", (1.1, 1.3, 1.3), _ratio("cold", OWN, "hugo", "wall")),
    Target(
        "cold, `mkdocs build` with labfolio / plain Material with search, CPU", (0.75, 0.70, 0.65),
        _ratio("cold", MKDOCS, "material"), brief=True,
    ),
    Target(
        "nothing changed, `labfolio build` / Hugo, CPU", (0.08, 0.03, 0.02), _ratio("unchanged", OWN, "hugo"),
        brief=True,
    ),
    Target("nothing changed, `mkdocs build` / Hugo, CPU", (0.25, 0.08, 0.05), _ratio("unchanged", MKDOCS, "hugo")),
    Target(
        "one entry changed, `labfolio build` / Hugo, CPU", (0.15, 0.06, 0.05), _ratio("changed", OWN, "hugo"),
        brief=True,
    ),
    Target(
        "save to served, `labfolio serve`, wall", (0.10, 0.15, 0.4), lambda one, size: one.saved(size, OWN), "s", True
    ),
    Target("save to served, `mkdocs serve`, wall", (0.35, 0.5, 1.2), lambda one, size: one.saved(size, MKDOCS), "s"),
    Target(
        "peak memory, cold `labfolio build`", (100, 160, 450), lambda one, size: one.cost(size, OWN, "cold", "peak"),
        "MiB", True,
    ),
    Target("growth exponent of CPU", (1.05, 1.05, 1.05), lambda one, size: _growth(one, size, "cpu")),
    Target("growth exponent of memory", (1.05, 1.05, 1.05), lambda one, size: _growth(one, size, "peak")),
    Target("a write-up's HTML, CSS and JavaScript, gzip", (30, 30, 30), _fetched(OWN, "text"), "KB", True),
    Target("a write-up's fonts", (125, 125, 125), _fetched(OWN, "fonts"), "KB"),
    Target("a write-up's requests", (12, 12, 12), _fetched(OWN, "requests", 1)),
    Target("search before intent", (0, 0, 0), _fetched(INDEXED.name, "search_before"), "KB"),
    Target("search, first query", (150, 160, 400), _fetched(INDEXED.name, "search_first"), "KB"),
    Target("largest HTML page", (200, 200, 200), _largest, "KB"),
)  # fmt: skip


def _growth(results: Results, size: int, unit: str) -> float | None:
    """One figure for all sizes, which stands with the largest."""
    return results.growth(OWN, unit) if size == max(results.sizes) else None
