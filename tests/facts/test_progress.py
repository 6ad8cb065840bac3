"""Progress for any day: before, in and after the programme, over pauses and leap days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.facts.progress import counts, progress
from labfolio.model.program import Program
from tests.site import build_files, entry, small_files

SMALL = build_files(small_files()).edition.portfolio


@pytest.mark.parametrize(
    ("today", "day", "milestone", "state"),
    [
        ("2026-02-25", 0, 0, "before"),
        ("2026-02-26", 1, 1, "running"),
        ("2026-03-07", 10, 1, "running"),
        ("2026-03-08", 11, 2, "running"),
        ("2026-11-20", 268, 27, "running"),
        ("2026-12-22", 300, 30, "running"),
        ("2026-12-23", 300, 30, "after"),
        ("2100-01-01", 300, 30, "after"),
        ("1970-01-01", 0, 0, "before"),
    ],
)
def test_day(today: str, day: int, milestone: int, state: str) -> None:
    facts = progress(SMALL, date.fromisoformat(today))
    assert (facts.day, facts.milestone, facts.state) == (day, milestone, state)


@given(
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(1, 400),
    length=st.integers(1, 30),
    pause=st.tuples(st.integers(-20, 400), st.integers(0, 40)),
    offset=st.integers(-30, 500),
)
def test_days_never_go_backwards_and_end(
    start: date, days: int, length: int, pause: tuple[int, int], offset: int
) -> None:
    from dataclasses import replace

    first = start + timedelta(days=pause[0])
    program = Program.model_validate(
        {
            "start": start, "days": days, "milestone_days": length,
            "pauses": [{"from": first, "to": first + timedelta(days=pause[1])}],
        }
    )  # fmt: skip
    portfolio = replace(SMALL, program=program)
    today = start + timedelta(days=offset)
    now, tomorrow = progress(portfolio, today), progress(portfolio, today + timedelta(days=1))
    assert 0 <= now.day <= days
    assert now.day <= tomorrow.day <= now.day + 1
    assert now.milestone <= len(now.milestones)
    assert len(now.days) == days
    assert sum(len(one.days) for one in now.milestones) == days
    assert not any(program.paused(one.date) for one in now.days)


def test_counters_equal_files() -> None:
    facts = progress(SMALL, date(2026, 11, 20))
    assert {one.kind.name: one.have for one in facts.kinds} == {
        "build": 1, "reproduction": 1, "paper": 1, "note": 1, "submission": 1,
    }  # fmt: skip


def test_deleting_a_build_lowers_its_count_by_one() -> None:
    files = small_files()
    files["builds/second.md"] = entry(status="shipped")
    before = next(one for one in build_files(files).edition.progress.kinds if one.kind.name == "build")
    del files["builds/second.md"]
    after = next(one for one in build_files(files).edition.progress.kinds if one.kind.name == "build")
    assert (before.have, after.have) == (2, 1)


def test_what_counts() -> None:
    counted = {one.slug for one in SMALL.entries if counts(one)}
    assert counted == {"sketch", "rate", "rahimi2007random", "first", "workshop"}


def test_without_a_programme_there_is_no_counter() -> None:
    files = small_files()
    files["content/program.yml"] = b"pillars: [{id: swe, name: S, share: 100}, {id: re, name: R}, {id: ml, name: M}]\n"
    result = build_files(files)
    assert result.edition.progress.state == "none"
    home = next(output for output in result.outputs if output.path == "index.html").content.decode()
    assert "counter-number" not in home
    assert "A mergeable sketch" in home
