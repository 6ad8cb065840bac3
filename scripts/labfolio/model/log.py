"""The daily log: `content/log.csv`, one line an activity. It is private; only sums of it are ever published."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from labfolio.model.declared import Declared, optional, required
from labfolio.model.scalars import CalendarDate, Number, Slug, Text

LOG = "log.csv"
ACTIVITIES = ("read", "code", "experiment", "write", "course", "review", "other")
INTENSITIES = ("intense", "moderate", "passive")


def _in_a_day(value: float) -> float:
    if not 0 < value <= 24:
        raise PydanticCustomError("hours", "is not between 0 and 24")
    return value


def _blank(value: Any) -> Any:
    return None if value == "" else value


class LogLine(Declared):
    """One line of the log. Columns may stand in any order; those after `hours` may be left out."""

    date: CalendarDate = required("The day.", "2026-03-03")
    hours: Annotated[Number, AfterValidator(_in_a_day)] = required("Hours, 0.25 for a quarter.", "1.5")
    activity: Annotated[
        Literal["read", "code", "experiment", "write", "course", "review", "other"] | None, BeforeValidator(_blank)
    ] = optional("What was done.", "code")
    intensity: Annotated[Literal["intense", "moderate", "passive"] | None, BeforeValidator(_blank)] = optional(
        "How hard it was.", "intense"
    )
    pillar: Annotated[Slug | None, BeforeValidator(_blank)] = optional(
        "The id of a pillar; default: that of the item.", "swe"
    )
    item: Annotated[Slug | None, BeforeValidator(_blank)] = optional(
        "The slug of the entry it went into.", "hll-sketch"
    )
    note: Annotated[Text | None, BeforeValidator(_blank)] = optional("For yourself; never published.", "merge works")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """Hours of one line, without its note. `pillar` is the line's own or that of its item; `line` counts from 1."""

    date: date
    hours: float
    activity: str | None = None
    intensity: str | None = None
    pillar: str | None = None
    item: str | None = None
    line: int = 0
