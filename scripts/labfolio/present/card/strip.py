"""The plate, small: a cell a day, a column a sub-milestone, or as fits where those are very long or short."""

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import product

from PIL import Image, ImageChops, ImageDraw

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
    left, top = round(left), round(top)
    if pitch < _SMALL:
        canvas.frame(left - 1, top - 1, left + width + 1, top + height + 1, colour("--rule"), 1)
    columns = -(-len(strip.days) // rows)
    for day in sorted(set(strip.days)):
        chosen = _chosen(strip.days, day, columns, rows, pitch)
        for token, painted in _layers(day):
            if painted != "outline" or pitch >= _SMALL:
                cells = _cells(columns, rows, pitch, painted)
                canvas.stencil(left, top, ImageChops.multiply(cells, chosen), colour(token))
    if strip.now is not None:
        column, row = divmod(strip.now - 1, rows)
        x, y, cell = round(left + column * pitch), round(top + row * pitch), round(_cell(pitch))
        canvas.frame(x - 3, y - 3, x + cell + 3, y + cell + 3, colour("--fail"), 3)


def _layers(day: str) -> tuple[tuple[str, str], ...]:
    """What a cell is painted with, the lowest first: the token of the colour and what `_cells` paints."""
    if day == "s":
        return (("--held", "fill"),)
    return (("--ink-2", f"h{day}"), ("--rule-3", "outline")) if day in "12345678" else (("--rule", "outline"),)


def _cell(pitch: float) -> float:
    return pitch * 0.84 if pitch >= _SMALL else pitch


def _size(columns: int, rows: int, pitch: float) -> tuple[int, int]:
    return math.ceil(columns * pitch), math.ceil(rows * pitch)


def _chosen(days: str, day: str, columns: int, rows: int, pitch: float) -> Image.Image:
    """A mask of the places of all days of a kind, each with half of the gap around it."""
    marks = bytes(255 if one == day else 0 for one in days.ljust(columns * rows, "\0"))
    grid = Image.frombytes("L", (rows, columns), marks).transpose(Image.Transpose.TRANSPOSE)
    before = (pitch - _cell(pitch)) / 2 / pitch
    scale = (1 / pitch, 0, before, 0, 1 / pitch, before)
    return grid.transform(_size(columns, rows, pitch), Image.Transform.AFFINE, scale, Image.Resampling.NEAREST)


# A plate is the same on every card of a site but for the days.
@lru_cache(maxsize=16)
def _cells(columns: int, rows: int, pitch: float, painted: str) -> Image.Image:
    """A mask of a plate of cells that are all alike: `fill`, `outline`, or a hatch (h1 to h8)."""
    cell, (width, height) = _cell(pitch), _size(columns, rows, pitch)
    # At twice the size, so that cells stand at half pixels and all outlines are as wide.
    large = Image.new("L", (2 * width, 2 * height))
    draw = ImageDraw.Draw(large)
    for column, row in product(range(columns), range(rows)):
        x, y = column * pitch, row * pitch
        x0, y0, x1, y1 = (round(2 * one) for one in (x, y, x + cell, y + cell))
        if painted == "outline":
            draw.rectangle((x0, y0, x1 - 1, y1 - 1), outline=255, width=2)
        elif painted == "fill":
            draw.rectangle((x0, y0, x1 - 1, y1 - 1), fill=255)
        else:
            large.paste(_twice(painted, cell), (x0, y0))
    return large.reduce(2)


@lru_cache(maxsize=8)
def _twice(name: str, cell: float) -> Image.Image:
    """The mask of a hatched cell at twice its size."""
    return hatch(name, 2 * cell, 2 * cell, 1.5)
