"""Single values: every text is read in one way, or refused."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from labfolio.model.scalars import LARGEST, Alias, CalendarDate, Number, Text, Tolerance, Whole
from labfolio.parse.mends import meant_day
from tests.strategies import TEXTS, VALUES


def read(kind: object, value: object) -> object:
    """The value of a type, or None where it is refused."""
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return None


@given(st.dates())
def test_every_day_is_read_in_its_one_form(day: date) -> None:
    assert read(CalendarDate, day.isoformat()) == day
    assert meant_day(day.strftime("%Y/%m/%d") if day.year > 999 else day.isoformat()) == (day.isoformat(), True)


@given(VALUES | st.from_regex(r"\d{4}-\d{2}-\d{2}", fullmatch=True))
def test_what_is_no_day_is_refused(value: object) -> None:
    found = read(CalendarDate, value)
    assert found is None or str(found) == value or "T" in str(value)


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.timezones() | st.none()))
def test_a_moment_is_the_day_that_its_zone_says(moment: datetime) -> None:
    found = read(CalendarDate, moment.isoformat())
    assert found is None or (moment.tzinfo and found == moment.astimezone(UTC).date())
    day, sure = meant_day(str(moment))
    assert day in ("", str(moment)[:10])
    assert sure == bool(day)


@given(st.floats(-LARGEST, LARGEST) | st.integers(-(10**9), 10**9))
def test_every_plain_number_is_read(value: float) -> None:
    assert read(Number, repr(value)) == value


@given(VALUES | st.from_regex(r"[+-]?[0-9.]{1,8}(e[+-]?[0-9]{1,5})?%?", fullmatch=True))
def test_any_value_is_a_number_within_bounds_or_refused(value: object) -> None:
    number, whole, given = (read(kind, value) for kind in (Number, Whole, Tolerance))
    assert number is None or (isinstance(number, float) and abs(number) <= LARGEST)
    assert whole is None or 0 <= int(str(whole)) < 10**9
    assert given is None or all(part is None or part >= 0 for part in given)


@given(TEXTS | st.text("./%2eEfF\\\\ab?#:\x00 ", max_size=12))
def test_no_alias_leads_out_of_the_site(value: str) -> None:
    found = read(Alias, value)
    if found is not None:
        parts = str(found).removesuffix("/").split("/")
        assert all(part and not part.startswith(".") for part in parts)
        assert not set("?#:\\\x00") & set(str(found))


@given(st.text())
def test_a_text_has_no_overrides_of_direction(value: str) -> None:
    found = read(Text, value)
    assert found is None or not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(str(found))
