"""Images as they are published: without metadata, and smaller ones in WebP for narrow screens."""

import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from labfolio.markdown.images import FORMATS, InvalidImage, orientation
from labfolio.markdown.metadata import UnknownContainer, without_metadata
from labfolio.markdown.plain_svg import plain_svg

if TYPE_CHECKING:
    from PIL.Image import Image

# A figure is at most 672 CSS pixels wide: 1344 serve a screen of two pixels to each. Phones are 360 to 430 wide and
# have two pixels or three to each; who has fewer than 960 loads as many, and a plot of the usual 800 stays as it is.
WIDTHS = (960, 1344)
_QUALITY = 80
# What arrives in the first round trip of a connection (RFC 6928: ten segments of 1460 bytes): less cannot come sooner.
_SMALL = 14_600
# The effort of WebP, from 0 to 6. Drawn figures lossless: 72 ms a figure and 1.2 % more bytes than the 126 ms of 4.
_EFFORT, _EFFORT_LOSSLESS = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image file without metadata, and its renditions, narrowest first; SVG and animations have none."""

    content: bytes = field(repr=False)
    renditions: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)


@lru_cache(maxsize=512)
def picture(path: str, data: bytes, renditions: bool = True) -> Picture:
    """The picture of an image that `image_size` accepted; without `renditions` none are made.

    The file keeps its own coding; only one that lies on its side is written again, upright, because what says so goes.
    A small file has none; a rendition that is not smaller than the image itself is left out.
    """
    if path.lower().endswith(".svg"):
        return Picture(content=plain_svg(data))
    from PIL import Image  # imported only where there is an image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            turned = orientation(data) != 1
            content = _upright(Image.open(io.BytesIO(data), formats=FORMATS)) if turned else without_metadata(data)
        except (OSError, ValueError, SyntaxError, InvalidImage, UnknownContainer):
            content = _written_again(data)
        if not renditions or len(content) <= _SMALL:
            return Picture(content=content)
        try:
            return Picture(content=content, renditions=tuple(_renditions(content)))
        except (OSError, ValueError, SyntaxError):
            return Picture(content=content)


def rendition_path(path: str, width: int) -> str:
    """`figures/gap.png` at 960 pixels is `figures/gap.png.960w.webp`."""
    return f"{path}.{width}w.webp"


def _upright(image: "Image") -> bytes:
    """The first picture of a file, turned as its metadata says."""
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(image)
    kind = "JPEG" if image.format in ("JPEG", "MPO") else image.format or "PNG"
    options: dict[str, Any] = {"quality": 90} if kind in ("JPEG", "WEBP") else {}
    target = io.BytesIO()
    turned.info = {name: turned.info[name] for name in ("transparency",) if name in turned.info}
    turned.save(target, kind, exif=b"", icc_profile=image.info.get("icc_profile"), **options)
    return without_metadata(target.getvalue())


def _written_again(data: bytes) -> bytes:
    """A file whose layout is not as it should be, as Pillow reads it; empty where it cannot be read whole."""
    from PIL import Image

    try:
        return _upright(Image.open(io.BytesIO(data), formats=FORMATS))
    except (OSError, ValueError, SyntaxError, UnknownContainer):
        return b""


def _renditions(content: bytes) -> Iterable[tuple[int, bytes]]:
    from PIL import Image

    image = Image.open(io.BytesIO(content), formats=FORMATS)
    # Sixteen bits a channel are cut, not scaled, by a conversion to eight.
    if getattr(image, "n_frames", 1) > 1 or image.mode.startswith(("I", "F")) or image.width <= WIDTHS[0]:
        return
    profile = image.info.get("icc_profile")
    full = image.convert("RGBA" if image.has_transparency_data else "RGB")
    # A drawn figure has few colours and sharp edges, which lossless WebP keeps in fewer bytes.
    lossless = image.format not in ("JPEG", "MPO")
    effort = _EFFORT_LOSSLESS if lossless else _EFFORT
    for width in (width for width in WIDTHS if width < full.width):
        height = max(1, round(full.height * width / full.width))
        small = full.resize((width, height), Image.Resampling.LANCZOS)
        target = io.BytesIO()
        small.save(target, "WEBP", lossless=lossless, quality=_QUALITY, method=effort, icc_profile=profile)
        if target.tell() < len(content):
            yield width, target.getvalue()
