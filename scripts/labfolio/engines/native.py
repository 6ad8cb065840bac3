"""The native engine: every page written to a folder, without MkDocs."""

from pathlib import Path

from labfolio.build import Result
from labfolio.engines.site_folder import SiteFolder
from labfolio.files.destinations import discard, prepare, swap, write
from labfolio.present.pages import free_pages


def write_site(folder: SiteFolder, result: Result, target: Path) -> int:
    """Writes the site whole in the place of `target` and gives the number of files. Raises DestinationError."""
    outputs = (*result.outputs, *free_pages(result.edition))
    sources = (folder.root / folder.settings.docs_dir, folder.root / "builds", folder.root / folder.settings.path)
    fresh = prepare(target, sources)
    try:
        write(fresh, outputs)
        swap(fresh, target)
    except BaseException:
        discard(fresh)
        raise
    return len(outputs)
