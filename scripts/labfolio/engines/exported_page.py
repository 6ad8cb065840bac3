"""A page of an export rendered under another engine: labfolio's Markdown as one extension of Python-Markdown.

The engine hands over the text. What it needs of the site stands in a file beside `mkdocs.yml`, which is looked for
where the engine says that the project is, else in the current folder.
"""

import logging
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from labfolio.markdown.exported import Exported, decoded
from labfolio.present.export import FACTS, MARK, SOURCES
from labfolio.present.free_page import around
from labfolio.present.reference_list import reference_list
from labfolio.present.report import full
from markdown import Markdown

log = logging.getLogger("labfolio")
_MARK = re.compile(re.escape(MARK).replace(r"\{\}", "(.+)"))


class InvalidExport(Exception):
    """The export cannot be used; the message says why and what to do."""


class ExportedPage(Extension):
    """Renders the pages of an export; any other text stays as it is."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Takes the text before every other step, and puts the page in after every other step."""
        page = _Page(md)
        md.preprocessors.register(page, "labfolio-page", 1000)
        md.postprocessors.register(_Finished(md, page), "labfolio-page", -1000)


def makeExtension(**options: Any) -> ExportedPage:
    """The extension, as Python-Markdown asks for it by the module's name."""
    return ExportedPage(**options)


class _Page(Preprocessor):
    """Keeps the finished page, so that nothing that other extensions do can change it."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.html: str | None = None

    def run(self, lines: list[str]) -> list[str]:
        """No line, where the text is a page of the export. Raises InvalidExport."""
        self.html = None
        number = next((number for number, line in enumerate(lines) if line.strip()), 0)
        mark = _MARK.fullmatch(lines[number].strip()) if lines else None
        if mark is None:
            return lines
        self.html = _content(_site(_root(self.md)), mark[1], "\n".join(lines[number + 1 :]))
        return []


class _Finished(Postprocessor):
    def __init__(self, md: Markdown, page: _Page) -> None:
        super().__init__(md)
        self._page = page

    def run(self, text: str) -> str:
        """The finished page in the place of what Python-Markdown made."""
        return text if self._page.html is None else self._page.html


def _content(exported: Exported, source: str, body: str) -> str:
    """The article of a page and what stands around it; faults are told on the log, for whoever edits the text."""
    if source not in exported.pages:
        raise InvalidExport(f"{FACTS} knows no page {source}; run labfolio export again")
    article = exported.article(body, source)
    for one in () if exported.told(body, source) else article.diagnostics:
        log.warning(full(one))
    listed = reference_list(article.works, exported.notes, exported.pages[source].url)
    return around(exported.fragments, article.html, listed)


def _root(md: Markdown) -> Path:
    """The folder of the project, as Zensical tells it."""
    if "rendering_context" not in md.preprocessors:
        return Path.cwd()
    context: Any = md.preprocessors["rendering_context"]
    return Path(context.config.get("root_dir") or ".").absolute()


def _site(root: Path) -> Exported:
    path = root / FACTS
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise InvalidExport(f"{FACTS} cannot be read: {error.strerror}; run labfolio export again") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidExport(f"{FACTS} cannot be used: {error}; run labfolio export again") from error


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> Exported:
    """The facts in a file, read again when its time of change is another. Raises OSError, and what `decoded` raises."""
    sources = path.parent / SOURCES
    return decoded(path.read_bytes(), lambda name: (sources / name).read_bytes())
