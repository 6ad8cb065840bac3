"""From Markdown to an article: finished HTML, its contents, and what it refers to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from labfolio.markdown import bounds
from labfolio.markdown.converters import lent
from labfolio.markdown.extension import LabfolioExtension
from labfolio.markdown.links import LinkTable
from labfolio.markdown.rendering import Rendering
from labfolio.markdown.repository import Repository
from labfolio.markdown.works import Bibliography, CitedWork
from labfolio.model.content import Content
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.limit import OutOfTime, Within, unlimited
from labfolio.model.rules import fault
from labfolio.model.site import Settings
from labfolio.model.source import Position, lines_of
from labfolio.parse.latex import plain_latex

# An expression stands in a plain text as signs, for which its TeX is read.
_MATHS = re.compile(r"""<math(?: [\w-]+="[^"]*")*? data-tex="([^"]*)"(?: [\w-]+="[^"]*")*>.*?</math>""", re.DOTALL)
NO_MACROS: Mapping[str, str] = {}
NO_WORKS = Bibliography()
# What Python-Markdown and its extensions were seen to raise at texts that they cannot read.
_RAISED = (AssertionError, ValueError, LookupError, AttributeError, TypeError, RuntimeError)
_MEND = "Simplify deeply nested or unclosed markup, or split the page."
_NOTE_NUMBER = re.compile(r'<sup id="fnref[^>]*>.*?</sup>')


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorLink:
    """A link to a heading: the page's URL, the fragment and where it is written."""

    url: str
    fragment: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A rendered text.

    `contents` are level-2 headings (id, text); `headings` are the ids of all headings in order, `ids` all ids; `pages`
    are the URLs of the site that it links to; `files` maps source paths to published URLs; `made` are the files among
    them that are published otherwise than they are, and renditions of them, by URL; `works` are what it is about and
    what it cites, in the order of the page's list.
    """

    html: str
    contents: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    ids: frozenset[str]
    files: Mapping[str, str]
    made: Mapping[str, Content]
    anchors: tuple[AnchorLink, ...]
    pages: tuple[str, ...]
    works: tuple[CitedWork, ...]
    diagnostics: tuple[Diagnostic, ...]
    first_paragraph: str


def render(
    body: str,
    *,
    source: str,
    url: str,
    text: str,
    body_line: int,
    settings: Settings,
    table: LinkTable,
    entry: bool,
    values: Mapping[str, str],
    macros: Mapping[str, str] = NO_MACROS,
    code: Repository | None = None,
    bibliography: Bibliography = NO_WORKS,
    own: tuple[str, ...] = (),
    unsafe_html: bool = False,
    within: Within = unlimited,
) -> Article:
    """The article of a Markdown text. `entry` tells that the page brings its own h1; `values` are the numbers that the
    text may ask for, `macros` its commands for mathematics; `code` is where its code can be seen, `own` are the keys of
    the works that it is about; with `unsafe_html` the HTML in it stays as it is; `within` limits the time that it may
    take. Never raises on any text: one that cannot be rendered, or only at too great a cost, is an empty article with
    the fault. Raises InvalidExtension where the settings name one that cannot be used."""
    rendering = Rendering(
        source=source,
        url=url,
        text=text,
        body_line=body_line,
        table=table,
        entry=entry,
        values=values,
        macros=macros,
        code=code,
        bibliography=bibliography,
        own=own,
        proof=settings.proof,
        unsafe_html=unsafe_html,
    )
    try:
        with within():
            return _converted(body, settings, rendering)
    except (OutOfTime, bounds.TooMuch, MemoryError, *_RAISED) as error:
        return _unrendered(_told(error, rendering))


def _converted(body: str, settings: Settings, rendering: Rendering) -> Article:
    with lent(settings, LabfolioExtension(rendering)) as converter:
        bounds.register(converter, body)
        return _rendered(converter.convert(body), converter, rendering)


def _told(error: BaseException, rendering: Rendering) -> Diagnostic:
    """What an author is told of a text that cannot be rendered."""
    rule, message, help = "too-large", f"the text cannot be parsed ({type(error).__name__})", _MEND
    position = Position(line=rendering.body_line, column=1)
    match error:
        case bounds.TooMuch():
            message, position = str(error), rendering.position(error.needle)
        case OutOfTime():
            rule, message, help = "too-slow", "the text takes too long to render", ""
            position = Position(line=_longest(rendering), column=1)
        case RecursionError():
            message = "lists, quotations or brackets stand within each other too deeply"
        case MemoryError():
            message = "the text takes more memory than there is"
    return fault(rule, rendering.source, message, help, position, rendering.text)


def _longest(rendering: Rendering) -> int:
    """The line in which the longest paragraph begins: what takes long is mostly one."""
    longest, most, begin, size = rendering.body_line, 0, rendering.body_line, 0
    for number, line in enumerate(lines_of(rendering.text)[begin - 1 :], start=begin):
        begin, size = (begin, size + len(line)) if line.strip() else (number + 1, 0)
        longest, most = (begin, size) if size > most else (longest, most)
    return longest


def _rendered(html: str, converter: Any, rendering: Rendering) -> Article:
    ids = frozenset(unescape(id) for id in re.findall(r'\sid="([^"]+)"', html))
    # A figure that is missing is told as such; what refers to it is right.
    ids |= rendering.labels.names.keys()
    tokens = _flat(getattr(converter, "toc_tokens", []))
    return Article(
        html=html,
        contents=tuple((token["id"], _heading(token)) for token in tokens if token["level"] == 2),
        headings=tuple(token["id"] for token in tokens if token["level"] > 1),
        ids=ids,
        files=dict(sorted((path, url) for path, url in rendering.files.items() if path not in rendering.drawn)),
        made=dict(sorted(rendering.made.items())),
        anchors=tuple(_anchors(rendering, ids)),
        pages=tuple(rendering.pages),
        works=rendering.works,
        diagnostics=tuple(rendering.found),
        first_paragraph=_first_paragraph(html),
    )


def _unrendered(found: Diagnostic) -> Article:
    """An empty article with the fault."""
    return Article(
        html="",
        contents=(),
        headings=(),
        ids=frozenset(),
        files={},
        made={},
        anchors=(),
        pages=(),
        works=(),
        diagnostics=(found,),
        first_paragraph="",
    )


def _anchors(rendering: Rendering, ids: frozenset[str]) -> Iterable[AnchorLink]:
    """The links to headings that are still to be checked: those within the page that exist are not."""
    for url, fragment, href in rendering.anchors:
        if url != rendering.url or unquote(fragment) not in ids:
            yield AnchorLink(url=url, fragment=unquote(fragment), position=rendering.position(href))


def _flat(tokens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for token in tokens for one in (token, *_flat(token["children"]))]


def _heading(token: Mapping[str, Any]) -> str:
    """The words of a heading, which the table of contents has without any element."""
    maths = "<math" in token["html"] and not token["data-toc-label"]
    return _text(_in_signs(token["html"]) if maths else token["name"])


def _in_signs(html: str) -> str:
    """The HTML with each expression as a line of signs: `1/√(m)`."""
    return _MATHS.sub(lambda found: escape(plain_latex(f"${unescape(found[1])}$")), html)


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def _first_paragraph(html: str) -> str:
    """The first paragraph's words, cut at a sentence or word below 280 characters."""
    match = re.search(r"<p>(.*?)</p>", html, re.DOTALL)
    words = " ".join(_text(_NOTE_NUMBER.sub("", _in_signs(match[1]))).split()) if match else ""
    if len(words) <= 280:
        return words
    cut = words[:277]
    end = cut.rfind(". ")
    return cut[: end + 1] if end > 80 else cut[: cut.rfind(" ")] + "..."
