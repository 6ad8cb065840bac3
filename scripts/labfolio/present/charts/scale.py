"""Axes: from numbers to places between 0 and 1, and the ticks that a reader can count by."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from labfolio.model.wording import number

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
# Numbers nearer to zero leave no room for the arithmetic of an axis.
_LEAST = 1e-250
_SUPERSCRIPT = str.maketrans("-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """An axis from `low` to `high`, in logarithms where `log` is set (then both are above 0)."""

    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float:
        """Where a value lies, 0 at `low` and 1 at `high`; NaN where it cannot be drawn."""
        if not math.isfinite(value) or (self.log and value <= 0):
            return math.nan
        low, high = self._ends
        return ((math.log10(value) if self.log else value) - low) / (high - low)

    @property
    def _ends(self) -> tuple[float, float]:
        return (math.log10(self.low), math.log10(self.high)) if self.log else (self.low, self.high)

    def ticks(self, most: int) -> tuple[tuple[float, str], ...]:
        """At most `most` ticks inside the axis, with their texts."""
        return _log_ticks(self.low, self.high, most) if self.log else _linear_ticks(self.low, self.high, most)


def scale_of(values: Iterable[float], *, log: bool = False, padding: float = 0.06) -> Scale | None:
    """The axis that holds all drawable values with some room on both sides; None where there are none."""
    drawable = [value for value in values if math.isfinite(value) and (not log or _LEAST < value < 1 / _LEAST)]
    if not drawable:
        return None
    low, high = min(drawable), max(drawable)
    if not math.isfinite(2 * (high - low)) or 0 < high - low < _LEAST:
        return None
    if log:
        room = padding * (math.log10(high) - math.log10(low)) or 0.15
        return Scale(low=10 ** (math.log10(low) - room), high=10 ** (math.log10(high) + room), log=True)
    room = padding * (high - low) or padding * abs(high) or 0.5
    return Scale(low=low - room, high=high + room)


def ticks_at(scale: Scale, values: Sequence[float], most: int) -> tuple[tuple[float, str], ...]:
    """Ticks at the values themselves where they are few and far enough apart, else the axis's own."""
    distinct = sorted(set(values))
    places = [scale.place(value) for value in distinct]
    near = min((b - a for a, b in pairwise(places)), default=1.0)
    if len(distinct) <= most and near * most >= 0.75:
        return tuple((value, number(value)) for value in distinct)
    return scale.ticks(most)


def _linear_ticks(low: float, high: float, most: int) -> tuple[tuple[float, str], ...]:
    """Multiples of 1, 2, 2.5 or 5 times a power of ten, the finest step that keeps to `most`."""
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    steps = [factor * power for factor in (*_STEPS, *(10 * step for step in _STEPS))]
    counts = [(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)) for step in steps]
    step, (first, last) = next(
        (step, ends) for step, ends in zip(steps, counts, strict=True) if ends[1] - ends[0] < most
    )
    decimals = max(0, -math.floor(math.log10(step) + 1e-9) + (1 if _is_quarter(step) else 0))
    return tuple((count * step, _fixed(count * step, decimals)) for count in range(first, last + 1))


def _is_quarter(step: float) -> bool:
    mantissa = step / 10.0 ** math.floor(math.log10(step) + 1e-9)
    return abs(mantissa - 2.5) < 1e-6


def _fixed(value: float, decimals: int) -> str:
    if abs(value) >= 1e6 or decimals > 6:
        return number(value, 3)
    text = f"{value:.{decimals}f}"
    return (text if float(text) else text.lstrip("-")).replace("-", "\u2212")


def _log_ticks(low: float, high: float, most: int) -> tuple[tuple[float, str], ...]:
    """Powers of ten, every second or third of them where there are many; 1, 2 and 5 times them where there are few."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    powers = list(range(first, last + 1))
    if len(powers) >= 3:
        every = -(-len(powers) // most)
        return tuple((10.0**power, _power(power)) for power in powers[::every])
    found: list[tuple[float, str]] = []
    for factors in ((1, 2, 5), (1, 3), (1,)):
        values = [factor * 10.0**power for power in range(first - 1, last + 1) for factor in factors]
        found = [(value, number(value)) for value in values if low <= value <= high]
        if len(found) <= most:
            break
    return tuple(found) if len(found) >= 2 else _linear_ticks(low, high, most)


def _power(power: int) -> str:
    """Plain up to ten thousand and down to a thousandth, then as a power of ten."""
    if -3 <= power <= 4:
        return number(10.0**power)
    return "10" + str(power).translate(_SUPERSCRIPT)
