"""Image files without what they say beside the picture: place, camera, text. The picture itself is not written again.

Formats: PNG chunks (PNG, third edition, 11.3), JPEG segments (ITU-T T.81, annex B), RIFF chunks (WebP container
specification), GIF89a blocks. Colour profiles stay, since the picture looks otherwise without them.
"""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TOLD = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_WEBP_TOLD = frozenset({b"EXIF", b"XMP "})
# VP8X flags that announce the chunks above.
_WEBP_FLAGS = 0x08 | 0x04
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


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
        if name not in _PNG_TOLD:
            kept.append(data[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end


def _jpeg(data: bytes) -> bytes:
    """Without APPn but JFIF (0), profiles (2) and Adobe's colour transform (14), and without comments."""
    kept, at = [data[:2]], 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise UnknownContainer("no marker where one must be")
        marker = data[at + 1]
        if marker == 0xD9:
            return b"".join([*kept, data[at : at + 2]])
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        told = marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in (0xE0, 0xE2, 0xEE))
        mpf = marker == 0xE2 and data[at + 4 : at + 8] == b"MPF\0"
        if marker == 0xDA:
            end = _scan_end(data, end)
        if not (told or mpf):
            kept.append(data[at:end])
        at = end


def _scan_end(data: bytes, at: int) -> int:
    """Where the entropy-coded data of a scan ends: at a marker that is neither stuffed nor a restart."""
    while True:
        at = data.index(b"\xff", at) if b"\xff" in data[at:] else len(data)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _webp(data: bytes) -> bytes:
    kept, at = [], 12
    end = min(8 + struct.unpack_from("<I", data, 4)[0], len(data))
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, at)
        chunk = data[at : at + 8 + length + length % 2]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:]
        if name not in _WEBP_TOLD:
            kept.append(chunk)
        at += 8 + length + length % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> bytes:
    """Without comments, plain text and applications' own blocks but those that say how often it loops."""
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            name = data[at + 3 : at + 14]
            keep = data[at + 1] == 0xF9 or (data[at + 1] == 0xFF and name in _LOOPS)
            at = _blocks_end(data, at + 2)
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
