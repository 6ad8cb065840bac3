"""What charts show: points with their intervals, slices worst first, the Pareto front of a trade-off."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labfolio.facts.statistics import deviation, half_width
from labfolio.model.evidence import Ablation, Slice, Tradeoff
from labfolio.model.measurement import Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Replicates of one quantity: `n` finite values of `runs`, mean, standard deviation with n - 1, half width of the
    t interval of the mean. NaN for what does not exist."""

    n: int
    runs: int
    mean: float
    sd: float
    half: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an ablation: its group (empty without one) and its points, x as it was written."""

    group: str
    points: tuple[tuple[str, Estimate], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One slice with its gap to the mean over all slices (positive is better), in the value's unit."""

    name: str
    estimate: Estimate
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One configuration of a trade-off; `front` says that no other one is better on both axes."""

    name: str
    x: Estimate
    y: Estimate
    front: bool


def estimate(values: Sequence[float], confidence: float) -> Estimate:
    """Mean and t interval of the finite ones among `values`."""
    finite = [value for value in values if math.isfinite(value)]
    n = len(finite)
    return Estimate(
        n=n,
        runs=len(values),
        mean=math.fsum(finite) / n if n else math.nan,
        sd=deviation(finite),
        half=half_width(finite, confidence),
    )


def lines(declared: Ablation, samples: Sequence[Sample], confidence: float) -> tuple[Line, ...]:
    """The lines of an ablation in the order of the file; numbers on x are sorted, words keep their order."""
    groups: dict[str, dict[str, list[float]]] = {}
    for sample in samples:
        group = sample.key[1] if declared.group else ""
        groups.setdefault(group, {}).setdefault(sample.key[0], []).append(sample.values[0])
    numeric = all(is_number(x) for points in groups.values() for x in points)
    return tuple(
        Line(
            group=group,
            points=tuple(
                (x, estimate(points[x], confidence)) for x in (sorted(points, key=float) if numeric else points)
            ),
        )
        for group, points in groups.items()
    )


def is_number(text: str) -> bool:
    """Whether a text is a finite number."""
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False


def parts(declared: Slice, samples: Sequence[Sample], confidence: float) -> tuple[tuple[Part, ...], Estimate]:
    """The slices, worst first, and the estimate over all of them (the mean over slices, replicate by replicate).

    Slices in which every run failed come first of all.
    """
    groups: dict[str, list[float]] = {}
    runs: dict[str, list[float]] = {}
    for sample in samples:
        groups.setdefault(sample.key[0], []).append(sample.values[0])
        runs.setdefault(sample.replicate, []).append(sample.values[0])
    overall = estimate([math.fsum(values) / len(values) for values in runs.values()], confidence)
    sign = 1 if declared.better == "higher" else -1
    found = []
    for name, values in groups.items():
        own = estimate(values, confidence)
        found.append(Part(name=name, estimate=own, gap=sign * (own.mean - overall.mean)))
    return tuple(sorted(found, key=lambda part: (math.isfinite(part.gap), part.gap))), overall


def choices(declared: Tradeoff, samples: Sequence[Sample], confidence: float) -> tuple[Choice, ...]:
    """The configurations of a trade-off from the cheapest, those on the Pareto front of their means marked."""
    groups: dict[str, list[tuple[float, ...]]] = {}
    for sample in samples:
        groups.setdefault(sample.key[0], []).append(sample.values)
    made = [
        (name, estimate([x for x, _ in values], confidence), estimate([y for _, y in values], confidence))
        for name, values in groups.items()
    ]
    signs = (1 if declared.better.x == "higher" else -1, 1 if declared.better.y == "higher" else -1)
    worth = [(signs[0] * x.mean, signs[1] * y.mean) for _, x, y in made]
    found = [
        Choice(
            name=name,
            x=x,
            y=y,
            front=all(map(math.isfinite, own)) and not any(_dominates(other, own) for other in worth),
        )
        for (name, x, y), own in zip(made, worth, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-signs[0] * one.x.mean, one.name)))


def _is_best(own: tuple[float, float], worth: Iterable[tuple[float, float]]) -> bool:
    return all(map(math.isfinite, own)) and not any(_dominates(other, own) for other in worth)


def _dominates(other: Iterable[float], own: Iterable[float]) -> bool:
    """At least as good on both axes and better on one."""
    pairs = list(zip(other, own, strict=True))
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)
