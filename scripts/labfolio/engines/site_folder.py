"""One run over a folder: everything read, the day found, the site built in memory. Shared by all engines."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from labfolio.engines.clock import today
from labfolio.engines.time_limit import limited
from labfolio.files.sources import FaultyTemplate, packaged_theme, read_sources, read_text_file, read_theme
from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.rules import fault
from labfolio.model.site import FRAGMENTS, Remember, Settings, Theme
from labfolio.model.source import Position, SourceTree
from labfolio.parse.program import read_program
from labfolio.parse.settings import read_settings
from labfolio.parse.text import decode

CACHE = ".cache/labfolio"

if TYPE_CHECKING:
    from labfolio.build import Result
    from labfolio.survey import Survey


class Unusable(Exception):
    """The folder cannot be built at all; `diagnostics` say why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFolder:
    """A folder with its settings and theme."""

    root: Path
    settings: Settings
    theme: Theme


def settings_of(config: Path, environment: Mapping[str, str], changed: bytes | None = None) -> Settings:
    """The settings in a `mkdocs.yml`, or in what is read in its place. Raises Unusable where they cannot be used."""
    try:
        data = read_text_file(config) if changed is None else changed
    except OSError as error:
        raise Unusable((fault("invalid-settings", config.name, f"cannot be read: {error.strerror}"),)) from error
    text, found = decode(config.name, data)
    if has_errors(found):
        raise Unusable(found)
    settings, found = read_settings(config.name, text, environment)
    if has_errors(found):
        raise Unusable(found)
    return settings


def places(config: Path, settings: Settings) -> tuple[Path, ...]:
    """The files and folders that a site is made of, whether they are there or not."""
    root = config.resolve().parent
    parts = (settings.docs_dir, "builds", Path(FRAGMENTS).parts[0], settings.custom_dir)
    return (config, *(root / part for part in parts if part))


def open_folder(config: Path, environment: Mapping[str, str], changed: bytes | None = None) -> SiteFolder:
    """The folder of a `mkdocs.yml`, with its theme; `changed` is read in the place of that file.

    Raises Unusable where that file or the theme cannot be used.
    """
    settings = settings_of(config, environment, changed)
    root = config.resolve().parent
    custom = root / settings.custom_dir if settings.custom_dir else None
    try:
        theme = read_theme(packaged_theme(), custom, root / FRAGMENTS)
    except FaultyTemplate as error:
        path = error.path.relative_to(root).as_posix() if error.path.is_relative_to(root) else error.path.name
        position = Position(line=error.line, column=error.column)
        raise Unusable((fault("invalid-template", path, str(error), position=position),)) from error
    except OSError as error:
        raise Unusable((fault("invalid-template", "theme", f"cannot be read: {error.strerror}"),)) from error
    return SiteFolder(root=root, settings=settings, theme=theme)


def run(
    folder: SiteFolder,
    environment: Mapping[str, str],
    stated: str = "",
    *,
    drawn: bool = True,
    preview: bool = False,
    changed: Mapping[str, bytes] | None = None,
) -> "Result":
    """The built site of a folder as of today. Raises Unusable where the sources cannot be read.

    Without `drawn` nothing is drawn or kept, neither social cards nor smaller images: for commands that write no site.
    A `preview` shows drafts too, which must never be written. `changed` is read in the place of the files of these
    paths.
    """
    from labfolio.build import build
    from labfolio.present.cards import leave_out

    tree, day = opened(folder, environment, stated, changed)
    settings = folder.settings if drawn else replace(folder.settings, proof=True)
    try:
        remember = _memory(folder) if drawn else leave_out
        return build(tree, settings, folder.theme, day, remember, preview=preview, within=limited)
    except Exception as error:  # a template may raise any; a missing one is an OSError too
        found = _template_fault(error, folder)
        if found is None and isinstance(error, OSError):
            found = unreadable(error, folder.settings)
        if found is None:
            raise
        raise Unusable((found,)) from error


def look(folder: SiteFolder, environment: Mapping[str, str], stated: str = "", *, preview: bool = False) -> "Survey":
    """What is in a folder as of today, with `preview` also its drafts, without rendering a page.

    Raises Unusable as `run` does.
    """
    from labfolio.survey import survey

    tree, day = opened(folder, environment, stated)
    try:
        return survey(tree, folder.settings, day, preview=preview)
    except OSError as error:
        raise Unusable((unreadable(error, folder.settings),)) from error


def _memory(folder: SiteFolder) -> Remember:
    from labfolio.files.cache import Cache

    return Cache(folder.root / CACHE)


def opened(
    folder: SiteFolder, environment: Mapping[str, str], stated: str, changed: Mapping[str, bytes] | None = None
) -> tuple[SourceTree, date]:
    """The sources of a folder, with what is `changed`, and the day. Raises Unusable where either cannot be had."""
    settings = folder.settings
    try:
        tree = read_sources(folder.root, settings.docs_dir).changed(changed or {})
    except OSError as error:
        raise Unusable((unreadable(error, settings),)) from error
    program_path = f"{settings.docs_dir}/program.yml"
    text, _ = decode(program_path, tree.texts.get(program_path, b""))
    zone = read_program(program_path, text)[0].timezone
    try:
        return tree, today(zone, environment, stated)
    except (ValueError, OverflowError, OSError) as error:
        message = f"--today or SOURCE_DATE_EPOCH is no day: {error}"
        raise Unusable((fault("invalid-settings", settings.path, message),)) from error


def unreadable(error: OSError, settings: Settings) -> Diagnostic:
    """A file of the sources that could not be read, as an author is told."""
    path = Path(str(error.filename or settings.docs_dir)).name
    return fault("unreadable-file", path, f"cannot be read: {error.strerror or 'it went away'}")


def _template_fault(error: Exception, folder: SiteFolder) -> Diagnostic | None:
    """A theme is the author's to change, so its faults are told like all others; None for a fault of another kind."""
    from jinja2 import TemplateError

    frame = f"{folder.settings.custom_dir}/main.html"
    path, line = getattr(error, "filename", None) or frame, getattr(error, "lineno", None)
    # What fails while it is printed knows its place from its traceback, which Jinja rewrites to the templates' lines.
    places = [one for one in extract_tb(error.__traceback__) if one.filename.startswith((FRAGMENTS, "<template>"))]
    if places:
        path, line = places[-1].filename.replace("<template>", frame), places[-1].lineno
    elif not isinstance(error, TemplateError):
        return None
    if not (folder.root / path).exists():
        path = "labfolio/" + path.removeprefix(f"{FRAGMENTS}/").removeprefix("labfolio/")
    message = getattr(error, "message", None) or str(error) or type(error).__name__
    return fault("invalid-template", path, message, position=Position(line=line or 1, column=1))
