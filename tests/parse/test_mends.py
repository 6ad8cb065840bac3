"""What was meant by a value, and any slip in a front matter: mended or left, never made worse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.entry import BUILD
from labfolio.parse.edited import edited
from labfolio.parse.front_matter import read_entry
from labfolio.parse.mends import meant_day, meant_field, meant_value
from labfolio.parse.text import decode
from tests.slips import ENTRY, slips
from tests.strategies import in_ci


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026/11/20", "2026-11-20"),
        ("2026-1-5", "2026-01-05"),
        ("2026.1.5", "2026-01-05"),
        ("2026-11-20T09:30:00Z", "2026-11-20"),
        ("2026-11-20 09:30:00 +02:00", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("11/20/2026", "2026-11-20"),
        ("05/05/2026", "2026-05-05"),
        ("05/04/2026", ""),
        ("2026-13-01", ""),
        ("2026/11-20", ""),
        ("20/11/26", ""),
        ("Nov 20", ""),
        ("2026-11-20 and later", ""),
    ],
)
def test_days(written: str, day: str) -> None:
    assert meant_day(written) == (day, bool(day))


def test_other_values() -> None:
    assert meant_value("string_pattern_mismatch", "doi:10.5281/zenodo.1") == ("10.5281/zenodo.1", True)
    assert meant_value("string_pattern_mismatch", "https://example.org/10.5281/x") == ("", False)
    assert meant_value("address", "example.org/a b") == ("", False)
    assert meant_value("site_path", "https://old.example/a/b/") == ("a/b/", False)
    assert meant_value("site_path", "../..") == ("", False)
    assert meant_value("number", "1,5") == ("1.5", False)


def test_a_field_of_another_name() -> None:
    assert meant_field("categories", ("title", "tags")) == "tags"
    assert meant_field("categories", ("title", "claims")) == ""


def faults(data: bytes) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the front matter of a build."""
    text, found = decode("builds/x.md", data)
    return found or read_entry(BUILD, "x", "builds/x.md", text)[1]


def mended(data: bytes) -> bytes:
    """A file with all its fixes made, round by round."""
    for _ in range(20):
        data, made = edited(data, [one.fix for one in faults(data) if one.fix])
        if not made:
            break
    return data


def errors(data: bytes) -> int:
    return sum(one.level is Level.ERROR for one in faults(data))


def test_the_entry_is_sound() -> None:
    assert faults(ENTRY.encode()) == ()


@in_ci(500)
@given(slips(), st.sampled_from(["\n", "\r\n"]))
def test_any_slip(text: str, end: str) -> None:
    before = text.replace("\n", end).encode()
    after = mended(before)
    assert not any(one.fix for one in faults(after))
    hidden = any(one.rule == "invalid-yaml" and one.fix for one in faults(before))
    assert errors(after) <= errors(before) or hidden
    assert mended(after) == after
    assert end == "\n" or after.count(b"\n") == after.count(b"\r\n")
    assert after.split(b"---")[-1] == before.split(b"---")[-1]
