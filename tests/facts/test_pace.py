"""Pace and forecast, each with its basis in words."""

from datetime import date, timedelta

import pytest

from labfolio.facts.pace import pace

CALENDAR = [date(2026, 2, 26) + timedelta(days=day) for day in range(300)]


@pytest.mark.parametrize(
    ("have", "target", "day", "needed", "finish", "basis"),
    [
        (0, 38, 0, 38 / 300 * 10, None, "the programme has not begun"),
        (0, 38, 10, 38 / 290 * 10, None, "no build counts yet"),
        (19, 38, 150, 19 / 150 * 10, CALENDAR[-1], "at 19 in 150 days"),
        (1, 3, 100, 2 / 200 * 10, CALENDAR[299], "at 1 in 100 days"),
        (1, 4, 100, 3 / 200 * 10, CALENDAR[-1] + timedelta(days=100), "at 1 in 100 days"),
        (2, 3, 1, 1 / 299 * 10, CALENDAR[1], "at 2 in 1 day"),
        (38, 38, 200, None, None, "the target is met"),
        (50, 38, 200, None, None, "the target is met"),
        (10, 38, 300, None, CALENDAR[-1] + timedelta(days=840), "at 10 in 300 days"),
        (1, 5000, 300, None, None, "at 1 in 300 days"),
    ],
)
def test_pace(have: float, target: float, day: int, needed: float | None, finish: date | None, basis: str) -> None:
    found = pace(have, target, day, CALENDAR, 10, "build")
    assert found.needed == (pytest.approx(needed) if needed is not None else None)
    assert (found.finish, found.basis) == (finish, basis)
    assert found.missing == max(target - have, 0)


def test_a_forecast_past_the_last_date_there_is_is_none() -> None:
    assert pace(1, 9, 10, [date.max - timedelta(days=9 - day) for day in range(10)], 10, "build").finish is None
