"""Adam and AMSGrad on the online problem that Reddi, Kale and Kumar built to make Adam fail.

The loss of step t is 1010 x where t mod 101 = 1 and -10 x otherwise, on [-1, 1]. Over 101 steps the slopes add up to
+10, so x = -1 is best in hindsight. Nothing here is random.
"""

import argparse
import csv
import math
import time
from pathlib import Path

CHECKPOINTS = (100, 1_000, 10_000, 100_000, 1_000_000, 5_000_000)
RATE, BETA1, BETA2 = 0.1, 0.9, 0.99


def play(steps: int, amsgrad: bool, beta2: float, at: tuple[int, ...]) -> list[tuple[int, float, float]]:
    """Steps, iterate and average regret against x = -1 at the wanted steps; the step size is RATE / sqrt(t)."""
    x, m, v, largest, regret = 0.0, 0.0, 0.0, 0.0, 0.0
    found = []
    for t in range(1, steps + 1):
        slope = 1010.0 if t % 101 == 1 else -10.0
        regret += slope * (x + 1)
        m = BETA1 * m + (1 - BETA1) * slope
        v = beta2 * v + (1 - beta2) * slope * slope
        largest = max(largest, v) if amsgrad else v
        x = min(1.0, max(-1.0, x - RATE / math.sqrt(t) * m / math.sqrt(largest)))
        if t in at:
            found.append((t, x, regret / t))
    return found


def table(path: Path, header: list[str], rows: list[tuple]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results"))
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    rows, costs = [], []
    for name, amsgrad in (("Adam", False), ("AMSGrad", True)):
        began = time.process_time()
        for t, x, regret in play(CHECKPOINTS[-1], amsgrad, BETA2, CHECKPOINTS):
            rows.append((name, t, f"{x:.6f}", f"{regret:.6f}"))
        costs.append((name, f"{time.process_time() - began:.2f}"))
    table(args.out / "path.csv", ["optimiser", "steps", "x", "regret"], rows)
    table(args.out / "cost.csv", ["optimiser", "seconds"], costs)
    memory = []
    for name, amsgrad in (("Adam", False), ("AMSGrad", True)):
        for beta2 in (0.9, 0.99, 0.999, 0.9999):
            t, x, regret = play(1_000_000, amsgrad, beta2, (1_000_000,))[0]
            memory.append((name, f"{1 / (1 - beta2):.0f}", f"{x:.6f}", f"{regret:.6f}"))
    table(args.out / "memory.csv", ["optimiser", "memory", "x", "regret"], memory)


if __name__ == "__main__":
    main()
