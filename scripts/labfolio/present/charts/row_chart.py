"""A quantity by words: one row a word, a point and its interval; several groups share a row."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from labfolio.facts.series import Estimate
from labfolio.present.charts.drawing import SHAPES, across, down, point, x_axis
from labfolio.present.charts.scale import scale_of
from labfolio.present.views import Chart, Point, Stroke, Words

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
        top = number * depth
        strokes.append(Stroke(css="grid", x1="0%", y1=down(top), x2="100%", y2=down(top)))
        first = top + (13 if short else 27)
        if short:
            words.append(Words(css="before row-name", x="0%", y=down(first + 5), text=row.name, dx=-8))
        else:
            words.append(Words(css="after row-name", x="0%", y=down(top + 15), text=row.name))
        for group, one in row.estimates:
            index = groups.index(group)
            css, y = f"series s{index % len(SHAPES) + 1}", first + GROUP * index
            x = scale.place(one.mean)
            if not math.isfinite(x):
                words.append(Words(css="after tick", x="0%", y=down(y + 5), text="all runs failed"))
                continue
            if one.half > 0:
                low, high = scale.place(one.mean - one.half), scale.place(one.mean + one.half)
                strokes.append(Stroke(css=f"whisker {css}", x1=across(low), y1=down(y), x2=across(high), y2=down(y)))
            points.append(point(css, SHAPES[index % len(SHAPES)], x, y))
            if len(groups) > 1 and not number:
                side, dx = ("before", -10) if x > 0.6 else ("after", 10)
                end = one.half if one.half > 0 else 0.0
                edge = across(scale.place(one.mean - end if x > 0.6 else one.mean + end))
                words.append(Words(css=f"{side} series-name", x=edge, y=down(y + 5), text=group, dx=dx))
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
