"""Values of a JSON text with their places, read and passed over."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.parse.json_places import element_spans, elements, member_spans, members

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(VALUES), st.sampled_from([None, 1]))
def test_what_is_passed_over_is_what_would_be_read(values: list[object], indent: int | None) -> None:
    text = json.dumps(values, indent=indent)
    assert [json.loads(text[at:end]) for at, end in element_spans(text, 0)] == values
    assert [value for _, value in elements(text, 0)] == values


@given(st.dictionaries(st.text(max_size=8), VALUES), st.booleans())
def test_members_of_an_object(values: dict[str, object], ascii: bool) -> None:
    text = json.dumps(values, ensure_ascii=ascii)
    assert {name: json.loads(text[at:end]) for name, at, end in member_spans(text, 0)} == values
    assert {name: value for name, _, value in members(text, 0)} == values


@pytest.mark.parametrize("text", ["", "[", "[1", "[1,", '["a', "[[1]", "[}", "[1 2]", "[,]", "{}", "[" * 200_000])
def test_what_is_broken_is_refused(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        list(element_spans(text, 0))
