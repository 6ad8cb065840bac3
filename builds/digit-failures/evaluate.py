"""Where a digit classifier fails: by class, by amount of ink, under small corruptions, and on which digits."""

import argparse
import csv
import time
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

TRAIN = 1000
SHOWN = 8


def corrupted(images: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Every corruption of 8 x 8 images in [0, 1], by name."""
    blurred = images.copy()
    for axis in (1, 2):
        blurred = (np.roll(blurred, 1, axis) + 2 * blurred + np.roll(blurred, -1, axis)) / 4
    noisy = np.clip(images + rng.normal(scale=0.2, size=images.shape), 0, 1)
    return {
        "as they are": images,
        "one pixel to the right": np.pad(images, ((0, 0), (0, 0), (1, 0)))[:, :, :8],
        "one pixel down": np.pad(images, ((0, 0), (1, 0), (0, 0)))[:, :8],
        "noise of a fifth": noisy,
        "blurred": blurred,
    }


def table(path: Path, header: list[str], rows: list[tuple]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def sheet(images: np.ndarray, path: Path) -> None:
    """Digits side by side, each pixel twelve wide, dark on white."""
    path.parent.mkdir(exist_ok=True)
    framed = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    pixels = np.uint8(255 - 255 * np.hstack(list(framed)))
    Image.fromarray(pixels).resize((pixels.shape[1] * 12, pixels.shape[0] * 12), Image.Resampling.NEAREST).save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=20)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    digits = load_digits()
    images, labels = digits.images / 16, digits.target
    ink = images.sum(axis=(1, 2))
    tercile = np.digitize(ink, np.quantile(ink, (1 / 3, 2 / 3)))
    overall, classes, amounts, kinds, costs = [], [], [], [], []
    asked, missed, confused = Counter(), Counter(), Counter()
    said: dict[int, Counter] = {}
    for seed in range(args.seeds):
        began = time.process_time()
        rng = np.random.default_rng([seed])
        order = rng.permutation(len(labels))
        train, test = order[:TRAIN], order[TRAIN:]
        model = LogisticRegression(C=1.0, max_iter=1000).fit(images[train].reshape(TRAIN, 64), labels[train])
        for name, changed in corrupted(images[test], rng).items():
            guess = model.predict(changed.reshape(len(test), 64))
            right = guess == labels[test]
            kinds.append((name, seed, f"{right.mean():.5f}"))
            if name == "as they are":
                by_class = [right[labels[test] == digit].mean() for digit in range(10)]
                overall.append((seed, f"{right.mean():.5f}", f"{min(by_class):.5f}"))
                classes += [(digit, seed, f"{share:.5f}") for digit, share in enumerate(by_class)]
                for level, word in enumerate(("little ink", "medium ink", "much ink")):
                    amounts.append((word, seed, f"{right[tercile[test] == level].mean():.5f}"))
                asked.update(test.tolist())
                for index, answer in zip(test[~right].tolist(), guess[~right].tolist()):
                    missed[index] += 1
                    confused[labels[index], answer] += 1
                    said.setdefault(index, Counter())[answer] += 1
        costs.append((seed, f"{time.process_time() - began:.2f}"))
    table(args.out / "overall.csv", ["seed", "accuracy", "worst_class"], overall)
    table(args.out / "classes.csv", ["digit", "seed", "accuracy"], classes)
    table(args.out / "ink.csv", ["ink", "seed", "accuracy"], amounts)
    table(args.out / "corruptions.csv", ["corruption", "seed", "accuracy"], kinds)
    table(args.out / "cost.csv", ["seed", "seconds"], costs)
    pairs = sorted(confused.items(), key=lambda item: (-item[1], item[0]))[:8]
    table(args.out / "confusions.csv", ["Digit", "Taken for", "Times"], [(a, b, n) for (a, b), n in pairs])
    hardest = sorted(missed, key=lambda i: (-missed[i] / asked[i], -asked[i], i))[:SHOWN]
    rows = [(i, labels[i], said[i].most_common(1)[0][0], f"{missed[i]} of {asked[i]}") for i in hardest]
    table(args.out / "hardest.csv", ["Index in the data", "Digit", "Taken for", "Splits in which it was missed"], rows)
    sheet(images[hardest], args.out.parent / "figures" / "hardest.png")


if __name__ == "__main__":
    main()
