"""The shape of `/progress.json`, declared once; its JSON Schema in `docs/schema/` is made from it."""

from typing import Literal

from pydantic import Field

from labfolio.model.declared import Shape

VERSION = 1


class KindCount(Shape):
    """What counts of a kind."""

    have: float = Field(description="How many count, or hours.")
    target: float | None = Field(description="The target; null without one.")
    needed: float | None = Field(description="Pace needed from here, a sub-milestone.")
    so_far: float | None = Field(description="Pace so far, a sub-milestone.")
    forecast: str | None = Field(description="The day on which the target would be met.")
    basis: str = Field(description="What the forecast rests on.")


class PillarCount(Shape):
    """One pillar."""

    id: str = Field(description="Its id.")
    name: str = Field(description="Its name.")
    entries: int = Field(description="Entries that count.")
    hours: float = Field(description="Hours logged.")
    share: float = Field(description="Share in percent, of hours where there is a log, else of entries.")
    planned: float = Field(description="Planned share in percent.")


class HoursCount(Shape):
    """The daily log, summed."""

    total: float = Field(description="Hours in all.")
    days_logged: int = Field(description="Days with a line.")
    streak: int = Field(description="Days in a row up to today.")
    longest: int = Field(description="Most days in a row.")
    weeks: dict[str, float] = Field(description="Hours by ISO week, such as 2026-W10.")
    intensity: dict[str, float] = Field(description="Hours by intensity.")
    activity: dict[str, float] = Field(description="Hours by activity.")


class ConditionCount(Shape):
    """One condition of the graduation standard."""

    name: str = Field(description="Its name in program.yml.")
    want: float = Field(description="What is wanted.")
    have: float = Field(description="What there is.")
    met: bool = Field(description="Whether that is enough.")


class ProgressFile(Shape):
    """Progress as of a day."""

    version: int = Field(description="Version of this shape; a number is raised when a reader would have to change.")
    site: str = Field(description="Address of the site.")
    as_of: str = Field(description="The day.")
    state: Literal["none", "before", "running", "after"] = Field(description="Where the day lies in the programme.")
    start: str | None = Field(description="Day 1; null without a programme.")
    end: str | None = Field(description="The last day.")
    day: int = Field(description="The day's number, 0 before the start, the last number after the end.")
    days: int = Field(description="Days of the programme, 0 without one.")
    milestone: int = Field(description="The sub-milestone.")
    milestones: int = Field(description="Sub-milestones in all.")
    phase: str = Field(description="The part of the sub-milestone; empty outside of the programme.")
    kinds: dict[str, KindCount] = Field(description="Counts by kind.")
    pillars: list[PillarCount] = Field(description="The pillars in their order.")
    claims: dict[str, int] = Field(description="Claims by verdict.")
    hours: HoursCount
    standard: list[ConditionCount] = Field(description="The graduation standard.")
