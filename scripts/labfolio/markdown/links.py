"""Where a link leads: paths as they are on the disk, or as they are on the site, to permalinks."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from html import unescape
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

# Parts of a path that are empty, or stand for the folder itself or the one around it; of two paths in two lines.
_UNEVEN = re.compile(r"^/|//|(?:^|/)\.\.?(?:/|$)", re.MULTILINE)

SAFE_SCHEMES = ("http", "https", "mailto")

IMAGE_TYPES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg"})
PUBLISHED_TYPES = IMAGE_TYPES | {".csv", ".tsv", ".json", ".jsonl", ".txt", ".pdf", ".py", ".toml", ".bib"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTable:
    """Everything a link can lead to. Paths are sources relative to the root, URLs relative to the site.

    `pages` maps sources to URLs; `urls` holds pages and files that labfolio makes itself; `hidden` are sources that are
    not published; `files` are the regular files that may be published when something refers to them.
    """

    pages: Mapping[str, str]
    urls: Set[str]
    hidden: Set[str]
    files: Set[str]
    docs_dir: str
    read: Callable[[str], bytes] = field(repr=False)


class Together(Set[str]):
    """Two sets of names as one, of which the second is asked for what the first has not."""

    def __init__(self, first: Set[str], second: Set[str]) -> None:
        self._first, self._second = first, second

    def __contains__(self, name: object) -> bool:
        return name in self._first or name in self._second

    def __iter__(self) -> Iterator[str]:
        yield from self._first
        yield from (name for name in self._second if name not in self._first)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a link leads to: `url` is relative to the site (empty where there is none), `path` is the source."""

    kind: Literal["page", "file", "outside", "here", "hidden", "type", "missing", "unsafe"]
    url: str = ""
    path: str = ""
    fragment: str = ""


def resolve(table: LinkTable, href: str, source: str) -> Target:
    """The target of a link written in `source`."""
    href = unescape(href).strip()
    # Browsers drop tabs and line ends before they read the scheme (WHATWG URL, section 4.4).
    bare = re.sub(r"[\x00-\x20\x7f-\xa0]", "", href)
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
    if scheme or bare.startswith("//"):
        safe = scheme is not None and scheme[1].lower() in SAFE_SCHEMES
        return Target(kind="outside" if safe else "unsafe", url=href if safe else "")
    try:
        parts = urlsplit(href)
    except ValueError:
        return Target(kind="missing")
    path, fragment = unquote(parts.path), parts.fragment
    if not path:
        return Target(kind="here", fragment=fragment)
    return _find(table, path, source, fragment)


def _find(table: LinkTable, path: str, source: str, fragment: str) -> Target:
    for candidate in _candidates(table, path, source):
        if candidate in table.hidden:
            return Target(kind="hidden", path=candidate)
        if candidate in table.pages:
            return Target(kind="page", url=table.pages[candidate], path=candidate, fragment=fragment)
        url = site_path(candidate, table.docs_dir)
        for known in (url, f"{url}/" if url else ""):
            if known in table.urls:
                return Target(kind="page", url=known, fragment=fragment)
        if candidate in table.files:
            suffix = posixpath.splitext(candidate)[1].lower()
            kind: Literal["file", "type"] = "file" if suffix in PUBLISHED_TYPES else "type"
            return Target(kind=kind, url=site_path(candidate, table.docs_dir), path=candidate, fragment=fragment)
    return Target(kind="missing")


def _candidates(table: LinkTable, path: str, source: str) -> list[str]:
    """The link as it is on the disk, then as it is on the site, each as a file and as a folder with its index."""
    on_disk = posixpath.dirname(source)
    on_site = posixpath.dirname(site_path(source, table.docs_dir))
    if path.startswith("/"):
        starts = [posixpath.normpath(path.lstrip("/") or ".")]
        starts.append(posixpath.normpath(f"{table.docs_dir}/{path.lstrip('/')}"))
    else:
        starts = [posixpath.normpath(posixpath.join(on_disk, path))]
        site = posixpath.normpath(posixpath.join(on_site, path))
        starts += [f"{table.docs_dir}/{site}", site] if not site.startswith("..") else []
    inside = [start for start in starts if not start.startswith("..")]
    return [c for start in inside for c in (start, f"{start}/index.md", f"{start}.md")]


def site_path(path: str, docs_dir: str) -> str:
    """A source's place on the site: `content/` is its root, `builds/` stays."""
    if path == docs_dir:
        return ""
    return path[len(docs_dir) + 1 :] if path.startswith(docs_dir + "/") else path


def relative(url: str, page: str) -> str:
    """A URL of the site as a link from the page `page`, percent-encoded: never empty, never absolute."""
    folder = page if page.endswith("/") or not page else posixpath.dirname(page)
    way = posixpath.relpath("/" + url, "/" + folder) if _UNEVEN.search(f"{url}\n{folder}") else _way(url, folder)
    if url.endswith("/") or not url:
        way = "./" if way == "." else way + "/"
    return quote(way, safe="/.~-_")


def _way(url: str, folder: str) -> str:
    """What `posixpath.relpath` gives of two paths without empty parts and dots, at a tenth of its time."""
    there, here = url.rstrip("/").split("/"), folder.rstrip("/").split("/")
    there, here = there if url else [], here if folder else []
    same = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."
