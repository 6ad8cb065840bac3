"""Which name was meant: a guess may be wrong, a certainty may not."""

import pytest

from labfolio.model.front_matter import Build
from labfolio.model.spelling import certain, closest, nearest

FIELDS = tuple(Build.model_fields)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("staus", "status"),  # a letter lost
        ("statuss", "status"),  # one too many
        ("titel", "title"),  # two that changed places
        ("Based-On", "based_on"),  # capitals and separators
        ("limitation", "limitations"),
        ("seed", "seeds"),
    ],
)
def test_a_slip_of_the_pen_is_certain(word: str, meant: str) -> None:
    assert certain(word, FIELDS) == meant


@pytest.mark.parametrize("word", ["stat", "d", "x", "layout", "description", "", "日本"])
def test_other_words_are_not(word: str) -> None:
    assert certain(word, FIELDS) == ""


def test_of_two_that_are_alike_neither_is_certain() -> None:
    assert certain("result", ("results", "resulta")) == ""
    assert closest("result", ("results", "resulta")) in ("results", "resulta")


def test_no_field_is_taken_for_another() -> None:
    assert all(certain(name, [one for one in FIELDS if one != name]) == "" for name in FIELDS)


def test_an_abbreviation_is_a_guess_where_one_name_fits() -> None:
    assert closest("rahimi07", ("rahimi2007random", "durand1999cardinality")) == "rahimi2007random"
    assert closest("hll", ("hll-sketch", "bloom")) == "hll-sketch"
    assert closest("hll", ("hll-sketch", "hll-error")) == ""


def test_the_end_of_a_sentence() -> None:
    assert nearest("skech", ("sketch",)) == "; did you mean 'sketch'?"
    assert nearest("skech", ()) == ""
