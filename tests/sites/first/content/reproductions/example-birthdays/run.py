"""Draws birthdays and counts the groups in which two people share one. Takes some seconds, needs nothing installed."""

import csv
import random
from pathlib import Path

SEEDS, GROUPS, PEOPLE, DAYS = range(10), 10_000, (10, 15, 20, 22, 23, 25, 30, 40), 365


def share(source: random.Random, people: int) -> float:
    """The share of groups in which at least two of `people` have one birthday."""
    found = sum(len({source.randrange(DAYS) for _ in range(people)}) < people for _ in range(GROUPS))
    return found / GROUPS


def main() -> None:
    target = Path(__file__).with_name("results") / "share.csv"
    target.parent.mkdir(exist_ok=True)
    with target.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["seed", "people", "share"])
        for seed in SEEDS:
            source = random.Random(seed)
            for people in PEOPLE:
                rows.writerow([seed, people, share(source, people)])


if __name__ == "__main__":
    main()
