"""Type faces from the bytes of their files, at any size."""

import io
from collections.abc import Sequence
from functools import cached_property, lru_cache

from PIL import Image, ImageDraw, ImageFont

# Advances are taken at this size, where rounding to whole pixels is a thousandth.
_REFERENCE = 1000
_PROBE = 32
# No character: its glyph is the one that stands for all that a face lacks.
_NOWHERE = "\U0010ffff"

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Face:
    """One face in one weight. Glyphs are set one after the other, without ligatures and joining.

    The layout of whole texts would need a library that is not on every machine, and cards are the same on all.
    """

    def __init__(self, files: Sequence[bytes], weight: int) -> None:
        self._data = next((data for data in files if _readable(data)), b"")
        self._weight = weight
        self._advances: dict[str, float] = {}
        # The text that was measured last, and its width in ems, by the tracking.
        self._measured: dict[float, tuple[str, float]] = {}
        self._known: dict[str, bool] = {}

    def font(self, size: float) -> Font:
        """The font at a size in pixels."""
        return _font(self._data, self._weight, size)

    def glyph(self, character: str, size: float, part: float) -> tuple[int, int, Image.Image]:
        """A glyph as a mask, drawn `part` of a pixel to the right, and where its upper left corner is from the pen."""
        return _drawn(self._data, self._weight, character, size, part)

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for a character."""
        if character not in self._known:
            self._known[character] = self._glyph(character) != self._missing
        return self._known[character]

    def width(self, text: str, size: float, tracking: float = 0.0) -> float:
        """The width of a text in pixels, `tracking` ems added to each glyph."""
        # A line is measured with one word more each time: what was added up then is gone on with.
        before, total = self._measured.get(tracking, ("", 0.0))
        if not text.startswith(before):
            before, total = "", 0.0
        known = self._advances
        added = [(known[one] if one in known else self.advance(one)) + tracking for one in text[len(before) :]]
        total = sum(added, total)
        self._measured[tracking] = (text, total)
        return total * size

    def advance(self, character: str) -> float:
        """The advance of a glyph in ems."""
        character = character.replace("\u00a0", " ")
        if character not in self._advances:
            self._advances[character] = self.font(_REFERENCE).getlength(character) / _REFERENCE
        return self._advances[character]

    @cached_property
    def _missing(self) -> bytes:
        return self._glyph(_NOWHERE)

    def _glyph(self, character: str) -> bytes:
        image = Image.new("L", (3 * _PROBE, 3 * _PROBE))
        try:
            ImageDraw.Draw(image).text((_PROBE, _PROBE), character, fill=255, font=self.font(_PROBE))
        except (UnicodeError, ValueError, OSError, ImportError):
            return self._missing if character != _NOWHERE else b""
        return image.tobytes()


@lru_cache(maxsize=64)
def face(files: tuple[bytes, ...], weight: int) -> Face:
    """The face of the first of the files that can be read; where none can, Pillow's own."""
    return Face(files, weight)


def _readable(data: bytes) -> bool:
    try:
        _loaded(data, _PROBE)
    except (OSError, ImportError, ValueError):
        return False
    return True


def _loaded(data: bytes, size: float) -> ImageFont.FreeTypeFont:
    """Raises OSError where FreeType cannot read the data, ImportError where Pillow has no FreeType."""
    if not data:
        raise OSError("no data")
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=256)
def _font(data: bytes, weight: int, size: float) -> Font:
    if not data:
        return ImageFont.load_default(size)
    font = _loaded(data, size)
    try:
        axes = font.get_variation_axes()
    except (OSError, NotImplementedError):  # a face of one weight, or a FreeType that knows no others
        return font
    given = [
        min(max(weight, axis["minimum"] or 0), axis["maximum"] or 0) if axis["name"] == b"Weight" else axis["default"]
        for axis in axes
    ]
    font.set_variation_by_axes([value or 0 for value in given])
    return font


# What fifty characters take at all the sizes of a card.
@lru_cache(maxsize=2048)
def _drawn(data: bytes, weight: int, character: str, size: float, part: float) -> tuple[int, int, Image.Image]:
    font = _font(data, weight, size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(character, anchor="ls"))
    image = Image.new("L", (max(right - left, 0) + 3, max(bottom - top, 0) + 2))
    ImageDraw.Draw(image).text((1 - left + part, 1 - top), character, fill=255, font=font, anchor="ls")
    return left - 1, top - 1, image
