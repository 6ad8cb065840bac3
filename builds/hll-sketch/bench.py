"""What the sketch promises, measured: its error, that merging loses nothing, and its speed against a set."""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from sketch import Sketch


def table(path: Path, header: list[str], rows: list[tuple]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def keys(seed: int, trial: int, count: int) -> np.ndarray:
    """Distinct integers that differ from trial to trial."""
    start = np.uint64(seed * 1_000_003 + trial) * np.uint64(1 << 32)
    return np.arange(count, dtype=np.uint64) + start


def relative_error(seed: int, bits: int, count: int, trials: int) -> float:
    """Root mean square of the relative error over trials."""
    errors = []
    for trial in range(trials):
        sketch = Sketch(bits)
        sketch.add(keys(seed, trial, count))
        errors.append(sketch.count() / count - 1)
    return float(np.sqrt(np.mean(np.square(errors))))


def merge_difference(seed: int) -> int:
    """Largest difference between the merged sketch of two halves and the sketch of the whole."""
    whole, left, right = Sketch(), Sketch(), Sketch()
    given = keys(seed, 0, 200_000)
    whole.add(given)
    left.add(given[:120_000])
    right.add(given[80_000:])
    return int(np.abs(left.merge(right).registers.astype(int) - whole.registers.astype(int)).max())


def add_sorted(sketch: Sketch, keys: np.ndarray) -> None:
    """The inner step that was not kept: sort (register, rank) pairs and take the last of each register."""
    index, rank = sketch.split(keys)
    pairs = np.unique(index << 6 | rank)
    last = np.flatnonzero(np.diff(pairs >> 6, append=-1))
    place, value = pairs[last] >> 6, (pairs[last] & 63).astype(np.uint8)
    sketch.registers[place] = np.maximum(sketch.registers[place], value)


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

    rows = [(1 << bits, s, f"{relative_error(s, bits, 50_000, 60):.5f}") for bits in (8, 10, 12) for s in range(args.seeds)]
    table(args.out / "error.csv", ["m", "seed", "rse"], rows)
    table(args.out / "merge.csv", ["seed", "max_register_diff"], [(s, merge_difference(s)) for s in range(args.seeds)])

    summary = []
    for m in (256, 1024, 4096):
        values = np.array([float(row[2]) for row in rows if row[0] == m])
        summary.append((m, f"{100 * values.mean():.2f}", f"{100 * values.std(ddof=1):.2f}", f"{104 / np.sqrt(m):.2f}"))
    table(args.out / "summary.csv", ["Bytes m", "Error %, mean", "Error %, sd", "1.04/√m in %"], summary)

    speed = []
    for count in (10_000, 100_000, 1_000_000):
        given = keys(1, 1, count)
        listed = given.tolist()
        sketch = seconds(lambda: Sketch().add(given))
        plain = seconds(lambda: len(set(listed)))
        by_sorting = seconds(lambda: add_sorted(Sketch(), given))
        costs = (f"{1e9 * cost / count:.0f}" for cost in (sketch, by_sorting, plain))
        speed.append((f"{count:.0e}".replace("e+0", "e"), *costs))
    header = ["Keys", "Sketch, ns a key", "The same by sorting", "Python set"]
    table(args.out / "speed.csv", header, speed)
    million = keys(1, 1, 1_000_000)
    as_list = million.tolist()
    ratios = [
        (seed, f"{seconds(lambda: Sketch().add(million)) / seconds(lambda: len(set(as_list))):.3f}")
        for seed in range(args.seeds)
    ]
    table(args.out / "ratio.csv", ["seed", "ratio"], ratios)
    plot(rows, args.out.parent / "figures")


def plot(rows: list[tuple], out: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    out.mkdir(exist_ok=True)
    figure, axes = plt.subplots(figsize=(8, 4.2))
    sizes = (256, 1024, 4096)
    for m in sizes:
        values = [100 * float(row[2]) for row in rows if row[0] == m]
        axes.plot([m] * len(values), values, marker="o", linestyle="none", color="tab:blue", alpha=0.6)
    axes.plot(sizes, [104 / np.sqrt(m) for m in sizes], color="0.3", linestyle="--", label="1.04 / √m")
    axes.set_xscale("log", base=2)
    axes.set_xticks(sizes, [str(m) for m in sizes])
    axes.set_xlabel("bytes, m")
    axes.set_ylabel("relative error, %")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out / "error.png", dpi=140, metadata={"Software": None})


if __name__ == "__main__":
    main()
