"""Images as they are published: without metadata, and smaller ones in WebP for narrow screens."""

import io
import posixpath
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image, ImageOps

# A figure is at most 672 CSS pixels wide; the widths serve phones and screens of one, one and a half and two.
WIDTHS = (480, 960, 1344)
_QUALITY = 80
_LOSSY = ("JPEG",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image file without metadata, and its renditions, narrowest first; SVG and animations have none."""

    content: bytes = field(repr=False)
    renditions: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)


@lru_cache(maxsize=512)
def picture(path: str, data: bytes) -> Picture:
    """The picture of an image that `image_size` accepted.

    A rendition that is not smaller than the image itself is left out. What Pillow cannot write again stays as it is.
    """
    if path.lower().endswith(".svg"):
        return Picture(content=data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
            kind = image.format or ""
            if getattr(image, "n_frames", 1) > 1:
                return Picture(content=data)
            content = _plain(image, kind, data)
            upright = ImageOps.exif_transpose(image)
            return Picture(content=content, renditions=tuple(_renditions(upright, kind, len(content))))
    except (OSError, ValueError, SyntaxError):
        return Picture(content=data)


def rendition_path(path: str, width: int) -> str:
    """`figures/gap.png` at 480 pixels is `figures/gap.480w.webp`."""
    return f"{posixpath.splitext(path)[0]}.{width}w.webp"


def _plain(image: Image.Image, kind: str, data: bytes) -> bytes:
    """The file as it is where it carries no metadata, else written again without it, turned as its metadata says."""
    harmless = {"dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density", "gamma", "transparency", "background"}
    harmless |= {"interlace", "aspect", "loop", "duration", "version", "extension", "srgb", "chromaticity"}
    if not (set(image.info) - harmless - {"progressive", "progression", "adobe", "adobe_transform"}):
        return data
    upright = ImageOps.exif_transpose(image)
    upright.info = {name: value for name, value in image.info.items() if name == "transparency"}
    target = io.BytesIO()
    if kind == "JPEG":
        upright.save(target, "JPEG", quality=90, optimize=True)
    elif kind == "WEBP":
        upright.save(target, "WEBP", quality=90, method=4)
    else:
        upright.save(target, kind, optimize=kind == "PNG")
    return target.getvalue()


def _renditions(image: Image.Image, kind: str, size: int) -> Sequence[tuple[int, bytes]]:
    mode = "RGBA" if image.has_transparency_data else "RGB"
    full = image.convert(mode)
    made = []
    for width in WIDTHS:
        if width >= full.width:
            break
        height = max(1, round(full.height * width / full.width))
        target = io.BytesIO()
        small = full.resize((width, height), Image.Resampling.LANCZOS)
        # A drawn figure has few colours and sharp edges, which lossless WebP keeps in fewer bytes.
        small.save(target, "WEBP", lossless=kind not in _LOSSY, quality=_QUALITY, method=4)
        if target.tell() < size:
            made.append((width, target.getvalue()))
    return made
