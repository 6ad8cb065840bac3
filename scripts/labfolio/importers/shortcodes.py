"""What Hugo adds to Markdown: shortcodes, and options behind the language of a code block."""

import re
import shlex
from collections.abc import Callable, Mapping

from labfolio.importers.links import Links, image
from labfolio.importers.prose import ADDED, BRACE, Prose, alone_after, alone_before, fence_lines, plain_words

_ESCAPED = re.compile(r"\{\{([<%])/\*([^\n]{0,2000}?)\*/([>%])\}\}")
_HIGHLIGHT = (
    re.compile(r"(?P<indent>[ \t]*)\{\{[<%]\s*highlight\s+(?P<given>[^>%\n]{1,300}?)\s*[>%]\}\}"),
    re.compile(r"[ \t]*\{\{[<%]\s*/\s*highlight\s*[>%]\}\}"),
)
# What is given to a shortcode holds no other; that keeps the search for its end short.
_ANY = re.compile(
    r"\{\{(?P<sign>[<%])-?\s{0,9}(?P<end>/?)\s{0,9}(?P<name>[\w./-]{1,80})"
    r"(?P<given>(?:\"(?:[^\"{]|\{(?!\{))*\"|`(?:[^`{]|\{(?!\{))*`|[^\"`>%{]|\{(?!\{))*?)/?\s{0,9}[>%]\}\}"
)
_MORE = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*(?:\n|\Z)", re.MULTILINE | re.IGNORECASE)
_OPTIONS = re.compile(
    r"^(?P<fence>[ \t]*(?:`{3,}|~{3,}))[ \t]*(?P<language>[\w#+-]+)[ \t]*\{(?P<given>[^.#}\n][^}\n]*)\}[ \t]*$",
    re.MULTILINE,
)
_HL_LINES = re.compile(r"hl_lines\s*=\s*(?:\[([^\]]*)\]|\"([^\"]*)\"|([\d, -]+))")

# The source of a page that `ref` names from a source, or None.
Named = Callable[[str, str], str | None]


def shortcodes(prose: Prose, links: Links, named: Named) -> None:
    """Carries the shortcodes that have a counterpart; every other stays as it is and is named."""
    prose.replace(_ESCAPED, lambda m: f"{BRACE}{BRACE}{m[1]}{m[2]}{m[3]}}}}}", in_code=True)
    prose.replace_pairs(*_HIGHLIGHT, _code)
    prose.replace(_OPTIONS, lambda m: m["fence"] + _info(m["language"], m["given"]), in_code=True)
    prose.replace(_MORE, lambda _: "")

    def carried(match: re.Match[str]) -> str:
        name = match["name"].lower()
        made = None
        if name == "figure" and not match["end"]:
            made = _figure(match, prose)
        elif name in ("ref", "relref"):
            made = _linked(match, links, named)
        if made is None and not match["end"]:
            prose.miss(
                match.start(), f"the shortcode {match['name']} has no counterpart; it stays in the text as it is"
            )
        return match[0] if made is None else made

    prose.replace(_ANY, carried, in_code=True)


def _arguments(text: str) -> tuple[list[str], Mapping[str, str]]:
    """Arguments by place and by name."""
    lexer = shlex.shlex(text.replace("`", '"'), posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.quotes, lexer.escape, lexer.commenters = True, '"', "", ""
    try:
        parts = list(lexer)
    except ValueError:
        return [], {}
    named = dict(part.split("=", 1) for part in parts if "=" in part)
    return [part for part in parts if "=" not in part], named


def _code(opening: re.Match[str], inside: str, closing: re.Match[str]) -> str:
    language, _, options = opening["given"].replace('"', " ").strip().partition(" ")
    first = _info(language, options)
    fence = fence_lines(inside, "")[1]
    if not (inside.startswith("\n") and inside.endswith("\n")):
        inside = f"{ADDED}{inside.strip()}{ADDED}"
    alone = alone_before(opening)
    indent = opening["indent"] if alone else ""
    before, after = "" if alone else ADDED, "" if alone_after(closing) else ADDED
    return f"{before}{indent}{fence}{first}{inside}{indent}{fence}{after}"


def _info(language: str, given: str) -> str:
    """What stands behind a fence: the language, with line numbers and marked lines where they were asked for."""
    options = []
    if re.search(r"linenos\s*=\s*(?!false)", given):
        options.append('linenums="1"')
    if found := _HL_LINES.search(given):
        marked = re.findall(r"\d+(?:-\d+)?", found[1] or found[2] or found[3])
        options.append(f'hl_lines="{" ".join(marked)}"')
    return f"{{ .{language} {' '.join(options)} }}" if options else language


def _figure(match: re.Match[str], prose: Prose) -> str | None:
    _, given = _arguments(match["given"])
    if not given.get("src"):
        return None
    caption = plain_words(" ".join(given[one] for one in ("title", "caption", "attr") if given.get(one)))
    lost = [name for name in given if name not in ("src", "alt", "caption", "title", "attr", "loading", "class")]
    if lost:
        prose.miss(match.start(), f"{', '.join(lost)} of a figure cannot be carried; left out")
    return image(given.get("alt") or caption, given["src"], caption)


def _linked(match: re.Match[str], links: Links, named: Named) -> str | None:
    placed, given = _arguments(match["given"])
    path, _, fragment = (given.get("path") or (placed[0] if placed else "")).partition("#")
    if not path and fragment:
        return f"#{fragment}"
    source = named(links.prose.source, path)
    return None if source is None else links.to_entry(links.places.paths[source], fragment)
