"""From bytes to text: UTF-8, `\\n` line ends, no character that a page or feed cannot carry."""

import re

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.rules import fault
from labfolio.model.source import Position

LIMIT = 5 * 1024 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_FORBIDDEN = re.compile(_CONTROL.pattern + "|[\ud800-\udfff]")
_UNCARRIED = re.compile(_CONTROL.pattern + "|[\ud800-\udfff\u2028\u2029]")


def decode(path: str, data: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a file without byte order mark, or an empty text and what is wrong with it."""
    if len(data) > LIMIT:
        return "", (fault("too-large", path, f"the file has {len(data):,} bytes; the limit is {LIMIT:,}"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"byte {error.start} is not valid UTF-8 (0x{data[error.start]:02x})"
        return "", (fault("not-utf-8", path, message, position=Position(line=line, column=column)),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := control(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        message = f"U+{ord(match[0]):04X} is a control character"
        return "", (fault("control-character", path, message, position=Position(line=line, column=column)),)
    return text, ()


def control(text: str) -> re.Match[str] | None:
    """The first control character of a text, None without one."""
    return _CONTROL.search(text)


def uncarried(text: str) -> str | None:
    """The first character of a text that no page or feed can carry; escapes in YAML give such too."""
    found = _FORBIDDEN.search(text)
    return found[0] if found else None


def printable(text: str) -> str:
    """The text with a space for each character that a page or feed cannot carry, as escapes in JSON and XML give."""
    return _UNCARRIED.sub(" ", text)
