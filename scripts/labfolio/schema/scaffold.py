"""What a new entry and a new site begin with, from the declared kinds, sections and examples."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any

import yaml
from pydantic import BaseModel

from labfolio.model.entry import BUILD, KINDS, PAPER, REPRODUCTION, SUBMISSION, Kind
from labfolio.model.evidence import Claim
from labfolio.model.section import SECTIONS, Section
from labfolio.schema.entry_file import entry_file

_PLACEHOLDER = re.compile(r"@([a-z_]+)@")
# Kinds that bring files along live in a folder of their own.
_FOLDERS = (BUILD, REPRODUCTION)
# Kinds that begin as work, with what makes them count.
_BEGUN = {
    "build": "shipped once someone else can run it; only then does it count",
    "reproduction": "shipped once its claims are judged; only then does it count",
    "paper": "shipped once the questions are answered; only then does it count",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What is known of an entry when it is begun."""

    kind: Kind
    slug: str
    title: str
    id: str
    date: date
    pillar: str = ""
    papers: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """What is known of a site when it is begun; addresses may be empty."""

    site_name: str
    author: str
    statement: str
    site_url: str
    repo_url: str
    start: date
    timezone: str
    version: str


def entry_path(kind: Kind, slug: str, docs_dir: str) -> str:
    """Where a new entry of a kind is written, relative to the root."""
    folder = kind.folder if kind.in_root else f"{docs_dir}/{kind.folder}"
    return f"{folder}/{slug}/index.md" if kind in _FOLDERS else f"{folder}/{slug}.md"


def entry_text(new: NewEntry, pillars: Iterable[str]) -> str:
    """The file of a new entry: the fields that are known, the next ones as comments, and the expected sections."""
    given: dict[str, Any] = {
        "title": new.title,
        "date": new.date,
        "id": new.id,
        "status": "building" if new.kind.name in _BEGUN else None,
        "pillar": new.pillar,
        "paper": _one_or_all(new.papers),
        "based_on": list(new.based_on),
        "tags": list(new.tags),
    }
    text = entry_file(given, _body(SECTIONS[new.kind.name]))
    matter, _, rest = text[4:].partition("---\n")
    matter = matter.replace("status: building\n", f"status: building  # {_BEGUN.get(new.kind.name)}\n")
    return f"---\n{matter}{''.join(f'# {line}{chr(10)}' for line in _next(new, tuple(pillars)))}---\n{rest}"


def site_files(packaged: Mapping[str, bytes], new: NewSite, *, examples: bool) -> dict[str, bytes]:
    """The files of a new site by path; without `examples` those that only show how an entry is written are left out."""
    values = {field.name: str(getattr(new, field.name)) for field in fields(new)} | {"today": new.start.isoformat()}
    values["site_url"] = new.site_url or "http://127.0.0.1:8000/"
    made = {}
    for path, content in packaged.items():
        if not examples and is_example(path):
            continue
        made[path] = _filled(path, content, values) if b"@" in content else content
    if not examples:
        made["content/papers.bib"] = made["content/papers.bib"].split(b"\n@")[0].rstrip() + b"\n"
    return made


def with_version(packaged: Mapping[str, bytes], version: str) -> dict[str, bytes]:
    """The files of a new site by path, with nothing but the version of labfolio filled in."""
    return {
        path: _filled(path, content, {"version": version}) if b"@version@" in content else content
        for path, content in packaged.items()
    }


def is_example(path: str) -> bool:
    """Whether a file of the scaffold is one of the example entries or lies beside one."""
    return "/example-" in path or path.startswith("content/papers/")


def _filled(path: str, content: bytes, values: Mapping[str, str]) -> bytes:
    """The content with its placeholders filled in; a line that is nothing but a placeholder becomes that setting."""
    settings = path.endswith(".yml")
    lines = []
    for line in content.decode().split("\n"):
        alone = _PLACEHOLDER.fullmatch(line)
        if alone and alone[1] in values:
            lines += [f"{alone[1]}: {_scalar(values[alone[1]])}"] if values[alone[1]] else []
        else:
            lines.append(_PLACEHOLDER.sub(partial(_value, values=values, settings=settings), line))
    return "\n".join(lines).encode()


def _value(found: re.Match[str], values: Mapping[str, str], settings: bool) -> str:
    """What stands in the place of a placeholder; inside quotes, as everywhere outside of settings, the plain text."""
    if found[1] not in values:
        return found[0]
    inside = found.string[: found.start()].endswith('"')
    return _scalar(values[found[1]]) if settings and not inside else values[found[1]]


def _scalar(text: str) -> str:
    """A text as one YAML value, quoted where it has to be; a day needs no quotes, since every value is read as text."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return text
    return yaml.safe_dump(text, allow_unicode=True, width=10**9).removesuffix("\n").removesuffix("\n...")


def _body(sections: Iterable[Section]) -> str:
    parts = []
    for section in sections:
        lines = "".join(f"\n{line}\n" for line in section.lines)
        parts.append(f"## {section.heading} {{#{section.id}}}\n\n<!-- {section.asks} -->\n{lines}")
    return "\n".join(parts) or "<!-- What was tried, what broke, what was decided. -->\n"


def _next(new: NewEntry, pillars: tuple[str, ...]) -> Iterable[str]:
    """The fields that this entry wants next, each a line or a few that only need their comment sign removed."""
    if not new.pillar and pillars:
        yield f"pillar: {pillars[0]}  # one of {', '.join(pillars)}"
    if new.kind is PAPER and not new.papers:
        yield "paper: a key of papers.bib, for authors, year and venue"
    if new.kind is PAPER:
        yield from (_example(PAPER.declared, name) for name in ("read", "decision"))
    if new.kind is SUBMISSION:
        yield from (_example(SUBMISSION.declared, name) for name in ("venue", "kind", "deadline"))
        yield "events: [{date: 2026-09-01, event: submitted}]"
    if new.kind in (BUILD, REPRODUCTION):
        yield from _evidence(new.kind)


def _evidence(kind: Kind) -> Iterable[str]:
    goal = ("locator", "reported") if kind is REPRODUCTION else ("metric", "target")
    yield from (_example(kind.declared, name) for name in ("command", "seeds"))
    yield "claims:"
    for index, name in enumerate(("id", "claim", *goal, "expect", "tolerance")):
        yield f"  {'- ' if not index else '  '}{_example(Claim, name)}"
    yield "    measured: {file: results/error.csv, value: error}  # one row a seed; the verdict is computed from it"
    yield "limitations: [what the results do not show]"


def _example(record: type[BaseModel], name: str) -> str:
    """A field with its declared example."""
    value = (record.model_fields[name].examples or [""])[0]
    return f"{name}: {value if isinstance(value, str) else json.dumps(value)}"


def _one_or_all(names: tuple[str, ...]) -> Any:
    return names[0] if len(names) == 1 else list(names)


def slug_of(title: str) -> str:
    """A title as a part of an address: small ASCII letters and digits, words joined by '-', at most 60 characters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-")
    return slug if len(slug) <= 60 else slug[:60].rpartition("-")[0] or slug[:60]


def next_id(kind: Kind, taken: Iterable[str]) -> str:
    """The id after the highest of its kind: an id is never given twice, so gaps stay."""
    numbers = [int(id[1:]) for id in taken if id[:1] == kind.letter and id[1:].isdigit()]
    return f"{kind.letter}{max(numbers, default=0) + 1:0{kind.digits}}"


def kind_named(name: str) -> Kind:
    """The kind of a name, such as `build`. Raises KeyError."""
    return {kind.name: kind for kind in KINDS}[name]
