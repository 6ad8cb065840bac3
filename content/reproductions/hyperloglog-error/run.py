"""Standard error of HyperLogLog by simulation, against the constant that the paper states.

With an ideal hash the number of items in each of m registers is multinomial, and a register that saw c items holds the
largest of c geometric variables, whose distribution function is (1 - 2**-k)**c. Registers are drawn from exactly that,
which is the model of the paper's analysis; no item is ever hashed.
"""

import argparse
import csv
import time
from pathlib import Path

import numpy as np


def alpha(m: int) -> float:
    """The bias correction of the raw estimator for m >= 128."""
    return 0.7213 / (1 + 1.079 / m)


def registers(rng: np.random.Generator, m: int, n: int, trials: int) -> np.ndarray:
    """Register contents of `trials` sketches of n distinct items, shape (trials, m)."""
    counts = rng.multinomial(n, np.full(m, 1 / m), size=trials)
    uniform = rng.random((trials, m))
    with np.errstate(divide="ignore"):
        largest = np.ceil(-np.log2(-np.expm1(np.log(uniform) / counts)))
    return np.where(counts > 0, np.maximum(largest, 1), 0)


def estimate(content: np.ndarray, m: int) -> np.ndarray:
    """The raw estimate of each sketch (n is far above the range of the small-range correction)."""
    return alpha(m) * m * m / np.exp2(-content).sum(axis=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--trials", type=int, default=4000)
    args = parser.parse_args()
    (args.out).mkdir(exist_ok=True)

    rows = []
    for m in (256, 1024):
        for ratio in (5, 10, 20, 50, 100):
            for seed in range(args.seeds):
                rng = np.random.default_rng([seed, m, ratio])
                n = ratio * m
                error = estimate(registers(rng, m, n, args.trials), m) / n - 1
                rows.append((m, ratio, seed, error.std(ddof=1) * np.sqrt(m), error.mean()))
    with open(args.out / "error.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["m", "ratio", "seed", "constant", "bias"])
        writer.writerows([m, ratio, seed, f"{c:.5f}", f"{b:.6f}"] for m, ratio, seed, c, b in rows)
    summarise(rows, args.out)
    plot(rows, args.out.parent / "figures")


def summarise(rows: list[tuple], out: Path) -> None:
    with open(out / "summary.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Registers m", "Items per register", "Constant, mean", "Constant, sd", "Bias, mean"])
        for m in (256, 1024):
            for ratio in (5, 10, 20, 50, 100):
                part = np.array([row[3:] for row in rows if row[:2] == (m, ratio)])
                mean, sd = part.mean(axis=0), part.std(axis=0, ddof=1)
                writer.writerow([m, ratio, f"{mean[0]:.4f}", f"{sd[0]:.4f}", f"{mean[1]:.5f}"])


def plot(rows: list[tuple], out: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    out.mkdir(exist_ok=True)
    figure, axes = plt.subplots(figsize=(8, 4.2))
    for m, marker in ((256, "o"), (1024, "s")):
        ratios = sorted({row[1] for row in rows})
        points = [[row[3] for row in rows if row[:2] == (m, ratio)] for ratio in ratios]
        means, sds = [np.mean(p) for p in points], [np.std(p, ddof=1) for p in points]
        axes.errorbar(ratios, means, yerr=sds, marker=marker, capsize=3, label=f"m = {m}")
    axes.axhline(1.04, color="0.3", linestyle="--", linewidth=1)
    axes.text(5, 1.043, "stated in the paper: 1.04", color="0.3")
    axes.set_xscale("log")
    axes.set_xticks([5, 10, 20, 50, 100], ["5", "10", "20", "50", "100"])
    axes.set_xlabel("items per register, n / m")
    axes.set_ylabel("standard error × √m")
    axes.legend(frameon=False, loc="lower right")
    figure.tight_layout()
    figure.savefig(out / "constant.png", dpi=140, metadata={"Software": None})


if __name__ == "__main__":
    began = time.process_time()
    main()
    print(f"{time.process_time() - began:.1f} s of CPU")
