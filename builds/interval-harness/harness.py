"""Compares two systems over seeds and refuses to rank them inside the noise."""

from dataclasses import dataclass

import numpy as np

# Two-sided 95 % quantiles of Student's t by degrees of freedom, as printed in statistical tables.
T95 = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 14: 2.145, 19: 2.093}


@dataclass(frozen=True)
class Comparison:
    """The mean difference over paired seeds with its 95 % interval, and what may be said of it."""

    difference: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """`a`, `b`, or `undecided` where the interval holds zero."""
        return "a" if self.low > 0 else "b" if self.high < 0 else "undecided"


def compare(a: np.ndarray, b: np.ndarray) -> Comparison:
    """Compares paired scores of shape (seeds,), higher being better. Raises KeyError for a number of seeds not in T95."""
    differences = np.asarray(a, dtype=float) - np.asarray(b, dtype=float)
    half = T95[len(differences) - 1] * differences.std(ddof=1) / np.sqrt(len(differences))
    mean = float(differences.mean())
    return Comparison(mean, mean - half, mean + half)


def by_points(a: np.ndarray, b: np.ndarray) -> str:
    """What a table of bare means would say."""
    return "a" if np.mean(a) > np.mean(b) else "b"
