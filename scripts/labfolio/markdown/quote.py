"""What a block of code asks for that quotes a file: ```python file="sketch.py" symbol="HyperLogLog.add"."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown.extensions.attr_list import get_attrs_and_remainder

from labfolio.model.spelling import nearest
from labfolio.parse.excerpt import Excerpt, NoExcerpt, by_lines, by_region, by_symbol, moved

_OPENING = re.compile(r"(?P<prefix>[ >]*)(?P<fence>`{3,}|~{3,})[ ]*(?P<info>[^`\n]*)$")
_QUOTES = re.compile(r"(?:^|[\s{])file\s*=")
# What is quoted; the rest of an info string is a language, an id and a title.
KEYS = ("symbol", "region", "lines")
LINES = 400
_KNOWN = (*KEYS, "file", "starts", "title", "id")
# Languages whose files end otherwise than Pygments calls them.
_LANGUAGES = {
    "pyi": "python", "pyx": "cython", "cu": "cuda", "cuh": "cuda", "h": "c", "hpp": "cpp", "cc": "cpp", "jl": "julia",
    "f90": "fortran", "m": "matlab", "yml": "yaml", "cfg": "ini", "txt": "text", "v": "verilog", "hs": "haskell",
    "Makefile": "make", "Dockerfile": "docker", "CMakeLists": "cmake", "ml": "ocaml", "md": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A block that quotes a file. `line` is its index in the text, `written` its first line, `body` what stands in it.

    `unknown` are attributes that mean nothing here.
    """

    line: int
    written: str
    attributes: dict[str, str] = field(default_factory=dict)
    language: str = ""
    body: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The file as it is written."""
        return self.attributes.get("file", "")

    @property
    def wanted(self) -> list[str]:
        """Which of `symbol`, `region` and `lines` are given."""
        return [key for key in KEYS if key in self.attributes]


def quotes(lines: Sequence[str]) -> Iterator[tuple[int, int, str, Quote]]:
    """The blocks that quote files: first and last line by their index, what stands before each line, and the quote.

    A block within another block of code is an example and left alone.
    """
    index = 0
    while index < len(lines):
        match = _OPENING.match(lines[index])
        end = _closing(lines, index, match["prefix"], match["fence"]) if match else 0
        if match and end and _QUOTES.search(match["info"]):
            body = [line[len(match["prefix"]) :] for line in lines[index + 1 : end]]
            yield index, end, match["prefix"], _quote(index, lines[index], match["info"], body)
        index = max(end, index) + 1


def _closing(lines: Sequence[str], opened: int, prefix: str, fence: str) -> int:
    """The line that closes a block, 0 where none does."""
    close = re.compile(rf"{re.escape(prefix.rstrip())}\s*{fence[0]}{{{len(fence)},}}\s*$")
    return next((index for index in range(opened + 1, len(lines)) if close.match(lines[index])), 0)


def _quote(index: int, written: str, info: str, body: Sequence[str]) -> Quote:
    info = info.strip()
    braced = info.startswith("{") and info.endswith("}")
    word = re.match(r"[\w+#.-]+(?=\s|$)", info) if not braced else None
    rest = info[1:-1] if braced else info[word.end() :] if word else info
    rest = rest.strip().removeprefix("{").removesuffix("}")
    given = get_attrs_and_remainder(rest)[0]
    classes = [value for key, value in given if key == "."]
    attributes = {key: value for key, value in given if key in _KNOWN}
    return Quote(
        line=index,
        written=written.strip(),
        attributes=attributes,
        language=word[0] if word else classes[0] if classes else _language(attributes.get("file", "")),
        body=tuple(body),
        unknown=tuple(dict.fromkeys(key for key, _ in given if key not in _KNOWN and key != ".")),
    )


def _language(file: str) -> str:
    name = file.rpartition("/")[2]
    suffix = name.rpartition(".")[2] if "." in name.strip(".") else name
    return _LANGUAGES.get(suffix) or _LANGUAGES.get(name.partition(".")[0]) or suffix


def problem(quote: Quote) -> tuple[str, str] | None:
    """What is wrong with a quotation as it is written, and what to write."""
    if quote.unknown:
        name = quote.unknown[0]
        return f"'{name}' is no attribute of a quotation{nearest(name, _KNOWN)}", f"Known are {_and(_KNOWN)}."
    if len(quote.wanted) != 1:
        given = " and ".join(quote.wanted) or "nothing"
        return f"{given} of {quote.file} is quoted", f"Write one of {_and(KEYS)}."
    lines = quote.attributes.get("lines")
    match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", lines or "")
    if lines is not None and not (match and 1 <= int(match[1]) <= int(match[2] or match[1])):
        return f"'{lines[:40]}' is no range of lines", 'Write lines="10-24".'
    return None


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def excerpt_of(quote: Quote, text: str, path: str) -> Excerpt:
    """The lines of a file that a quotation names, held against what it says of them. Raises NoExcerpt."""
    excerpt = _lines_of(quote, text)
    _check(quote, excerpt, text, path)
    return excerpt


def _lines_of(quote: Quote, text: str) -> Excerpt:
    """The lines that a quotation names. Raises NoExcerpt."""
    kind = quote.wanted[0]
    value = quote.attributes[kind]
    if kind == "symbol":
        return by_symbol(text, value)
    if kind == "region":
        return by_region(text, value)
    first, _, last = value.partition("-")
    return by_lines(text, int(first), int(last or first))


def _check(quote: Quote, excerpt: Excerpt, text: str, path: str) -> None:
    """Holds the lines against what the page expects of them. Raises NoExcerpt."""
    if len(excerpt.lines) > LINES:
        raise NoExcerpt(f"{len(excerpt.lines)} lines are quoted; {LINES} may be", "Quote a part of it.", stale=False)
    starts, first = quote.attributes.get("starts", ""), excerpt.lines[0].strip()
    has_body = any(line.strip() for line in quote.body)
    if quote.wanted == ["lines"] and not starts and not has_body:
        sign = "'" if '"' in first else '"'
        begin = first[:40].partition(sign)[0].strip()
        help = f"Write starts={sign}{begin}{sign} behind lines." if begin else "Begin with a line that is not empty."
        raise NoExcerpt("lines move when the file changes; say how the first one begins", help, stale=False)
    if starts and not first.startswith(starts):
        now = moved(text, excerpt, starts)
        help = f'Write lines="{now}"' if now and quote.wanted == ["lines"] else ""
        raise NoExcerpt(f"{path}:{excerpt.first} begins with '{first[:40]}', not with '{starts[:40]}'", help)
    if has_body:
        _compare(quote, excerpt, path)


def _compare(quote: Quote, excerpt: Excerpt, path: str) -> None:
    """Holds a copy in the page against the file. Raises NoExcerpt."""
    copy = [line.rstrip() for line in textwrap.dedent("\n".join(quote.body)).strip("\n").rstrip().split("\n")]
    held = [line.rstrip() for line in textwrap.dedent("\n".join(excerpt.lines)).rstrip().split("\n")]
    if copy == held:
        return
    pairs = enumerate(zip(copy, held, strict=False))
    at = next((index for index, (one, other) in pairs if one != other), min(len(copy), len(held)))
    now = f"'{held[at].strip()[:60]}'" if at < len(held) else "nothing more"
    was = f"'{copy[at].strip()[:60]}'" if at < len(copy) else "nothing more"
    help = "Copy the lines again, or leave the block empty."
    raise NoExcerpt(f"{path}:{excerpt.first + at} has {now}, the page {was}", help)
