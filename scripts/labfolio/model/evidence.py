"""The records of evidence in an entry's front matter: claims, where their numbers are read, decisions, mismatches."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from labfolio.model.declared import Declared, optional, required
from labfolio.model.scalars import CalendarDate, Number, Slug, Text, Tolerance, Whole, YesNo

Outcome = Literal["reproduced", "exceeded", "partial", "not-reproduced", "inconclusive", "untested"]
At = Literal["last", "first", "min", "max", "mean", "best"]


class Subtrahend(Declared):
    """What is subtracted from each replicate: a second selection, paired by replicate."""

    file: Text | None = optional("Its result file; default: the claim's own.", "results/baseline.csv")
    value: Text | None = optional("Its column; default: the claim's own.", "accuracy")
    where: dict[str, str] = Field(
        default_factory=dict, description="Its rows: column and value.", examples=[{"model": "linear"}]
    )


class Selector(Declared):
    """Which numbers of a result file belong to a claim: one column, some rows, one value a seed."""

    file: Text = required(
        "Result file, relative to the entry: CSV, JSON, JSONL or an MLflow metric file. One `*` may stand for the"
        " replicate where each run wrote a file of its own.",
        "results/error.csv",
    )
    value: Text = required("The column, or the dotted key, that holds the measured value.", "rse")
    where: dict[str, str] = Field(
        default_factory=dict, description="Rows to take: column and value.", examples=[{"m": "1024"}]
    )
    by: Text = optional("The column that tells replicates apart.", "seed", "seed")
    at: At | None = optional(
        "Which of a replicate's rows counts where a run logged many; `best` follows the claim's `better`.", "last"
    )
    scale: Number = optional("Every value is multiplied by it: 100 turns fractions into percents.", "100", 1.0)
    minus: Subtrahend | None = optional("A second selection, subtracted replicate by replicate.", None)
    statistic: Literal["mean", "median", "iqm"] = optional(
        "What stands for the replicates; median and interquartile mean take a bootstrap interval.", "iqm", "mean"
    )


class Exclusion(Declared):
    """A replicate that is left out; it is shown with its reason and still counts as missing."""

    seed: Text = required("The replicate's name.", "3")
    why: Text = required("The reason.", "out of memory")


class Claim(Declared):
    """One statement that is held against measured values."""

    claim: Text = required("The statement in one sentence.", "RMS kernel error falls as D^(-1/2)")
    id: Slug | None = optional("A short name, used as the row's anchor; default c1, c2, ...", "rate")
    locator: Text | None = optional("Where the paper says it.", "Table 2, row RFF")
    metric: Text | None = optional("What is measured.", "log-log slope")
    unit: Text | None = optional("Its unit.", "%")
    dataset: Text | None = optional("The data it is measured on.", "digits")
    split: Text | None = optional("The part of the data.", "test")
    reported: Number | None = optional("The paper's number (reproductions).", "-0.5")
    target: Number | None = optional("The entry's own goal (builds).", "0.0325")
    reported_sd: Number | None = optional("Standard deviation the paper gives.", "0.02")
    reported_n: Whole | None = optional("Runs behind the paper's number.", "5")
    expect: Literal["equals", "at-least", "at-most"] = optional("How the number binds.", "at-most", "equals")
    better: Literal["higher", "lower", "none"] = optional("Which direction is better.", "lower", "none")
    tolerance: Tolerance | None = optional("How far off still agrees: 0.02, 5% or both in a list.", "5%")
    baseline: Number | None = optional("The number of a simple baseline.", "0.5")
    deterministic: YesNo = optional("One run decides: no randomness is involved.", "yes", False)
    measured: Selector | None = optional("The result file that decides; without it the claim is untested.", None)
    exclude: tuple[Exclusion, ...] = optional("Replicates that are left out, each with its reason.", None, ())

    @model_validator(mode="before")
    @classmethod
    def _numbers_are_read(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("measured"), str):
            raise PydanticCustomError(
                "measured",
                "expected a file and a column, got {got}; numbers are read from data, not typed",
                {"got": value["measured"]},
            )
        return value

    @model_validator(mode="after")
    def _has_a_goal(self) -> Self:
        if (self.reported is None) == (self.target is None):
            raise PydanticCustomError("goal", "a claim has either 'reported' (the paper's) or 'target' (your own)")
        return self

    @property
    def goal(self) -> float:
        """The number that the measured one is held against."""
        return self.reported if self.reported is not None else self.target or 0.0


class DecisionRecord(Declared):
    """One line of the decision log."""

    date: CalendarDate = required("The day it was decided.", "2026-11-06")
    tried: Text = required("What was tried.", "4-bit registers")
    outcome: Literal["kept", "dropped", "failed", "not-shipped"] = required("What became of it.", "dropped")
    why: Text = required("The reason.", "overflow above 1e9 untested")
    claim: Slug | None = optional("The id of the claim that it bears on.", "error")


class MismatchRecord(Declared):
    """Something that does not agree with the paper."""

    what: Text = required("What differs.", "Table 1 data sets are not bundled")
    likely_cause: Text = required("The likely cause.", "replaced by digits")
    tested: YesNo = required("Whether the cause was tested.", "no")


class Series(Declared):
    """What every chart reads: a file, some of its rows and one value a replicate."""

    id: Slug = required("A short name, once in the entry; its anchor is `exhibit-` and it.", "width")
    file: Text = required("Result file, relative to the entry.", "results/width.csv")
    where: dict[str, str] = Field(
        default_factory=dict, description="Rows to take: column and value.", examples=[{"sigma": "1"}]
    )
    by: Text = optional("The column that tells replicates apart.", "seed", "seed")
    question: Text | None = optional("The question that it answers; its heading.", "Does the width change the rate?")


class Ablation(Series):
    """One thing varied: a table and a chart with mean and interval per point."""

    x: Text = required("The column of what was varied; numbers make an axis, words make rows.", "D")
    y: Text = required("The column of what was measured.", "rmse")
    group: Text | None = optional("The column whose values become lines of their own.", "sigma")
    log: tuple[Literal["x", "y"], ...] = optional("Axes with a logarithmic scale.", ["x", "y"], ())
    scale: Number = optional("Every y is multiplied by it.", "100", 1.0)
    x_name: Text | None = optional("The name of x for readers; default: the column.", "Features D")
    y_name: Text | None = optional("The name of y for readers; default: the column.", "RMS kernel error")


class Slice(Series):
    """One measurement by parts of the data, worst part first."""

    value: Text = required("The column of what was measured.", "accuracy")
    slice: Text = required("The column that names the part.", "digit")
    better: Literal["higher", "lower"] = optional("Which direction is better.", "lower", "higher")
    scale: Number = optional("Every value is multiplied by it.", "100", 1.0)
    value_name: Text | None = optional("The name of the value for readers; default: the column.", "Accuracy, %")
    slice_name: Text | None = optional("The name of the parts for readers; default: the column.", "Digit")


class Directions(Declared):
    """Which direction is better on each axis."""

    x: Literal["higher", "lower"] = optional("On x.", "lower", "lower")
    y: Literal["higher", "lower"] = optional("On y.", "higher", "higher")


class Tradeoff(Series):
    """A metric against what it costs, a point a configuration; its Pareto front is computed."""

    x: Text = required("The column of the cost.", "ns_per_item")
    y: Text = required("The column of the metric.", "rse")
    label: Text = required("The column that names the configuration.", "m")
    better: Directions = optional("Which direction is better on each axis.", {"x": "lower", "y": "lower"}, Directions())
    log: tuple[Literal["x", "y"], ...] = optional("Axes with a logarithmic scale.", ["x"], ())
    x_name: Text | None = optional("The name of x for readers; default: the column.", "Nanoseconds per item")
    y_name: Text | None = optional("The name of y for readers; default: the column.", "Relative error")


class Baseline(Declared):
    """A simpler method, measured with the same code; a row beside the claim."""

    name: Text = required("What it is.", "Exact kernel machine")
    file: Text = required("Result file, relative to the entry.", "results/baselines.csv")
    value: Text = required("The column of what was measured.", "accuracy")
    where: dict[str, str] = Field(
        default_factory=dict, description="Rows to take: column and value.", examples=[{"model": "exact"}]
    )
    by: Text = optional("The column that tells replicates apart.", "seed", "seed")
    scale: Number = optional("Every value is multiplied by it.", "100", 1.0)
    claim: Slug | None = optional("The id of the claim that it stands beside.", "accuracy")


class Cost(Declared):
    """What the results cost to compute: measured seconds are summed, typed totals are marked as stated."""

    file: Text | None = optional("Result file with one row a run.", "results/cost.csv")
    seconds: Text | None = optional("Its column of seconds.", "seconds")
    cpu_hours: Number | None = optional("CPU hours, stated.", "3.5")
    gpu_hours: Number | None = optional("GPU hours, stated.", "0")
    usd: Number | None = optional("US dollars, stated.", "12.40")
    kwh: Number | None = optional("Energy, stated.", "0.4")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.file is None) != (self.seconds is None):
            raise PydanticCustomError("cost", "cost names both a file and its column 'seconds', or neither")
        return self
