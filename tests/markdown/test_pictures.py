"""Images as they are published: without metadata, upright, and narrower ones for narrow screens."""

import base64
import io
import random
import re
import struct
import zlib
from collections.abc import Callable

import pytest
from lxml import etree, html
from PIL import Image, ImageCms, ImageStat
from PIL.PngImagePlugin import PngInfo

from labfolio.markdown.colour_profile import plain_profile
from labfolio.markdown.images import image_size
from labfolio.markdown.pictures import WIDTHS, picture, rendition_path
from tests.site import build_files, entry, small_files

SECRET = "LFCANARY"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 300"><!-- LFCANARY --><path d="M0 0h9"/></svg>'
PLAIN_SVG = SVG.replace(b"<!-- LFCANARY -->", b"")


def noise(width: int, height: int, mode: str = "RGB", seed: int = 1) -> Image.Image:
    """A picture that compresses badly."""
    cell = len(Image.new(mode, (1, 1)).tobytes())
    small = Image.frombytes(mode, (60, 30), random.Random(seed).randbytes(60 * 30 * cell))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def exif(orientation: int = 6) -> Image.Exif:
    """The camera's name, how it was held, and where."""
    made = Image.Exif()
    made[0x0112], made[0x010F] = orientation, SECRET
    made.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    return made


def text() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", SECRET)
    info.add_itxt("XML:com.adobe.xmp", SECRET)
    return info


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def trailing(data: bytes) -> bytes:
    """A PNG with its text and EXIF after the picture, as some programs write it."""
    at = data.rindex(b"IEND") - 4
    return data[:at] + chunk(b"tEXt", f"Comment\0{SECRET}".encode()) + chunk(b"eXIf", exif(1).tobytes()[6:]) + data[at:]


def animation(kind: str, **options: object) -> bytes:
    frames = [noise(120, 60, seed=seed) for seed in (1, 2)]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, **options)


def depth16() -> Image.Image:
    """A ramp from black to white in 16 bits."""
    return Image.frombytes("I;16", (600, 100), struct.pack("<600H", *(n * 109 for n in range(600))) * 100)


