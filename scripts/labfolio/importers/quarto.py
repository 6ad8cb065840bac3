"""From a Quarto site: its `.qmd` files. Nothing is run, and nothing that Quarto made is read."""

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from labfolio.importers.carried import Given, Import, Missed, Target
from labfolio.importers.fields import Fields, commas
from labfolio.importers.links import candidates
from labfolio.importers.matter import read_fields, read_matter
from labfolio.importers.old_urls import page_key
from labfolio.importers.pandoc import attributes, cells, divs, name_the_rest
from labfolio.importers.plain import dated_name
from labfolio.importers.post import Origin, Post, headed, imported, title_of
from labfolio.importers.prose import Prose
from labfolio.parse.bibliography import read_bibliography
from labfolio.parse.text import decode

_OTHERS = {".md": "markdown", ".rmd": "", ".ipynb": "notebook"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """The site that is left: its folder (with a slash, or empty), its settings, and the paths of hidden pages."""

    root: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

    def part(self, name: str) -> Mapping[str, Any]:
        """A part of the settings that has fields of its own."""
        found = self.config.get(name)
        return found if isinstance(found, dict) else {}


def read(given: Given, target: Target) -> Import:
    """An entry for each `.qmd` file that is a page and no list."""
    site = _site(given)
    posts: list[Post] = []
    missed: list[Missed] = []
    for path in given.files:
        if any(part.startswith("_") for part in path.split("/")):
            continue
        suffix = posixpath.splitext(path)[1].lower()
        if suffix in _OTHERS and not posixpath.basename(path).lower().startswith("readme"):
            how = f"labfolio import {_OTHERS[suffix]} reads it" if _OTHERS[suffix] else "it is left out"
            missed.append(Missed(path=path, line=1, what=f"'{suffix}' is not read here; {how}"))
        if suffix != ".qmd":
            continue
        matter = read_matter(path, given.read(path))
        missed += matter.missed
        if "listing" in matter.fields:
            line = matter.lines.get("listing", 1)
            missed.append(Missed(path=path, line=line, what="it is the page of a list, which labfolio makes itself"))
        elif matter.sound:
            posts.append(_post(Fields(matter), site, target))
    return imported(posts, given, target, _origin(posts, given, target, site), missed)


def _origin(posts: list[Post], given: Given, target: Target, site: _Site) -> Origin:
    sources, files = {post.source for post in posts}, frozenset(given.files)
    by_page = {page_key(_page(source, site)): source for source in sources}

    def find(source: str, href: str) -> str | None:
        for way in candidates(source, href, (site.root,)):
            page = by_page.get(page_key(way.removeprefix(site.root)))
            if way in files or page:
                return way if way in files else page
        return None

    address = site.part("website").get("site-url")
    keys = frozenset(read_bibliography(target.bibliography, target.papers)[0])
    return Origin(
        translate=lambda prose, _: _translate(prose, keys),
        find=find,
        old_site=address.rstrip("/") if isinstance(address, str) else "",
    )


def _translate(prose: Prose, keys: Collection[str]) -> None:
    cells(prose)
    divs(prose)
    attributes(prose)
    name_the_rest(prose, keys)


def _site(given: Given) -> _Site:
    """The site by its `_quarto.yml`; a folder's `_metadata.yml` may hide all its pages."""

    def fields(path: str) -> Mapping[str, Any]:
        return read_fields(path, decode(path, given.read(path))[0])

    hidden = [
        posixpath.dirname(path)
        for path in given.files
        if posixpath.basename(path) in ("_metadata.yml", "_metadata.yaml") and fields(path).get("draft") == "true"
    ]
    found = [path for path in given.files if posixpath.basename(path) in ("_quarto.yml", "_quarto.yaml")]
    if not found:
        return _Site(hidden=tuple(hidden))
    path = min(found, key=lambda one: (one.count("/"), one))
    site = _Site(root=path[: path.rfind("/") + 1], config=fields(path))
    drafts = site.part("website").get("drafts")
    drafts = [drafts] if isinstance(drafts, str) else drafts if isinstance(drafts, list) else []
    hidden += [f"{site.root}{one}" for one in drafts if isinstance(one, str)]
    return _Site(root=site.root, config=site.config, hidden=tuple(hidden))


def _page(path: str, site: _Site) -> str:
    """The address that a file had: `posts/x.qmd` was at `posts/x.html`, an index at its folder."""
    stem = posixpath.splitext(path.removeprefix(site.root))[0]
    return f"{stem.removesuffix('index')}" if posixpath.basename(stem) == "index" else f"{stem}.html"


def _post(fields: Fields, site: _Site, target: Target) -> Post:
    matter = fields.matter
    name, in_name = dated_name(matter.path)
    stated = fields.text("title")
    heading, body = headed(stated, matter.body)
    day = fields.day("date", american=True) or in_name
    stated_draft = "draft" in matter.fields
    folders = [folder for folder in site.hidden if f"{matter.path}/".startswith(f"{folder}/")]
    hidden = fields.hidden() if stated_draft else bool(folders)
    public = site.part("project").get("type") == "website"
    above = posixpath.dirname(matter.path.removeprefix(site.root))
    aliases = fields.texts("aliases")
    return Post(
        source=matter.path,
        name=name,
        title=title_of(stated, heading, f"{name}.qmd"),
        day=day,
        body=body,
        body_line=matter.body_line,
        fields={
            "updated": fields.day("date-modified", american=True),
            "summary": fields.summary("description", "abstract"),
            "tags": fields.tags("categories", "keywords", "tags", split=commas),
            "draft": hidden or None,
            "aliases": [
                one if "://" in one else posixpath.normpath(posixpath.join("/", above, one)) for one in aliases
            ],
            **fields.rest(target),
        },
        lines=matter.lines,
        urls=(_page(matter.path, site),) if public and _page(matter.path, site) else (),
        missed=tuple(fields.missed),
    )
