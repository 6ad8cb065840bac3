"""The pen: from places on two axes to the strokes, points and words of a chart."""

import math
from collections.abc import Iterable, Sequence

from labfolio.present.charts.scale import Scale
from labfolio.present.views.charts import Point, Stroke, Words

# Seven series can be told apart without colour, by marker and dash; after that they begin again.
Ticks = Sequence[tuple[float, str]]
SHAPES = ("disc", "square", "triangle", "diamond", "ring", "cross", "plus")


def across(place: float) -> str:
    """A place in 0..1 as a percentage; a tenth is half a pixel of the widest chart."""
    return f"{100 * place:.1f}".rstrip("0").rstrip(".") + "%"


def down(pixels: float) -> str:
    """Pixels from the top."""
    return f"{pixels:.1f}".rstrip("0").rstrip(".")


def x_axis(ticks: Ticks, scale: Scale, height: int, name: str) -> tuple[list[Stroke], list[Words]]:
    """The line at the foot with ticks, their texts and the axis's name."""
    foot, below = down(height), down(height + 5)
    strokes = [Stroke(css="axis", x1="0%", y1=foot, x2="100%", y2=foot)]
    words = [Words(css="over axis-name", x="50%", y=down(height + 40), text=name)]
    for value, text in ticks:
        x = across(scale.place(value))
        strokes.append(Stroke(css="axis", x1=x, y1=foot, x2=x, y2=below))
        words.append(Words(css="over tick", x=x, y=down(height + 20), text=text))
    return strokes, words


def y_axis(ticks: Ticks, scale: Scale, height: int, name: str) -> tuple[list[Stroke], list[Words]]:
    """A hairline a tick with its text on the left, and the axis's name above."""
    words = [Words(css="after axis-name", x="0%", y="-14", text=name)]
    strokes = []
    for value, text in ticks:
        y = height * (1 - scale.place(value))
        strokes.append(Stroke(css="grid", x1="0%", y1=down(y), x2="100%", y2=down(y)))
        words.append(Words(css="before tick", x="0%", y=down(y + 5), text=text, dx=-8))
    return strokes, words


def whisker(css: str, x: float, low: float, high: float) -> list[Stroke]:
    """An upright interval; nothing where it has no length."""
    if not (math.isfinite(low) and math.isfinite(high)) or abs(high - low) < 0.5:
        return []
    return [Stroke(css=f"whisker {css}", x1=across(x), y1=down(low), x2=across(x), y2=down(high))]


def point(css: str, shape: str, x: float, y: float) -> Point:
    """A marker at a place."""
    return Point(css=css, shape=shape, x=across(x), y=down(y))


def room(texts: Iterable[str]) -> str:
    """How much room the longest of some labels takes: one of four classes of the style sheet."""
    longest = max((len(text) for text in texts), default=0)
    classes = ((0, "none"), (6, "short"), (12, "medium"))
    return next((name for letters, name in classes if longest <= letters), "long")
