"""Selectors: which rows are meant, which replicate each belongs to, and which one counts."""

import math
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.model.measurement import Measurement
from labfolio.model.scalars import LARGEST
from labfolio.parse.result_file import read_result
from labfolio.parse.results import InvalidSelector, Picked, ResultFile, paired, plain_name, scaled, select, times

TABLE = "m,seed,value\n256,0,1.5\n256,1,nan\n1024,0,2\n1024,1,\n"
LOG = "step,epoch,train_loss,val_acc\n0,0,2.3,\n1,0,,0.1\n2,1,1.9,\n3,1,,0.4\n4,2,1.2,\n5,2,,0.3\n"


def files(*texts: str, name: str = "x.csv") -> list[ResultFile]:
    return [
        ResultFile(path=f"{index}/{name}", table=read_result(name, text.encode()), replicate=str(index))
        for index, text in enumerate(texts)
    ]


def pairs(text: str, name: str = "x.csv", **given: Any) -> list[tuple[str, float]]:
    picked = Picked(**{"value": "value", "where": {}, "by": "seed", **given})
    return [(one.replicate, one.value) for one in select(files(text, name=name), picked)]


def values(text: str, name: str = "x.csv", **given: Any) -> list[float]:
    return [value for _, value in pairs(text, name, **given)]


def test_rows_are_chosen_by_number_or_by_text() -> None:
    assert values(TABLE, where={"m": "256.0"})[0] == 1.5
    assert values(TABLE, where={"m": "1024"})[0] == 2
    assert values("v,seed,value\na,0,1\nb,0,2\n", where={"v": "b"}) == [2]


def test_blank_and_nan_are_failed_runs() -> None:
    assert math.isnan(values(TABLE, where={"m": "256"})[1])
    assert math.isnan(values(TABLE, where={"m": "1024"})[1])
    assert all(math.isnan(value) for value in values("seed,value\n0,1e400\n1,-inf\n2,Infinity\n3,null\n"))


@pytest.mark.parametrize(
    "cell", ['"1,5"', "1_000", "\N{ARABIC-INDIC DIGIT ONE}", "about 3", "0x10", "1e", "9" * 5000 + "x"]
)
def test_what_is_no_number_is_refused_with_its_line(cell: str) -> None:
    with pytest.raises(InvalidSelector, match="is not a number") as caught:
        values(f"seed,value\n0,1\n1,{cell}\n")
    assert (caught.value.line, caught.value.field) == (3, "value")
    assert len(str(caught.value)) < 100


def test_comments_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    assert values("\ufeff# made by run.py\n\nseed,value\r\n0,1\r\n") == [1]


def test_every_measurement_knows_its_file_and_line() -> None:
    found = select(files("# c\nseed,value\n0,1\n1,2\n"), Picked(value="value", where={}, by="seed"))
    assert [(one.file, one.line) for one in found] == [("0/x.csv", 3), ("0/x.csv", 4)]


@pytest.mark.parametrize(
    ("at", "value"),
    [("last", 0.3), ("first", 0.1), ("min", 0.1), ("max", 0.4), ("best", 0.4), ("mean", (0.1 + 0.4 + 0.3) / 3)],
)
def test_a_training_log_is_one_replicate_reduced_by_at(at: str, value: float) -> None:
    assert pairs(LOG, value="val_acc", at=at, better="higher") == [("0", pytest.approx(value))]


def test_best_is_the_lowest_where_lower_is_better() -> None:
    assert values(LOG, value="train_loss", at="best", better="lower") == [1.2]


def test_a_run_that_diverged_at_its_end_has_failed_there_and_not_at_its_best() -> None:
    log = "step,value\n0,1\n1,0.5\n2,nan\n"
    assert math.isnan(values(log, at="last")[0])
    assert math.isnan(values(log, at="mean")[0])
    assert values(log, at="best", better="lower") == [0.5]


def test_a_metric_that_was_never_logged_is_one_failed_run() -> None:
    assert len(found := values("step,value\n0,\n1,\n", at="last")) == 1
    assert math.isnan(found[0])


def test_one_file_a_run_takes_the_replicate_from_its_name() -> None:
    found = select(files(LOG, LOG), Picked(value="val_acc", where={}, by="seed", at="last"))
    assert [one.replicate for one in found] == ["0", "1"]


