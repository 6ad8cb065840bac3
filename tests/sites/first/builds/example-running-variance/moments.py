"""Mean and variance in one pass: Welford's update, and the sum of squares that most people write first."""

from collections.abc import Iterable


def welford(values: Iterable[float]) -> tuple[float, float]:
    """Mean and variance (n - 1), updated with each value (Welford 1962)."""
    n, mean, squares = 0, 0.0, 0.0
    for value in values:
        n += 1
        step = value - mean
        mean += step / n
        squares += step * (value - mean)
    return mean, squares / (n - 1)


def sum_of_squares(values: Iterable[float]) -> tuple[float, float]:
    """The same by E[x^2] - E[x]^2, which subtracts two numbers that are nearly equal."""
    n, total, squares = 0, 0.0, 0.0
    for value in values:
        n += 1
        total += value
        squares += value * value
    return total / n, (squares - total * total / n) / (n - 1)
