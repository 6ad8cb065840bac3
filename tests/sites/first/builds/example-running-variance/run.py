"""Measures both against exact arithmetic: the numbers that the page shows. Takes a few seconds, needs nothing installed."""

import csv
import random
from fractions import Fraction
from pathlib import Path

from moments import sum_of_squares, welford

SEEDS, SIZE, OFFSETS = range(10), 1_000, (1e0, 1e3, 1e6, 1e9)


def exact_variance(values: list[float]) -> Fraction:
    """The variance without any rounding."""
    given = [Fraction(value) for value in values]
    mean = sum(given, Fraction()) / len(given)
    return sum(((value - mean) ** 2 for value in given), Fraction()) / (len(given) - 1)


def main() -> None:
    target = Path(__file__).with_name("results") / "error.csv"
    target.parent.mkdir(exist_ok=True)
    with target.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["seed", "offset", "method", "relative_error"])
        for seed in SEEDS:
            source = random.Random(seed)
            noise = [source.random() for _ in range(SIZE)]
            for offset in OFFSETS:
                values = [offset + one for one in noise]
                exact = exact_variance(values)
                for method in (welford, sum_of_squares):
                    error = abs(Fraction(method(values)[1]) - exact) / exact
                    rows.writerow([seed, f"{offset:.0e}", method.__name__, f"{float(error):.4e}"])


if __name__ == "__main__":
    main()
