"""One claim at a glance: what was reported, the band that agrees, a dot a seed, and the interval of the mean."""

import math
from collections.abc import Sequence

from labfolio.facts.claims import Judged
from labfolio.model.wording import number
from labfolio.present.charts.drawing import across, down
from labfolio.present.charts.labels import LETTER, NARROW, apart
from labfolio.present.charts.scale import Scale, scale_of
from labfolio.present.views.charts import Band, Chart, Point, Stroke, Words

HEIGHT = 56
_DOTS, _BAR = 18.0, 42.0
# Two dots nearer than this, in the narrow width, are drawn one above the other.
_DOT = 9.0


def dot_strip(id: str, one: Judged, goal: str, title: str, description: str) -> Chart | None:
    """The strip, None where nothing was measured. `goal` names the line: "paper" or "target"."""
    judgement, claim = one.judgement, one.claim
    finite = [value.value for value in one.values if math.isfinite(value.value)]
    if not finite:
        return None
    low, high = (claim.goal + edge for edge in judgement.accept)
    found = judgement.spread
    baseline = [claim.baseline] if claim.baseline is not None else []
    scale = scale_of([*finite, claim.goal, low, high, found.own_low, found.own_high, *baseline], padding=0.05)
    if scale is None:
        return None
    left, right = (scale.place(edge) if math.isfinite(edge) else float(edge > 0) for edge in (low, high))
    bands = [Band(css="tolerance", x=across(left), y="0", width=across(max(right - left, 0)), height=down(HEIGHT))]
    strokes = [Stroke(css="axis", x1="0%", y1=down(HEIGHT), x2="100%", y2=down(HEIGHT))]
    strokes += [_upright("goal", scale.place(claim.goal))]
    strokes += [_upright("reference", scale.place(value)) for value in baseline]
    mean = scale.place(found.value)
    if math.isfinite(found.own_low) and found.own_high > found.own_low:
        ends = [across(scale.place(value)) for value in (found.own_low, found.own_high)]
        strokes.append(Stroke(css="interval", x1=ends[0], y1=down(_BAR), x2=ends[1], y2=down(_BAR)))
    strokes.append(Stroke(css="mean", x1=across(mean), y1=down(_BAR - 7), x2=across(mean), y2=down(_BAR + 7)))
    return Chart(
        id=id,
        css="chart-strip",
        title=title,
        description=description,
        height=HEIGHT,
        bands=tuple(bands),
        strokes=tuple(strokes),
        points=tuple(_dots(scale, finite)),
        words=tuple(_words(scale, one, goal, (low, high))),
    )


def _upright(css: str, place: float) -> Stroke:
    return Stroke(css=css, x1=across(place), y1="0", x2=across(place), y2=down(HEIGHT))


def _dots(scale: Scale, values: Sequence[float]) -> list[Point]:
    """One dot a replicate, raised and lowered in turn where several lie close together."""
    found: list[Point] = []
    row, before = 0, -math.inf
    for value in sorted(values):
        place = scale.place(value)
        row = row + 1 if (place - before) * NARROW < _DOT else 0
        before = place
        found.append(Point(css="seed", shape="disc", x=across(place), y=down(_DOTS + (0, -7, 7)[row % 3])))
    return found


def _words(scale: Scale, one: Judged, goal: str, edges: tuple[float, float]) -> list[Words]:
    """The goal, the baseline and the tolerance's edges below the axis, moved apart; a mark that would still overlap
    its neighbours at the narrow width is the edges', which the record beside the strip repeats."""
    claim = one.claim
    wanted = [(scale.place(claim.goal), f"{goal} {number(claim.goal)}", "goal-name")]
    if claim.baseline is not None:
        wanted.append((scale.place(claim.baseline), f"baseline {number(claim.baseline)}", "tick"))
    for edge in edges:
        if math.isfinite(edge) and edge != claim.goal:
            text, place = number(edge), scale.place(edge)
            if not any(_touch(place, text, other, name) for other, name, _ in wanted):
                wanted.append((place, text, "tick"))
    gap = max(len(text) for _, text, _ in wanted[:2]) * LETTER / NARROW if len(wanted) > 1 else 0.0
    fixed = [place for place, _, _ in wanted]
    moved = apart(fixed[:2], gap, 0.02, 0.98) + fixed[2:] if claim.baseline is not None else fixed
    return [
        Words(css=f"{_anchor(place)} {css}", x=across(place), y=down(HEIGHT + 18), text=text)
        for place, (_, text, css) in zip(moved, wanted, strict=True)
    ]


def _touch(place: float, text: str, other: float, name: str) -> bool:
    return abs(place - other) * NARROW < (len(text) + len(name)) / 2 * LETTER + 6


def _anchor(place: float) -> str:
    return "after" if place < 0.12 else "before" if place > 0.88 else "over"
