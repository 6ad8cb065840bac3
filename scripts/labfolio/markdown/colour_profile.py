"""A colour profile with its numbers alone (ICC.1:2022, 7).

A profile that a screen's own measurement made names the device, at times its serial number and its owner. A picture
looks otherwise without a profile, so what colours are computed from stays, and all else goes.
"""

import struct

_HEADER = 128
# Tables, curves and points that colours are computed from (9.2); none of them holds a text.
_NUMBERS = frozenset({
    b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt", b"chad", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"A2B0", b"A2B1", b"A2B2",
    b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"D2B1", b"D2B2", b"B2D0", b"B2D1", b"B2D2", b"gamt", b"lumi", b"cicp", b"chrm",
})  # fmt: skip
_TYPES = frozenset({
    b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA ", b"mpet", b"cicp", b"chrm",
})  # fmt: skip
_NAME = b"Colour profile"


def plain_profile(profile: bytes) -> bytes:
    """The profile without names, dates, maker and comments; empty where it is not laid out as one."""
    if len(profile) < _HEADER + 4 or profile[36:40] != b"acsp":
        return b""
    (count,) = struct.unpack_from(">I", profile, _HEADER)
    if _HEADER + 4 + 12 * count > len(profile) or count > 100:
        return b""
    tags: list[tuple[bytes, bytes]] = []
    for at in range(_HEADER + 4, _HEADER + 4 + 12 * count, 12):
        name, start, length = struct.unpack_from(">4sII", profile, at)
        value = profile[start : start + length]
        if len(value) != length:
            return b""
        if name in _NUMBERS and value[:4] in _TYPES:
            tags.append((name, value))
    if not tags:
        return b""
    version = profile[8]
    return _written(_header(profile), [(b"cprt", _text(version)), (b"desc", _description(version)), *tags])


def _header(profile: bytes) -> bytearray:
    """The header without the tool, the day, the platform, the device and the checksum over all of them (7.2)."""
    header = bytearray(profile[:_HEADER])
    for first, last in ((4, 8), (24, 36), (40, 44), (48, 56), (80, _HEADER)):
        header[first:last] = bytes(last - first)
    # A day is required: that of the first edition of the format.
    header[24:30] = struct.pack(">3H", 1994, 6, 1)
    return header


def _text(version: int) -> bytes:
    return _localised() if version >= 4 else b"text" + bytes(4) + _NAME + b"\0"


def _description(version: int) -> bytes:
    if version >= 4:
        return _localised()
    # Version 2: ASCII, then no Unicode and no Macintosh text.
    return b"desc" + bytes(4) + struct.pack(">I", len(_NAME) + 1) + _NAME + b"\0" + bytes(8 + 3 + 67)


def _localised() -> bytes:
    name = _NAME.decode().encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(name), 28) + name


def _written(header: bytearray, tags: list[tuple[bytes, bytes]]) -> bytes:
    """Header, table and values, each on a boundary of four bytes; equal values stand once."""
    table, body, places = [], bytearray(), dict[bytes, int]()
    start = _HEADER + 4 + 12 * len(tags)
    for name, value in tags:
        if value not in places:
            places[value] = start + len(body)
            body += value + bytes(-len(value) % 4)
        table.append(struct.pack(">4sII", name, places[value], len(value)))
    header[0:4] = struct.pack(">I", start + len(body))
    return bytes(header) + struct.pack(">I", len(tags)) + b"".join(table) + bytes(body)
