"""`labfolio check`: what is wrong with a whole folder, or with some files of it."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from labfolio.engines.site_folder import SiteFolder, Unusable, opened, run, unreadable
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.site import LeftOut

Found = tuple[tuple[Diagnostic, ...], tuple[LeftOut, ...]]


def check_all(folder: SiteFolder, environment: Mapping[str, str], stated: str = "") -> Found:
    """All that is wrong with a folder, and what is left out. Raises Unusable where it cannot be read at all."""
    result = run(folder, environment, stated, drawn=False)
    return result.diagnostics, result.left_out


def check_some(folder: SiteFolder, paths: Collection[str], environment: Mapping[str, str], stated: str = "") -> Found:
    """The same of some files and folders, by their paths relative to the root. Raises Unusable."""
    from labfolio.check import about, answering, check, lies_in

    tree, day = opened(folder, environment, stated)
    try:
        found = check(tree, replace(folder.settings, proof=True), day, paths)
    except OSError as error:
        raise Unusable((unreadable(error, folder.settings),)) from error
    if found is not None:
        return found
    diagnostics, left_out = check_all(folder, environment, stated)
    wanted = answering(paths, tree)
    kept = tuple(item for item in left_out if any(lies_in(item.path, path) for path in wanted))
    return about(diagnostics, wanted), kept
