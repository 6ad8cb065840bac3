"""What charts show, from rows."""

import math
from typing import Any

import pytest

from labfolio.facts.series import choices, lines, parts
from labfolio.model.evidence import Ablation, Slice, Tradeoff
from labfolio.model.measurement import Sample

BASE = {"id": "a", "file": "a.csv"}


def rows(*given: tuple[Any, ...]) -> list[Sample]:
    return [
        Sample(key=tuple(map(str, key)), values=tuple(values), replicate=str(seed), line=line)
        for line, (key, values, seed) in enumerate(given, start=2)
    ]


def test_points_are_in_the_order_of_their_numbers_and_words_in_that_of_the_file() -> None:
    declared = Ablation.model_validate({**BASE, "x": "x", "y": "y"})
    numbers = lines(declared, rows((("10", ""), [1], 0), (("9", ""), [2], 0)), 0.95)
    words = lines(declared, rows((("b", ""), [1], 0), (("a", ""), [2], 0)), 0.95)
    assert [x for x, _ in numbers[0].points] == ["9", "10"]
    assert [x for x, _ in words[0].points] == ["b", "a"]


def test_a_failed_run_is_counted_and_not_averaged() -> None:
    declared = Ablation.model_validate({**BASE, "x": "x", "y": "y", "group": "g"})
    found = lines(declared, rows((("1", "u"), [1], 0), (("1", "u"), [math.nan], 1), (("1", "v"), [5], 0)), 0.95)
    assert [(line.group, line.points[0][1].mean, line.points[0][1].n, line.points[0][1].runs) for line in found] == [
        ("u", 1, 1, 2),
        ("v", 5, 1, 1),
    ]


@pytest.mark.parametrize(("better", "worst"), [("higher", "b"), ("lower", "a")])
def test_the_worst_part_comes_first_and_a_failed_one_before_it(better: str, worst: str) -> None:
    declared = Slice.model_validate({**BASE, "value": "v", "slice": "s", "better": better})
    given = rows((("a",), [0.9], 0), (("b",), [0.5], 0), (("a",), [0.7], 1), (("b",), [0.7], 1))
    found, overall = parts(declared, given, 0.95)
    assert found[0].name == worst
    assert overall.mean == pytest.approx(0.7)
    assert found[0].gap == pytest.approx(-0.1)
    failed, _ = parts(declared, [*given, *rows((("c",), [math.nan], 0))], 0.95)
    assert failed[0].name == "c"


def test_the_front_holds_what_nothing_beats_on_both_axes() -> None:
    declared = Tradeoff.model_validate({**BASE, "x": "ms", "y": "acc", "label": "m"})
    given = rows((("s",), [1, 0.8], 0), (("m",), [2, 0.9], 0), (("bad",), [3, 0.85], 0), (("l",), [4, 0.95], 0),
                 (("same",), [4, 0.95], 0), (("failed",), [1, math.nan], 0))  # fmt: skip
    found = choices(declared, given, 0.95)
    assert [one.name for one in found if one.front] == ["s", "m", "l", "same"]
    assert found[0].name in ("s", "failed"), "from the cheapest"


def test_the_front_follows_the_directions_that_are_better() -> None:
    declared = Tradeoff.model_validate(
        {**BASE, "x": "size", "y": "err", "label": "m", "better": {"x": "higher", "y": "lower"}}
    )
    found = choices(declared, rows((("a",), [1, 0.1], 0), (("b",), [2, 0.1], 0), (("c",), [3, 0.2], 0)), 0.95)
    assert [one.name for one in found if one.front] == ["c", "b"]
