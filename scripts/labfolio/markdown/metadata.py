"""Image files without what they say beside the picture: place, camera, text. The picture itself is not written again.

Only parts that a picture is drawn from are kept, so that what no specification knows goes too. Formats: PNG chunks
(PNG, third edition, 11), JPEG segments (ITU-T T.81, annex B), RIFF chunks (WebP container specification), GIF89a
blocks.
"""

import struct
import zlib

from labfolio.markdown.colour_profile import plain_profile

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_DRAWN = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
})  # fmt: skip
_WEBP_DRAWN = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
# VP8X flags that announce a profile, EXIF and XMP; and the bytes of a frame before its own chunks.
_WEBP_PROFILE, _WEBP_TOLD, _FRAME = 0x20, 0x08 | 0x04, 16
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_ICC = b"ICC_PROFILE\0"
# A profile is at most this long when it is unpacked, and a segment of JPEG holds so much of one.
_PROFILE, _SEGMENT = 4 * 1024 * 1024, 65_519


class UnknownContainer(Exception):
    """The file is not laid out as its format says."""


def without_metadata(data: bytes) -> bytes:
    """The file without metadata; bytes after its end go too. Raises UnknownContainer."""
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _gif(data)
    except (IndexError, struct.error) as error:
        raise UnknownContainer("cut short") from error
    raise UnknownContainer("no image that is known here")


def _png(data: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise UnknownContainer("a chunk is cut short")
        if name in _PNG_DRAWN:
            kept.append(data[at:end])
        elif name == b"iCCP":
            kept.append(_png_profile(data[at + 8 : end - 4]))
        elif not name[0] & 0x20:
            raise UnknownContainer("a part of the picture is of an unknown kind")
        if name == b"IEND":
            return b"".join(kept)
        at = end


def _png_profile(chunk: bytes) -> bytes:
    """The chunk of a profile, without its name; empty where it cannot be read."""
    packed = chunk.partition(b"\0")[2][1:]
    try:
        profile = plain_profile(zlib.decompressobj().decompress(packed, _PROFILE))
    except zlib.error:
        return b""
    body = b"iCCPICC\0\0" + zlib.compress(profile, 9)
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) if profile else b""


def _jpeg(data: bytes) -> bytes:
    """Without comments and APPn but JFIF (0) without its thumbnail, profiles (2) and Adobe's colour transform (14)."""
    kept, at = list[bytes](), 2
    told, profile = list[bytes](), dict[int, bytes]()
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise UnknownContainer("no marker where one must be")
        marker = data[at + 1]
        if marker == 0xD9:
            parts = b"".join(part for _, part in sorted(profile.items()))
            return b"".join([data[:2], *told, *_jpeg_profile(parts), *kept, data[at : at + 2]])
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if marker == 0xE2 and data[at + 4 : at + 16] == _ICC:
            profile[data[at + 16]] = data[at + 18 : end]
        elif marker == 0xDA:
            end = _scan_end(data, end)
            kept.append(data[at:end])
        elif 0xC0 <= marker <= 0xDF:
            kept.append(data[at:end])
        else:
            told.append(_application(marker, data[at:end]))
        at = end


def _application(marker: int, segment: bytes) -> bytes:
    """What is needed of a segment that an application wrote, empty where nothing is."""
    if marker == 0xE0 and segment[4:9] == b"JFIF\0" and len(segment) >= 18:
        return segment[:2] + struct.pack(">H", 16) + segment[4:16] + bytes(2)
    if marker == 0xEE and segment[4:9] == b"Adobe" and len(segment) >= 16:
        return segment[:2] + struct.pack(">H", 14) + segment[4:16]
    return b""


def _jpeg_profile(written: bytes) -> list[bytes]:
    profile = plain_profile(written)
    parts = [profile[at : at + _SEGMENT] for at in range(0, len(profile), _SEGMENT)]
    return [
        b"\xff\xe2" + struct.pack(">H", len(part) + 16) + _ICC + bytes([number, len(parts)]) + part
        for number, part in enumerate(parts, start=1)
        if len(parts) < 256
    ]


def _scan_end(data: bytes, at: int) -> int:
    """Where the entropy-coded data of a scan ends: at a marker that is neither stuffed nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise UnknownContainer("a scan has no end")
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _webp(data: bytes) -> bytes:
    end = min(8 + struct.unpack_from("<I", data, 4)[0], len(data))
    body = b"WEBP" + _webp_chunks(data[:end], 12)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _webp_chunks(data: bytes, at: int) -> bytes:
    """The chunks from a place on that are drawn from, those of a frame of an animation as well."""
    kept: list[tuple[bytes, bytes]] = []
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        value = data[at + 8 : at + 8 + length]
        if name == b"ICCP":
            value = plain_profile(value)
            kept += [(name, value)] if value else []
        elif name == b"ANMF":
            kept.append((name, value[:_FRAME] + _webp_chunks(value, _FRAME)))
        elif name in _WEBP_DRAWN:
            kept.append((name, value))
        at += 8 + length + length % 2
    flags = 0xFF & ~_WEBP_TOLD & ~(0 if any(name == b"ICCP" for name, _ in kept) else _WEBP_PROFILE)
    kept = [(name, bytes([value[0] & flags]) + value[1:] if name == b"VP8X" else value) for name, value in kept]
    return b"".join(name + struct.pack("<I", len(value)) + value + bytes(len(value) % 2) for name, value in kept)


def _gif(data: bytes) -> bytes:
    """Without comments, plain text and applications' own blocks but those that say how often it loops."""
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            kind, name = data[at + 1], data[at + 3 : at + 14]
            at = _blocks_end(data, at + 2)
            # Both have one length; what is longer carries something else.
            keep = at - start == 8 if kind == 0xF9 else kind == 0xFF and name in _LOOPS and at - start == 19
        elif data[at] == 0x2C:
            keep, at = True, _blocks_end(data, at + 11 + _colours(data[at + 9]))
        else:
            raise UnknownContainer("no block where one must be")
        kept += [data[start:at]] if keep else []
    return b"".join([*kept, b"\x3b"])


def _colours(packed: int) -> int:
    """Bytes of a colour table, none where its flag is not set."""
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    """The end of a run of sub-blocks, each with its length before it."""
    while data[at]:
        at += 1 + data[at]
    return at + 1
