"""Modular addition with a small quadratic network: does it generalise long after it has fitted its training pairs?"""

import argparse
import csv
import time
from pathlib import Path

import numpy as np

P, WIDTH, SHARE = 31, 128, 0.6
LOGGED = tuple(sorted({int(round(10 ** (k / 6))) for k in range(3, 22)}))


class AdamW:
    """Adam with decoupled weight decay (Loshchilov and Hutter)."""

    def __init__(self, weights: list[np.ndarray], rate: float, decay: float) -> None:
        self.weights, self.rate, self.decay, self.t = weights, rate, decay, 0
        self.m = [np.zeros_like(w) for w in weights]
        self.v = [np.zeros_like(w) for w in weights]

    def step(self, gradients: list[np.ndarray]) -> None:
        self.t += 1
        for w, m, v, g in zip(self.weights, self.m, self.v, gradients):
            m += 0.1 * (g - m)
            v += 0.02 * (g * g - v)
            m_hat, v_hat = m / (1 - 0.9**self.t), v / (1 - 0.98**self.t)
            w -= self.rate * (m_hat / (np.sqrt(v_hat) + 1e-8) + self.decay * w)


def train(seed: int, decay: float, steps: int) -> list[tuple[int, float, float]]:
    """Accuracy on training and validation pairs at the logged steps."""
    rng = np.random.default_rng([seed, int(decay * 1000)])
    pairs = np.array([(a, b) for a in range(P) for b in range(P)])
    labels = pairs.sum(axis=1) % P
    order = np.random.default_rng([seed]).permutation(len(pairs))
    cut = int(SHARE * len(pairs))
    eye = np.eye(P)
    x = np.hstack([eye[pairs[:, 0]], eye[pairs[:, 1]]])
    inside, outside = order[:cut], order[cut:]
    w1 = rng.normal(size=(2 * P, WIDTH)) / np.sqrt(2 * P)
    w2 = rng.normal(size=(WIDTH, P)) / np.sqrt(WIDTH)
    optimiser = AdamW([w1, w2], 0.003, decay)
    xi, yi = x[inside], eye[labels[inside]]
    found = []
    for step in range(1, steps + 1):
        hidden = xi @ w1
        logits = (hidden * hidden) @ w2
        logits -= logits.max(axis=1, keepdims=True)
        odds = np.exp(logits)
        odds /= odds.sum(axis=1, keepdims=True)
        error = (odds - yi) / len(yi)
        optimiser.step([xi.T @ (2 * hidden * (error @ w2.T)), (hidden * hidden).T @ error])
        if step in LOGGED or step % 20 == 0:
            guess = (((x @ w1) ** 2) @ w2).argmax(axis=1) == labels
            found.append((step, float(guess[inside].mean()), float(guess[outside].mean())))
    return found


def first(log: list[tuple[int, float, float]], column: int) -> int | None:
    """The first logged step at which an accuracy reaches 99 %."""
    return next((row[0] for row in log if row[column] >= 0.99), None)


def table(path: Path, header: list[str], rows: list[tuple]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=3000)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    delay, final, curve, decays, costs = [], [], [], [], []
    for decay in (0.0, 0.1, 0.3, 1.0):
        for seed in range(args.seeds):
            began = time.process_time()
            log = train(seed, decay, args.steps)
            decays.append((f"{decay:g}", seed, f"{log[-1][2]:.4f}"))
            if decay == 1.0:
                fitted, understood = first(log, 1), first(log, 2)
                ratio = f"{understood / fitted:.3f}" if fitted and understood else ""
                delay.append((seed, fitted or "", understood or "", ratio))
                final.append((seed, f"{max(row[2] for row in log):.4f}"))
                curve += [(s, name, seed, f"{(a, b)[k]:.4f}") for s, a, b in log if s in LOGGED for k, name in enumerate(("training", "validation"))]
            costs.append((f"{decay:g}", seed, f"{time.process_time() - began:.2f}"))
    table(args.out / "delay.csv", ["seed", "training_step", "validation_step", "ratio"], delay)
    table(args.out / "final.csv", ["seed", "validation"], final)
    table(args.out / "curve.csv", ["step", "pairs", "seed", "accuracy"], curve)
    table(args.out / "decay.csv", ["weight_decay", "seed", "validation"], decays)
    table(args.out / "cost.csv", ["weight_decay", "seed", "seconds"], costs)


if __name__ == "__main__":
    main()
