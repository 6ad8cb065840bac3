"""Hours from the log: sums that agree with each other, and days in a row."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.facts.hours import hours
from labfolio.model.log import ACTIVITIES, INTENSITIES, Worked
from labfolio.model.program import Program

START = date(2026, 2, 26)
PROGRAM = Program.model_validate({"start": START, "pauses": [{"from": date(2026, 3, 5), "to": date(2026, 3, 7)}]})


def on(*days: int) -> list[Worked]:
    return [Worked(date=START + timedelta(days=day), hours=1) for day in days]


@pytest.mark.parametrize(
    ("days", "today", "streak", "longest"),
    [
        ([], 3, 0, 0),
        ([0, 1, 2], 2, 3, 3),
        ([0, 1, 2], 3, 3, 3),  # today may still be logged
        ([0, 1, 2], 4, 0, 3),
        ([0, 1, 3], 3, 1, 2),
        ([5, 6, 10], 10, 3, 3),  # 5 to 7 March are a pause
        ([5, 6, 8, 10], 10, 4, 4),  # working in a pause does no harm
        ([0, 1, 2, 9], 1, 2, 2),  # what is later is not there yet
    ],
)
def test_streaks(days: list[int], today: int, streak: int, longest: int) -> None:
    found = hours(on(*days), PROGRAM, START + timedelta(days=today))
    assert (found.streak, found.longest) == (streak, longest)


LINES = st.builds(
    Worked,
    date=st.dates(START - timedelta(days=5), START + timedelta(days=40)),
    hours=st.floats(0.1, 10).map(lambda value: round(value, 2)),
    activity=st.none() | st.sampled_from(ACTIVITIES),
    intensity=st.none() | st.sampled_from(INTENSITIES),
    pillar=st.none() | st.sampled_from(["swe", "ml"]),
    item=st.none() | st.sampled_from(["a", "b"]),
)


@given(st.lists(LINES, max_size=30), st.dates(START - timedelta(days=10), START + timedelta(days=60)))
def test_sums_agree_and_never_fall(lines: list[Worked], today: date) -> None:
    found, later = hours(lines, PROGRAM, today), hours(lines, PROGRAM, today + timedelta(days=1))
    assert found.total == pytest.approx(sum(found.days.values()))
    assert found.total == pytest.approx(sum(found.weeks.values()))
    for part in (found.pillars, found.activities, found.intensities, found.items):
        assert sum(part.values()) <= found.total + 1e-9
    assert found.total <= later.total + 1e-9
    assert 0 <= found.streak <= found.longest
