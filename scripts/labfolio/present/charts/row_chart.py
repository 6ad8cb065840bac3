"""A quantity by words: one row a word, a point and its interval; several groups share a row."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from labfolio.facts.series import Estimate
from labfolio.present.charts.drawing import SHAPES, across, down, point, x_axis
from labfolio.present.charts.scale import Scale, scale_of
from labfolio.present.views.charts import Chart, Point, Stroke, Words

ROW, SHORT_ROW, GROUP = 40, 26, 14
# Names of so few letters stand before their row; longer ones above it.
_SHORT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One row: its word, and an estimate for each group that has one, by the group's name."""

    name: str
    estimates: tuple[tuple[str, Estimate], ...]


def row_chart(
    id: str, rows: Sequence[ChartRow], axis: str, title: str, description: str, reference: float = math.nan
) -> Chart | None:
    """The chart, None where no point can be drawn. `reference` is drawn through all rows."""
    ends = [reference]
    for _, one in (pair for row in rows for pair in row.estimates):
        ends += [one.mean, one.mean - one.half, one.mean + one.half]
    scale = scale_of(ends)
    if scale is None:
        return None
    groups = list(dict.fromkeys(group for row in rows for group, _ in row.estimates))
    short = max(len(row.name) for row in rows) <= _SHORT
    depth = (SHORT_ROW if short else ROW) + GROUP * (len(groups) - 1)
    height = depth * len(rows)
    strokes, words = x_axis(scale.ticks(5), scale, height, axis)
    points: list[Point] = []
    if math.isfinite(reference):
        upright = across(scale.place(reference))
        strokes.append(Stroke(css="reference", x1=upright, y1="0", x2=upright, y2=down(height)))
    for number, row in enumerate(rows):
        top = float(number * depth)
        first = top + (13 if short else 27)
        strokes.append(Stroke(css="grid", x1="0%", y1=down(top), x2="100%", y2=down(top)))
        if short:
            words.append(Words(css="before row-name", x="0%", y=down(first + 5), text=row.name, dx=-8))
        else:
            words.append(Words(css="after row-name", x="0%", y=down(top + 15), text=row.name))
        for group, one in row.estimates:
            index = groups.index(group)
            named = group if len(groups) > 1 and not number else ""
            drawn = _estimate(one, scale, first + GROUP * index, index, named)
            strokes, points, words = [*strokes, *drawn[0]], [*points, *drawn[1]], [*words, *drawn[2]]
    return Chart(
        id=id,
        css="chart-rows chart-short" if short else "chart-rows",
        title=title,
        description=description,
        height=height,
        strokes=tuple(strokes),
        points=tuple(points),
        words=tuple(words),
    )


def _estimate(
    one: Estimate, scale: Scale, y: float, index: int, name: str
) -> tuple[list[Stroke], list[Point], list[Words]]:
    """A point with its interval, and its group's name on the side that has room."""
    css, x = f"series s{index % len(SHAPES) + 1}", scale.place(one.mean)
    if not math.isfinite(x):
        return [], [], [Words(css="after tick", x="0%", y=down(y + 5), text="all runs failed")]
    half = one.half if one.half > 0 else 0.0
    low, high = scale.place(one.mean - half), scale.place(one.mean + half)
    whisker = Stroke(css=f"whisker {css}", x1=across(low), y1=down(y), x2=across(high), y2=down(y))
    side, edge, dx = ("before", low, -10) if x > 0.6 else ("after", high, 10)
    words = [Words(css=f"{side} series-name", x=across(edge), y=down(y + 5), text=name, dx=dx)] if name else []
    return [whisker] if half else [], [point(css, SHAPES[index % len(SHAPES)], x, y)], words
