"""From a Hugo site: the pages below `content/`, with the files of their bundles."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from labfolio.importers.callouts import callouts
from labfolio.importers.carried import Given, Import, Missed, Target
from labfolio.importers.fields import SUMMARY_LIMIT, Fields, line_of_text, once
from labfolio.importers.links import Links, candidates
from labfolio.importers.matter import read_fields, read_matter
from labfolio.importers.old_urls import UnknownWord, filled, hugo_words, hyphenated, page_key
from labfolio.importers.post import Origin, Post, headed, imported, title_of
from labfolio.importers.prose import Prose, plain_words
from labfolio.importers.shortcodes import shortcodes
from labfolio.parse.text import decode

_SUFFIXES = (".md", ".markdown", ".mdown")
_OTHERS = (".html", ".htm", ".org", ".rst", ".adoc", ".asciidoc", ".pandoc", ".ipynb")
_CONFIG = re.compile(r"(?:^|.*/)(?:config/_default/)?(?:hugo|config)\.(?:toml|ya?ml|json)$")
_PERMALINKS = re.compile(r"(?:^|.*/)config/_default/permalinks\.(?:toml|ya?ml|json)$")
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """The site that is left: its folder and that of its pages (with a slash, or empty), and its settings."""

    root: str = ""
    content: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A single setting, whatever the capitals of its name."""
        found = next((value for key, value in self.config.items() if key.lower() == name), None)
        return found if isinstance(found, str) and found else default

    def permalink(self, section: str) -> str:
        """The template of a section's pages, empty for the plain one."""
        given = self.config.get("permalinks")
        given = given if isinstance(given, dict) else {}
        pages = given.get("page")
        found = (pages if isinstance(pages, dict) else {}).get(section) or given.get(section)
        return found if isinstance(found, str) else ""

    def languages(self) -> tuple[str, ...]:
        """The languages that a file's name may end in, that of the site first."""
        given = self.config.get("languages")
        first = self.text("defaultcontentlanguage", "en")
        return tuple(dict.fromkeys((first, *(given if isinstance(given, dict) else ()))))


def read(given: Given, target: Target) -> Import:
    """An entry for each page; lists (`_index.md`) and pages without a text are named."""
    site = _site(given)
    bundles = {posixpath.dirname(path) for path in given.files if _is_page(path, site) and _stem(path, site) == "index"}
    posts: list[Post] = []
    missed: list[Missed] = []
    for path in given.files:
        if not path.startswith(site.content):
            continue
        if reason := _passed_over(path, site, bundles):
            missed.append(Missed(path=path, line=1, what=reason))
        elif _is_page(path, site):
            matter = read_matter(path, given.read(path))
            missed += matter.missed
            if matter.sound and not matter.body.strip():
                missed.append(Missed(path=path, line=1, what="the page has no text of its own; it is left out"))
            elif matter.sound:
                posts.append(_post(Fields(matter), site, target))
    return imported(posts, given, target, _origin(posts, given, site), missed)


def _origin(posts: list[Post], given: Given, site: _Site) -> Origin:
    urls = {post.source: post.urls[0] for post in posts if post.urls}
    by_url = {page_key(url): source for source, url in urls.items()}
    # Hugo takes capitals for small letters where pages name each other.
    sources, files = {post.source.lower(): post.source for post in posts}, frozenset(given.files)
    roots = (site.content, f"{site.root}static/", f"{site.root}assets/")
    base = urlsplit(site.text("baseurl")).path.strip("/")

    def page(source: str, path: str) -> str | None:
        ways = candidates(source.lower(), path.lower(), (site.content.lower(),))
        forms = [form for way in ways for form in (way, *(f"{way}{one}" for one in _SUFFIXES), f"{way}/index.md")]
        return next((sources[form] for form in forms if form in sources), None)

    def find(source: str, href: str) -> str | None:
        path = href.removeprefix(f"/{base}") if base and href.startswith(f"/{base}/") else href
        on_site = posixpath.normpath(posixpath.join("/", urls.get(source, ""), path))
        found = page(source, path) or by_url.get(page_key(on_site))
        return found or next((way for way in candidates(source, path, roots) if way in files), None)

    def named(source: str, name: str) -> str | None:
        if found := page(source, name):
            return found
        stem = posixpath.basename(name.rstrip("/")).removesuffix(".md").lower()
        same = [one for one in sources.values() if stem == _name(one, site).lower()]
        return same[0] if len(same) == 1 else None

    def translate(prose: Prose, links: Links) -> None:
        shortcodes(prose, links, named)
        callouts(prose)

    return Origin(translate=translate, find=find, old_site=site.text("baseurl").rstrip("/"))


def _site(given: Given) -> _Site:
    """The site by its settings; without any, what was named holds pages, or a folder `content` that does."""
    configs = sorted((path for path in given.files if _CONFIG.match(path)), key=lambda one: (one.count("/"), one))
    folders = [path[: path.index("content/")] for path in given.files if re.match(r"(?:.*/)?content/", path)]
    if not configs:
        root = min(folders, key=len, default="")
        return _Site(root=root, content=f"{root}content/" if folders else "")
    root = re.sub(r"(?:config/_default/)?[^/]*$", "", configs[0])
    config = dict(read_fields(configs[0], decode(configs[0], given.read(configs[0]))[0]))
    for path in (one for one in given.files if _PERMALINKS.match(one)):
        config["permalinks"] = read_fields(path, decode(path, given.read(path))[0])
    site = _Site(root=root, config=config)
    return _Site(root=root, config=config, content=f"{root}{site.text('contentdir', 'content').strip('/')}/")


def _is_page(path: str, site: _Site) -> bool:
    return path.startswith(site.content) and path.lower().endswith(_SUFFIXES)


