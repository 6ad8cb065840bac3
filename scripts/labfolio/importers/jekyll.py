"""From a Jekyll site: posts, drafts and collections, each answering its old address."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from labfolio.importers.carried import Given, Import, Missed, Target
from labfolio.importers.fields import Fields, day_of, once, words
from labfolio.importers.links import Links, candidates
from labfolio.importers.liquid import kramdown, liquid
from labfolio.importers.matter import read_fields, read_matter
from labfolio.importers.old_urls import UnknownWord, filled, hyphenated, jekyll_words, page_key
from labfolio.importers.post import Origin, Post, headed, imported, title_of
from labfolio.importers.prose import Prose
from labfolio.parse.text import decode

_SUFFIXES = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")
_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """The site that is left: the folder of its `_config.yml` (with a slash, or empty) and what that file says."""

    root: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The folder of its addresses, `/blog`, or empty."""
        base = str(self.config.get("baseurl") or "").strip("/")
        return f"/{base}" if base else ""

    @property
    def address(self) -> str:
        """Its whole address, or empty."""
        url = str(self.config.get("url") or "").rstrip("/")
        return url + self.base if url else ""

    def collection(self, name: str) -> Mapping[str, Any]:
        """What the settings say of a collection."""
        given = self.config.get("collections")
        found = given.get(name) if isinstance(given, dict) else None
        return found if isinstance(found, dict) else {}

    def collections(self) -> tuple[str, ...]:
        """The names of all collections."""
        given = self.config.get("collections")
        names = [str(one) for one in given] if isinstance(given, (dict, list)) else []
        return tuple(dict.fromkeys(("posts", "drafts", *names)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a file lies: its collection, its path in it, and the folders above, which are categories of posts."""

    collection: str
    path: str
    above: tuple[str, ...] = ()


def read(given: Given, target: Target) -> Import:
    """An entry for each post, draft and document of a collection."""
    site = _site(given)
    posts: list[Post] = []
    missed: list[Missed] = []
    for path in given.files:
        place = _place(path, site)
        if place is None or "/." in path:
            continue
        if reason := _passed_over(path, place):
            missed.append(Missed(path=path, line=1, what=reason))
            continue
        matter = read_matter(path, given.read(path))
        missed += matter.missed
        if matter.sound:
            posts.append(_post(Fields(matter), place, site, target))
    if not posts and not missed:
        return Import(files=(), missed=())
    by_url = {page_key(url): post.source for post in posts for url in post.urls}
    folders = {post.source: url if url.endswith("/") else posixpath.dirname(url) for post in posts for url in post.urls}
    files = frozenset(given.files)

    def find(source: str, href: str) -> str | None:
        path = href.removeprefix(site.base) if site.base and href.startswith(f"{site.base}/") else href
        ways = candidates(source, path, (site.root,))
        on_site = posixpath.normpath(posixpath.join("/", folders.get(source, ""), path))
        return next((way for way in ways if way in files), by_url.get(page_key(on_site)))

    def named(tag: str, name: str) -> str | None:
        if tag == "link":
            return next((one for one in (f"{site.root}{name.lstrip('/')}",) if one in files), None)
        stems = {posixpath.splitext(post.source)[0]: post.source for post in posts}
        return next((source for stem, source in stems.items() if f"/{stem}".endswith(f"/{name.lstrip('/')}")), None)

    def translate(prose: Prose, links: Links) -> None:
        liquid(prose, links, named)
        kramdown(prose)

    return imported(posts, given, target, Origin(translate=translate, find=find, old_site=site.address), missed)


def _site(given: Given) -> _Site:
    found = [path for path in given.files if path.endswith(("_config.yml", "_config.yaml"))]
    if not found:
        return _Site()
    path = min(found, key=lambda one: (one.count("/"), one))
    return _Site(root=path[: path.rfind("/") + 1], config=read_fields(path, decode(path, given.read(path))[0]))


def _place(path: str, site: _Site) -> _Place | None:
    """The collection that a file belongs to; a folder of posts may be named by itself."""
    if not path.startswith(site.root):
        return None
    parts = path[len(site.root) :].split("/")
    known = {f"_{name}": name for name in site.collections()}
    if parts[0] in ("_site", "vendor"):
        return None
    for index, part in enumerate(parts[:-1]):
        # Posts may lie in a folder of any category, other collections at the top or in collections_dir.
        if part in known and (index == 0 or known[part] in ("posts", "drafts") or "collections_dir" in site.config):
            return _Place(collection=known[part], path="/".join(parts[index + 1 :]), above=tuple(parts[:index]))
    loose = not site.config and len(parts) == 1 and _DATED.match(parts[0]) and path.endswith(_SUFFIXES)
    return _Place(collection="posts", path=path) if loose else None


def _passed_over(path: str, place: _Place) -> str:
    """Why a file of a collection is no entry; empty where it is one."""
    suffix = posixpath.splitext(path)[1].lower()
    if suffix in (".html", ".htm", ".textile", ".adoc", ".org"):
        return f"a post in '{suffix}' is no Markdown; the file is left out"
    if suffix not in _SUFFIXES:
        return "it is no Markdown; only what a post refers to is carried"
    if place.collection == "posts" and not _DATED.match(posixpath.basename(path)):
        return "its name does not begin with a date, so Jekyll does not publish it; the file is left out"
    return ""


def _post(fields: Fields, place: _Place, site: _Site, target: Target) -> Post:
    matter = fields.matter
    stem = posixpath.splitext(posixpath.basename(place.path))[0]
    dated = _DATED.match(stem) if place.collection in ("posts", "drafts") else None
    name = dated[2] if dated else stem
    fields.value("layout")  # which template shows it: there is none here
    stated, slug = fields.text("title"), fields.text("slug")
    day = fields.day("date") or (day_of(dated[1]) if dated else None)
    categories = fields.texts("categories", "category", split=words)
    tags = fields.texts("tags", "tag", split=words)
    hidden = fields.hidden("published") or place.collection == "drafts"
    fields.value("published")
    heading, body = headed(stated, matter.body)
    template = fields.text("permalink") or _template(place, site)
    template = "" if place.collection == "drafts" else template
    urls = tuple(_urls(fields, place, template, day, slug or name, [*place.above, *categories]))
    return Post(
        source=matter.path,
        name=slug or name,
        title=title_of(stated, heading, name),
        day=day,
        body=body,
        body_line=matter.body_line,
        fields={
            "updated": fields.day("last_modified_at", "updated", "modified_date"),
            "summary": fields.summary("description", "excerpt", "summary"),
            "tags": once([*tags, *categories]),
            "draft": hidden or None,
            "aliases": fields.texts("redirect_from"),
            **fields.rest(target),
        },
        lines={**matter.lines, "aliases": matter.lines.get("redirect_from", matter.lines.get("permalink", 1))},
        urls=urls,
        missed=tuple(fields.missed),
    )


def _urls(
    fields: Fields, place: _Place, template: str, day: date | None, name: str, categories: list[str]
) -> Iterable[str]:
    """The address that the page had, where it had one and it can be known."""
    if not template:
        return
    given = jekyll_words(day) if day else {}
    given |= {
        "title": name,
        "slug": hyphenated(name),
        "name": hyphenated(name),
        "categories": "/".join(dict.fromkeys(one.lower() for one in categories)),
        "slugified_categories": "/".join(dict.fromkeys(hyphenated(one) for one in categories)),
        "collection": place.collection,
        "path": posixpath.splitext(place.path)[0],
        "output_ext": ".html",
    }
    try:
        yield filled(_STYLES.get(template, template), given).lstrip("/")
    except UnknownWord as error:
        fields.miss("permalink", f"its old address is not known: {error} in '{template}'")


def _template(place: _Place, site: _Site) -> str:
    """The permalink that the settings give: defaults of a scope, then the collection's, then the site's."""
    scoped = _scoped(place, site)
    style = str(site.config.get("permalink") or "date")
    if scoped or place.collection in ("posts", "drafts"):
        return scoped or style
    collection = site.collection(place.collection)
    if str(collection.get("output")).lower() != "true":
        return ""
    end = "/" if style == "pretty" or style.endswith("/") else ":output_ext"
    return str(collection.get("permalink") or f"/:collection/:path{end}")


def _scoped(place: _Place, site: _Site) -> str:
    """The permalink of the last scope in `defaults` that holds the file."""
    found = ""
    defaults = site.config.get("defaults")
    for one in defaults if isinstance(defaults, list) else []:
        scope, values = (one.get("scope"), one.get("values")) if isinstance(one, dict) else (None, None)
        if not isinstance(scope, dict) or not isinstance(values, dict):
            continue
        path = "/".join([*place.above, f"_{place.collection}", place.path])
        kind = scope.get("type")
        if path.startswith(str(scope.get("path") or "").strip("/")) and kind in (None, "", place.collection):
            found = str(values.get("permalink") or found)
    return found
