"""A metric against its cost: one point a configuration, those on the Pareto front filled and joined."""

import math
from collections.abc import Sequence
from itertools import pairwise

from labfolio.facts.series import Choice
from labfolio.model.evidence import Tradeoff
from labfolio.present.charts.drawing import across, down, point, whisker, x_axis, y_axis
from labfolio.present.charts.labels import beside
from labfolio.present.charts.scale import Scale, scale_of
from labfolio.present.views.charts import Chart, Stroke, Words

HEIGHT = 260
_OFFSETS = {"after": 9, "before": -9, "over": 0}


def scatter(id: str, declared: Tradeoff, choices: Sequence[Choice], title: str, description: str) -> Chart | None:
    """The chart, None where no point can be drawn."""
    x_scale = scale_of([one.x.mean for one in choices], log="x" in declared.log, padding=0.1)
    ends = [end for one in choices for end in (one.y.mean, one.y.mean - one.y.half, one.y.mean + one.y.half)]
    y_scale = scale_of([*ends, *(one.y.mean for one in choices)], log="y" in declared.log, padding=0.1)
    if x_scale is None or y_scale is None:
        return None
    strokes, words = x_axis(x_scale.ticks(5), x_scale, HEIGHT, declared.x_name or declared.x)
    more, names = y_axis(y_scale.ticks(6), y_scale, HEIGHT, declared.y_name or declared.y)
    strokes, words = [*more, *strokes], [*words, *names]
    # The front is labelled first, so that it keeps its names where room is short.
    placed = sorted(_placed(choices, x_scale, y_scale), key=lambda one: not one[0].front)
    front = [(x, y) for one, x, y in sorted(placed, key=lambda one: one[1]) if one.front]
    for (x1, y1), (x2, y2) in pairwise(front):
        strokes.append(Stroke(css="front", x1=across(x1), y1=down(y1), x2=across(x2), y2=down(y2)))
    points = []
    for one, x, y in placed:
        css = "on-front" if one.front else "off-front"
        low, high = (HEIGHT * (1 - y_scale.place(one.y.mean + sign * one.y.half)) for sign in (-1, 1))
        strokes += whisker(css, x, low, high)
        points.append(point(css, "disc" if one.front else "ring", x, y))
    sides = beside([(x, y) for _, x, y in placed], [one.name for one, _, _ in placed], HEIGHT)
    for (one, x, _), side in zip(placed, sides, strict=True):
        if side is not None:
            css = f"{side[0]} point-name"
            words.append(Words(css=css, x=across(x), y=down(side[1]), text=one.name, dx=_OFFSETS[side[0]]))
    return Chart(
        id=id,
        css="chart-scatter",
        title=title,
        description=description,
        height=HEIGHT,
        strokes=tuple(strokes),
        points=tuple(points),
        words=tuple(words),
    )


def _placed(choices: Sequence[Choice], x_scale: Scale, y_scale: Scale) -> list[tuple[Choice, float, float]]:
    found = [(one, x_scale.place(one.x.mean), HEIGHT * (1 - y_scale.place(one.y.mean))) for one in choices]
    return [(one, x, y) for one, x, y in found if math.isfinite(x) and math.isfinite(y)]