def test_a_replicate_stands_in_one_file_only() -> None:
    with pytest.raises(InvalidSelector, match="seed 0 stands in two files"):
        select(files("seed,value\n0,1\n", "seed,value\n0,1\n"), Picked(value="value", where={}, by="seed"))


def test_rows_without_a_column_of_replicates_are_no_replicates() -> None:
    assert values("value\n1\n") == [1]
    with pytest.raises(InvalidSelector, match="has 2 rows and no column 'seed'"):
        values("value\n1\n2\n")


def test_seed_names_are_numbers_where_they_can_be() -> None:
    assert [plain_name(name) for name in ("3.0", "3", "a", "1e400", "0.5", "x3")] == [
        "3",
        "3",
        "a",
        "1e400",
        "0.5",
        "x3",
    ]


def test_differences_are_taken_seed_by_seed_and_in_decimals() -> None:
    text = "m,seed,value\na,0,0.3\na,1,5\na,2,7\nb,1,4\nb,0,0.1\nb,3,1\n"
    first, second = (select(files(text), Picked(value="value", where={"m": m}, by="seed")) for m in "ab")
    found = {one.replicate: one.value for one in paired(first, second)}
    assert (found["0"], found["1"]) == (0.2, 1)
    assert math.isnan(found["2"])
    assert math.isnan(found["3"])


def test_scaling_is_exact_in_decimals() -> None:
    assert times(0.57, 100) == 57
    assert math.isnan(times(math.nan, 100))
    assert [
        one.value
        for one in scaled(select(files("seed,value\n0,0.07\n"), Picked(value="value", where={}, by="seed")), 100)
    ] == [7]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"value": "vale"}, "value", "did you mean 'value'"),
        ({"where": {"n": "1"}}, "where", "has no column 'n'; it has m, seed, value"),
        ({"by": "run"}, "by", "has no column 'run'"),
        ({"at": "best", "where": {"m": "256"}, "by": "m"}, "at", "needs the claim's 'better"),
    ],
)
def test_a_selector_that_does_not_fit_names_the_field(given: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(InvalidSelector, match=said) as caught:
        values(TABLE, **given)
    assert caught.value.field == field


def test_the_runs_of_a_chart_export_are_the_replicates() -> None:
    chart = '"Step","a - acc","a - acc__MIN","b - acc"\n0,0.1,0.1,0.2\n10,0.5,0.5,\n'
    assert pairs(chart, value="acc", at="last") == [("a", 0.5), ("b", 0.2)]


FLOATS = st.floats(-LARGEST, LARGEST)


@given(FLOATS, FLOATS)
def test_a_product_is_that_of_the_digits(value: float, scale: float) -> None:
    exact = Fraction(repr(value)) * Fraction(repr(scale))
    found = times(value, scale)
    assert (math.isnan(found) and abs(exact) > Fraction(LARGEST) * Fraction("0.9")) or abs(
        Fraction(found) - exact
    ) <= abs(exact) * Fraction(1, 10**15) + Fraction(5e-324)


@given(st.dictionaries(st.text("012", min_size=1, max_size=2), st.tuples(FLOATS, st.none() | FLOATS)), st.randoms())
def test_differences_are_paired_by_name_whatever_the_order(
    given: dict[str, tuple[float, float | None]], order: random.Random
) -> None:
    first = [Measurement(replicate=name, value=value) for name, (value, _) in given.items()]
    second = [Measurement(replicate=name, value=other) for name, (_, other) in given.items() if other is not None]
    order.shuffle(second)
    for one in paired(first, second):
        value, other = given[one.replicate]
        assert (
            math.isnan(one.value)
            if other is None
            else math.isclose(one.value, value - other, abs_tol=1e-300)
            or (abs(value - other) > LARGEST)
            or math.isclose(one.value, value - other, rel_tol=1e-6, abs_tol=max(abs(value), abs(other)) * 1e-15)
        )


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.floats(-9, 9)), max_size=20), st.randoms())
def test_a_selection_takes_each_replicate_once_and_no_other_rows(
    rows: list[tuple[int, int, float]], order: random.Random
) -> None:
    unique = list({(m, seed): value for m, seed, value in rows}.items())
    order.shuffle(unique)
    text = "m,seed,value\n" + "".join(f"{m},{seed},{value!r}\n" for (m, seed), value in unique)
    found = dict(pairs(text, where={"m": "1"}))
    assert found == {str(seed): value for (m, seed), value in unique if m == 1}
