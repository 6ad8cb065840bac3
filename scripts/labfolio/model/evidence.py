"""The records of evidence in an entry's front matter: claims, where their numbers are read, decisions, mismatches."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from labfolio.model.declared import Declared, optional, required
from labfolio.model.scalars import CalendarDate, Number, Slug, Text, Tolerance, Whole, YesNo


class Selector(Declared):
    """Which numbers of a result file belong to a claim: one column, some rows, one value a seed."""

    file: Text = required("Result file in tidy CSV, relative to the entry.", "results/error.csv")
    value: Text = required("The column that holds the measured value.", "rse")
    where: dict[str, str] = Field(
        default_factory=dict, description="Rows to take: column and value.", examples=[{"m": "1024"}]
    )
    by: Text = optional("The column that tells replicates apart.", "seed", "seed")


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
