"""Random Fourier features on the 8x8 digits: how fast the kernel error falls, and which embedding varies less."""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

WIDTHS = (0.5, 1.0, 2.0)
SIZES = (16, 32, 64, 128, 256, 512, 1024)


def points(count: int) -> np.ndarray:
    """The first digits as rows in [0, 1], shape (count, 64)."""
    return load_digits().data[:count] / 16.0


def squared_distances(x: np.ndarray) -> np.ndarray:
    norms = (x * x).sum(axis=1)
    return np.maximum(norms[:, None] + norms[None, :] - 2 * x @ x.T, 0)


def kernel_error(rng: np.random.Generator, x: np.ndarray, exact: np.ndarray, sigma: float, size: int, offset: bool) -> float:
    """Root mean square of the error of the approximated Gaussian kernel over all pairs, with `size` numbers a point."""
    if offset:
        weights = rng.normal(size=(x.shape[1], size)) / sigma
        features = np.sqrt(2 / size) * np.cos(x @ weights + rng.uniform(0, 2 * np.pi, size))
    else:
        projected = x @ (rng.normal(size=(x.shape[1], size // 2)) / sigma)
        features = np.sqrt(2 / size) * np.hstack([np.sin(projected), np.cos(projected)])
    error = features @ features.T - exact
    return float(np.sqrt(np.mean(error[np.triu_indices(len(x), 1)] ** 2)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--points", type=int, default=300)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    x = points(args.points)
    distances = squared_distances(x)
    median = float(np.sqrt(np.median(distances[np.triu_indices(len(x), 1)])))

    errors: dict[tuple, float] = {}
    for scale in WIDTHS:
        exact = np.exp(-distances / (2 * (scale * median) ** 2))
        for seed in range(args.seeds):
            for offset in (False, True):
                for size in SIZES:
                    rng = np.random.default_rng([seed, size, int(offset), int(scale * 10)])
                    errors[scale, offset, seed, size] = kernel_error(rng, x, exact, scale * median, size, offset)
    write(args, errors)
    plot(args, errors)


def slope(errors: dict[tuple, float], scale: float, offset: bool, seed: int) -> float:
    """Least squares slope of log error against log size."""
    values = [errors[scale, offset, seed, size] for size in SIZES]
    return float(np.polyfit(np.log(SIZES), np.log(values), 1)[0])


def write(args: argparse.Namespace, errors: dict[tuple, float]) -> None:
    names = {False: "sincos", True: "offset"}
    seeds = range(args.seeds)
    slopes = {(o, s): slope(errors, 1.0, o, s) for o in (False, True) for s in seeds}
    table(args.out / "slopes.csv", ["variant", "seed", "slope"], [(names[o], s, f"{v:.5f}") for (o, s), v in slopes.items()])

    # Ratio of squared errors at equal size, averaged over the sizes: below 1, pairs of sine and cosine vary less.
    ratios = [
        np.mean([(errors[1.0, False, s, d] / errors[1.0, True, s, d]) ** 2 for d in SIZES]) for s in seeds
    ]
    table(args.out / "ratio.csv", ["seed", "ratio"], [(s, f"{r:.5f}") for s, r in zip(seeds, ratios)])

    rows = [
        (scale, size, s, f"{errors[scale, False, s, size]:.6f}") for scale in WIDTHS for size in SIZES for s in seeds
    ]
    table(args.out / "width.csv", ["sigma", "D", "seed", "rmse"], rows)
    summary = []
    for offset, name in ((False, "sine and cosine pairs"), (True, "cosine with offset")):
        values = np.array([slopes[offset, s] for s in seeds])
        summary.append((name, f"{values.mean():.4f}", f"{values.std(ddof=1):.4f}"))
    table(args.out / "summary.csv", ["Embedding", "Slope, mean", "Slope, sd"], summary)
    widths = []
    for scale in WIDTHS:
        values = np.array([slope(errors, scale, False, s) for s in seeds])
        at = np.mean([errors[scale, False, s, 1024] for s in seeds])
        widths.append((f"{scale:g}", f"{values.mean():.4f}", f"{values.std(ddof=1):.4f}", f"{at:.5f}"))
    table(args.out / "width_summary.csv", ["Width, in median distances", "Slope, mean", "Slope, sd", "RMS error at D = 1024"], widths)


def table(path: Path, header: list[str], rows: list[tuple]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def plot(args: argparse.Namespace, errors: dict[tuple, float]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    out = args.out.parent / "figures"
    out.mkdir(exist_ok=True)
    figure, axes = plt.subplots(figsize=(8, 4.2))
    for offset, marker, name in ((False, "o", "sine and cosine pairs"), (True, "s", "cosine with offset")):
        means = [np.mean([errors[1.0, offset, s, d] for s in range(args.seeds)]) for d in SIZES]
        axes.loglog(SIZES, means, marker=marker, label=name)
    first = np.mean([errors[1.0, True, s, SIZES[0]] for s in range(args.seeds)])
    axes.loglog(SIZES, [1.3 * first * (d / SIZES[0]) ** -0.5 for d in SIZES], color="0.3", linestyle="--", linewidth=1, label="slope −1/2")
    axes.set_xlabel("numbers per point, D")
    axes.set_ylabel("RMS error of the kernel")
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out / "rate.png", dpi=140, metadata={"Software": None})


if __name__ == "__main__":
    began = time.process_time()
    main()
    print(f"{time.process_time() - began:.1f} s of CPU")
