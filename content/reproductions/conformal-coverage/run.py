"""Split conformal prediction sets for digits: how often they hold the truth, and how large they are."""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

TRAIN, CALIBRATE = 400, 600
ALPHAS = (0.02, 0.05, 0.1, 0.2)
SIZES = (20, 50, 100, 200, 600)


def threshold(scores: np.ndarray, alpha: float) -> float:
    """The ceil((n + 1)(1 - alpha))-th smallest of n calibration scores, infinite where there is none."""
    rank = int(np.ceil((len(scores) + 1) * (1 - alpha)))
    return float(np.sort(scores)[rank - 1]) if rank <= len(scores) else float("inf")


def split(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Scores 1 - p of the true class for calibration, of every class for testing, and the labels of both."""
    images, labels = load_digits(return_X_y=True)
    order = np.random.default_rng([seed]).permutation(len(labels))
    train, calibrate, test = np.split(order, [TRAIN, TRAIN + CALIBRATE])
    model = LogisticRegression(C=0.01, max_iter=2000).fit(images[train] / 16, labels[train])
    scores = 1 - model.predict_proba(images / 16)
    own = scores[calibrate, labels[calibrate]]
    return own, scores[test], labels[calibrate], labels[test]


def table(path: Path, header: list[str], rows: list[tuple]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=50)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    coverage, levels, classes, sizes, costs = [], [], [], [], []
    for seed in range(args.seeds):
        began = time.process_time()
        own, test, _, truth = split(seed)
        places = np.arange(len(truth))
        for alpha in ALPHAS:
            sets = test <= threshold(own, alpha)
            held = sets[places, truth]
            if alpha == 0.1:
                coverage.append((seed, f"{held.mean():.6f}", f"{sets.sum(axis=1).mean():.4f}"))
                classes += [(digit, seed, f"{held[truth == digit].mean():.4f}") for digit in range(10)]
            levels.append((alpha, seed, f"{held.mean():.6f}", f"{sets.sum(axis=1).mean():.4f}"))
        for size in SIZES:
            held = (test <= threshold(own[:size], 0.1))[places, truth]
            sizes.append((size, seed, f"{held.mean():.6f}"))
        costs.append((seed, f"{time.process_time() - began:.3f}"))
    table(args.out / "coverage.csv", ["seed", "coverage", "set_size"], coverage)
    table(args.out / "levels.csv", ["alpha", "seed", "coverage", "set_size"], levels)
    table(args.out / "classes.csv", ["digit", "seed", "coverage"], classes)
    table(args.out / "sizes.csv", ["calibration", "seed", "coverage"], sizes)
    table(args.out / "cost.csv", ["seed", "seconds"], costs)


if __name__ == "__main__":
    main()
