"""From a Markdown file to an entry: the front matter is split off, read as text and typed by its kind's declaration."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.entry import Entry, FreeText, Kind
from labfolio.model.front_matter import FreePage
from labfolio.model.rules import fault
from labfolio.model.source import START, Position
from labfolio.model.spelling import certain
from labfolio.parse.mends import replaced
from labfolio.parse.sentences import explain
from labfolio.parse.yaml_text import YamlText, read_yaml

Model = TypeVar("Model", bound=BaseModel)


_RULE = "If the first line is meant as a rule, put a blank line before it."
_FIELD = re.compile(r"(?P<name>[A-Za-z_]\w*):(?: |$)")
_MARK = re.compile(r"---[ \t]*")


def split(text: str) -> tuple[str | None, str, int, bool]:
    """Front matter (None without one), body, the body's first line, and whether the front matter was closed."""
    lines = text.split("\n")
    if not _MARK.fullmatch(lines[0]):
        return None, text, 1, True
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2, True
    return "\n".join(lines[1:]), "", len(lines) + 1, False


def read_entry(
    kind: Kind, slug: str, path: str, text: str, zone: str = "UTC"
) -> tuple[Entry | None, tuple[Diagnostic, ...]]:
    """The entry of a file, or None and everything that is wrong with its front matter.

    A moment in it is the day that it falls on in `zone`.
    """
    matter, body, body_line, closed = split(text)
    if misplaced := _misplaced(kind.declared, path, text, body, body_line):
        return None, (misplaced,)
    if matter is None:
        help = f"Begin the file with ---, then title and date of the {kind.noun}, then ---."
        return None, (fault("missing-front-matter", path, "the file has no front matter", help, START, text),)
    if not closed:
        return None, (_unclosed(path, text),)
    front, yaml_text, found = _typed(kind.declared, path, text, matter, zone)
    if front is None:
        return None, found
    entry = Entry(
        kind=kind,
        slug=slug,
        path=path,
        front=front,
        text=text,
        body=body,
        body_line=body_line,
        positions=yaml_text.positions,
    )
    return entry, found


def read_free_page(path: str, url: str, text: str) -> tuple[FreeText | None, tuple[Diagnostic, ...]]:
    """A page of the author's own; its front matter may be absent and hold keys of others."""
    matter, body, body_line, closed = split(text)
    if misplaced := _misplaced(FreePage, path, text, body, body_line):
        return None, (misplaced,)
    if matter is None or _is_rule(matter, closed):
        title = _first_heading(text) or _name(url)
        return FreeText(path=path, url=url, title=title, description="", text=text, body=text), ()
    if not closed:
        return None, (_unclosed(path, text),)
    if not matter.strip():
        return None, (_no_fields(path, text),)
    front, yaml_text, found = _typed(FreePage, path, text, matter)
    if front is None:
        return None, found
    found = (*found, *_misspelt(path, text, yaml_text))
    title = front.title or _first_heading(body) or _name(url)
    page = FreeText(
        path=path,
        url=url,
        title=title,
        description=front.description or "",
        text=text,
        body=body,
        body_line=body_line,
        draft=front.draft,
        aliases=front.aliases,
        allow=front.allow,
        allow_secret=front.allow_secret,
        unsafe_html=front.unsafe_html,
        positions=yaml_text.positions,
    )
    return page, found


def _typed(
    model: type[Model], path: str, text: str, matter: str, zone: str = "UTC"
) -> tuple[Model | None, YamlText, tuple[Diagnostic, ...]]:
    yaml_text = read_yaml(path, matter, whole=text, first_line=2)
    if has_errors(yaml_text.diagnostics) and not isinstance(yaml_text.value, dict):
        return None, yaml_text, yaml_text.diagnostics
    if not isinstance(yaml_text.value, dict):
        return None, yaml_text, (_no_fields(path, text),)
    value: Any = {key: entry for key, entry in yaml_text.value.items() if entry is not None}
    try:
        front = model.model_validate(value, context={"zone": zone})
    except ValidationError as error:
        # What cannot be carried is told where it is read; that it is no sound value either says nothing new.
        told = {one.position for one in yaml_text.diagnostics if has_errors((one,))}
        found = [one for one in explain(error, path, text, yaml_text, model) if one.position not in told]
        return None, yaml_text, (*yaml_text.diagnostics, *found)
    return (None if has_errors(yaml_text.diagnostics) else front), yaml_text, yaml_text.diagnostics


def _no_fields(path: str, text: str) -> Diagnostic:
    help = f"Write fields, one a line: title: ... {_RULE}"
    return fault("invalid-yaml", path, "the front matter has no fields", help, START, text)


def _misplaced(model: type[BaseModel], path: str, text: str, body: str, body_line: int) -> Diagnostic | None:
    """Front matter that does not begin in the first line, or a second one: it would be printed as text."""
    lines = body.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    opened = _MARK.fullmatch(lines[first]) is not None
    last = first + opened
    while last < len(lines) and (_FIELD.match(lines[last]) or re.match(r"[ \t]+\S|- ", lines[last])):
        last += 1
    names = [found["name"] for line in lines[first:last] if (found := _FIELD.match(line))]
    closed = last < len(lines) and _MARK.fullmatch(lines[last]) is not None
    if not closed or not set(names) & model.model_fields.keys() or (body_line == 1 and not opened):
        return None
    place = Position(line=body_line + first, column=1, width=len(lines[first].rstrip()))
    if body_line == 1:
        help = "Remove what stands above it."
        return fault("missing-front-matter", path, "the front matter begins below the first line", help, place, text)
    help = "Join the two into the first one."
    return fault("invalid-yaml", path, "a second front matter begins here", help, place, text)


def _misspelt(path: str, text: str, yaml_text: YamlText) -> Iterable[Diagnostic]:
    """Fields of a free page that are a slip of the pen away from one that labfolio reads; others belong to others."""
    known = [name for name in FreePage.model_fields if name not in yaml_text.value]
    for name in yaml_text.value:
        if name not in FreePage.model_fields and (meant := certain(name, known)):
            place = yaml_text.keys[name,]
            message = f"unknown field '{name}'; did you mean '{meant}'?"
            help, fix = f"Write {meant} in the place of {name}.", replaced(text, place, name, meant)
            yield fault("misspelt-key", path, message, help, place, text, fix)


def _unclosed(path: str, text: str) -> Diagnostic:
    lines = text.split("\n")
    if _is_rule("\n".join(lines[1:]), closed=False):
        help = f"Write fields, one a line, then ---. {_RULE}"
        place = Position(line=1, column=1, width=3)
        return fault("unclosed-front-matter", path, "the front matter has no fields and never ends", help, place, text)
    last = next((number for number, line in enumerate(lines[1:], start=1) if not line.strip()), len(lines))
    help = f"Write --- in a line of its own after line {last}."
    place = Position(line=1, column=1, width=3)
    return fault("unclosed-front-matter", path, "the front matter begins here and never ends", help, place, text)


def _is_rule(matter: str, closed: bool) -> bool:
    """A first line `---` without any field after it is a horizontal rule."""
    return not closed and ":" not in matter.split("\n\n")[0]


def _first_heading(body: str) -> str:
    return next((line[2:].strip(" #") for line in body.split("\n") if line.startswith("# ")), "")


def _name(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2].replace("-", " ").capitalize()
