"""Mixup against plain training of a small network on digits, with clean and with partly random labels."""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TRAIN, HIDDEN, BATCH, EPOCHS, RATE = 1000, 64, 50, 100, 0.001
ALPHAS = (0.2, 1.0)
NOISES = (0.0, 0.1, 0.2, 0.4)


def test_error(seed: int, alpha: float, noise: float) -> float:
    """Share of test digits that are wrong; alpha 0 is plain training, noise the share of redrawn training labels."""
    images, labels = load_digits(return_X_y=True)
    x = images / 16
    order = np.random.default_rng([seed]).permutation(len(x))
    inside, outside = order[:TRAIN], order[TRAIN:]
    given = labels.copy()
    redrawn = np.random.default_rng([seed, 2])
    bad = redrawn.permutation(inside)[: round(noise * TRAIN)]
    given[bad] = redrawn.integers(0, 10, len(bad))
    target = np.eye(10)[given]
    rng = np.random.default_rng([seed, 1])
    weights = [
        rng.normal(size=(64, HIDDEN)) * np.sqrt(2 / 64), np.zeros(HIDDEN),
        rng.normal(size=(HIDDEN, 10)) * np.sqrt(1 / HIDDEN), np.zeros(10),
    ]
    m, v, t = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights], 0
    for _ in range(EPOCHS):
        shuffled = rng.permutation(inside)
        for start in range(0, TRAIN, BATCH):
            part = shuffled[start : start + BATCH]
            xs, ts = x[part], target[part]
            if alpha:
                share, other = rng.beta(alpha, alpha), rng.permutation(part)
                xs, ts = share * xs + (1 - share) * x[other], share * ts + (1 - share) * target[other]
            hidden = np.maximum(xs @ weights[0] + weights[1], 0)
            logits = hidden @ weights[2] + weights[3]
            odds = np.exp(logits - logits.max(axis=1, keepdims=True))
            error = (odds / odds.sum(axis=1, keepdims=True) - ts) / len(part)
            back = (error @ weights[2].T) * (hidden > 0)
            gradients = [xs.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]
            t += 1
            for k, g in enumerate(gradients):
                m[k] += 0.1 * (g - m[k])
                v[k] += 0.001 * (g * g - v[k])
                weights[k] -= RATE * (m[k] / (1 - 0.9**t)) / (np.sqrt(v[k] / (1 - 0.999**t)) + 1e-8)
    guess = (np.maximum(x[outside] @ weights[0] + weights[1], 0) @ weights[2] + weights[3]).argmax(axis=1)
    return float(np.mean(guess != labels[outside]))


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
    rows, changes, costs = [], [], []
    for noise in NOISES:
        for seed in range(args.seeds):
            began = time.process_time()
            plain = test_error(seed, 0.0, noise)
            rows.append(("plain", f"{noise:g}", seed, f"{plain:.5f}"))
            for alpha in ALPHAS:
                mixed = test_error(seed, alpha, noise)
                rows.append((f"mixup {alpha:g}", f"{noise:g}", seed, f"{mixed:.5f}"))
                changes.append((f"{alpha:g}", f"{noise:g}", seed, f"{100 * (mixed - plain):.3f}"))
            costs.append((f"{noise:g}", seed, f"{time.process_time() - began:.2f}"))
    table(args.out / "errors.csv", ["training", "noise", "seed", "error"], rows)
    table(args.out / "changes.csv", ["alpha", "noise", "seed", "points"], changes)
    table(args.out / "cost.csv", ["noise", "seed", "seconds"], costs)


if __name__ == "__main__":
    main()
