"""The daily log: every line is counted, or told."""

import csv
import io
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.model.log import ACTIVITIES, INTENSITIES
from labfolio.model.program import Program
from labfolio.parse.log import read_log
from tests.fuzz.readers import told
from tests.strategies import LINES, VALUES

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
# A note of which nothing is seen is refused.
NOTES = st.just("") | LINES.map("of {}".format)
WORK = st.tuples(
    DAYS, st.integers(1, 96), st.sampled_from(["", *ACTIVITIES]), st.sampled_from(["", *INTENSITIES]), NOTES
)


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["date", "hours", "activity", "intensity", "note"], *rows])
    return text.getvalue().encode()


@given(st.lists(WORK, max_size=8))
def test_every_line_is_counted_once_and_no_note_is_kept(lines: list[tuple[date, int, str, str, str]]) -> None:
    rows = [[str(day), str(quarters / 4), done, hard, note] for day, quarters, done, hard, note in lines]
    worked, found = read_log("content/log.csv", written(rows), Program(), {})
    assert math.isclose(math.fsum(one.hours for one in worked), sum(line[1] for line in lines) / 4)
    assert [one.date for one in worked] == [line[0] for line in lines]
    assert {one.rule for one in found} <= {"invalid-data"}  # a day of more than 24 hours
    assert not any(line[4].strip() in repr(one) for one in worked for line in lines if len(line[4].strip()) > 12)


@given(st.lists(st.lists(VALUES.map(str), min_size=5, max_size=5), max_size=4))
def test_any_cell_is_read_or_told(rows: list[list[str]]) -> None:
    data = written(rows)
    worked, found = read_log("content/log.csv", data, Program(), {})
    told(found, data.count(b"\n") + data.count(b"\r"))
    assert all(0 < one.hours <= 24 for one in worked)


@pytest.mark.parametrize("log", [b"\nt3", b"\r\nZ3t", b'#\n"a""b",date\n', b'"two\nlines",hours\n'])
def test_a_fault_of_the_header_stands_in_its_line(log: bytes) -> None:
    _, found = read_log("content/log.csv", log, Program(), {})
    assert found
    assert {one.position.line for one in found if one.position} == {2}
    assert all(one.position and one.position.column >= 1 for one in found)
