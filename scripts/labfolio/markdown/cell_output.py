"""What a notebook's cells showed: images and text of their outputs, and the names of what neither is."""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from labfolio.markdown.images import InvalidImage, image_size
from labfolio.markdown.pictures import picture
from labfolio.parse.notebook import joined
from labfolio.parse.private_text import without_home, without_secrets
from labfolio.parse.text import printable

LINES, SIGNS = 60, 8 * 1024
# The largest image that is decoded, in bytes.
IMAGE_LIMIT = 5 * 1024 * 1024
_IMAGES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
# ECMA-48: control sequences, the strings of terminals (links, titles), and other escapes.
_ANSI = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)?|[PX^_][^\x1b]{0,2000}\x1b\\|[ -/]*[0-~])"
)
# How Python names what a browser was to show.
_NAMES_ONLY = re.compile(
    r"<[\w.]*(?:Figure|Axes|IPython\.[\w.]+|Javascript|HTML)\b[^>]*>|\[?<matplotlib\.[^\n]*|<PIL\.[^\n]*"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of an output as it is carried: `text`, or an image by the suffix of its file and its bytes."""

    text: str = ""
    suffix: str = ""
    image: bytes = b""


Told = Callable[[str], None]


def shown(output: Any, told: Told) -> Shown | None:
    """What is carried of an output in nbformat 4, None where nothing is; `told` hears what is left out, in words."""
    kind = output.get("output_type") if isinstance(output, dict) else None
    if kind == "stream":
        return _text(joined(output.get("text")), told)
    if kind == "error":
        trace = output.get("traceback")
        text = "\n".join(joined(line) for line in trace) if isinstance(trace, list) else ""
        return _text(text or f"{joined(output.get('ename'))}: {joined(output.get('evalue'))}", told)
    if kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict):
        return _bundle(output["data"], told)
    told("it is no output of nbformat 4; left out")
    return None


def image_of(data: Mapping[str, Any], told: Told) -> Shown | None:
    """The first image of a bundle that can be published; `told` hears why another cannot."""
    for name, suffix in _IMAGES.items():
        if name in data:
            image = _decoded(name, joined(data[name]), told)
            if image is not None:
                return Shown(suffix=suffix, image=image)
    return None


def _bundle(data: Mapping[str, Any], told: Told) -> Shown | None:
    """The image of a bundle, else its plain text; forms that only a browser can show are named."""
    if image := image_of(data, told):
        return image
    names = [name for name in data if name != "text/plain" and name not in _IMAGES]
    others = [" ".join(printable(name).split())[:60] for name in names]
    text = "" if any("widget" in name for name in others) else joined(data.get("text/plain"))
    text = "" if _NAMES_ONLY.fullmatch(text.strip()) else text
    if others:
        rest = "its plain text is" if text.strip() else "nothing stands for it"
        told(f"{', '.join(others)} is not carried, {rest}")
    return _text(text, told)


def _decoded(name: str, value: str, told: Told) -> bytes | None:
    """The bytes of an image that may be published; its size is judged before anything is decoded."""
    if len(value) > IMAGE_LIMIT * (1 if name == "image/svg+xml" else 4 / 3):
        told(f"the image is over {IMAGE_LIMIT // 1024 // 1024} MiB; left out")
        return None
    try:
        image = value.encode() if name == "image/svg+xml" else base64.b64decode("".join(value.split()), validate=True)
    except ValueError:  # base64's own error, and that of letters that UTF-8 has not
        told(f"the {name} cannot be decoded; left out")
        return None
    try:
        image_size(f"output.{_IMAGES[name]}", image)
    except InvalidImage as error:
        told(f"the {name} is left out: it {error}")
        return None
    if not picture(f"output.{_IMAGES[name]}", image, renditions=False).content:
        told(f"the {name} is left out: it cannot be read to its end")
        return None
    return image


def _text(text: str, told: Told) -> Shown | None:
    """A text without terminal codes, tokens and home folders, cut where it is long; None for an empty one."""
    whole = _ANSI.sub("", text)
    # A carriage return begins the line again: of a progress bar, the last state is left.
    lines = [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in whole.replace("\r\n", "\n").split("\n")]
    plain = printable("\n".join(lines)).strip("\n")
    if not plain.strip():
        return None
    plain = without_home(without_secrets(plain, lambda kind: told(f"what looks like {kind} is masked")))
    return Shown(text=_cut(plain, told))


def _cut(text: str, told: Told) -> str:
    """At most 60 lines and 8 KiB of a text, with a last line that says how much is left out."""
    lines = text.split("\n")
    kept: list[str] = []
    size = 0
    for line in lines[:LINES]:
        size += len(line.encode()) + 1
        if size > SIGNS:
            break
        kept.append(line)
    if len(kept) == len(lines):
        return text
    if not kept:
        kept.append(lines[0].encode()[:SIGNS].decode(errors="ignore") + "...")
    left = len(lines) - len(kept)
    told(f"{len(kept)} of {len(lines)} lines are carried" if left else f"a line is cut at {SIGNS // 1024} KiB")
    return "\n".join([*kept, f"... ({left} more line{'s' if left > 1 else ''})"] if left else kept)
