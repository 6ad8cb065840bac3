"""What Obsidian adds to Markdown: links between brackets, embeds, tags, comments and ids of blocks."""

import posixpath
import re
from collections.abc import Callable

from labfolio.importers.links import Links, image
from labfolio.importers.prose import FINAL, Prose, code_spans, plain_words, same_lines, within
from labfolio.importers.slugs import slug_of
from labfolio.markdown.flavour import heading_id
from labfolio.markdown.links import IMAGE_TYPES

_LINK = re.compile(r"(?P<sign>!?)\[\[(?P<to>[^\[\]|\n]{0,300}?)\\?(?:\|(?P<words>[^\[\]\n]{0,300}))?\]\]")
_TAGS_ALONE = re.compile(r"^[ \t]*(?:#[A-Za-z_][\w/-]*[ \t]*)+$", re.MULTILINE)
_TAG = re.compile(r"(?:(?<=[\s(,;])(?<!\]\()|^)#(?P<tag>[\w/-]*[^\W\d][\w/-]*)", re.MULTILINE)
_BLOCK_ID = re.compile(r"(?:^|[ \t]+)\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
_QUERY = re.compile(
    r"^[ \t]*(?:`{3,}|~{3,})[ \t]*(?P<name>dataview|dataviewjs|tasks|query|base)\b[^\n]*$", re.MULTILINE
)
_INLINE_QUERY = re.compile(r"`\$?=[^`\n]+`")
_TEMPLATER = re.compile(r"<%[^\n]{0,500}?%>")
_PROPERTY = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?[\w -]{1,60}::(?=\s|$)", re.MULTILINE)

# The given file that a note means by a name, or None: the source, the name.
Named = Callable[[str, str], str | None]


def comments(prose: Prose) -> None:
    """Takes out what Obsidian shows to its author alone."""
    spans = code_spans(prose.text)
    marks = [match.start() for match in re.finditer("%%", prose.text) if not within(spans, match.start())]
    done, at = [], 0
    for number in range(0, len(marks), 2):
        # What is never closed is hidden to the end.
        end = marks[number + 1] + 2 if number + 1 < len(marks) else len(prose.text)
        done += [prose.text[at : marks[number]], same_lines(prose.text[marks[number] : end], "")]
        at = end
    prose.text = "".join([*done, prose.text[at:]])


def tags_of(text: str) -> list[str]:
    """The tags within a body."""
    prose = Prose(source="", text=text)
    comments(prose)
    spans = code_spans(prose.text)
    return [match["tag"].strip("/") for match in _TAG.finditer(prose.text) if not within(spans, match.start())]


def wiki(prose: Prose, links: Links, named: Named, headings: Callable[[str], list[str]]) -> None:
    """Carries links, embeds and tags; blocks that a plug-in fills stay as they are and are named."""
    comments(prose)
    for pattern, what in (
        (_QUERY, "a block that a plug-in fills ({}); it stays as code"),
        (_INLINE_QUERY, "{} is filled by Dataview; it stays as code"),
        (_TEMPLATER, "{} is filled by Templater; it stays in the text as it is"),
    ):
        for match in pattern.finditer(prose.text):
            prose.miss(match.start(), what.format(match.groupdict().get("name") or match[0][:60]))

    def dropped(match: re.Match[str]) -> str:
        prose.miss(match.start(), f"{match[0].strip()}: blocks have no address; left out")
        return ""

    prose.replace(_LINK, lambda match: _linked(match, prose, links, named, headings))
    prose.replace(_TAGS_ALONE, lambda _: "")
    prose.replace(_TAG, lambda match: match["tag"])
    prose.replace(_BLOCK_ID, dropped)

    def told(match: re.Match[str]) -> str:
        prose.miss(match.start(), f"{match[0].strip()} is a field of Dataview; it stays in the text as it is")
        return match[0]

    prose.replace(_PROPERTY, told)


def _linked(
    match: re.Match[str], prose: Prose, links: Links, named: Named, headings: Callable[[str], list[str]]
) -> str:
    name, _, part = match["to"].strip().partition("#")
    words = (match["words"] or "").strip()
    source = named(prose.source, name.strip()) if name else prose.source
    if source is None and (slug := slug_of(name)) in links.places.known:
        return f"[{words or name}]({links.to_known(slug)})"
    if source is None:
        prose.miss(match.start(), f"'{match['to'][:80]}' is no note or file that is imported; its words stay")
        return words or " > ".join(filter(None, (name, part.lstrip("^"))))
    if source not in links.places.paths:
        return _file(match, source, words, prose, links)
    shown = words or " > ".join(filter(None, (posixpath.basename(name).removesuffix(".md"), part.replace("#", " > "))))
    if match["sign"]:
        prose.miss(match.start(), f"the embedded note '{match['to'][:80]}' becomes a link to it")
    fragment = _fragment(part, source, match, prose, headings)
    if not name and not fragment:
        return words or part.lstrip("^")
    return f"[{shown}]({links.to_entry(links.places.paths[source], fragment)})"


def _fragment(part: str, source: str, match: re.Match[str], prose: Prose, headings: Callable[[str], list[str]]) -> str:
    """The id of the heading that a link names, empty (and named) where there is none."""
    heading = part.rpartition("#")[2].strip()
    if not heading:
        return ""
    if not heading.startswith("^"):
        known = {_folded(one): one for one in headings(source)}
        if _folded(heading) in known:
            return heading_id(plain_words(known[_folded(heading)]), "-")
    prose.miss(match.start(), f"'{match['to'][:80]}' leads to the note: {heading} is none of its headings")
    return ""


def _folded(heading: str) -> str:
    """A heading as links name it: Obsidian leaves out signs that links cannot hold."""
    return " ".join(re.sub(r"[#|^:\[\]]|%%", " ", plain_words(heading)).lower().split())


def _file(match: re.Match[str], source: str, words: str, prose: Prose, links: Links) -> str:
    """A file that is embedded or linked; `300` and `300x200` are sizes, other words are its text."""
    size = re.fullmatch(r"\d+(?:x\d+)?", words)
    shown = posixpath.basename(source)
    to = links.to_file(source, match.start())
    if not to:
        return words if words and not size else shown
    if size:
        prose.miss(match.start(), f"the width {words} of an image cannot be carried; its size is that of the file")
    if match["sign"] and posixpath.splitext(source)[1].lower() in IMAGE_TYPES:
        made = image(posixpath.splitext(shown)[0] if size or not words else words, "to")
        return made.replace("](to)", f"]({FINAL}{to.removeprefix(FINAL)})")
    return f"[{words if words and not size else shown}]({to})"
