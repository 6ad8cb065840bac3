"""False positives against bits a key, missed keys, and throughput against a set."""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from bloom import Bloom

KEYS, QUERIES = 50_000, 500_000


def table(path: Path, header: list[str], rows: list[tuple]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def run(seed: int, bits_per_key: int) -> tuple[float, int]:
    """False positive rate and number of missed keys with the best number of hash functions."""
    hashes = max(1, round(bits_per_key * np.log(2)))
    filter = Bloom(bits_per_key * KEYS, hashes, seed)
    keys = np.arange(KEYS, dtype=np.uint64)
    filter.add(keys)
    strangers = np.arange(KEYS, KEYS + QUERIES, dtype=np.uint64)
    return float(filter.holds(strangers).mean()), int((~filter.holds(keys)).sum())


def seconds(action) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=10)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    sizes = (4, 6, 8, 10, 12, 16)
    rows = [(bits, seed, *run(seed, bits)) for bits in sizes for seed in range(args.seeds)]
    table(args.out / "rates.csv", ["bits_per_key", "seed", "rate", "missed"], [(b, s, f"{r:.6f}", n) for b, s, r, n in rows])
    summary = []
    for bits in sizes:
        values = np.array([row[2] for row in rows if row[0] == bits])
        k = max(1, round(bits * np.log(2)))
        formula = (1 - np.exp(-k / bits)) ** k
        summary.append((bits, k, f"{100 * values.mean():.3f}", f"{100 * values.std(ddof=1):.3f}", f"{100 * formula:.3f}"))
    table(args.out / "summary.csv", ["Bits a key", "Hash functions", "False positives %, mean", "sd", "Formula %"], summary)

    keys = np.arange(1_000_000, dtype=np.uint64)
    filter = Bloom(10_000_000, 7)
    listed = keys.tolist()
    known = set(listed)
    speed = [
        ("add", f"{1e3 * seconds(lambda: filter.add(keys)):.0f}", f"{1e3 * seconds(lambda: set(listed)):.0f}"),
        ("ask", f"{1e3 * seconds(lambda: filter.holds(keys)):.0f}", f"{1e3 * seconds(lambda: [k in known for k in listed]):.0f}"),
    ]
    table(args.out / "speed.csv", ["A million keys", "Filter, ms", "Python set, ms"], speed)
    plot(rows, sizes, args.out.parent / "figures")


def plot(rows: list[tuple], sizes: tuple[int, ...], out: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    out.mkdir(exist_ok=True)
    figure, axes = plt.subplots(figsize=(8, 4.2))
    means = [100 * np.mean([row[2] for row in rows if row[0] == bits]) for bits in sizes]
    axes.semilogy(sizes, means, marker="o", label="measured, mean of ten seeds")
    axes.axhline(1, color="0.3", linestyle="--", linewidth=1, label="target at ten bits a key")
    axes.set_xlabel("bits a key")
    axes.set_ylabel("false positives, %")
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out / "rates.png", dpi=140, metadata={"Software": None})


if __name__ == "__main__":
    main()
