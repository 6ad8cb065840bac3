"""The native engine: every page written to a folder, without MkDocs."""

from pathlib import Path

from labfolio.build import Result
from labfolio.engines.last_build import Written, put
from labfolio.engines.search_index import add_index
from labfolio.engines.site_folder import SiteFolder, places
from labfolio.files.destinations import discard, prepare, write
from labfolio.present.pages import free_pages


def write_site(folder: SiteFolder, result: Result, target: Path) -> tuple[int, str, Written]:
    """Writes the site whole in the place of `target`. Raises DestinationError.

    Gives the number of its pages and files, why it has no search index (empty where it has, or needs none), and what
    was written.
    """
    outputs = (*result.outputs, *free_pages(result.edition))
    fresh = prepare(target, places(folder.root / folder.settings.path, folder.settings))
    try:
        write(fresh, outputs, target)
        problem = add_index(folder, fresh)
        written = put(folder.root, fresh, target)
    except BaseException:
        discard(fresh)
        raise
    return len(outputs), problem, written
