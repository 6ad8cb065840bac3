"""The shapes of marks and the hatches of pillars, as the site's pages draw them."""

from functools import lru_cache

from PIL import Image, ImageDraw

from labfolio.present.card.canvas import mask

# The unit of the marks' drawings: they fill a square of twelve.
_SQUARE = 12.0


@lru_cache(maxsize=32)
def shape(name: str, size: float) -> Image.Image:
    """The mask of a mark: disc, half, cross, ring or bar, `size` pixels wide and high."""

    def paint(draw: ImageDraw.ImageDraw, pixel: float) -> None:
        unit = size / _SQUARE * pixel

        def circle(radius: float, fill: int) -> None:
            draw.ellipse([(6 - radius) * unit, (6 - radius) * unit, (6 + radius) * unit, (6 + radius) * unit], fill)

        def line(*ends: float) -> None:
            draw.line([one * unit for one in ends], 255, round(2 * unit))

        if name in ("disc", "half", "ring"):
            circle(5.5, 255)
        if name == "ring":
            circle(4.1, 0)
        if name == "half":
            draw.pieslice([1.7 * unit, 1.7 * unit, 10.3 * unit, 10.3 * unit], -90, 90, 0)
        if name == "cross":
            line(1.5, 1.5, 10.5, 10.5)
            line(1.5, 10.5, 10.5, 1.5)
        if name == "bar":
            line(1.5, 6, 10.5, 6)

    return mask(size, size, paint)


@lru_cache(maxsize=32)
def hatch(name: str, width: float, height: float, unit: float) -> Image.Image:
    """The mask of a hatch (h1 to h8) without its outline; `unit` is what one CSS pixel of the site is here."""

    def paint(draw: ImageDraw.ImageDraw, pixel: float) -> None:
        one = unit * pixel
        wide, high = width * pixel, height * pixel
        steep, flat = name in ("h3", "h7"), name in ("h5", "h7")
        step = (4 if name == "h7" else 3) * one
        if name == "h1":
            draw.rectangle([0, 0, wide, high], 255)
        for index in range(round(wide / step) + 1 if steep else 0):
            draw.rectangle([(index * step) + one, 0, index * step + 2 * one, high], 255)
        for index in range(round(high / step) + 1 if flat else 0):
            draw.rectangle([0, index * step + one, wide, index * step + 2 * one], 255)
        if name in ("h2", "h6"):
            lean = high if name == "h2" else -high
            slant = 3.6 * one * 2**0.5
            for index in range(-8, round((wide + 2 * high) / slant) + 8):
                draw.line([index * slant, high, index * slant + lean, 0], 255, round(1.2 * one))
        if name in ("h4", "h8"):
            _dots(draw, wide, high, (3.2 if name == "h4" else 5) * one, (0.9 if name == "h4" else 1.1) * one)

    return mask(width, height, paint)


def _dots(draw: ImageDraw.ImageDraw, wide: float, high: float, step: float, radius: float) -> None:
    for row in range(round(high / step) + 1):
        for column in range(round(wide / step) + 1):
            x, y = (column + 0.5) * step, (row + 0.5) * step
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], 255)
