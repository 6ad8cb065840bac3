"""Pace: what is needed from today on, and when the target would be met if things went on as they have."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# A forecast further than this many programmes away is no forecast.
_FAR = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Of a target: what is still missing, the pace needed and the pace so far, both a sub-milestone, and the forecast.

    `needed` is None where no day is left or nothing is missing; `finish` is the day on which the target would be met,
    None where it is met already, where nothing counts yet, or where it is out of sight. `basis` says in words what the
    forecast rests on.
    """

    missing: float
    needed: float | None
    so_far: float | None
    finish: date | None
    basis: str


def pace(have: float, target: float, day: int, calendar: Sequence[date], length: int, noun: str) -> Pace:
    """The pace of one target on a day of the programme; `length` is that of a sub-milestone, `noun` what is counted."""
    days = len(calendar)
    missing = max(target - have, 0.0)
    left = days - day
    needed = missing / left * length if missing and left > 0 else None
    so_far = have / day * length if day > 0 else None
    if not missing:
        return Pace(missing=0, needed=None, so_far=so_far, finish=None, basis="the target is met")
    if not day or not have:
        why = "the programme has not begun" if not day else f"no {noun} counts yet"
        return Pace(missing=missing, needed=needed, so_far=so_far, finish=None, basis=why)
    wanted = math.ceil(target * day / have - 1e-9)
    finish = _date_of(wanted, calendar) if wanted <= _FAR * days else None
    basis = f"at {have:g} in {day} {'day' if day == 1 else 'days'}"
    return Pace(missing=missing, needed=needed, so_far=so_far, finish=finish, basis=basis)


def _date_of(number: int, calendar: Sequence[date]) -> date | None:
    """The date of a day of the programme, counted on past its end."""
    if number <= len(calendar):
        return calendar[number - 1]
    try:
        return calendar[-1] + timedelta(days=number - len(calendar))
    except OverflowError:
        return None
