"""HyperLogLog with registers of four bits: what half the memory costs as the count grows."""

import argparse
import csv
from pathlib import Path

import numpy as np

M, TRIALS = 1024, 400


def estimates(seed: int, ratio: int, largest: int) -> np.ndarray:
    """Relative errors of sketches of ratio * M items whose registers stop at `largest`."""
    rng = np.random.default_rng([seed, ratio])
    counts = rng.multinomial(ratio * M, np.full(M, 1 / M), size=TRIALS)
    with np.errstate(divide="ignore"):
        content = np.ceil(-np.log2(-np.expm1(np.log(rng.random((TRIALS, M))) / counts)))
    content = np.minimum(np.where(counts > 0, np.maximum(content, 1), 0), largest)
    raw = 0.7213 / (1 + 1.079 / M) * M * M / np.exp2(-content).sum(axis=1)
    return raw / (ratio * M) - 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    rows = [
        (bits, ratio, seed, float(np.sqrt(np.mean(estimates(seed, ratio, (1 << bits) - 1) ** 2))))
        for bits in (4, 6) for ratio in (100, 1_000, 10_000, 100_000) for seed in range(args.seeds)
    ]
    with open(args.out / "error.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["bits", "ratio", "seed", "rse"])
        writer.writerows([b, r, s, f"{e:.5f}"] for b, r, s, e in rows)
    with open(args.out / "summary.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Items per register", "Four bits, error %", "Six bits, error %"])
        for ratio in (100, 1_000, 10_000, 100_000):
            means = [np.mean([row[3] for row in rows if row[:2] == (bits, ratio)]) for bits in (4, 6)]
            writer.writerow([ratio, *(f"{100 * mean:.2f}" for mean in means)])


if __name__ == "__main__":
    main()
