"""What a preview serves while sources are faulty: the last good site, with the faults where they belong."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from labfolio.build import Result, build
from labfolio.files.sources import packaged_theme, read_theme
from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.log import LOG
from labfolio.model.site import Output, Settings
from labfolio.model.source import SourceTree
from labfolio.parse.tree import free_url, locate
from labfolio.present.assets import theme_outputs
from labfolio.present.cards import leave_out
from labfolio.present.edition import Edition
from labfolio.present.pages import fault_page

_NOT_FOUND = "404.html"


def faulty_outputs(result: Result, last: Result | None) -> tuple[Output, ...]:
    """The files of a preview of a faulty run; without a last good one, every address shows the faults."""
    shown = last or replace(result, outputs=tuple(theme_outputs(result.edition.theme)))
    errors = [one for one in result.diagnostics if one.level is Level.ERROR]
    pages: dict[str, list[Diagnostic]] = {} if last is not None else {"": [*errors], _NOT_FOUND: [*errors]}
    for error in errors:
        pages.setdefault(_url(error.path, shown.edition), []).append(error)
    return _replaced(shown, pages)


def unusable_outputs(diagnostics: Iterable[Diagnostic], last: Result | None, settings: Settings) -> tuple[Output, ...]:
    """The files of a preview where the theme or the settings are at fault: home and the author's own pages say so.

    Without a last good site every address does, in the packaged theme.
    """
    shown, faults = last or blank(settings), list(diagnostics)
    urls = ["", *(page.url for page in shown.edition.portfolio.free_pages)]
    urls += [_url(one.path, shown.edition) for one in faults] if last is not None else [_NOT_FOUND]
    return _replaced(shown, dict.fromkeys(urls, faults))


def blank(settings: Settings) -> Result:
    """A site without an entry, in the packaged theme; of its files those of the theme alone."""

    def nothing(path: str) -> bytes:
        raise FileNotFoundError(path)

    tree = SourceTree(texts={}, files=frozenset(), read=nothing)
    made = build(tree, settings, read_theme(packaged_theme()), date.min, leave_out)
    return replace(made, outputs=tuple(theme_outputs(made.edition.theme)))


def _replaced(shown: Result, pages: dict[str, list[Diagnostic]]) -> tuple[Output, ...]:
    kept = {output.path: output for output in shown.outputs}
    for url, faults in pages.items():
        page = fault_page(shown.edition, url, dict.fromkeys(faults))
        kept[page.path] = page
    return tuple(kept.values())


def _url(path: str, edition: Edition) -> str:
    """The page that a source stands for: an entry's for the files beside it, progress for the log, else home."""
    docs_dir = edition.settings.docs_dir
    place = locate(path, docs_dir)
    if place is not None:
        return f"{place[0].section}/{place[1]}/"
    if path.endswith(".md") and path.startswith(docs_dir + "/"):
        return free_url(path, docs_dir)
    if path == f"{docs_dir}/{LOG}":
        return "progress/"
    entries = edition.shown.portfolio.entries
    beside = (entry for entry in entries if path.startswith(entry.path.removesuffix("index.md")))
    return next((entry.url for entry in beside), "")


def sound_pages(result: Result) -> Iterable[str]:
    """The sources of the author's own pages that have no error."""
    faulty = {one.path for one in result.diagnostics if one.level is Level.ERROR}
    return (page.path for page in result.edition.portfolio.free_pages if page.path not in faulty)
