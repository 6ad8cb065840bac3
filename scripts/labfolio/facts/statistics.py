"""Means, spreads and intervals; the t quantile from the incomplete beta function, without scipy's second of import."""

import math
import random
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b) by Lentz's continued fraction (DLMF 8.17.22)."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    tiny = 1e-300
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), tiny)
    fraction = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d, tiny)
            c = _away_from_zero(1 + term / c, tiny)
            step = c * d
            fraction *= step
        if abs(step - 1) < 1e-15:
            break
    return front * fraction


def _away_from_zero(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny


@lru_cache(maxsize=1024)
def t_quantile(probability: float, df: float) -> float:
    """The quantile of Student's t with `df` (> 0, fractional too) degrees of freedom, for 0.5 <= probability < 1.

    The tail 2 * (1 - p) is I_x(df/2, 1/2) at x = df / (df + t^2); x is found by bisection in the exponent of t.
    Raises ValueError outside of that range.
    """
    if not 0.5 <= probability < 1 or df <= 0:
        raise ValueError(f"no quantile for probability {probability} and {df} degrees of freedom")
    if probability == 0.5:
        return 0.0
    tail = 2 * (1 - probability)
    low, high = 1e-12, 1e12
    for _ in range(200):
        middle = math.sqrt(low * high)
        if incomplete_beta(df / 2, 0.5, df / (df + middle * middle)) > tail:
            low = middle
        else:
            high = middle
        if high / low - 1 < 1e-15:
            break
    return math.sqrt(low * high)


RESAMPLES = 2_000
BOOTSTRAP_LEAST = 5
Statistic = Literal["mean", "median", "iqm"]


def summary(values: Sequence[float], statistic: Statistic) -> float:
    """Mean, median or interquartile mean of n >= 1 finite values.

    The interquartile mean leaves out the lowest and the highest quarter, each rounded down (Agarwal et al. 2021, 4.3).
    """
    ordered = sorted(values)
    n = len(ordered)
    if statistic == "median":
        return (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    cut = n // 4 if statistic == "iqm" else 0
    return math.fsum(ordered[cut : n - cut]) / (n - 2 * cut)


def deviation(values: Sequence[float]) -> float:
    """The standard deviation with n - 1; 0 where all are equal, NaN for fewer than two values."""
    if len(values) < 2:
        return math.nan
    if all(value == values[0] for value in values):
        return 0.0
    # Squares of small numbers would come to nothing; a power of two changes no digit.
    power = math.frexp(max(map(abs, values)))[1]
    scaled = [math.ldexp(value, -power) for value in values]
    mean = math.fsum(scaled) / len(scaled)
    return math.ldexp(math.sqrt(math.fsum((value - mean) ** 2 for value in scaled) / (len(scaled) - 1)), power)


def half_width(values: Sequence[float], confidence: float) -> float:
    """Half the t interval of the mean of n finite values; NaN for fewer than two."""
    spread = deviation(values)
    if not spread > 0:
        return spread
    return t_quantile(0.5 + confidence / 2, len(values) - 1) * spread / math.sqrt(len(values))


def bootstrap(values: Sequence[float], statistic: Statistic, confidence: float) -> tuple[float, float]:
    """The percentile interval of a statistic over 2,000 resamples (Efron 1979) from a fixed seed.

    The draws come from Python's Mersenne Twister and the values in increasing order, so that the interval is the same
    on every machine and for every order of the rows.
    """
    ordered, n = sorted(values), len(values)
    draw = random.Random(RESAMPLES).random
    found = sorted(summary([ordered[int(draw() * n)] for _ in range(n)], statistic) for _ in range(RESAMPLES))
    outside = math.floor((1 - confidence) / 2 * RESAMPLES)
    return found[outside], found[RESAMPLES - 1 - outside]
