"""The frame around every page: one complete HTML document, the same under every engine.

The names that `main.html` may use are those of `site_context` and `page_context` here; MkDocs provides the same ones
for pages of the author's own, with `site_context` as `config.extra.labfolio`.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import jinja2

from labfolio.model.site import NavItem, Settings, Theme

SEARCH = "assets/later/search.js"


def base_url(url: str) -> str:
    """The way from a page to the site's root, without a slash at its end: `.`, `..`, `../..`."""
    return "/".join([".."] * url.count("/")) or "."


def site_context(
    settings: Settings,
    nav: tuple[NavItem, ...],
    author: str,
    css: bytes,
    script: bytes,
    search: bytes,
    feeds: Iterable[dict[str, str]],
) -> dict[str, Any]:
    """What the frame shows of the site on every page."""
    return {
        "lang": settings.language,
        "nav": [
            {"title": item.title, "url": item.target, "outside": item.target.startswith(("http://", "https://"))}
            for item in nav
        ],
        "css": f"assets/labfolio.css?v={_version(css)}",
        "js": f"assets/labfolio.js?v={_version(script)}",
        "search": {"script": f"{SEARCH}?v={_version(search)}", "index": settings.search},
        "feeds": list(feeds),
        "footer": [{"title": "Every claim", "url": "claims/"}, {"title": "Feeds", "url": "feeds/"}],
        "author": author,
        "copyright": settings.copyright,
        "source_url": settings.repo_url,
    }


def page_context(settings: Settings, url: str, title: str, content: str, **meta: Any) -> dict[str, Any]:
    """What the frame shows of one page; `meta` is as docs/reference/frame.md says."""
    return {
        "title": title,
        "content": content,
        "url": url,
        "canonical_url": settings.site_url + url if not url.endswith("404.html") else "",
        "meta": meta,
    }


class Frame:
    """The compiled frame. It escapes what it prints by itself, since not every engine does."""

    def __init__(self, theme: Theme, settings: Settings, site: dict[str, Any]) -> None:
        self._template = _compiled(theme.frame)
        self._settings = settings
        self._config = {"site_name": settings.site_name, "site_url": settings.site_url, "extra": {"labfolio": site}}

    def render(self, url: str, title: str, content: str, *, base: str | None = None, **meta: Any) -> bytes:
        """The document of a page, ending in one line feed. `base` is the way to the root where it is not relative."""
        page = page_context(self._settings, url, title, content, **meta)
        way = base_url(url) if base is None else base
        return document(self._template.render(config=self._config, page=page, base_url=way)).encode()


@lru_cache(maxsize=2)
def _compiled(frame: str) -> jinja2.Template:
    return jinja2.Environment(autoescape=False).from_string(frame)


def document(html: str) -> str:
    """A rendered frame as it is written: no space before it, one line feed after it."""
    return html.strip() + "\n"


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