def _stem(path: str, site: _Site) -> str:
    """A file's name without its suffix and its language."""
    stem, language = posixpath.splitext(posixpath.splitext(posixpath.basename(path))[0])
    return stem if language.removeprefix(".") in site.languages() else stem + language


def _name(path: str, site: _Site) -> str:
    """The name of a page: that of its file, or of the folder of a bundle."""
    stem, folder = _stem(path, site), posixpath.dirname(path)
    return posixpath.basename(folder) if stem == "index" and folder != site.content.rstrip("/") else stem


def _language(path: str, site: _Site) -> str:
    """The language that a file's name ends in, where it is not that of the site."""
    language = posixpath.splitext(posixpath.splitext(path)[0])[1].removeprefix(".")
    return language if language in site.languages()[1:] else ""


def _passed_over(path: str, site: _Site, bundles: set[str]) -> str:
    """Why a file is no entry, empty where it may be one or belongs to one."""
    folder = posixpath.dirname(path)
    above = {folder[:end] for end in (m.start() for m in re.finditer("/|$", folder))}
    if not _is_page(path, site):
        page = path.lower().endswith(_OTHERS) and not above & bundles
        return f"a page in '{posixpath.splitext(path)[1]}' is no Markdown; the file is left out" if page else ""
    if _stem(path, site) == "_index":
        return "it is the page of a list, which labfolio makes itself; the file is left out"
    if above & bundles and (_stem(path, site) != "index" or (above - {folder}) & bundles):
        return "it is a part of the page beside it and none itself; the file is left out"
    return ""


def _post(fields: Fields, site: _Site, target: Target) -> Post:
    matter = fields.matter
    name = _name(matter.path, site)
    stated, slug = fields.text("title"), fields.text("slug")
    heading, body = headed(stated, matter.body)
    title = title_of(stated, heading, f"{name}.md")
    day, hidden = _day(fields, target)
    language = _language(matter.path, site)
    stated_url = fields.text("url")
    urls = tuple(_urls(fields, site, day, title, slug, name, stated_url))
    return Post(
        source=matter.path,
        name=f"{slug or name}-{language}" if language else slug or name,
        title=title,
        day=day,
        body=body,
        body_line=matter.body_line,
        fields={
            "updated": fields.day("lastmod", "modified"),
            "summary": fields.summary("summary", "description") or _before_more(matter.body),
            "tags": once(fields.texts("tags", "categories")),
            "draft": hidden or None,
            "aliases": _aliases(fields, urls),
            **fields.rest(target),
        },
        lines={**matter.lines, "aliases": matter.lines.get("aliases", matter.lines.get("url", 1))},
        urls=urls,
        missed=tuple(fields.missed),
    )


def _day(fields: Fields, target: Target) -> tuple[date | None, bool]:
    """The day of publication, and whether the page is not public: a draft, or past its expiry."""
    written = fields.day("date")
    public = fields.day("publishdate", "pubdate", "published")
    key = fields.value("expirydate", "unpublishdate")[0]
    expiry = fields.day("expirydate", "unpublishdate")
    if expiry:
        past = "it is past, so the entry is a draft" if expiry <= target.today else "left out"
        fields.miss(key, f"{key}: entries do not expire; {past}")
    hidden = fields.hidden() or (expiry is not None and expiry <= target.today)
    # What Hugo would not publish yet must not be published now.
    return max([one for one in (written, public) if one], default=None), hidden


def _before_more(body: str) -> str:
    """The paragraph before `<!--more-->` in plain words, where it is one and short enough for a summary."""
    found = _MORE.search(body)
    before = body[: found.start()].strip() if found else ""
    if not before or "\n\n" in before or "{{" in before or before.startswith(("#", "!", "<", ">", "-", "|", "```")):
        return ""
    words = line_of_text(plain_words(re.sub(r"\[\^[^\]]+\]", "", before)))
    return words if len(words) <= SUMMARY_LIMIT else ""


def _urls(fields: Fields, site: _Site, day: date | None, title: str, slug: str, name: str, stated: str) -> list[str]:
    """The address that the page had, where it can be known (gohugo.io/content-management/urls)."""
    path = fields.matter.path[len(site.content) :]
    parts = posixpath.dirname(path).split("/") if "/" in path else []
    if _stem(path, site) == "index" and parts:
        parts = parts[:-1]
    section = path.split("/")[0] if "/" in path else ""
    template = stated or site.permalink(section) or f"/{'/'.join(parts)}/{slug or name}/"
    file = hyphenated(name)
    words = hugo_words(day) if day else {}
    words |= {
        "section": section,
        "sections": "/".join(parts),
        "title": hyphenated(title),
        "slug": hyphenated(slug or title),
        "filename": file,
        "contentbasename": file,
        "slugorfilename": slug or file,
        "slugorcontentbasename": slug or file,
        "contentbasenameorslug": file,
    }
    try:
        url = filled(template, words).lstrip("/")
    except UnknownWord as error:
        fields.miss("url", f"its old address is not known: {error} in '{template}'")
        return []
    if site.text("uglyurls") == "true" and not url.endswith(".html"):
        url = f"{url.rstrip('/')}.html"
    return ["/".join(filter(None, (_language(path, site), url.lower().replace(" ", "-"))))]


def _aliases(fields: Fields, urls: tuple[str, ...]) -> list[str]:
    """The aliases of a page; one without a slash before it counts from the page's folder."""
    above = posixpath.dirname(urls[0].rstrip("/")) if urls else ""
    given = fields.texts("aliases")
    return [one if one.startswith("/") or "://" in one else posixpath.join("/", above, one) for one in given]
