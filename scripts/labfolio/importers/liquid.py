"""What Jekyll adds to Markdown: Liquid tags and kramdown's attributes."""

import re
from collections.abc import Callable
from html import escape

from labfolio.importers.links import Links, image
from labfolio.importers.prose import ADDED, BRACE, GONE, Prose, alone_after, alone_before, fence_lines, plain_words

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}"), re.compile(r"\{%-?\s*endraw\s*-?%\}")
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}"), re.compile(r"\{%-?\s*endcomment\s*-?%\}")
_KRAMDOWN_COMMENT = re.compile(r"\{::comment\}"), re.compile(r"\{:/(?:comment)?\}")
_HIGHLIGHT = (
    re.compile(r"(?P<indent>[ \t]*)\{%-?\s*highlight\s+(?P<language>[\w+#.-]+)(?P<options>[^%\n]*)%\}"),
    re.compile(r"[ \t]*\{%-?\s*endhighlight\s*-?%\}"),
)
_POST = re.compile(r"\{%-?\s*(?P<tag>post_url|link)\s+(?P<name>[^%\n]{1,300}?)\s*-?%\}(?P<rest>#[^\s)\"'<>\]]*)?")
_FILTERED = re.compile(
    r"\{\{-?\s*(?P<sign>[\"'])(?P<path>[^\"'\n]{0,500})(?P=sign)\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.baseurl)"
    r"(?:\s*\|\s*prepend:\s*site\.url)?\s*-?\}\}"
)
_BASE = re.compile(r"(?:\{\{-?\s*site\.(?:url|baseurl)\s*-?\}\})+(?=[/\x02])")
_FIGURE = re.compile(r"\{%-?\s*include\s+figure\.(?:html|liquid)\s+(?P<given>[^%]{1,2000}?)\s*-?%\}")
_GIVEN = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ANY = re.compile(r"\{%[^\n]{0,500}?%\}|\{\{[^\n]{0,500}?\}\}")

_CONTENTS = re.compile(
    r"^(?:[ \t]*(?:[-*+]|\d+\.)[^\n]*\n)?[ \t]*\{:\s*toc\b[^}\n]{0,300}\}[ \t]*(?:\n|\Z)", re.MULTILINE
)
_OPTIONS = re.compile(r"^\{::options[^}\n]{0,300}/?\}[ \t]*(?:\n|\Z)", re.MULTILINE)
_UNDER_HEADING = re.compile(r"^(#{1,6}[ \t][^\n]*)\n\{:([^}\n]{0,300})\}", re.MULTILINE)
_ATTRIBUTES = re.compile(
    r"(?P<line>^[ \t]*)?\{:(?P<given>\s*[.#\w][^}\n]{0,300})\}(?(line)(?P<end>[ \t]*(?:\n|\Z))?)", re.MULTILINE
)
_MORE = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*(?:\n|\Z)|<!--\s*more\s*-->", re.MULTILINE | re.IGNORECASE)

# The source that a post or file is known by to `post_url` and `link`.
Named = Callable[[str, str], str | None]


def liquid(prose: Prose, links: Links, named: Named) -> None:
    """Carries the tags that have a counterpart; every other stays as it is and is named."""
    prose.replace_pairs(*_RAW, lambda _, inside, end: inside.replace("{", BRACE))
    prose.replace_pairs(*_COMMENT, lambda _, inside, end: "")
    prose.replace_pairs(*_HIGHLIGHT, _code)
    prose.replace(_POST, lambda match: _linked(match, links, named), in_code=True)
    prose.replace(_FILTERED, lambda match: "/" + match["path"].lstrip("/"), in_code=True)
    prose.replace(_BASE, lambda match: "", in_code=True)
    prose.replace(_FIGURE, lambda match: _figure(match, prose))

    def left(match: re.Match[str]) -> str:
        prose.miss(match.start(), f"{match[0][:60]} is Liquid; it stays in the text as it is")
        return match[0]

    prose.replace(_ANY, left, in_code=True)


def kramdown(prose: Prose) -> None:
    """Keeps the ids that kramdown's attributes give; its list of contents goes, since entries have one."""
    prose.replace_pairs(*_KRAMDOWN_COMMENT, lambda _, inside, end: "")
    prose.replace(_CONTENTS, lambda match: "")
    prose.replace(_OPTIONS, lambda match: "")
    prose.replace(_MORE, lambda match: "")
    prose.replace(_UNDER_HEADING, lambda match: f"{match[1]} {{:{match[2]}}}")

    def kept(match: re.Match[str]) -> str:
        given = match["given"]
        id = re.search(r"#([\w:.-]+)", given)
        if rest := re.sub(r"#[\w:.-]+|\.no_toc\b", "", given).strip():
            prose.miss(match.start("given"), f"{{:{given}}}: {rest} has no counterpart; left out")
        alone = match["line"] is not None and match["end"] is not None
        if id:
            return f"{match['line'] or ''}{{: #{id[1]} }}" + ("\n" if alone and match[0].endswith("\n") else "")
        return "" if alone else (match["line"] or "")

    prose.replace(_ATTRIBUTES, kept)


def _code(opening: re.Match[str], inside: str, closing: re.Match[str]) -> str:
    """`{% highlight %}` as a fenced block; where a tag has text beside it, the block still stands alone."""
    numbered = 'linenums="1"' if "linenos" in opening["options"] else ""
    first, last = fence_lines(inside, opening["language"], numbered)
    if not (inside.startswith("\n") and inside.endswith("\n")):
        inside = f"{ADDED}{inside.strip()}{ADDED}"
    alone = alone_before(opening)
    indent = opening["indent"] if alone else ""
    before, after = "" if alone else ADDED, "" if alone_after(closing) else ADDED
    return f"{before}{indent}{first}{inside}{indent}{last}{after}"


def _linked(match: re.Match[str], links: Links, named: Named) -> str:
    source = named(match["tag"], match["name"].strip("\"' "))
    if source is None:
        return match[0]
    fragment = (match["rest"] or "").removeprefix("#")
    if source in links.places.paths:
        return links.to_entry(links.places.paths[source], fragment)
    return links.to_file(source, match.start()) or match[0]


def _figure(match: re.Match[str], prose: Prose) -> str:
    """al-folio's figure as an image; among HTML as an element, since Markdown is not read there."""
    given = {name: double or single for name, double, single in _GIVEN.findall(match["given"])}
    path = given.get("path", "")
    if not path or "{{" in path:
        return match[0]
    address = path if "://" in path else "/" + path.lstrip("/")
    caption = plain_words(given.get("caption") or given.get("title") or "")
    words = given.get("alt") or caption
    above = prose.text[: match.start()].rstrip(" \t").removesuffix("\n").rpartition("\n")[2]
    if above.rstrip(f"{GONE} \t").endswith(">"):
        return f'<img src="{escape(address)}" alt="{escape(words)}">'
    return image(words, address, caption)
