"""A post of another program as an entry of the site: what all importers of texts do in the same way."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from labfolio.facts.answers import folded
from labfolio.importers.carried import Carried, Given, Import, Missed, Target
from labfolio.importers.links import Files, Find, Links, Places
from labfolio.importers.prose import Prose, first_heading, keep_signs, lower_headings, name_foreign_html, plain_fences
from labfolio.importers.slugs import shared_out
from labfolio.model.entry import Kind
from labfolio.model.scalars import Alias
from labfolio.schema.entry_file import entry_file

_ALIAS: TypeAdapter[str] = TypeAdapter(Alias)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A text of another program, before its place on the site is known.

    `name` is what its slug is made from; `fields` are declared ones beside title, date and aliases; `lines` tell where
    each of them stands; `urls` are the addresses that it had, as paths from the site's root.
    """

    source: str
    name: str
    title: str
    day: date | None
    body: str = field(repr=False)
    body_line: int = 1
    fields: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    urls: tuple[str, ...] = ()
    missed: tuple[Missed, ...] = ()


# Turns one body into the Markdown that labfolio reads; links are led by the second argument.
Translate = Callable[[Prose, Links], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What importers differ in: how a body is translated, what its paths lead to and the address of its site.

    `below` names the folder beside an entry that a file goes to, where it has one.
    """

    translate: Translate
    find: Find
    old_site: str = ""
    below: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Body:
    text: str
    files: Mapping[str, str]
    missed: tuple[Missed, ...]


def imported(posts: Iterable[Post], given: Given, target: Target, origin: Origin, missed: Iterable[Missed]) -> Import:
    """The entries of posts with the files beside them, and everything that was missed on the way.

    An entry with files of its own is a folder; one that stands on the site keeps the form that it has there.
    """
    posts = sorted(posts, key=lambda post: post.source)
    folder = target.kind.folder if target.kind.in_root else f"{target.docs_dir}/{target.kind.folder}"
    slugs = shared_out({post.source: post.name for post in posts}, folder, target.slugs)
    stock = Files(given=given)

    def bodies(paths: Mapping[str, str]) -> dict[str, _Body]:
        places = Places(
            folder=folder, paths=paths, slugs=slugs, known=target.slugs, old_site=origin.old_site, below=origin.below
        )
        return {post.source: _translated(post, places, stock, origin) for post in posts}

    first = bodies({source: _path(folder, slug, target, False) for source, slug in slugs.items()})
    paths = {source: _path(folder, slug, target, bool(first[source].files)) for source, slug in slugs.items()}
    done = bodies(paths)
    urls = {source: f"{target.kind.section}/{slug}/" for source, slug in slugs.items()}
    answered = _answered(posts, urls, target)
    files: list[Carried] = []
    found = [*missed]
    for post in posts:
        path, body = paths[post.source], done[post.source]
        fields, faults = _fields(post, path, urls[post.source], target, answered)
        found += [*post.missed, *body.missed, *faults]
        text = entry_file(fields, body.text)
        files.append(Carried(path=path, content=text.encode(), source=post.source))
        beside = f"{folder}/{slugs[post.source]}"
        files += [
            Carried(path=f"{beside}/{name}", content=given.read(source), source=source, entry=path)
            for name, source in body.files.items()
        ]
    return Import(
        files=tuple(sorted(files, key=lambda one: one.path)),
        missed=tuple(sorted(dict.fromkeys(found), key=lambda one: (one.path, one.line, one.what))),
    )


def _path(folder: str, slug: str, target: Target, with_files: bool) -> str:
    forms = (f"{folder}/{slug}.md", f"{folder}/{slug}/index.md")
    known = target.slugs.get(slug, "")
    return known if known in forms else forms[with_files]


def _translated(post: Post, places: Places, stock: Files, origin: Origin) -> _Body:
    prose = Prose(source=post.source, text=post.body, first_line=post.body_line)
    links = Links(prose=prose, places=places, stock=stock, find=origin.find)
    origin.translate(prose, links)
    links.rewrite()
    plain_fences(prose)
    lower_headings(prose)
    name_foreign_html(prose)
    keep_signs(prose)
    return _Body(prose.finished(), links.files, tuple(prose.missed))


def _answered(posts: Iterable[Post], urls: Mapping[str, str], target: Target) -> dict[str, str]:
    """Who answers each URL after the import: the source of a post, the path of another entry or page, or nobody's."""
    found = {folded(url): path for url, path in target.urls.items()}
    return found | {folded(urls[post.source]): post.source for post in posts}


def _fields(
    post: Post, path: str, url: str, target: Target, answered: dict[str, str]
) -> tuple[dict[str, Any], list[Missed]]:
    """The front matter in the order of the declaration, all of it valid, and what was left out of it."""
    missed: list[Missed] = []

    def miss(name: str, what: str) -> None:
        missed.append(Missed(path=post.source, line=post.lines.get(name, 1), what=what))

    day = post.day
    if day is None:
        day = target.days.get(path, target.today)
        miss("date", f"no date is stated; {day} is taken")
    aliases = _aliases(post, url, answered, miss)
    fields = {**post.fields, "title": post.title, "date": day, "aliases": aliases}
    return _valid(target.kind, fields, miss), missed


def _aliases(post: Post, url: str, answered: dict[str, str], miss: Callable[[str, str], None]) -> list[str]:
    """The old addresses that lead to the entry from now on: those that are none, or somebody's, are named."""
    kept: dict[str, str] = {}
    # What was hidden had no address that anybody knows.
    urls = () if post.fields.get("draft") else post.urls
    for old in (*post.fields.get("aliases", ()), *urls):
        try:
            alias = _ALIAS.validate_python(old)
        except ValidationError:
            miss("aliases", f"the old address '{old[:80]}' cannot lead here")
            continue
        owner = answered.setdefault(folded(alias), post.source)
        if owner != post.source:
            miss("aliases", f"the old address {alias} cannot lead here: it is that of {owner or 'a page of labfolio'}")
        elif folded(alias) != folded(url):
            kept.setdefault(folded(alias), alias)
    return list(kept.values())


def _valid(kind: Kind, fields: dict[str, Any], miss: Callable[[str, str], None]) -> dict[str, Any]:
    """The fields that the kind's declaration takes, in its order; the others are named."""
    given = {name: fields[name] for name in kind.declared.model_fields if fields.get(name) not in (None, "", [], ())}
    for name in fields.keys() - kind.declared.model_fields.keys():
        miss(name, f"{name}: is no field of a {kind.noun}; left out")
    while True:
        try:
            kind.declared.model_validate(given)
        except ValidationError as error:
            wrong = error.errors()[0]
            # A fault of the whole is named after the field that it is about; without `why`, it is the status.
            name = str(wrong["loc"][0]) if wrong["loc"] else wrong["type"].replace("why", "status")
            if name not in given or name in ("title", "date"):
                raise
            miss(name, f"{name}: '{str(given.pop(name))[:60]}' is not taken; left out")
        else:
            return given


def headed(stated: str, text: str) -> tuple[str, str]:
    """The level-1 heading that a text begins with, and the text without it, where it is the title or may become it."""
    heading, rest = first_heading(text)
    return (heading, rest) if heading and stated in ("", heading) else ("", text)


def title_of(stated: str, heading: str, source: str) -> str:
    """The stated title, else the heading that the text begins with, else the name of the file in words."""
    stem = posixpath.splitext(posixpath.basename(source))[0]
    words = stem.replace("-", " ").replace("_", " ").strip()
    return stated or heading or words[:1].upper() + words[1:] or "Untitled"
