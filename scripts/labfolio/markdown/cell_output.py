"""What a notebook's cells showed: images and text of their outputs, and the names of what neither is."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from labfolio.markdown.images import InvalidImage, image_size
from labfolio.markdown.pictures import picture
from labfolio.parse.notebook import Unread, joined
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
class Loss:
    """Something of an output that is not shown: in words for one output, and in words for all of its kind.

    `rule` is the rule by which a page tells it.
    """

    rule: str
    what: str
    kind: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of an output as it is carried: `text`, or an image by the suffix of its file and its bytes."""

    text: str = ""
    suffix: str = ""
    image: bytes = b""


Told = Callable[[Loss], None]


def left_out(what: str, kind: str = "") -> Loss:
    """What cannot be shown."""
    return Loss("notebook-left-out", what, kind or what)


def shown(output: Any, told: Told) -> Shown | None:
    """What is carried of an output in nbformat 4 as text or image, None where nothing is; `told` hears of the rest."""
    text = printed(output)
    if text is not None:
        return _shown_text(text, told)
    data = bundle_of(output, told)
    if data is None:
        return None
    if image := image_of(data, told):
        return image
    names = [name for name in data if name != "text/plain" and name not in _IMAGES]
    text = fallback(data, names)
    if names:
        rest = "its plain text is" if text.strip() else "nothing stands for it"
        told(left_out(f"{', '.join(map(named, names))} is not carried, {rest}"))
    return _shown_text(text, told)


def _shown_text(text: str, told: Told) -> Shown | None:
    plain = plain_text(text, told)
    return Shown(text=plain) if plain else None


def merged(outputs: tuple[tuple[int, Any], ...]) -> Iterator[tuple[int, Any]]:
    """The outputs with their lines, the pieces of a stream that follow each other as one."""
    held: tuple[int, dict[str, Any]] | None = None
    for line, one in outputs:
        stream = isinstance(one, dict) and one.get("output_type") == "stream"
        if stream and held and held[1].get("name") == one.get("name"):
            held[1]["text"].append(joined(one.get("text")))
            continue
        if held:
            yield held
        held = (line, {**one, "text": [joined(one.get("text"))]}) if stream else None
        if not stream:
            yield line, one
    if held:
        yield held


def printed(output: Any) -> str | None:
    """The text that a cell printed or failed with, None for an output of another kind."""
    kind = output.get("output_type") if isinstance(output, dict) else None
    if kind == "stream":
        return joined(output.get("text"))
    if kind == "error":
        trace = output.get("traceback")
        text = "\n".join(joined(line) for line in trace) if isinstance(trace, list) else ""
        return text or f"{joined(output.get('ename'))}: {joined(output.get('evalue'))}"
    return None


def bundle_of(output: Any, told: Told) -> Mapping[str, Any] | None:
    """What a cell displayed, by its media types; None where it is no such output."""
    if isinstance(output, Unread):
        what = "an output that is too large or nested too deep is left out"
        told(left_out(f"it is of {output.size} MiB or nested too deep; left out", what))
        return None
    kind = output.get("output_type") if isinstance(output, dict) else None
    if kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict):
        data: Mapping[str, Any] = output["data"]
        return data
    told(left_out("it is no output of nbformat 4; left out", "what is no output of nbformat 4 is left out"))
    return None


def fallback(data: Mapping[str, Any], others: list[str]) -> str:
    """The plain text that stands for other forms, empty where it only names what a browser was to show."""
    text = "" if any("widget" in name for name in others) else joined(data.get("text/plain"))
    return "" if _NAMES_ONLY.fullmatch(text.strip()) else text


def named(name: str) -> str:
    """A media type as it can be told."""
    return " ".join(printable(name).split())[:60]


def image_of(data: Mapping[str, Any], told: Told) -> Shown | None:
    """The first image of a bundle that can be published; `told` hears why another cannot."""
    for name, suffix in _IMAGES.items():
        if name in data:
            image = _decoded(name, joined(data[name]), told)
            if image is not None:
                return Shown(suffix=suffix, image=image)
    return None


def _decoded(name: str, value: str, told: Told) -> bytes | None:
    """The bytes of an image that may be published; its size is judged before anything is decoded."""
    if len(value) > IMAGE_LIMIT * (1 if name == "image/svg+xml" else 4 / 3):
        told(left_out(f"the image is over {IMAGE_LIMIT // 1024 // 1024} MiB; left out"))
        return None
    try:
        if name == "image/svg+xml":
            image = masked(value, told).encode()
        else:
            image = base64.b64decode("".join(value.split()), validate=True)
    except ValueError:  # base64's own error, and that of letters that UTF-8 has not
        told(left_out(f"the {name} cannot be decoded; left out"))
        return None
    try:
        image_size(f"output.{_IMAGES[name]}", image)
    except InvalidImage as error:
        told(left_out(f"the {name} is left out: it {error}"))
        return None
    if not picture(f"output.{_IMAGES[name]}", image, renditions=False).content:
        told(left_out(f"the {name} is left out: it cannot be read to its end"))
        return None
    return image


def masked(text: str, told: Told) -> str:
    """A text without tokens and home folders."""

    def secret(kind: str) -> None:
        what = f"what looks like {kind} is masked"
        told(Loss("masked-secret", what, what))

    plain = without_secrets(text, secret)
    at_home = without_home(plain)
    if at_home != plain:
        what = "~ stands for a home folder"
        told(Loss("notebook-shortened", what, what))
    return at_home


def plain_text(text: str, told: Told) -> str:
    """A text without terminal codes, tokens and home folders, cut where it is long; empty where nothing is left."""
    whole = _ANSI.sub("", text)
    # A carriage return begins the line again: of a progress bar, the last state is left.
    lines = [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in whole.replace("\r\n", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return ""
    del lines[: next(at for at, line in enumerate(lines) if line)]
    # Nothing behind these lines and signs is shown, and a token that begins before them ends before their end.
    head = printable("\n".join(line[: SIGNS + 500] for line in lines[:LINES]))
    return _cut(masked(head, told).strip("\n"), len(lines), told)


def _cut(text: str, count: int, told: Told) -> str:
    """At most 60 lines and 8 KiB of the first lines of a text of `count`, with a last line that says what is left."""
    lines = text.split("\n")
    # A key of several lines is masked as one.
    count -= max(0, min(count, LINES) - len(lines))
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line.encode()) + 1
        if size > SIGNS:
            break
        kept.append(line)
    if len(kept) == count:
        return text
    if not kept:
        kept.append(lines[0].encode()[:SIGNS].decode(errors="ignore") + "...")
    left = count - len(kept)
    what = f"{len(kept)} of {count} lines are carried" if left else f"a line is cut at {SIGNS // 1024} KiB"
    told(Loss("notebook-shortened", what, f"an output is cut at {LINES} lines or {SIGNS // 1024} KiB"))
    return "\n".join([*kept, f"... ({left} more line{'s' if left > 1 else ''})"] if left else kept)
