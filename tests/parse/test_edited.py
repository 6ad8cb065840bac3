"""A file with its fixes made: only where the old text stands, none over another, all other bytes as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.model.fix import Edit, Fix
from labfolio.parse.edited import edited


def fix(*edits: tuple[int, int, str, str]) -> Fix:
    return Fix("write", tuple(Edit(*edit) for edit in edits))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_edits_count_in_decoded_text(mark: bytes, end: bytes) -> None:
    data = mark + "é: a".encode() + end + b"b: c" + end + b"b: c" + end
    made, done = edited(data, [fix((1, 4, "a", "x\ny")), fix((2, 5, "\nb: c", ""))])
    assert made == mark + "é: x".encode() + end + b"y" + end + b"b: c" + end
    assert len(done) == 2


def test_what_is_not_there_is_not_replaced() -> None:
    wrong = [fix((1, 1, "b", "c")), fix((9, 1, "a", "c")), fix((1, 9, "a", "c")), fix((1, 2, "\na", "c")), fix()]
    assert edited(b"a\n", wrong) == (b"a\n", ())
    assert edited(b"\xff a", [fix((1, 3, "a", "b"))]) == (b"\xff a", ())


def test_the_first_of_two_that_overlap_is_made() -> None:
    first, second = fix((1, 1, "ab", "x")), fix((1, 2, "bc", "y"))
    assert edited(b"abc", [first, second]) == (b"xc", (first,))


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    both = fix((1, 1, "a", "x"), (2, 1, "z", "y"))
    assert edited(b"a\nb\n", [both]) == (b"a\nb\n", ())


@given(st.text(), st.integers(1, 5), st.integers(1, 9), st.text(max_size=3), st.text(max_size=3))
def test_any_edit_of_any_text(text: str, line: int, column: int, old: str, new: str) -> None:
    data = text.encode("utf-8", "replace")
    made, done = edited(data, [fix((line, column, old, new.encode("utf-8", "replace").decode()))])
    assert done or made == data
