"""A mergeable counter of distinct integers: HyperLogLog in NumPy, one byte a register."""

import numpy as np


def mix(keys: np.ndarray) -> np.ndarray:
    """A 64-bit hash of integers: the finaliser of SplitMix64."""
    z = keys.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


class Sketch:
    """Counts distinct keys in 2**bits bytes; two sketches of the same size can be merged."""

    def __init__(self, bits: int = 10) -> None:
        self.bits = bits
        self.registers = np.zeros(1 << bits, dtype=np.uint8)

    def add(self, keys: np.ndarray) -> None:
        """Adds an array of integer keys.

        Each key goes to the register named by its hash's first bits, which keeps the largest position of the first one
        bit among the rest.
        """
        index, rank = self.split(keys)
        np.maximum.at(self.registers, index, rank)

    def split(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each key its register and the position of the first one bit behind the register's bits."""
        hashed = mix(keys)
        index = (hashed >> np.uint64(64 - self.bits)).astype(np.int64)
        rest = hashed << np.uint64(self.bits)
        # The position of the first one bit is the exponent of the number read as a float, counted from the top.
        top = np.frexp(np.maximum(rest >> np.uint64(11), 1).astype(np.float64))[1]
        return index, np.where(rest == 0, 64 - self.bits + 1, 54 - top).astype(np.uint8)

    def merge(self, other: "Sketch") -> "Sketch":
        """The sketch of the union of both sets of keys."""
        if self.bits != other.bits:
            raise ValueError(f"sketches of {self.bits} and {other.bits} bits do not merge")
        merged = Sketch(self.bits)
        merged.registers = np.maximum(self.registers, other.registers)
        return merged

    def count(self) -> float:
        """The estimated number of distinct keys; linear counting while registers are still empty."""
        m = len(self.registers)
        raw = 0.7213 / (1 + 1.079 / m) * m * m / np.exp2(-self.registers.astype(np.float64)).sum()
        empty = int((self.registers == 0).sum())
        return m * float(np.log(m / empty)) if raw <= 2.5 * m and empty else float(raw)
