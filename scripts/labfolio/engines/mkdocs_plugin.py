"""The MkDocs plugin: checks before MkDocs cleans anything, hands finished files over, swaps the site at the end.

Pages of the author's own stay MkDocs pages: MkDocs renders their Markdown with labfolio's extension in the same frame,
so other plugins keep working on them. The MkDocs events used, in order: startup, config, files, page_markdown,
page_content, post_build or build_error, serve. What renders is imported when there is something to render.
"""

import json
import logging
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler, meta

from labfolio.engines.last_build import Kept, Watched, put, unchanged
from labfolio.engines.mkdocs_config import address_of, carried, configure, lend_markdown, sheltered, unsheltered
from labfolio.engines.mkdocs_last_build import Heard, asked_of, leave
from labfolio.engines.notices import Told, built
from labfolio.files.destinations import DestinationError, discard, prepare, unwritten
from labfolio.files.signals import end_in_order
from labfolio.model.diagnostic import Diagnostic, Level, has_errors
from labfolio.model.site import Output, Settings
from labfolio.model.step import where
from labfolio.model.unseen import one_line
from labfolio.present.report import closing, full, number_of

if TYPE_CHECKING:
    from labfolio.build import Result
    from labfolio.engines.session import Session, Shown
    from labfolio.engines.site_folder import SiteFolder, Unusable
    from labfolio.engines.watching import State
    from labfolio.model.build_report import BuildReport
    from labfolio.model.entry import FreeText

log = logging.getLogger("mkdocs.plugins.labfolio")
_LOGGED = {Level.ERROR: logging.ERROR, Level.WARNING: logging.WARNING, Level.NOTE: logging.INFO}


class PluginSettings(Config):
    """The plugin has no options: everything is said in mkdocs.yml itself and in content/program.yml."""


