"""Small against large batches on digits: does the large batch generalise worse, as Keskar et al. report?"""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TRAIN, HIDDEN, RATE = 1000, 64, 0.001
FITTED, MOST = 0.01, 2000
BATCHES = (16, 32, 64, 100, 250, 500)


def accuracy(seed: int, batch: int) -> tuple[float, float, int]:
    """Training and test accuracy of a network of one hidden layer, and the passes with Adam that it took to fit.

    Training ends when the mean loss of a pass falls below FITTED, so that every batch size is compared at the same
    training loss.
    """
    images, labels = load_digits(return_X_y=True)
    x = images / 16
    order = np.random.default_rng([seed]).permutation(len(x))
    inside, outside = order[:TRAIN], order[TRAIN:]
    rng = np.random.default_rng([seed, 1])
    weights = [
        rng.normal(size=(64, HIDDEN)) * np.sqrt(2 / 64), np.zeros(HIDDEN),
        rng.normal(size=(HIDDEN, 10)) * np.sqrt(1 / HIDDEN), np.zeros(10),
    ]
    m, v, t = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights], 0
    loss, passes = np.inf, 0
    while loss > FITTED and passes < MOST:
        shuffled = rng.permutation(inside)
        loss, passes = 0.0, passes + 1
        for start in range(0, TRAIN, batch):
            part = shuffled[start : start + batch]
            hidden = np.maximum(x[part] @ weights[0] + weights[1], 0)
            logits = hidden @ weights[2] + weights[3]
            odds = np.exp(logits - logits.max(axis=1, keepdims=True))
            odds /= odds.sum(axis=1, keepdims=True)
            loss -= np.log(odds[np.arange(len(part)), labels[part]] + 1e-12).sum() / TRAIN
            error = (odds - np.eye(10)[labels[part]]) / len(part)
            back = (error @ weights[2].T) * (hidden > 0)
            gradients = [x[part].T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]
            t += 1
            for k, g in enumerate(gradients):
                m[k] += 0.1 * (g - m[k])
                v[k] += 0.001 * (g * g - v[k])
                weights[k] -= RATE * (m[k] / (1 - 0.9**t)) / (np.sqrt(v[k] / (1 - 0.999**t)) + 1e-8)
    guess = (np.maximum(x @ weights[0] + weights[1], 0) @ weights[2] + weights[3]).argmax(axis=1) == labels
    return float(guess[inside].mean()), float(guess[outside].mean()), passes


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
    rows, costs = [], []
    for batch in BATCHES:
        for seed in range(args.seeds):
            began = time.process_time()
            train, test, passes = accuracy(seed, batch)
            rows.append((batch, seed, f"{train:.5f}", f"{test:.5f}", passes))
            costs.append((batch, seed, f"{time.process_time() - began:.3f}"))
    table(args.out / "accuracy.csv", ["batch", "seed", "train", "test", "passes"], rows)
    table(args.out / "cost.csv", ["batch", "seed", "seconds"], costs)


if __name__ == "__main__":
    main()
