"""A Bloom filter for integer keys, vectorised over the keys."""

import numpy as np


def mix(keys: np.ndarray, seed: int) -> np.ndarray:
    """A 64-bit hash of integers, another one for each seed: the finaliser of SplitMix64."""
    z = keys.astype(np.uint64) + np.uint64((seed * 0x9E3779B97F4A7C15) % (1 << 64))
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


class Bloom:
    """Answers "maybe" or "certainly not" for keys, in a fixed number of bits."""

    def __init__(self, bits: int, hashes: int, seed: int = 0) -> None:
        self.bits, self.hashes, self.seed = bits, hashes, seed
        self.filled = np.zeros(-(-bits // 8), dtype=np.uint8)

    def _positions(self, keys: np.ndarray):
        """One array of positions a hash function, by double hashing: the i-th is first + i * second."""
        first, second = mix(keys, 2 * self.seed + 1), mix(keys, 2 * self.seed + 2) | np.uint64(1)
        for i in range(self.hashes):
            yield (first + np.uint64(i) * second) % np.uint64(self.bits)

    def add(self, keys: np.ndarray) -> None:
        """Adds an array of keys."""
        for position in self._positions(keys):
            np.bitwise_or.at(self.filled, position >> np.uint64(3), np.uint8(1) << (position & np.uint64(7)).astype(np.uint8))

    def __contains__(self, key: int) -> bool:
        return bool(self.holds(np.array([key], dtype=np.uint64))[0])

    def holds(self, keys: np.ndarray) -> np.ndarray:
        """For each key, whether it may have been added."""
        held = np.ones(len(keys), dtype=bool)
        for position in self._positions(keys):
            held &= (self.filled[position >> np.uint64(3)] >> (position & np.uint64(7)).astype(np.uint8) & 1).astype(bool)
        return held
