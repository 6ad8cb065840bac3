"""A built site written into a folder as another engine takes it, or as plain Markdown."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from labfolio.build import Result
from labfolio.engines.search_index import FOLDER, add_index
from labfolio.engines.site_folder import SiteFolder, places
from labfolio.files.destinations import write
from labfolio.files.export_folder import export_to
from labfolio.markdown.questions import Site
from labfolio.model.site import Output
from labfolio.present.export import MADE_BY_ENGINE, exported
from labfolio.present.markdown_export import markdown_pages
from labfolio.present.pages import free_pages


def export_site(folder: SiteFolder, result: Result, target: Path) -> tuple[int, int, str]:
    """Writes the export: the numbers of its files and of those that changed, and why it has no search index (empty
    where it has, or needs none). Raises DestinationError."""
    index, problem = _index(folder, result)
    site = Site(table=result.links, bibliography=result.bibliography, values=result.values)
    outputs = exported(result.edition, site, (*result.outputs, *index))
    return *_write(folder, outputs, target, MADE_BY_ENGINE), problem


def export_markdown(folder: SiteFolder, result: Result, target: Path) -> tuple[int, int]:
    """Writes the pages as plain Markdown: the numbers of files and of those that changed. Raises DestinationError."""
    return _write(folder, markdown_pages(result.edition, result.outputs), target, ())


def _write(folder: SiteFolder, outputs: Iterable[Output], target: Path, beside: tuple[str, ...]) -> tuple[int, int]:
    files = {output.path: output.content for output in outputs}
    sources = places(folder.root / folder.settings.path, folder.settings)
    # A built site carries a marker too, and is no export.
    kept = (*sources, folder.root / folder.settings.site_dir)
    return len(files), export_to(target, files, kept, beside)


def _index(folder: SiteFolder, result: Result) -> tuple[tuple[Output, ...], str]:
    """The search index of the finished site, as the other engines' sites have it, and why there is none."""
    if folder.settings.search != "pagefind":
        return (), ""
    with tempfile.TemporaryDirectory(prefix="labfolio-") as name:
        site = Path(name)
        write(site, (*result.outputs, *free_pages(result.edition)))
        problem = add_index(folder, site)
        paths = sorted(path for path in (site / FOLDER).rglob("*") if path.is_file())
        read = [
            Output(path=path.relative_to(site).as_posix(), content=path.read_bytes(), source="search index")
            for path in paths
        ]
    return tuple(read), problem
