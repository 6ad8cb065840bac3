"""What an image file says of itself: its size, and whether it may be published."""

import io
import re
import warnings
from functools import lru_cache

from lxml import etree

PIXELS = 40_000_000
# What a drawing may hold. libxml2 compares each attribute of an element with all before it, and nothing interrupts it.
ELEMENTS, ATTRIBUTES = 200_000, 1_000
# EXIF's tag of how the camera was held, and the least of its values for a picture on its side.
ORIENTATION, _SIDEWAYS = 0x0112, 5
# The only decoders of Pillow that see a file, whatever it is called.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# Where a PNG may say how the camera was held (PNG, 11.3.3.6; the words are ImageMagick's and Adobe's for text chunks).
_PNG_METADATA = (b"eXIf", b"Raw profile type", b"XML:com.adobe.xmp")


class InvalidImage(Exception):
    """The file cannot be shown; the message says why."""


class ActiveSvg(InvalidImage):
    """The drawing holds something that runs or that asks another host."""


def image_size(path: str, data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as it is shown, from the header alone. Raises InvalidImage.

    None where an SVG states none.
    """
    if path.lower().endswith(".svg"):
        return _svg_size(data)
    size, turned = _seen(data)
    return size[::-1] if isinstance(turned, int) and turned >= _SIDEWAYS else size


def orientation(data: bytes) -> object:
    """What the file says of how the camera was held (EXIF 2.32, 4.6.4), 1 where it says nothing. Raises
    InvalidImage."""
    return _seen(data)[1]


# An image is asked for its size, then for how it lies.
@lru_cache(maxsize=1)
def _seen(data: bytes) -> tuple[tuple[int, int], object]:
    """Width and height as they are stored, and the orientation. Raises InvalidImage."""
    from PIL import Image  # imported only where there is an image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            size = image.size
            if size[0] * size[1] > PIXELS:
                raise InvalidImage(f"has {size[0]} x {size[1]} pixels; the limit is {PIXELS // 1_000_000} megapixels")
            image.verify()
            # What PNG says of that may stand behind the picture, all of which Pillow decodes to look for it.
            if image.format == "PNG" and not any(name in data for name in _PNG_METADATA):
                return size, 1
            return size, Image.open(io.BytesIO(data), formats=FORMATS).getexif().get(ORIENTATION, 1)
    except InvalidImage:
        raise
    except Image.DecompressionBombError as error:
        raise InvalidImage(f"has far more pixels than the limit of {PIXELS // 1_000_000} megapixels") from error
    except Exception as error:  # Pillow's decoders raise many classes on hostile input
        raise InvalidImage("cannot be read as PNG, JPEG, WebP or GIF") from error


def _svg_size(data: bytes) -> tuple[int, int] | None:
    _check_bounds(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidImage("is not well-formed SVG") from error
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in data:
        raise ActiveSvg("declares entities")
    for element in root.iter():
        _check_element(element)
    try:
        return _stated_size(root)
    except (ValueError, OverflowError):
        return None


def _check_bounds(data: bytes) -> None:
    """Refuses a drawing that costs more to read than any that is drawn. Raises InvalidImage."""
    if data.count(b"<") > 2 * ELEMENTS:
        raise InvalidImage(f"has over {ELEMENTS:,} elements")
    if any(part.count(b"=") > ATTRIBUTES for part in data.split(b"<")):
        raise InvalidImage(f"has an element of over {ATTRIBUTES:,} attributes")


def _check_element(element: etree._Element) -> None:
    if not isinstance(element.tag, str):
        if isinstance(element, etree._ProcessingInstruction):
            raise ActiveSvg("holds a processing instruction")
        return
    name = etree.QName(element).localname.lower()
    if name in ("script", "foreignobject", "iframe", "embed", "object", "handler", "set", "animate"):
        raise ActiveSvg(f"holds <{name}>")
    for key, value in element.attrib.items():
        local = str(key).rpartition("}")[2].lower()
        plain = re.sub(r"\s", "", str(value)).lower()
        outside = local in ("href", "src") and not plain.startswith(("#", "data:image/png", "data:image/jpeg"))
        if local.startswith("on") or outside or "javascript:" in plain or re.search(r"url\(['\"]?(?!['\"]?#)", plain):
            raise ActiveSvg(f"has the attribute {local}")
    if name == "style" and re.search(r"@import|url\(\s*['\"]?(?!['\"]?#)", element.text or "", re.IGNORECASE):
        raise ActiveSvg("imports a style")


def _stated_size(root: etree._Element) -> tuple[int, int] | None:
    # A share of the place in which it is shown says nothing of its shape.
    numbers = [re.match(r"\s*([\d.]+)(?![\d.]*\s*%)", str(root.get(name) or "")) for name in ("width", "height")]
    if numbers[0] and numbers[1]:
        return round(float(numbers[0][1])), round(float(numbers[1][1]))
    box = re.findall(r"[-+.\deE]+", str(root.get("viewBox") or ""))
    return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else None
