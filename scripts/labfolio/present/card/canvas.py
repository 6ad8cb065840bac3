"""A surface to draw on in pixels of the finished card, at twice its size so that edges come out smooth."""

import io
from collections.abc import Callable, Mapping
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw

from labfolio.present.card.faces import Face

SCALE = 2
# Shapes and hatches are drawn larger still, since they are small.
_FINE = 8
# A card has some ten colours and their edges; more are not told apart. Of those drawn with, none may drift further.
_COLOURS, _DRIFT = 128, 6

Rgb = tuple[int, int, int]
Paint = Callable[[ImageDraw.ImageDraw, float], None]
# A colour that no token gives.
_PLAIN: Mapping[str, Rgb] = {"--paper": (255, 255, 255), "--sheet": (255, 255, 255)}


def rgb(name: str, *declared: str) -> Rgb:
    """The first of some CSS colours that can be read; black on white where none can."""
    for text in declared:
        try:
            red, green, blue, *_ = ImageColor.getrgb(text)
        except ValueError:
            continue
        return red, green, blue
    return _PLAIN.get(name, (0, 0, 0))


class Canvas:
    """A drawing in progress. Positions and sizes are in pixels of the finished card."""

    def __init__(self, width: int, height: int, ground: Rgb) -> None:
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self._draw = ImageDraw.Draw(self._image)
        self._used = {ground: None}

    def box(self, left: float, top: float, right: float, bottom: float, fill: Rgb) -> None:
        """A filled rectangle."""
        pixels = _pixels(left, top, right, bottom)
        if pixels:
            self._used[fill] = None
            self._draw.rectangle(pixels, fill=fill)

    def frame(self, left: float, top: float, right: float, bottom: float, fill: Rgb, rule: float) -> None:
        """The outline of a rectangle, `rule` wide, inside of it."""
        self.box(left, top, right, top + rule, fill)
        self.box(left, bottom - rule, right, bottom, fill)
        self.box(left, top, left + rule, bottom, fill)
        self.box(right - rule, top, right, bottom, fill)

    def text(
        self, x: float, baseline: float, text: str, face: Face, size: float, fill: Rgb, tracking: float = 0.0
    ) -> float:
        """A text from its left end on the baseline; gives its right end."""
        if not text:
            return x
        self._used[fill] = None
        font = face.font(size * SCALE)
        for one in text.replace("\u00a0", " "):
            # A space marks nothing.
            if one != " ":
                self._draw.text((x * SCALE, baseline * SCALE), one, fill=fill, font=font, anchor="ls")
            x += (face.advance(one) + tracking) * size
        return x

    def stencil(self, x: float, y: float, mask: Image.Image, fill: Rgb) -> None:
        """A colour through a mask."""
        self._used[fill] = None
        self._image.paste(fill, (round(x * SCALE), round(y * SCALE)), mask)

    def png(self) -> bytes:
        """The finished card as PNG with a palette, in which the colours that were drawn with are exact."""
        small = self._image.reduce(SCALE).quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        flat = small.getpalette() or []
        palette = [(flat[at], flat[at + 1], flat[at + 2]) for at in range(0, len(flat), 3)]
        for colour in self._used:
            if colour in palette:
                continue
            index = min(range(len(palette)), key=lambda at: _distance(palette[at], colour))
            if _distance(palette[index], colour) <= _DRIFT:
                palette[index] = colour
        small.putpalette([channel for colour in palette for channel in colour])
        target = io.BytesIO()
        small.save(target, "PNG", compress_level=6)
        return target.getvalue()


# The boxes of a plate, some thousand, are the same on every card of a site.
@lru_cache(maxsize=8192)
def _pixels(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int] | None:
    """The first and the last pixel of a rectangle on the surface, None for one that holds none."""
    x0, y0, x1, y1 = (round(one * SCALE) for one in (left, top, right, bottom))
    return (x0, y0, x1 - 1, y1 - 1) if x1 > x0 and y1 > y0 else None


def _distance(one: Rgb, other: Rgb) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def mask(width: float, height: float, paint: Paint) -> Image.Image:
    """A mask for `stencil`: what `paint` draws in white on a surface, which is told how large a pixel is on it."""
    size = (round(width * SCALE), round(height * SCALE))
    large = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
    paint(ImageDraw.Draw(large), _FINE * SCALE)
    return large.reduce(_FINE)
