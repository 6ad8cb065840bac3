"""Charts: ticks that can be counted by, labels that never overlap, and the same bytes every time."""

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.facts.series import choices, lines
from labfolio.model.evidence import Ablation, Tradeoff
from labfolio.model.measurement import Sample
from labfolio.present.charts.labels import LETTER, NARROW, apart, beside
from labfolio.present.charts.line_chart import line_chart
from labfolio.present.charts.scale import Scale, scale_of, ticks_at
from labfolio.present.charts.scatter import scatter

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("low", "high", "log", "texts"),
    [
        (0, 1, False, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (-0.9, 0.9, False, ["\u22120.5", "0.0", "0.5"]),
        (0, 100, False, ["0", "20", "40", "60", "80", "100"]),
        (3, 11, False, ["4", "6", "8", "10"]),
        (0, 0.1, False, ["0.00", "0.02", "0.04", "0.06", "0.08", "0.10"]),
        (0, 12.5, False, ["0.0", "2.5", "5.0", "7.5", "10.0", "12.5"]),
        (1, 1000, True, ["1", "10", "100", "1000"]),
        (10, 1000, True, ["10", "100", "1000"]),
        (0.5, 20, True, ["0.5", "1", "2", "5", "10", "20"]),
        (1e-6, 1e6, True, ["10\u207b\u2076", "0.001", "1", "1000", "10\u2076"]),
        (3, 4, True, ["3.0", "3.2", "3.4", "3.6", "3.8", "4.0"]),
    ],
)
def test_ticks(low: float, high: float, log: bool, texts: list[str]) -> None:
    assert [text for _, text in Scale(low=low, high=high, log=log).ticks(6)] == texts


@given(st.lists(NUMBERS, min_size=1, max_size=20), st.booleans())
def test_a_scale_holds_its_values_and_its_ticks_are_few_and_inside(values: list[float], log: bool) -> None:
    scale = scale_of(values, log=log)
    drawable = [value for value in values if value > 1e-250 or not log]
    if scale is None:
        assert not drawable or 0 < max(drawable) - min(drawable) < 1e-250
        return
    assert all(-1e-9 <= scale.place(value) <= 1 + 1e-9 for value in drawable)
    ticks = scale.ticks(6)
    assert len(ticks) <= 6
    assert all(-1e-6 <= scale.place(value) <= 1 + 1e-6 for value, _ in ticks)


def test_a_few_values_are_their_own_ticks() -> None:
    scale = Scale(low=8, high=2048, log=True)
    assert [text for _, text in ticks_at(scale, [16, 64, 256, 1024], 6)] == ["16", "64", "256", "1024"]
    assert ticks_at(scale, [16, 17, 1024], 6) == scale.ticks(6), "16 and 17 would stand on each other"


def test_what_cannot_stand_on_a_logarithmic_axis_has_no_place() -> None:
    scale = scale_of([0.0, -1.0, math.nan, 1.0, 10.0], log=True)
    assert scale is not None
    assert math.isnan(scale.place(0.0))
    assert scale_of([0.0, -1.0], log=True) is None
    assert scale_of([math.nan]) is None


@given(st.lists(st.floats(0, 240), min_size=1, max_size=12))
def test_spread_labels_keep_their_order_and_distance(wanted: list[float]) -> None:
    found = apart(wanted, 16, 0, 400)
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    places = [found[index] for index in order]
    assert all(b - a >= 16 - 1e-6 for a, b in pairwise(places))
    assert min(places) >= -1e-6
    assert max(places) <= 400 + 1e-6


def test_labels_with_room_stay_where_they_are() -> None:
    assert apart([10, 100, 200], 16, 0, 240) == [10, 100, 200]
    assert apart([100, 100], 16, 0, 240) == [92, 108]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 260), st.text("abc", min_size=1, max_size=8)), max_size=15))
def test_labels_beside_points_never_overlap(points: list[tuple[float, float, str]]) -> None:
    sides = beside([(x, y) for x, y, _ in points], [text for _, _, text in points], 260)
    boxes = []
    for (x, _, text), side in zip(points, sides, strict=True):
        if side is not None:
            width, at = len(text) * LETTER, x * NARROW
            left = {"after": at + 8, "before": at - 8 - width, "over": at - width / 2}[side[0]]
            boxes.append((left, left + width, side[1]))
    for index, (left, right, y) in enumerate(boxes):
        for other_left, other_right, other_y in boxes[:index]:
            assert right <= other_left or other_right <= left or abs(y - other_y) >= 14


def rows(*given: tuple[Any, ...]) -> list[Sample]:
    return [Sample(key=key, values=values, replicate=str(seed), line=2) for key, values, seed in given]


def test_a_gap_in_the_numbers_is_a_gap_in_the_line() -> None:
    declared = Ablation.model_validate({"id": "a", "file": "a.csv", "x": "x", "y": "y"})
    values = [1.0, 2.0, math.nan, 3.0, 4.0]
    found = lines(declared, rows(*(((str(x), ""), (y,), 0) for x, y in enumerate(values))), 0.95)
    chart = line_chart("chart-a", declared, found, "t", "d")
    assert chart is not None
    assert len(chart.points) == 4
    assert sum(stroke.css.startswith("series") for stroke in chart.strokes) == 2


def test_a_chart_of_nothing_is_none() -> None:
    declared = Ablation.model_validate({"id": "a", "file": "a.csv", "x": "x", "y": "y"})
    assert line_chart("a", declared, lines(declared, rows((("1", ""), (math.nan,), 0)), 0.95), "t", "d") is None
    tradeoff = Tradeoff.model_validate({"id": "a", "file": "a.csv", "x": "x", "y": "y", "label": "m"})
    assert scatter("a", tradeoff, choices(tradeoff, rows((("s",), (1, math.nan), 0)), 0.95), "t", "d") is None


def test_the_front_is_joined_and_every_point_named_where_there_is_room() -> None:
    declared = Tradeoff.model_validate({"id": "a", "file": "a.csv", "x": "ms", "y": "acc", "label": "m"})
    given = rows((("small",), (1, 0.7), 0), (("mid",), (5, 0.8), 0), (("large",), (9, 0.9), 0), (("bad",), (8, 0.6), 0))
    chart = scatter("a", declared, choices(declared, given, 0.95), "t", "d")
    assert chart is not None
    assert sum(stroke.css == "front" for stroke in chart.strokes) == 2
    assert {word.text for word in chart.words} >= {"small", "mid", "large", "bad"}
    assert sorted(point.shape for point in chart.points) == ["disc", "disc", "disc", "ring"]
