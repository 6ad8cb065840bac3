"""What was read from result files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One replicate: its name (the seed), its value (NaN for a failed run), and the file and line it stands in."""

    replicate: str
    value: float
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One row of a chart.

    `key` is (x, group) of an ablation, (part,) of slices, (label,) of a trade-off; `values` is (y,), (value,) or
    (x, y), NaN for a failed run.
    """

    key: tuple[str, ...]
    values: tuple[float, ...]
    replicate: str
    line: int
