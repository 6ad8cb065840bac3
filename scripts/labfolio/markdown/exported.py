"""What the author's own pages ask of a site, as one JSON file that an export carries beside them.

Another engine renders these pages with labfolio's Markdown; the file answers what links, numbers, citations and options
come to. Nothing is in it that the site does not publish or that the pages do not name themselves.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from labfolio.markdown.article import NO_MACROS, Article, render
from labfolio.markdown.links import LinkTable
from labfolio.markdown.questions import Site
from labfolio.markdown.works import Bibliography
from labfolio.model.site import Settings
from labfolio.parse.bibliography import Record
from labfolio.parse.settings import PythonName

_VERSION = 1
_PYTHON = "python/name"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedPage:
    """A page of the author's own: its URL, the line in which its text begins, the SHA-256 of that text, and whether its
    HTML stays as it is."""

    url: str
    body_line: int
    digest: str
    unsafe_html: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A site as its author's own pages see it. `pages` are these, by source path; `notes` are the ids of paper notes by
    their URLs; `fragments` are the templates around an article."""

    settings: Settings
    site: Site
    pages: Mapping[str, ExportedPage]
    notes: Mapping[str, str]
    fragments: Mapping[str, str]
    macros: Mapping[str, str] = field(default_factory=lambda: NO_MACROS)

    def told(self, body: str, source: str) -> bool:
        """Whether the text of one of `pages` is as it was when its faults were told."""
        return digest_of(body) == self.pages[source].digest

    def article(self, body: str, source: str) -> Article:
        """The article of one of `pages`. Raises KeyError for another, InvalidExtension as `render` does."""
        page = self.pages[source]
        return render(
            body,
            source=source,
            url=page.url,
            text="\n" * (page.body_line - 1) + body,
            body_line=page.body_line,
            settings=self.settings,
            table=self.site.table,
            entry=False,
            values=self.site.values,
            macros=self.macros,
            bibliography=self.site.bibliography,
            unsafe_html=page.unsafe_html,
        )


def digest_of(body: str) -> str:
    """The SHA-256 of a text, whatever blank lines stand around it."""
    return sha256(body.strip().encode("utf-8", "replace")).hexdigest()


def encoded(exported: Exported) -> bytes:
    """The file, the same for the same site."""
    settings, site = exported.settings, exported.site
    table, cited = site.table, site.bibliography
    found = {
        "version": _VERSION,
        "settings": {
            "path": settings.path,
            "site_name": settings.site_name,
            "site_url": settings.site_url,
            "docs_dir": settings.docs_dir,
            "extensions": list(settings.extensions),
            "extension_configs": _plain(settings.extension_configs),
        },
        "own_pages": {path: asdict(page) for path, page in sorted(exported.pages.items())},
        "pages": dict(sorted(table.pages.items())),
        "urls": sorted(table.urls),
        "hidden": sorted(table.hidden),
        "files": sorted(table.files),
        "values": dict(sorted(site.values.items())),
        "macros": dict(sorted(exported.macros.items())),
        "bibliography": {
            "form": cited.form,
            "sound": cited.sound,
            "works": [asdict(cited.works[key]) for key in sorted(cited.works)],
            "notes": dict(sorted(cited.notes.items())),
        },
        "note_ids": dict(sorted(exported.notes.items())),
        "fragments": dict(sorted(exported.fragments.items())),
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def decoded(data: bytes, read: Callable[[str], bytes]) -> Exported:
    """The site in a file; `read` gives the bytes of one of its sources. Raises ValueError, KeyError and TypeError for
    a file of another version or none of labfolio's."""
    found = json.loads(data)
    if found["version"] != _VERSION:
        raise ValueError(f"it is of version {found['version']}, and this labfolio reads {_VERSION}")
    settings = found["settings"]
    cited = found["bibliography"]
    works = {one["key"]: _record(one) for one in cited["works"]}
    table = LinkTable(
        pages=found["pages"],
        urls=frozenset(found["urls"]),
        hidden=frozenset(found["hidden"]),
        files=frozenset(found["files"]),
        docs_dir=settings["docs_dir"],
        read=read,
    )
    bibliography = Bibliography(works=works, form=cited["form"], sound=cited["sound"], notes=cited["notes"])
    return Exported(
        settings=Settings(
            **{
                **settings,
                "extensions": tuple(settings["extensions"]),
                "extension_configs": _named(settings["extension_configs"]),
            }
        ),
        site=Site(table=table, bibliography=bibliography, values=found["values"]),
        pages={path: ExportedPage(**page) for path, page in found["own_pages"].items()},
        notes=found["note_ids"],
        fragments=found["fragments"],
        macros=found["macros"],
    )


def _record(found: Mapping[str, Any]) -> Record:
    return Record(**{**found, "authors": tuple(found["authors"]), "families": tuple(found["families"])})


def _plain(value: Any) -> Any:
    """Options as JSON has them; a `!!python/name:` tag as a group of one field. Raises TypeError for other objects."""
    if isinstance(value, PythonName):
        return {_PYTHON: value.name}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _named(value: Any) -> Any:
    """The options again."""
    if isinstance(value, dict):
        known = set(value) == {_PYTHON}
        return PythonName(value[_PYTHON]) if known else {key: _named(one) for key, one in value.items()}
    return [_named(one) for one in value] if isinstance(value, list) else value