class LabfolioPlugin(BasePlugin[PluginSettings]):
    """Carries labfolio's bytes through MkDocs. One instance lives through all rebuilds of `mkdocs serve`."""

    def __init__(self) -> None:
        self._serving = False
        self._anew = False
        # The last good one of a preview.
        self._last: Result | None = None
        self._result: Result | None = None
        self._outputs: tuple[Output, ...] = ()
        self._free: frozenset[str] = frozenset()
        self._target: Path | None = None
        self._fresh: Path | None = None
        self._folder: SiteFolder | None = None
        self._told = Told()
        self._kept: Kept | None = None
        self._watched: Watched | None = None
        self._heard = Heard()
        # Whether nothing else works on pages, so that a preview needs MkDocs for its own settings alone.
        self._alone = False
        self._dirty = False
        self._session: Session | None = None
        self._states: dict[str, State] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remembers what MkDocs is doing, and has it clear up behind it when it is asked to end: a build what it began,
        a preview the site that it serves."""
        self._serving, self._dirty = command == "serve", dirty
        self._anew = self._serving or dirty
        end_in_order()

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads, checks and builds everything. Raises PluginError with all faults before a file is touched.

        Where nothing changed since the last build it says the same, and leaves MkDocs nothing to do.
        """
        self._discard()
        self._alone = set(config.plugins) == {"labfolio"} and not config.hooks and not self._dirty
        self._begin_session(config)
        began = time.perf_counter()
        asked = None if self._anew else asked_of(config)
        self._kept = unchanged(asked, os.environ) if asked else None
        if self._kept is not None:
            self._tell(self._kept.report, config, "")
            log.info("labfolio: nothing changed since the last build")
            self._prepare(config, (Path(config.config_file_path),))
            leave(config)
            return config
        self._watched = Watched(asked, os.environ) if asked else None
        return self._build(config, began)

    def _build(self, config: MkDocsConfig, began: float) -> MkDocsConfig:
        from labfolio.engines.preview import faulty_outputs, sound_pages
        from labfolio.engines.site_folder import Unusable, places, run

        try:
            folder = self._open(config)
            memory = self._session.memory if self._session is not None else None
            result = run(folder, os.environ, preview=self._serving, memory=memory)
        except Unusable as error:
            return self._keep(error, config)
        except PluginError:
            raise
        except Exception as error:
            if os.environ.get("LABFOLIO_TRACEBACK"):
                raise
            message = one_line(f"labfolio: {type(error).__name__}{where(error)}: {error}")
            raise PluginError(f"{message}. This is a bug in labfolio; nothing was written.") from None
        self._tell(result, config, built(result.edition.portfolio, time.perf_counter() - began))
        faulty = has_errors(result.diagnostics)
        self._outputs = faulty_outputs(result, self._last) if faulty else result.outputs
        self._free = frozenset(sound_pages(result))
        self._result = result
        if self._session is not None:
            self._session.take_over(result)
        self._folder = folder
        self._prepare(config, places(Path(config.config_file_path), folder.settings))
        configure(config, result)
        self._heard.listen()
        return config

    def _keep(self, error: "Unusable", config: MkDocsConfig) -> MkDocsConfig:
        """A preview goes on, with the last good site where there is one; anything else ends here."""
        from labfolio.engines.preview import blank, unusable_outputs
        from labfolio.parse.settings import LOCAL

        if not self._serving:
            raise PluginError("\n\n".join(map(full, error.diagnostics))) from None
        self._tell_news(error.diagnostics, number_of(error.diagnostics), whole=False)
        name, address = Path(config.config_file_path).name, address_of(config) or LOCAL
        settings = Settings(path=name, site_name=config.site_name, site_url=address)
        self._outputs = unusable_outputs(error.diagnostics, self._last, settings)
        self._free, self._result = frozenset(), self._last or blank(settings)
        configure(config, self._result)
        return config

    def _open(self, config: MkDocsConfig) -> "SiteFolder":
        from labfolio.engines.search_index import with_search
        from labfolio.engines.site_folder import open_folder

        if not config.use_directory_urls:
            raise PluginError("labfolio needs use_directory_urls: true, so that addresses outlive the engine")
        folder = open_folder(Path(config.config_file_path), self._watched.environment if self._watched else os.environ)
        folder = folder if self._serving else with_search(folder)
        return replace(
            folder, settings=replace(folder.settings, site_url=address_of(config) or folder.settings.site_url)
        )

    def _tell(self, result: "Result | BuildReport", config: MkDocsConfig, news: str) -> None:
        """Faults on the log, in a preview each once; outside of a preview they end the build here."""
        for item in result.left_out:
            log.info("left out: %s: %s", item.path, item.reason)
        for allowed in result.allowed:
            log.info("allowed: %s: %s: %s", allowed.diagnostic.path, allowed.diagnostic.rule, allowed.reason)
        if not self._serving and has_errors(result.diagnostics, strict=config.strict):
            raise PluginError("\n\n".join([*map(full, result.diagnostics), closing(result.diagnostics, ())]))
        if self._serving:
            faulty = has_errors(result.diagnostics)
            self._tell_news(result.diagnostics, number_of(result.diagnostics) if faulty else news)
            return
        for one in result.diagnostics:
            log.log(_LOGGED[one.level], full(one))

    def _tell_news(self, diagnostics: tuple[Diagnostic, ...], now: str, *, whole: bool = True) -> None:
        """The faults that are new, and how it stands in one line."""
        fresh, mended = self._told.news(diagnostics, whole=whole)
        for one in fresh:
            log.log(_LOGGED[one.level], full(one))
        log.info(f"labfolio: {'mended: ' if mended else ''}{now}")

    def _prepare(self, config: MkDocsConfig, sources: tuple[Path, ...]) -> None:
        """Points MkDocs, which empties its output folder first, at a folder beside the site."""
        if self._serving:
            return
        self._target = Path(config.site_dir)
        try:
            self._fresh = prepare(self._target, sources)
        except DestinationError as error:
            raise PluginError(str(error)) from None
        config.site_dir = str(self._fresh)

    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Takes out entries, unreferenced files and the theme's unused assets; puts the finished files in."""
        if self._kept is not None:
            return Files([])
        docs_dir = Path(config.docs_dir)
        themes = {str(Path(folder)) for folder in config.theme.dirs}
        for file in list(files):
            if file.src_dir is None:
                continue
            own = self._source(file) in self._free
            if own:
                # MkDocs leaves out a folder `templates` unless it is told otherwise.
                file.inclusion = InclusionLevel.INCLUDED
            if (str(Path(file.src_dir)) == str(docs_dir) and not own) or str(Path(file.src_dir)) in themes:
                files.remove(file)
        for output in self._outputs:
            files.append(carried(config, output))
        return files

    @event_priority(100)
    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The source of a page of the author's own where MkDocs would take another part of it for front matter:
        it reads a first line `Result: 42` as such, and prints what it cannot read."""
        own = self._own(page.file)
        if own is None or meta.get_data(own.text)[0].strip() == own.body.strip():
            return None
        return f"---\n{json.dumps({'title': own.title})}\n---\n\n{own.body}"

    @event_priority(100)
    def _on_page_markdown_first(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keeps labfolio's numbers from plugins that fill in templates."""
        return sheltered(markdown) if self._own(page.file) is not None else markdown

    @event_priority(-100)
    def _on_page_markdown_last(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Lends labfolio's Markdown extension to a page of the author's own."""
        own = self._own(page.file)
        if own is not None and self._result is not None:
            # Every page has the same frame, and MkDocs ends with a traceback where it finds no template of a name.
            page.meta.pop("template", None)
            lend_markdown(config, own, self._result)
            return unsheltered(markdown)
        return markdown

    on_page_markdown = CombinedEvent(_on_page_markdown_first, _on_page_markdown_last)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts a page of the author's own into its frame's layout."""
        own = self._own(page.file)
        if own is None or self._result is None:
            return html
        from labfolio.present.free_page import free_article
        from labfolio.present.pages import free_meta

        edition = self._result.edition
        page.title = own.title
        page.meta = {**page.meta, **free_meta(edition, own)}
        return free_article(edition, html, own)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Ends the document as labfolio's own pages end."""
        from labfolio.present.frame import document

        return document(output)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Swaps the finished site in, unless MkDocs is about to refuse it under `--strict`."""
        from labfolio.engines.search_index import add_index

        self._heard.stop()
        if self._kept is not None and self._target is not None:
            self._discard()
            config.site_dir = str(self._target)
            return
        if self._fresh is None or self._target is None or self._folder is None or self._result is None:
            return
        handlers = logging.getLogger("mkdocs").handlers
        if config.strict and any(h.get_counts() for h in handlers if isinstance(h, CountHandler)):
            self._discard()
            return
        try:
            if problem := add_index(self._folder, self._fresh):
                log.info(problem)
            written = put(self._folder.root, self._fresh, self._target)
        except DestinationError as error:
            raise PluginError(str(error)) from None
        if self._watched is not None and not problem and not self._heard.anything:
            self._watched.keep(self._result, written, 0)
        config.site_dir = str(self._target)
        self._fresh = None

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Leaves the old site as it was. Raises PluginError for what the disk refused, of which MkDocs says nothing."""
        fresh, target = self._fresh, self._target
        self._heard.stop()
        self._discard()
        if isinstance(error, OSError) and fresh is not None and target is not None:
            path = Path(str(error.filename or fresh))
            if path.is_relative_to(fresh):
                name = (Path(target.name) / path.relative_to(fresh)).as_posix()
                raise PluginError(str(unwritten(name, error))) from None

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Builds in the place of MkDocs where it can; else watches what MkDocs does not: builds and the theme."""
        from labfolio.engines.mkdocs_serve import can_take_over, missed, take_over, watch_sources

        path, since = Path(config.config_file_path), self._states
        if self._session is not None and can_take_over(server):
            if self._alone:
                take_over(server, self._session, path, since, builder, alone=lambda: self._alone, tell=self._tell_shown)
                return server
            # What changed during the first build.
            server._want_rebuild = bool(missed(path.parent, self._session.places(), since))
        watch_sources(server, path.parent, config.theme.custom_dir)
        return server

    def _begin_session(self, config: MkDocsConfig) -> None:
        """A preview's session; from here on no change is missed, and each build goes on from the last one of either."""
        if not self._serving:
            return
        from labfolio.engines.session import Session
        from labfolio.engines.watching import states
        from labfolio.parse.settings import LOCAL

        if self._session is None:
            path = Path(config.config_file_path)
            origin = urlsplit(address_of(config) or LOCAL)._replace(path="").geturl()
            self._session = Session(path, os.environ, origin=origin)
            self._states = states(path.parent.resolve(), self._session.places())
        self._last = self._session.last

    def _tell_shown(self, shown: "Shown", seconds: float) -> None:
        """What is new after a build of the session."""
        sound = shown.portfolio is not None and not has_errors(shown.diagnostics)
        now = built(shown.portfolio, seconds) if shown.portfolio and sound else number_of(shown.diagnostics)
        self._tell_news(shown.diagnostics, now, whole=shown.portfolio is not None)

    def _own(self, file: File) -> "FreeText | None":
        """The page of the author's own that a file is, if it is one."""
        assert self._result is not None
        path = self._source(file)
        return next((own for own in self._result.edition.portfolio.free_pages if own.path == path), None)

    def _source(self, file: File) -> str:
        """A file's path relative to the root, as the core names it."""
        assert self._result is not None
        return f"{self._result.edition.settings.docs_dir}/{file.src_uri}"

    def _discard(self) -> None:
        if self._fresh is not None:
            discard(self._fresh)
        self._fresh = None