def segment(marker: int, data: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def with_segments(data: bytes) -> bytes:
    """A JPEG with a thumbnail in its first segment, captions, content credentials and bytes after its end."""
    secret = SECRET.encode()
    told = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\3" + secret[:3])
    told += segment(0xE0, b"JFXX\0\x13" + secret) + segment(0xED, b"Photoshop 3.0\0" + secret)
    told += segment(0xEB, secret) + segment(0xF0, secret)
    return data[:2] + told + data[2:] + secret


def with_chunks(data: bytes) -> bytes:
    """A PNG with content credentials, an editor's own chunk and bytes after its end."""
    at = data.index(b"IDAT") - 4
    return data[:at] + chunk(b"caBX", SECRET.encode()) + chunk(b"prVW", SECRET.encode()) + data[at:] + SECRET.encode()


def with_riff(data: bytes) -> bytes:
    """A WebP with a chunk that no specification knows."""
    body = data[8:] + b"NOTE" + struct.pack("<I", len(SECRET)) + SECRET.encode()
    return b"RIFF" + struct.pack("<I", len(body)) + body + SECRET.encode()


def with_blocks(data: bytes) -> bytes:
    """A GIF with XMP, as Adobe writes it, and one that loops and tells more."""
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET.encode() + b"\0"
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0" + bytes([len(SECRET)]) + SECRET.encode() + b"\0"
    at = data.index(b"\x2c", 13 + 768)
    return data[:at] + xmp + loop + data[at:] + SECRET.encode()


def profile() -> bytes:
    """The profile of a screen, with the names that a measurement writes into it."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[48:56] = SECRET.encode()
    return bytes(made).replace("sRGB".encode("utf-16-be"), SECRET[:4].encode("utf-16-be"))


WITH_METADATA: dict[str, tuple[str, Callable[[], bytes]]] = {
    "PNG with text": ("a.png", lambda: encoded(noise(1200, 100), "PNG", pnginfo=text())),
    "PNG with EXIF": ("a.png", lambda: encoded(noise(1200, 100), "PNG", exif=exif())),
    "PNG with both after the picture": ("a.png", lambda: trailing(encoded(noise(1200, 100), "PNG"))),
    "PNG with a palette": ("a.png", lambda: encoded(noise(1200, 100).quantize(32), "PNG", pnginfo=text())),
    "PNG of 16 bits": ("a.png", lambda: encoded(depth16(), "PNG", pnginfo=text())),
    "PNG animation": ("a.png", lambda: animation("PNG", pnginfo=text(), exif=exif(1))),
    "JPEG from a camera": ("a.jpg", lambda: encoded(noise(1200, 100), "JPEG", exif=exif())),
    "JPEG with a comment": ("a.jpg", lambda: encoded(noise(1200, 100), "JPEG", comment=SECRET.encode())),
    "JPEG of CMYK": ("a.jpg", lambda: encoded(noise(1200, 100, "CMYK"), "JPEG", exif=exif())),
    "JPEG of several pictures": ("a.jpg", lambda: animation("MPO", exif=exif())),
    "WebP from a camera": ("a.webp", lambda: encoded(noise(1200, 100), "WEBP", exif=exif(), xmp=SECRET.encode())),
    "WebP animation": ("a.webp", lambda: animation("WEBP", exif=exif(1))),
    "GIF with a comment": ("a.gif", lambda: encoded(noise(1200, 100), "GIF", comment=SECRET.encode())),
    "JPEG with segments": ("a.jpg", lambda: with_segments(encoded(noise(1200, 100), "JPEG"))),
    "JPEG with a profile": ("a.jpg", lambda: encoded(noise(1200, 100), "JPEG", icc_profile=profile())),
    "PNG with chunks": ("a.png", lambda: with_chunks(encoded(noise(1200, 100), "PNG"))),
    "WebP with chunks": ("a.webp", lambda: with_riff(encoded(noise(1200, 100), "WEBP"))),
    "WebP with a profile": ("a.webp", lambda: encoded(noise(1200, 100), "WEBP", icc_profile=profile())),
    "GIF with blocks": ("a.gif", lambda: with_blocks(encoded(noise(1200, 100).quantize(256), "GIF"))),
    "GIF animation": ("a.gif", lambda: animation("GIF", comment=SECRET.encode())),
}


@pytest.mark.parametrize("name", WITH_METADATA)
def test_nothing_but_the_picture_is_published(name: str) -> None:
    path, make = WITH_METADATA[name]
    data = make()
    assert SECRET.encode() in data
    made = picture(path, data)
    for content in (made.content, *(content for _, content in made.renditions)):
        assert SECRET.encode() not in content
        shown = Image.open(io.BytesIO(content))
        shown.load()
        assert not shown.getexif()
        assert not {"exif", "xmp", "comment", "Author", "XML:com.adobe.xmp"} & set(shown.info)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_stays_one(kind: str) -> None:
    made = picture(f"a.{kind.lower()}", animation(kind))
    assert Image.open(io.BytesIO(made.content)).n_frames == 2
    assert made.renditions == ()


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("WEBP", "a.webp"), ("PNG", "a.png")])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_as_large_as_it_is_shown_and_upright(orientation: int, kind: str, name: str) -> None:
    drawn = Image.new("RGB", (120, 60), "black")
    drawn.paste("white", (0, 0, 30, 15))
    options = {} if kind == "PNG" else {"quality": 95}
    data = encoded(drawn, kind, exif=exif(orientation), **options)
    shown = Image.open(io.BytesIO(picture(name, data).content))
    assert shown.size == image_size(name, data) == ((60, 120) if orientation >= 5 else (120, 60))
    corner = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[orientation]
    at = corner[0] * (shown.width - 1), corner[1] * (shown.height - 1)
    assert min(shown.convert("RGB").getpixel(at)) > 200


@pytest.mark.parametrize("name", ["PNG with a palette", "PNG with text", "PNG of 16 bits"])
def test_a_lossless_picture_loses_nothing(name: str) -> None:
    path, make = WITH_METADATA[name]
    before, after = (Image.open(io.BytesIO(data)) for data in (make(), picture(path, make()).content))
    mode = before.mode if before.mode == "I;16" else "RGBA"
    assert after.mode == before.mode
    assert after.convert(mode).tobytes() == before.convert(mode).tobytes()


@pytest.mark.parametrize("transparency", [3, bytes(range(256))])
def test_transparency_stays(transparency: int | bytes) -> None:
    data = encoded(noise(1200, 100).quantize(256), "PNG", transparency=transparency, pnginfo=text())
    made = picture("a.png", data)
    assert Image.open(io.BytesIO(made.content)).convert("RGBA").tobytes() == (
        Image.open(io.BytesIO(data)).convert("RGBA").tobytes()
    )
    assert all(Image.open(io.BytesIO(content)).has_transparency_data for _, content in made.renditions)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", encoded(noise(1200, 100), "PNG", dpi=(144, 144))),
        ("a.jpg", encoded(noise(1200, 100), "JPEG", progressive=True)),
        ("a.webp", encoded(noise(1200, 100), "WEBP")),
        ("a.jpg", encoded(noise(1200, 100, "CMYK"), "JPEG")),
        ("a.svg", PLAIN_SVG),
    ],
)
def test_what_carries_nothing_is_published_as_it_is(name: str, data: bytes) -> None:
    assert picture(name, data).content == data


@pytest.mark.parametrize("width", [480, 481, 960, 1345])
@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png")])
def test_renditions_are_narrower_and_smaller_in_bytes(width: int, kind: str, name: str) -> None:
    made = picture(name, encoded(noise(width, 100), kind))
    assert [one for one, _ in made.renditions] == [one for one in WIDTHS if one < width]
    for one, content in made.renditions:
        shown = Image.open(io.BytesIO(content))
        assert (shown.format, shown.size) == ("WEBP", (one, max(1, round(100 * one / width))))
        assert len(content) < len(made.content)


def test_a_rendition_that_would_be_larger_is_left_out() -> None:
    drawing = Image.new("1", (1200, 300))
    drawing.putdata([(x ^ y) & 1 for y in range(300) for x in range(1200)])
    data = encoded(drawing, "PNG", optimize=True)
    assert all(len(content) < len(data) for _, content in picture("a.png", data).renditions)
    jagged = Image.frombytes("1", (1200, 300), random.Random(1).randbytes(150 * 300))
    assert picture("a.png", encoded(jagged, "PNG")).renditions == ()


def test_a_file_that_comes_in_one_round_trip_has_no_renditions() -> None:
    drawing = noise(1200, 200).point(lambda value: value // 8)
    small, large = (encoded(drawing, "JPEG", quality=quality) for quality in (50, 95))
    assert len(small) < 14_600 < len(large)
    assert picture("a.jpg", small).renditions == ()
    assert [width for width, _ in picture("a.jpg", large).renditions] == [960]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", encoded(depth16(), "PNG")),
        ("a.png", encoded(noise(1200, 100, "LA"), "PNG")),
        ("a.jpg", encoded(noise(1200, 100, "CMYK"), "JPEG")),
        ("a.gif", encoded(noise(1200, 100), "GIF")),
    ],
    ids=["16 bits", "grey with alpha", "CMYK", "GIF"],
)
def test_a_rendition_is_as_bright_as_its_picture(name: str, data: bytes) -> None:
    image = Image.open(io.BytesIO(data))
    image = image.point(lambda value: value / 257).convert("L") if image.mode == "I;16" else image.convert("RGB")
    for _, content in picture(name, data).renditions:
        shown = Image.open(io.BytesIO(content)).convert("RGB").convert("L")
        assert abs(ImageStat.Stat(shown).mean[0] - ImageStat.Stat(image.convert("L")).mean[0]) < 8


def test_two_runs_give_the_same_bytes() -> None:
    for name in ("PNG with text", "JPEG from a camera", "JPEG of CMYK"):
        path, make = WITH_METADATA[name]
        data = make()
        first = picture(path, data)
        picture.cache_clear()
        assert picture(path, data) == first


def site(body: str, **files: bytes) -> tuple[html.HtmlElement, dict[str, bytes]]:
    given = {f"builds/x/{name.replace('__', '.')}": data for name, data in files.items()}
    result = build_files(small_files() | {"builds/x/index.md": entry(body), **given})
    outputs = {one.path: one.content for one in result.outputs}
    return html.document_fromstring(outputs["builds/x/index.html"].decode()), outputs


def test_the_page_names_renditions_that_exist() -> None:
    root, outputs = site("![A](a.jpg)", a__jpg=encoded(noise(700, 1400), "JPEG", exif=exif()))
    image = root.find(".//figure/img")
    assert (image.get("width"), image.get("height")) == ("1400", "700")
    assert image.get("sizes")
    ways = [one.split() for one in image.get("srcset").split(", ")]
    assert [width for _, width in ways] == ["960w", "1344w", "1400w"]
    for name, width in ways:
        shown = Image.open(io.BytesIO(outputs[f"builds/x/{name}"]))
        assert shown.width == int(width[:-1])
        assert shown.width / shown.height == pytest.approx(2)
    assert ways[-1][0] == image.get("src") == "a.jpg"


def test_a_narrow_picture_has_no_srcset() -> None:
    root, outputs = site("![A](a.png)", a__png=encoded(noise(400, 200), "PNG"))
    assert root.find(".//figure/img").get("srcset") is None
    assert not [path for path in outputs if path.endswith(".webp")]


def test_a_picture_that_is_only_linked_to_carries_nothing_either() -> None:
    _, outputs = site("[A](a.png)", a__png=encoded(noise(1200, 100), "PNG", pnginfo=text()))
    assert SECRET.encode() not in outputs["builds/x/a.png"]


def test_pictures_of_one_name_and_two_types_have_renditions_of_their_own() -> None:
    white, black = Image.new("RGB", (1200, 300), "white"), noise(1200, 400).point(lambda value: value // 8)
    files = {"a__png": encoded(white, "PNG", compress_level=0), "a__jpg": encoded(black, "JPEG")}
    root, outputs = site("![A](a.png)\n\n![B](a.jpg)", **files)
    for image, low, high in zip(root.iterfind(".//figure/img"), (250, 0), (255, 40), strict=True):
        for way in image.get("srcset").split(", "):
            shown = Image.open(io.BytesIO(outputs[f"builds/x/{way.split()[0]}"])).convert("L")
            assert low <= ImageStat.Stat(shown).mean[0] <= high, way


@pytest.mark.parametrize("attributes", ['srcset="https://evil.example/x.png 2x"', 'srcset="b.png 2x, javascript:x 3x"'])
def test_an_authors_own_srcset_is_dropped(attributes: str) -> None:
    root, _ = site(f'<img src="a.png" alt="A" {attributes}>', a__png=encoded(noise(1200, 100), "PNG"))
    image = root.find(".//article//img")
    assert image.get("src") == "a.png"
    assert image.get("srcset") is None


def test_a_drawing_is_published_untouched() -> None:
    root, outputs = site("![A](a.svg)", a__svg=PLAIN_SVG)
    assert outputs["builds/x/a.svg"] == PLAIN_SVG
    image = root.find(".//figure/img")
    assert (image.get("width"), image.get("height"), image.get("srcset")) == ("900", "300", None)


def test_the_name_of_a_rendition() -> None:
    assert rendition_path("figures/gap.png", 960).startswith("figures/gap")
    assert rendition_path("figures/gap.png", 960).endswith("960w.webp")


@pytest.mark.parametrize(
    ("stated", "size"),
    [
        ('width="320" height="180"', (320, 180)),
        ('width="460.8pt" height="345.6pt" viewBox="0 0 1 1"', (461, 346)),
        ('width="100%" height="100%" viewBox="0 0 300 50"', (300, 50)),
        ('width="100%" viewBox="4 4 379.5 187"', (380, 187)),
        ('width="100%" height="100%"', None),
    ],
)
def test_the_size_of_a_drawing_is_no_share_of_the_page(stated: str, size: tuple[int, int] | None) -> None:
    assert image_size("a.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {stated}/>'.encode()) == size


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_profile_keeps_its_colours_and_loses_its_names(kind: str) -> None:
    """The colours that a picture has by its profile are those that it had, without who measured the screen."""
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(noise(60, 30), kind, icc_profile=profile(), **options)
    shown = Image.open(io.BytesIO(picture(f"a.{kind.lower()}", data).content))
    kept = shown.info["icc_profile"]
    assert SECRET.encode() not in kept
    assert SECRET[:4].encode("utf-16-be") not in kept
    assert b"lcms" not in kept
    wide = ImageCms.createProfile("LAB")
    ways = [
        ImageCms.buildTransform(ImageCms.ImageCmsProfile(io.BytesIO(one)), wide, "RGB", "LAB")
        for one in (profile(), kept)
    ]
    before, after = (ImageCms.applyTransform(shown.convert("RGB"), way).tobytes() for way in ways)
    assert before == after


@pytest.mark.parametrize("bad", [b"", b"acsp", bytes(36) + b"acsp" + bytes(88) + b"\xff" * 40])
def test_a_profile_that_is_none_goes(bad: bytes) -> None:
    assert plain_profile(bad) == b""


def test_a_drawing_loses_what_its_editor_wrote() -> None:
    image = base64.b64encode(encoded(noise(8, 8), "PNG", pnginfo=text())).decode()
    drawing = f"""<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- Created by {SECRET} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" inkscape:export-filename="/home/{SECRET}/a.png">
  <metadata><x>{SECRET}</x></metadata><inkscape:view a="{SECRET}"/>
  <title>Errors</title><g data-name="{SECRET}" inkscape:label="{SECRET}"><text>before<!-- {SECRET} -->after</text></g>
  <image xlink:href="data:image/png;base64,{image}" width="8" height="8"/>
</svg>"""
    shown = picture("a.svg", drawing.encode()).content
    assert SECRET.encode() not in shown
    assert not {b"inkscape", b"DOCTYPE", b"metadata"} & set(re.findall(rb"\w+", shown))
    root = etree.fromstring(shown)
    assert [one.text for one in root.iter("{*}title", "{*}text")] == ["Errors", "beforeafter"]
    (href,) = root.xpath("//@*[local-name() = 'href']")
    inner = base64.b64decode(href.partition(",")[2])
    assert SECRET.encode() not in inner
    assert Image.open(io.BytesIO(inner)).size == (8, 8)


def test_a_drawing_of_nothing_but_a_drawing_stays_as_it_is() -> None:
    assert picture("a.svg", PLAIN_SVG).content == PLAIN_SVG
    assert picture("a.svg", SVG).content == PLAIN_SVG + b"\n"
