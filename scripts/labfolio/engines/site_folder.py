"""One run over a folder: everything read, the day found, the site built in memory. Shared by all engines."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from labfolio.engines.clock import today
from labfolio.engines.processes import beside
from labfolio.engines.time_limit import limited
from labfolio.files.record import CACHE
from labfolio.files.sources import FaultyTemplate, packaged_theme, read_sources, read_text_file, read_theme
from labfolio.markdown.invalid_extension import InvalidExtension
from labfolio.model.beside import ALONE
from labfolio.model.diagnostic import Diagnostic, has_errors, in_order
from labfolio.model.memory import Memory
from labfolio.model.rules import fault
from labfolio.model.site import FRAGMENTS, Settings, Theme
from labfolio.model.source import Position, SourceTree
from labfolio.parse.program import read_program
from labfolio.parse.settings import read_settings
from labfolio.parse.text import decode
from labfolio.parse.tree import PROGRAM

if TYPE_CHECKING:
    from labfolio.build import Result
    from labfolio.files.cache import Cache
    from labfolio.survey import Survey

# Fewer texts are made sooner than a process is. Of a site that is kept already, most would be looked for by all
# processes and made by none.
_MANY = 24


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
        help = "Write one with 'labfolio init', or name another with --config."
        raise Unusable((fault("invalid-settings", config.name, f"cannot be read: {error.strerror}", help),)) from error
    text, found = decode(config.name, data)
    if has_errors(found):
        raise Unusable(found)
    settings, found = read_settings(config.name, text, environment)
    if has_errors(found):
        raise Unusable(in_order(found))
    return settings


def places(config: Path, settings: Settings) -> tuple[Path, ...]:
    """The files and folders that a site is made of, whether they are there or not."""
    root = config.absolute().parent
    parts = (settings.docs_dir, "builds", Path(FRAGMENTS).parts[0], settings.custom_dir)
    return (config, *(root / part for part in parts if part))


def open_folder(config: Path, environment: Mapping[str, str], changed: bytes | None = None) -> SiteFolder:
    """The folder of a `mkdocs.yml`, with its theme; `changed` is read in the place of that file.

    Raises Unusable where that file or the theme cannot be used.
    """
    settings = settings_of(config, environment, changed)
    root = config.absolute().parent
    custom = root / settings.custom_dir if settings.custom_dir else None
    if custom is not None and (not custom.is_dir() or root.resolve().is_relative_to(custom.resolve())):
        message = f"custom_dir: {settings.custom_dir} is no folder of a theme"
        raise Unusable((_setting_fault(root, settings, "custom_dir", message, "Make it, or remove custom_dir."),))
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
    memory: Memory | None = None,
) -> "Result":
    """The built site of a folder as of today. Raises Unusable where the sources cannot be read.

    Without `drawn` nothing is drawn or kept, neither social cards nor smaller images: for commands that write no site.
    A `preview` shows drafts too, which must never be written. `changed` is read in the place of the files of these
    paths. A `memory` that is handed in from run to run, in one process, spares what did not change.
    """
    from labfolio.build import build
    from labfolio.present.cards import leave_out

    tree, day = opened(folder, environment, stated, changed)
    settings = folder.settings if drawn else replace(folder.settings, proof=True)
    with usable(folder):
        cache = _cache(folder) if drawn else None
        shared = beside() if cache and cache.is_empty and len(tree.texts) >= _MANY else ALONE
        memory = _backed(memory or Memory(), cache)
        remember = cache or leave_out
        ways = partial(build, preview=preview, within=limited, memory=memory, beside=shared)
        return ways(tree, settings, folder.theme, day, remember)


def look(folder: SiteFolder, environment: Mapping[str, str], stated: str = "", *, preview: bool = False) -> "Survey":
    """What is in a folder as of today, with `preview` also its drafts, without rendering a page.

    Raises Unusable as `run` does.
    """
    from labfolio.survey import survey

    tree, day = opened(folder, environment, stated)
    with usable(folder):
        return survey(tree, folder.settings, day, preview=preview)


@contextlib.contextmanager
def usable(folder: SiteFolder) -> Iterator[None]:
    """Turns faults of what the author may change beside the texts (extensions, templates, files that go away while
    they are read) into Unusable."""
    try:
        yield
    except InvalidExtension as error:
        raise Unusable((_extension_fault(error, folder),)) from error
    except Exception as error:  # a template may raise any; a missing one is an OSError too
        found = _template_fault(error, folder)
        if found is None and isinstance(error, OSError):
            found = unreadable(error, folder)
        if found is None:
            raise
        raise Unusable((found,)) from error


def _cache(folder: SiteFolder) -> "Cache":
    from labfolio.files.cache import Cache

    return Cache(folder.root / CACHE)


def _backed(memory: Memory, store: "Cache | None") -> Memory:
    """The memory with what earlier processes kept, where anything is kept."""
    if store is None:
        return memory
    from labfolio.files.toolchain import toolchain

    return replace(memory, store=store, toolchain=toolchain())


def opened(
    folder: SiteFolder, environment: Mapping[str, str], stated: str, changed: Mapping[str, bytes] | None = None
) -> tuple[SourceTree, date]:
    """The sources of a folder, with what is `changed`, and the day. Raises Unusable where either cannot be had."""
    settings = folder.settings
    _check_folders(folder)
    with usable(folder):
        tree = read_sources(folder.root, settings.docs_dir).changed(changed or {})
    program_path = f"{settings.docs_dir}/{PROGRAM}"
    text, _ = decode(program_path, tree.texts.get(program_path, b""))
    zone = read_program(program_path, text)[0].timezone
    try:
        return tree, today(zone, environment, stated)
    except (ValueError, OverflowError, OSError) as error:
        message = f"--today or SOURCE_DATE_EPOCH is no day: {error}"
        raise Unusable((fault("invalid-settings", settings.path, message),)) from error


def _check_folders(folder: SiteFolder) -> None:
    """The folders that the site is made of are the site's own: no link in the place of one. Raises Unusable."""
    settings = folder.settings
    for name in dict.fromkeys((settings.docs_dir, "builds")):
        if (folder.root / name).is_symlink():
            raise Unusable((fault("refused-source", name, "it is a symbolic link", "Put the folder itself there."),))
    if not (folder.root / settings.docs_dir).is_dir():
        message = f"docs_dir: there is no folder {settings.docs_dir}"
        found = _setting_fault(folder.root, settings, "docs_dir", message, "Make it, or correct docs_dir.")
        raise Unusable((found,))


def unreadable(error: OSError, folder: SiteFolder) -> Diagnostic:
    """A file of the sources that could not be read, as an author is told."""
    path = Path(str(error.filename or folder.settings.docs_dir))
    name = path.relative_to(folder.root).as_posix() if path.is_relative_to(folder.root) else path.name
    return fault("unreadable-file", name, f"cannot be read: {error.strerror or 'it went away'}")


def _extension_fault(error: InvalidExtension, folder: SiteFolder) -> Diagnostic:
    """An extension that cannot be used, in the line of the settings that names it."""
    help = "Correct its name or its options, or install the package that has it."
    return _setting_fault(folder.root, folder.settings, error.name, f"markdown_extensions: {error}", help)


def _setting_fault(root: Path, settings: Settings, word: str, message: str, help: str) -> Diagnostic:
    """A setting that cannot be used, in the first line that has a word."""
    text = decode(settings.path, read_text_file(root / settings.path))[0]
    lines = (number for number, line in enumerate(text.split("\n"), start=1) if word in line)
    return fault("invalid-settings", settings.path, message, help, Position(line=next(lines, 1), column=1), text)


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
