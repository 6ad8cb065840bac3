"""The shape of `/evidence.json`, declared once; its JSON Schema in `docs/schema/` is made from it."""

from typing import Literal

from pydantic import Field

from labfolio.model.declared import Shape
from labfolio.model.evidence import Outcome

VERSION = 1


class Rule(Shape):
    """What the verdict rule takes from the programme and from the program."""

    confidence: float = Field(description="Confidence of the intervals.")
    min_seeds: int = Field(description="Fewest finite values that support a claim.")
    slack: float = Field(description="Share of the compared numbers that is binary rounding; edges belong to it.")
    resamples: int = Field(description="Resamples of a bootstrap interval.")


class ResultFile(Shape):
    """A result file as it is published."""

    path: str = Field(description="Source path in the repository.")
    url: str = Field(description="Address relative to the site's root.")
    sha256: str = Field(description="SHA-256 of its bytes, in hexadecimal.")


class Place(Shape):
    """A line of a result file."""

    file: str = Field(description="Source path of the file.")
    line: int = Field(description="Line in the file, from 1.")


class Value(Shape):
    """One replicate after scaling and subtraction."""

    replicate: str = Field(description="The replicate's name, usually its seed.")
    value: float | None = Field(description="The value; null for a failed run.")
    file: str = Field(description="Source path of the file it was read from.")
    line: int = Field(description="Its line in that file, from 1.")
    minus: Place | None = Field(description="Where the number stands that was subtracted; null where none was.")


class Inputs(Shape):
    """Everything that the rule asks of a claim."""

    goal: float = Field(description="The reported number, or the target.")
    written: str = Field(description="The goal as it was written.")
    expect: Literal["equals", "at-least", "at-most"] = Field(description="How the goal binds.")
    better: Literal["higher", "lower", "none"] = Field(description="Which direction is better.")
    tolerance: float = Field(description="The absolute tolerance.")
    tolerance_from: Literal["stated", "site default", "rounding", "bound"] = Field(description="Where it comes from.")
    baseline: float | None = Field(description="The number of a simple baseline.")
    reported_sd: float | None = Field(description="Standard deviation that the paper gives.")
    reported_n: int | None = Field(description="Runs behind the paper's number.")
    deterministic: bool = Field(description="Whether one run decides.")
    statistic: Literal["mean", "median", "iqm"] = Field(description="What stands for the replicates.")
    declared: int | None = Field(description="How many replicates were promised.")
    values: list[Value] = Field(description="The replicates, excluded ones left out.")
    excluded: list[str] = Field(description="Replicates that were left out; they count as missing.")


class ClaimEvidence(Shape):
    """One claim with its inputs and what follows from them."""

    id: str = Field(description="The claim's name within its entry.")
    url: str = Field(description="Address of its row, relative to the site's root.")
    claim: str = Field(description="The statement.")
    locator: str | None = Field(description="Where the paper says it.")
    unit: str | None = Field(description="Its unit.")
    inputs: Inputs
    files: list[ResultFile] = Field(description="The result files that were read.")
    n: int = Field(description="Finite values.")
    measured: float | None = Field(description="The mean, or the claim's statistic.")
    sd: float | None = Field(description="Standard deviation with n - 1.")
    interval: list[float] | None = Field(description="Interval of the measured value, low and high.")
    difference: float | None = Field(description="Measured minus goal.")
    difference_interval: list[float] | None = Field(description="Its interval, which the rule compares.")
    verdict: Outcome = Field(description="The outcome.")
    row: int = Field(description="The row of the rule that decided.")
    word: str = Field(description="The outcome as the page prints it.")
    reason: str = Field(description="Why.")


class EntryEvidence(Shape):
    """One entry with its claims."""

    id: str = Field(description="The entry's id, such as R02.")
    slug: str = Field(description="Its slug.")
    kind: str = Field(description="build or reproduction.")
    url: str = Field(description="Its permalink, relative to the site's root.")
    title: str = Field(description="Its title.")
    date: str = Field(description="The day of publication.")
    code: str | None = Field(description="Who wrote the code.")
    command: str | None = Field(description="The command that makes the result files again.")
    commit: str | None = Field(description="The commit that was run.")
    verdict: Outcome = Field(description="The verdict on the whole entry.")
    held: int = Field(description="Claims that were reproduced or exceeded.")
    claims: list[ClaimEvidence]


class EvidenceFile(Shape):
    """Every claim of a portfolio, with its inputs and its verdict."""

    version: int = Field(description="Version of this shape; a number is raised when a reader would have to change.")
    site: str = Field(description="Address of the site.")
    rule: Rule
    entries: list[EntryEvidence]
