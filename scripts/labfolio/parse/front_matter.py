"""From a Markdown file to an entry: the front matter is split off, read as text and typed by its kind's declaration."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.entry import Entry, FreeText, Kind
from labfolio.model.front_matter import FreePage
from labfolio.model.rules import fault
from labfolio.model.source import START, Position
from labfolio.parse.sentences import explain
from labfolio.parse.yaml_text import YamlText, read_yaml

Model = TypeVar("Model", bound=BaseModel)


def split(text: str) -> tuple[str | None, str, int, bool]:
    """Front matter (None without one), body, the body's first line, and whether the front matter was closed."""
    if not (text == "---" or text.startswith("---\n")):
        return None, text, 1, True
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2, True
    return "\n".join(lines[1:]), "", len(lines) + 1, False


def read_entry(kind: Kind, slug: str, path: str, text: str) -> tuple[Entry | None, tuple[Diagnostic, ...]]:
    """The entry of a file, or None and everything that is wrong with its front matter."""
    matter, body, body_line, closed = split(text)
    if matter is None:
        help = f"Begin the file with ---, then title and date of the {kind.noun}, then ---."
        return None, (fault("missing-front-matter", path, "the file has no front matter", help, START, text),)
    if not closed:
        return None, (_unclosed(path, text),)
    front, yaml_text, found = _typed(kind.declared, path, text, matter)
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
    if matter is None or _is_rule(matter, closed):
        title = _first_heading(text) or _name(url)
        return FreeText(path=path, url=url, title=title, description="", text=text, body=text), ()
    if not closed:
        return None, (_unclosed(path, text),)
    front, yaml_text, found = _typed(FreePage, path, text, matter)
    if front is None:
        return None, found
    title = front.title or _first_heading(body) or _name(url)
    page = FreeText(
        path=path,
        url=url,
        title=title,
        description=front.description or "",
        text=text,
        body=body,
        body_line=body_line,
        aliases=front.aliases,
        allow=front.allow,
        unsafe_html=front.unsafe_html,
        positions=yaml_text.positions,
    )
    return page, found


def _typed(
    model: type[Model], path: str, text: str, matter: str
) -> tuple[Model | None, YamlText, tuple[Diagnostic, ...]]:
    yaml_text = read_yaml(path, matter, whole=text, first_line=2)
    if has_errors(yaml_text.diagnostics) and not isinstance(yaml_text.value, dict):
        return None, yaml_text, yaml_text.diagnostics
    if not isinstance(yaml_text.value, dict):
        help = "Write fields, one a line: title: ... If the first line is meant as a rule, put a blank line before it."
        return None, yaml_text, (fault("invalid-yaml", path, "the front matter has no fields", help, START, text),)
    value: Any = {key: entry for key, entry in yaml_text.value.items() if entry is not None}
    try:
        front = model.model_validate(value)
    except ValidationError as error:
        return None, yaml_text, yaml_text.diagnostics + explain(error, path, text, yaml_text, model)
    return (None if has_errors(yaml_text.diagnostics) else front), yaml_text, yaml_text.diagnostics


def _unclosed(path: str, text: str) -> Diagnostic:
    lines = text.split("\n")
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
