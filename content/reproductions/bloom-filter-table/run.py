"""False positive rates of Bloom filters with ten bits a key, against the table of the Summary Cache paper."""

import argparse
import csv
import time
from pathlib import Path

import numpy as np

STATED = {4: 0.0118, 5: 0.00943, 7: 0.00819}
HASHES = (2, 3, 4, 5, 6, 7, 8, 10)


def rate(rng: np.random.Generator, bits: int, keys: int, hashes: int, queries: int) -> float:
    """Share of keys never inserted that the filter claims to hold; positions are independent and uniform."""
    filled = np.zeros(bits, dtype=bool)
    filled[rng.integers(0, bits, size=keys * hashes)] = True
    held = np.ones(queries, dtype=bool)
    for _ in range(hashes):
        held &= filled[rng.integers(0, bits, size=queries)]
    return float(held.mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--keys", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=1_000_000)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    bits = 10 * args.keys
    rows = [
        (hashes, seed, rate(np.random.default_rng([seed, hashes]), bits, args.keys, hashes, args.queries))
        for hashes in HASHES
        for seed in range(args.seeds)
    ]
    with open(args.out / "rates.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["k", "seed", "rate"])
        writer.writerows([k, seed, f"{value:.6f}"] for k, seed, value in rows)
    with open(args.out / "summary.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Hash functions k", "Stated", "Measured, mean", "Measured, sd", "Formula"])
        for k in HASHES:
            values = np.array([row[2] for row in rows if row[0] == k])
            formula = (1 - np.exp(-k / 10)) ** k
            writer.writerow([k, STATED.get(k, ""), f"{values.mean():.5f}", f"{values.std(ddof=1):.5f}", f"{formula:.5f}"])
    plot(rows, args.out.parent / "figures")


def plot(rows: list[tuple], out: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    out.mkdir(exist_ok=True)
    figure, axes = plt.subplots(figsize=(8, 4.2))
    means = [np.mean([row[2] for row in rows if row[0] == k]) for k in HASHES]
    axes.plot(HASHES, means, marker="o", label="measured, mean of ten seeds")
    axes.plot(list(STATED), list(STATED.values()), linestyle="none", marker="x", markersize=10, color="0.2", label="stated in the paper")
    axes.set_xlabel("hash functions, k")
    axes.set_ylabel("false positive rate")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out / "rates.png", dpi=140, metadata={"Software": None})


if __name__ == "__main__":
    began = time.process_time()
    main()
    print(f"{time.process_time() - began:.1f} s of CPU")
