"""Hours from the log: by day, week, pillar, activity, intensity and entry, and how many days in a row."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from labfolio.model.log import Worked
from labfolio.model.program import Program

_Key = TypeVar("_Key", date, tuple[int, int], str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Sums of the log up to a day. Keys of `weeks` are ISO years and weeks; lines without a value are in no sum of it.

    `streak` counts the days with a line up to today (or yesterday, for today may still be logged), `longest` the most
    in a row; days of a pause neither count nor break.
    """

    total: float
    days: Mapping[date, float]
    weeks: Mapping[tuple[int, int], float]
    pillars: Mapping[str, float]
    activities: Mapping[str, float]
    intensities: Mapping[str, float]
    items: Mapping[str, float]
    streak: int
    longest: int


def hours(log: Iterable[Worked], program: Program, today: date) -> Hours:
    """The hours as of a day; later lines are not there yet."""
    lines = [one for one in log if one.date <= today]
    days = _sums(lines, lambda one: one.date)
    streak, longest = _streaks(set(days), program, today)
    return Hours(
        total=math.fsum(one.hours for one in lines),
        days=days,
        weeks=_sums(lines, lambda one: one.date.isocalendar()[:2]),
        pillars=_sums(lines, lambda one: one.pillar),
        activities=_sums(lines, lambda one: one.activity),
        intensities=_sums(lines, lambda one: one.intensity),
        items=_sums(lines, lambda one: one.item),
        streak=streak,
        longest=longest,
    )


def _sums(lines: Iterable[Worked], key: Callable[[Worked], _Key | None]) -> dict[_Key, float]:
    groups: dict[_Key, list[float]] = {}
    for one in lines:
        if (value := key(one)) is not None:
            groups.setdefault(value, []).append(one.hours)
    return {value: math.fsum(parts) for value, parts in sorted(groups.items())}


def _streaks(logged: set[date], program: Program, today: date) -> tuple[int, int]:
    """Days in a row that end today or yesterday, and the most in a row ever."""
    if not logged:
        return 0, 0
    run, longest, ends = 0, 0, 0
    day = min(logged)
    while day <= today:
        if day in logged:
            run += 1
            longest = max(longest, run)
        elif not program.paused(day) and day != today:
            run = 0
        ends = run
        day += timedelta(days=1)
    return ends, longest
