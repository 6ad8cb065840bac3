"""A surface to draw on in pixels of the finished card: one byte a pixel, in steps from the ground to each colour."""

import io
from collections.abc import Callable, Mapping
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw

from labfolio.present.card.faces import Face

# Shapes and hatches are drawn larger and made smaller, so that their edges come out smooth.
_FINE = 16
# In how many steps an edge goes over from the ground into a colour: a card has some ten colours, a palette 256.
_STEPS = 12
# A glyph stands at a quarter of a pixel.
_PARTS = 4
# How far a glyph may reach above and below its baseline, in ems.
_ABOVE, _BELOW = 1.3, 0.6
# Higher levels take up to twice the time of the whole card for a tenth of its bytes.
_COMPRESSION = 3

Rgb = tuple[int, int, int]
Paint = Callable[[ImageDraw.ImageDraw, float], None]
# A colour that no token gives.
_PLAIN: Mapping[str, Rgb] = {"--paper": (255, 255, 255), "--sheet": (255, 255, 255)}
# All but the margin, which no mask holds: what of a mask is drawn at all.
_DRAWN = [0] + [255] * 255


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
    """A drawing in progress. Positions and sizes are in pixels of the finished card.

    `ground` is what edges go over into; around it is the `margin`.
    """

    def __init__(self, width: int, height: int, margin: Rgb, ground: Rgb) -> None:
        self._image = Image.new("L", (width, height), 0)
        self._draw = ImageDraw.Draw(self._image)
        self._ground = ground
        self._palette = [margin]
        # The place of each colour's first step in the palette.
        self._firsts: dict[Rgb, int] = {}

    def box(self, left: float, top: float, right: float, bottom: float, fill: Rgb) -> None:
        """A filled rectangle."""
        x0, y0, x1, y1 = round(left), round(top), round(right), round(bottom)
        if x1 > x0 and y1 > y0:
            self._draw.rectangle((x0, y0, x1 - 1, y1 - 1), fill=self._first(fill) + _STEPS - 1)

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
        left, above = int(x - size), round(size * _ABOVE)
        line = Image.new("L", (round(face.width(text, size, tracking) + 3 * size), above + round(size * _BELOW)))
        pen = ImageDraw.Draw(line)
        for one in text.replace("\u00a0", " "):
            # A space marks nothing.
            if one != " ":
                whole, part = divmod(round((x - left) * _PARTS), _PARTS)
                right, down, glyph = face.glyph(one, size, part / _PARTS)
                pen.bitmap((whole + right, above + down), glyph, 255)
            x += (face.advance(one) + tracking) * size
        self.stencil(left, round(baseline) - above, line, fill)
        return x

    def stencil(self, x: float, y: float, mask: Image.Image, fill: Rgb) -> None:
        """A colour through a mask."""
        steps = mask.point(_levels(self._first(fill)))
        self._image.paste(steps, (round(x), round(y)), steps.point(_DRAWN, "1"))

    def _first(self, fill: Rgb) -> int:
        """Where the steps to a colour begin in the palette; the last of them is the colour itself."""
        if fill not in self._firsts:
            self._firsts[fill] = len(self._palette)
            self._palette += [_between(self._ground, fill, step / _STEPS) for step in range(1, _STEPS + 1)]
        return self._firsts[fill]

    def png(self) -> bytes:
        """The finished card as PNG."""
        self._image.putpalette([channel for colour in self._palette for channel in colour])
        target = io.BytesIO()
        self._image.save(target, "PNG", compress_level=_COMPRESSION)
        return target.getvalue()


def _between(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@lru_cache(maxsize=32)
def _levels(first: int) -> list[int]:
    """What stands in the palette for each value of a mask, 0 for none."""
    steps = [(_STEPS * cover + 127) // 255 for cover in range(256)]
    return [first - 1 + step if step else 0 for step in steps]


def mask(width: float, height: float, paint: Paint) -> Image.Image:
    """A mask for `stencil`: what `paint` draws in white on a surface, which is told how large a pixel is on it."""
    size = (round(width), round(height))
    large = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
    paint(ImageDraw.Draw(large), _FINE)
    return large.reduce(_FINE)
