"""Test error of random Fourier feature regression on digits while the number of features passes that of the points."""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

POINTS = 400
RATIOS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 4.0, 8.0)
RIDGES = (0.0, 1e-4, 1e-2)


def features(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    projected = x @ weights
    return np.hstack([np.cos(projected), np.sin(projected)]) / np.sqrt(weights.shape[1])


def errors(seed: int) -> list[tuple[float, float, float]]:
    """Ratio of features to points, ridge and test error; without a ridge the solution is the one of least norm."""
    rng = np.random.default_rng([seed])
    images, labels = load_digits(return_X_y=True)
    x = images / 16
    order = rng.permutation(len(x))
    train, test = order[:POINTS], order[POINTS:]
    target = np.eye(10)[labels[train]]
    directions = rng.normal(size=(64, int(max(RATIOS) * POINTS) // 2)) / 2.0
    found = []
    for ratio in RATIOS:
        weights = directions[:, : max(1, round(ratio * POINTS / 2))]
        inside, outside = features(x[train], weights), features(x[test], weights)
        u, s, vt = np.linalg.svd(inside, full_matrices=False)
        kept = s > 1e-10 * s[0]
        for ridge in RIDGES:
            inverse = np.where(kept, s / (s * s + ridge), 0) if ridge else np.where(kept, 1 / np.where(kept, s, 1), 0)
            answer = outside @ (vt.T @ (inverse[:, None] * (u.T @ target)))
            found.append((ratio, ridge, float(np.mean(answer.argmax(axis=1) != labels[test]))))
    return found


def table(path: Path, header: list[str], rows: list[tuple]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=10)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    curve, peaks, best, costs = [], [], [], []
    for seed in range(args.seeds):
        began = time.process_time()
        found = errors(seed)
        curve += [(f"{ratio:g}", f"{ridge:g}", seed, f"{error:.5f}") for ratio, ridge, error in found]
        plain = {ratio: error for ratio, ridge, error in found if ridge == 0}
        peaks.append((seed, f"{max((r for r in plain if r >= 0.5), key=plain.__getitem__):g}"))
        best.append(("below", seed, f"{min(e for r, e in plain.items() if r < 1):.5f}"))
        best.append(("above", seed, f"{min(e for r, e in plain.items() if r > 1):.5f}"))
        costs.append((seed, f"{time.process_time() - began:.2f}"))
    table(args.out / "curve.csv", ["ratio", "ridge", "seed", "error"], curve)
    table(args.out / "peaks.csv", ["seed", "ratio"], peaks)
    table(args.out / "best.csv", ["side", "seed", "error"], best)
    table(args.out / "cost.csv", ["seed", "seconds"], costs)


if __name__ == "__main__":
    main()
