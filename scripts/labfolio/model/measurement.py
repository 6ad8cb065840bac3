"""What was read from result files."""

from dataclasses import dataclass

from labfolio.model.evidence import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One replicate: its name (the seed), its value (NaN for a failed run), and the file and line it stands in.

    `minus` is the file and line of what was subtracted, None where nothing was.
    """

    replicate: str
    value: float
    file: str = ""
    line: int = 0
    minus: tuple[str, int] | None = None

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """Every file and line that the value comes from."""
        return ((self.file, self.line), *((self.minus,) if self.minus else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured for one claim.

    `values` are the replicates without the excluded ones; `paths` the files they come from; `written` the goal as the
    author wrote it.
    """

    claim: Claim
    values: tuple[Measurement, ...]
    paths: tuple[str, ...]
    written: str


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
