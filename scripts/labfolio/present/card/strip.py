"""The plate, small: a cell a day, a column a sub-milestone, or as fits where those are very long or short."""

import math
from collections.abc import Callable

from labfolio.present.card.canvas import Canvas, Rgb
from labfolio.present.card.shapes import hatch
from labfolio.present.views.card import Strip

# The plate keeps within this many pixels, and a cell within the last.
_WIDTH, _HEIGHT, _CELL = 400.0, 120.0, 20.0
# How many cells a column can have, and has otherwise.
_ROWS, _OTHERWISE = range(4, 15), 10
# Below this pitch a cell has neither gap nor outline.
_SMALL = 5.0
_MOST = 20_000


def strip_size(strip: Strip) -> tuple[float, float, float]:
    """Width, height and pitch of the cells in pixels; nothing for a plan of more days than can be told apart."""
    rows = _rows(strip)
    columns = -(-len(strip.days) // rows)
    if not strip.days or len(strip.days) > _MOST:
        return 0.0, 0.0, 0.0
    pitch = min(_WIDTH / columns, _HEIGHT / rows, _CELL)
    return columns * pitch, rows * pitch, pitch


def _rows(strip: Strip) -> int:
    rows = strip.length if strip.length in _ROWS else _OTHERWISE
    wide = len(strip.days) * _SMALL > _WIDTH * rows
    return math.ceil(math.sqrt(len(strip.days) * _HEIGHT / _WIDTH)) if wide else rows


def draw_strip(canvas: Canvas, strip: Strip, left: float, top: float, colour: Callable[[str], Rgb]) -> None:
    """Draws the plate from its upper left corner on."""
    rows, (width, height, pitch) = _rows(strip), strip_size(strip)
    if not pitch:
        return
    if pitch < _SMALL:
        canvas.frame(left - 1, top - 1, left + width + 1, top + height + 1, colour("--rule"), 1)
    cell = pitch * 0.84 if pitch >= _SMALL else pitch

    def place(index: int) -> tuple[float, float, float, float]:
        x, y = left + index // rows * pitch, top + index % rows * pitch
        return x, y, x + cell, y + cell

    for index, day in enumerate(strip.days):
        if day == "s":
            canvas.box(*place(index), colour("--held"))
        elif day in "12345678":
            canvas.stencil(*place(index)[:2], hatch(f"h{day}", cell, cell, 0.75), colour("--ink-2"))
            if pitch >= _SMALL:
                canvas.frame(*place(index), colour("--rule-3"), 1)
        elif pitch >= _SMALL:
            canvas.frame(*place(index), colour("--rule"), 1)
    if strip.now is not None:
        x0, y0, x1, y1 = place(strip.now - 1)
        canvas.frame(x0 - 3, y0 - 3, x1 + 3, y1 + 3, colour("--fail"), 3)
