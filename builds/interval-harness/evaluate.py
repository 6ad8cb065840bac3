"""How often the harness, and a table of bare means, name the wrong winner; by simulation with known truth."""

import argparse
import csv
from pathlib import Path

import numpy as np
from harness import by_points, compare

TRIALS = 2000


def table(path: Path, header: list[str], rows: list[tuple]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def shares(seed: int, runs: int, gap: float) -> tuple[float, float, float]:
    """Shares of trials: harness names a wrong winner, harness names the right one, bare means name a wrong one.

    `gap` is the true advantage of a in units of the run-to-run standard deviation; with a gap of zero any winner is
    wrong.
    """
    rng = np.random.default_rng([seed, runs, int(100 * gap)])
    wrong = right = points = 0
    for _ in range(TRIALS):
        a, b = rng.normal(gap, 1, runs), rng.normal(0, 1, runs)
        verdict = compare(a, b).verdict
        wrong += verdict == "b" or (gap == 0 and verdict == "a")
        right += gap > 0 and verdict == "a"
        points += gap == 0 or by_points(a, b) == "b"
    return wrong / TRIALS, right / TRIALS, points / TRIALS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=10)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    rows = [
        (runs, gap, seed, *shares(seed, runs, gap)) for runs in (3, 5, 10) for gap in (0.0, 0.5, 1.0, 2.0)
        for seed in range(args.seeds)
    ]
    table(args.out / "shares.csv", ["runs", "gap", "seed", "wrong", "right", "points_wrong"],
          [(n, g, s, f"{w:.4f}", f"{r:.4f}", f"{p:.4f}") for n, g, s, w, r, p in rows])
    summary = []
    for runs in (3, 5, 10):
        for gap in (0.0, 0.5, 1.0, 2.0):
            part = np.array([row[3:] for row in rows if row[:2] == (runs, gap)]).mean(axis=0)
            summary.append((runs, f"{gap:g}", *(f"{100 * value:.1f}" for value in part)))
    table(args.out / "summary.csv", ["Runs", "True gap in sd", "Harness wrong %", "Harness right %", "Bare means wrong %"], summary)
    plot(rows, args.out.parent / "figures")


def plot(rows: list[tuple], out: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    out.mkdir(exist_ok=True)
    figure, axes = plt.subplots(figsize=(8, 4.2))
    gaps = (0.0, 0.5, 1.0, 2.0)
    for runs, marker in ((3, "o"), (5, "s"), (10, "^")):
        right = [100 * np.mean([row[4] for row in rows if row[:2] == (runs, gap)]) for gap in gaps[1:]]
        axes.plot(gaps[1:], right, marker=marker, label=f"{runs} runs")
    axes.set_xlabel("true gap, in standard deviations between runs")
    axes.set_ylabel("right winner named, %")
    axes.set_ylim(0, 100)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out / "power.png", dpi=140, metadata={"Software": None})


if __name__ == "__main__":
    main()
