"""What a preview serves while sources are faulty: the last good site, with the faults where they belong."""

from collections.abc import Iterable

from labfolio.build import Result
from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.log import LOG
from labfolio.model.site import Output
from labfolio.parse.tree import free_url, locate
from labfolio.present.assets import theme_outputs
from labfolio.present.edition import Edition
from labfolio.present.pages import fault_page


def faulty_outputs(result: Result, last: Result | None) -> tuple[Output, ...]:
    """The files of a preview of a faulty run; without a last good one, home alone shows the faults."""
    edition = last.edition if last is not None else result.edition
    errors = [one for one in result.diagnostics if one.level is Level.ERROR]
    pages: dict[str, list[Diagnostic]] = {} if last is not None else {"": errors}
    for error in errors:
        pages.setdefault(_url(error.path, edition), []).append(error)
    return _replaced(last.outputs if last else theme_outputs(edition.theme), edition, pages)


def unusable_outputs(diagnostics: Iterable[Diagnostic], last: Result) -> tuple[Output, ...]:
    """The files of a preview where the theme or the settings are at fault: home and the author's own pages say so."""
    faults = list(diagnostics)
    urls = ["", *(page.url for page in last.edition.portfolio.free_pages)]
    return _replaced(last.outputs, last.edition, dict.fromkeys(urls, faults))


def _replaced(outputs: Iterable[Output], edition: Edition, pages: dict[str, list[Diagnostic]]) -> tuple[Output, ...]:
    kept = {output.path: output for output in outputs}
    for url, faults in pages.items():
        page = fault_page(edition, url, dict.fromkeys(faults))
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
    beside = (entry for entry in edition.portfolio.entries if path.startswith(entry.path.removesuffix("index.md")))
    return next((entry.url for entry in beside), "")


def sound_pages(result: Result) -> Iterable[str]:
    """The sources of the author's own pages that have no error."""
    faulty = {one.path for one in result.diagnostics if one.level is Level.ERROR}
    return (page.path for page in result.edition.portfolio.free_pages if page.path not in faulty)
