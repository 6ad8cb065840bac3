"""Accuracy and time of a prediction by width, against the exact kernel machine on the same splits."""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from rff import KernelClassifier, RandomFeatureClassifier
from sklearn.datasets import load_digits

TRAIN = 1000
WIDTHS = (16, 32, 64, 128, 256, 512, 1024)


def microseconds(model, x: np.ndarray) -> float:
    """Best of twenty passes over the test digits, for each digit."""
    best = float("inf")
    for _ in range(20):
        began = time.perf_counter()
        model.predict(x)
        best = min(best, time.perf_counter() - began)
    return 1e6 * best / len(x)


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
    images, labels = load_digits(return_X_y=True)
    rows, ratios, costs = [], [], []
    for seed in range(args.seeds):
        began = time.process_time()
        order = np.random.default_rng([seed]).permutation(len(labels))
        train, test = order[:TRAIN], order[TRAIN:]
        x = images / 16
        models = {str(width): RandomFeatureClassifier(width, seed=seed) for width in WIDTHS}
        models["exact"] = KernelClassifier()
        times = {}
        for name, model in models.items():
            model.fit(x[train], labels[train])
            times[name] = microseconds(model, x[test])
            machine = "exact" if name == "exact" else "random"
            right = np.mean(model.predict(x[test]) == labels[test])
            rows.append((machine, name, seed, f"{right:.5f}", f"{times[name]:.3f}"))
        ratios.append((seed, f"{times['512'] / times['exact']:.4f}"))
        costs.append((seed, f"{time.process_time() - began:.2f}"))
    table(args.out / "accuracy.csv", ["machine", "width", "seed", "accuracy", "microseconds"], rows)
    table(args.out / "ratio.csv", ["seed", "ratio"], ratios)
    exact = TRAIN * 64 + TRAIN * 10
    stored = [(width, width // 2 * 64 + width * 10) for width in WIDTHS]
    table(args.out / "memory.csv", ["width", "numbers", "share"], [(w, n, f"{n / exact:.4f}") for w, n in stored])
    table(args.out / "cost.csv", ["seed", "seconds"], costs)


if __name__ == "__main__":
    main()
