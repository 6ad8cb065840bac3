"""The day that a site is built for: any moment, in any zone, and the counter on each of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from labfolio.engines.clock import today
from labfolio.facts.progress import progress
from tests.conftest import EPOCH, run
from tests.site import build_files, small_files

# The ends of the world's clocks, and a zone that changes its own twice in the programme.
ZONES = ("Pacific/Kiritimati", "Etc/GMT+12", "Europe/Berlin")
PORTFOLIO = build_files(small_files()).edition.portfolio
START, DAYS = date(2026, 2, 26), 300


def moments() -> Iterator[datetime]:
    """Every six hours of the programme and of fifteen days before and after; each half hour of the two short nights."""
    first = datetime(START.year, START.month, START.day, tzinfo=UTC) - timedelta(days=15)
    found = [first + timedelta(hours=hours) for hours in range(0, (DAYS + 30) * 24, 6)]
    for night in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        found += [night + timedelta(minutes=30 * number) for number in range(-8, 8)]
    yield from sorted(found)


@pytest.mark.parametrize("zone", ZONES)
def test_the_counter_goes_on_day_by_day(zone: str) -> None:
    days = [today(zone, {"SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}) for moment in moments()]
    assert days == sorted(days)
    each = sorted(set(days))
    assert len(each) >= DAYS + 30
    assert {b - a for a, b in pairwise(each)} == {timedelta(days=1)}
    numbers = [progress(PORTFOLIO, day).day for day in each]
    assert numbers == [min(max((day - START).days + 1, 0), DAYS) for day in each]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        (datetime(1970, 1, 1, 12, tzinfo=UTC), 0),
        (datetime(2100, 1, 1, 12, tzinfo=UTC), DAYS),
        (datetime(2024, 2, 29, 12, tzinfo=UTC), 0),
        (datetime(9999, 12, 30, 1, tzinfo=UTC), DAYS),
    ],
)
def test_a_clock_that_is_wrong_counts_within_the_programme(zone: str, moment: datetime, wanted: int) -> None:
    day = today(zone, {"SOURCE_DATE_EPOCH": str(int(moment.timestamp()))})
    assert progress(PORTFOLIO, day).day == wanted


def test_a_stated_day_outranks_the_epoch_and_every_clock() -> None:
    assert today("UTC", {"SOURCE_DATE_EPOCH": "0"}, "2026-03-01") == date(2026, 3, 1)
    for zone, day in (("Pacific/Kiritimati", 20), ("Etc/GMT+12", 19)):
        assert today(zone, {"SOURCE_DATE_EPOCH": EPOCH, "TZ": "Etc/GMT-5"}) == date(2026, 11, day)


@pytest.mark.parametrize("epoch", ["tomorrow", "1e9", "99999999999999999999", "-99999999999999", "NaN"])
def test_an_epoch_that_is_no_moment_is_told(small: Path, epoch: str) -> None:
    finished = run(["labfolio", "check"], small, SOURCE_DATE_EPOCH=epoch)
    assert finished.returncode == 2
    assert "--today or SOURCE_DATE_EPOCH is no day" in finished.stdout
    assert "Traceback" not in finished.stderr
