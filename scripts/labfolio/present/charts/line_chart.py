"""A quantity over a number that was varied: one line a group, an interval a point, each line named at its end."""

import math
from collections.abc import Sequence
from itertools import pairwise

from labfolio.facts.series import Line
from labfolio.model.evidence import Ablation
from labfolio.present.charts.drawing import SHAPES, across, down, point, room, whisker, x_axis, y_axis
from labfolio.present.charts.labels import LINE, apart
from labfolio.present.charts.scale import scale_of, ticks_at
from labfolio.present.views.charts import Chart, Point, Stroke, Words

HEIGHT = 240


def line_chart(id: str, declared: Ablation, lines: Sequence[Line], title: str, description: str) -> Chart | None:
    """The chart, None where no point can be drawn."""
    xs = [float(x) for line in lines for x, _ in line.points]
    ends = [
        end
        for line in lines
        for _, one in line.points
        for end in (one.mean, *((one.mean - one.half, one.mean + one.half) if one.half > 0 else ()))
    ]
    x_scale, y_scale = scale_of(xs, log="x" in declared.log), scale_of(ends, log="y" in declared.log)
    if x_scale is None or y_scale is None:
        return None
    strokes, words = x_axis(ticks_at(x_scale, xs, 6), x_scale, HEIGHT, declared.x_name or declared.x)
    more, names = y_axis(y_scale.ticks(6), y_scale, HEIGHT, declared.y_name or declared.y)
    strokes, words, points = [*more, *strokes], [*words, *names], list[Point]()

    def height(value: float) -> float:
        return HEIGHT * (1 - y_scale.place(value))

    last: list[tuple[Line, float]] = []
    for index, line in enumerate(lines):
        css = f"series s{index % len(SHAPES) + 1}"
        places = [(x_scale.place(float(x)), height(one.mean)) for x, one in line.points]
        for (x1, y1), (x2, y2) in pairwise(places):
            if all(map(math.isfinite, (x1, y1, x2, y2))):
                strokes.append(Stroke(css=css, x1=across(x1), y1=down(y1), x2=across(x2), y2=down(y2)))
        for (x, y), (_, one) in zip(places, line.points, strict=True):
            if math.isfinite(x) and math.isfinite(y):
                low = height(one.mean - one.half)
                strokes += whisker(css, x, low if math.isfinite(low) else float(HEIGHT), height(one.mean + one.half))
                points.append(point(css, SHAPES[index % len(SHAPES)], x, y))
        drawn = [y for x, y in places if math.isfinite(x) and math.isfinite(y)]
        if drawn and line.group:
            last.append((line, drawn[-1]))
    words += _ends(lines, last)
    css = f"chart-lines after-{room(line.group for line in lines)}"
    return Chart(
        id=id,
        css=css,
        title=title,
        description=description,
        height=HEIGHT,
        strokes=tuple(strokes),
        points=tuple(points),
        words=tuple(words),
    )


def _ends(lines: Sequence[Line], last: Sequence[tuple[Line, float]]) -> list[Words]:
    """The names of the lines at their right ends, moved apart where lines end close to each other."""
    places = apart([y for _, y in last], LINE, 4, HEIGHT)
    return [
        Words(
            css=f"after series-name s{lines.index(line) % len(SHAPES) + 1}",
            x="100%",
            y=down(y + 5),
            text=line.group,
            dx=10,
        )
        for (line, _), y in zip(last, places, strict=True)
    ]
