"""`labfolio check`: what is wrong with a whole folder, or with some files of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from labfolio.engines.site_folder import SiteFolder, Unusable, opened, run, unreadable
from labfolio.model.allowance import Allowed
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.site import LeftOut

if TYPE_CHECKING:
    from labfolio.build import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, what is left out and why, and which warnings stand by their author's allowance."""

    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    allowed: tuple[Allowed, ...]


def check_all(folder: SiteFolder, environment: Mapping[str, str], stated: str = "") -> Found:
    """All that is wrong with a folder. Raises Unusable where it cannot be read at all."""
    return of_result(run(folder, environment, stated, drawn=False))


def check_some(folder: SiteFolder, paths: Collection[str], environment: Mapping[str, str], stated: str = "") -> Found:
    """What is wrong with some files and folders, by their paths relative to the root. Raises Unusable."""
    from labfolio.check import answering, check

    tree, day = opened(folder, environment, stated)
    try:
        found = check(tree, replace(folder.settings, proof=True), day, paths)
    except OSError as error:
        raise Unusable((unreadable(error, folder.settings),)) from error
    if found is not None:
        return Found(diagnostics=found.diagnostics, left_out=found.left_out, allowed=found.allowed)
    return of_result(run(folder, environment, stated, drawn=False), answering(paths, tree))


def of_result(result: "Result", paths: Collection[str] = ()) -> Found:
    """What a whole run found; with `paths` that of these files and folders, and of what lies beside entries."""
    from labfolio.check import about, lies_in

    def wanted(path: str) -> bool:
        return not paths or any(lies_in(path, one) for one in paths)

    return Found(
        diagnostics=about(result.diagnostics, paths) if paths else result.diagnostics,
        left_out=tuple(item for item in result.left_out if wanted(item.path)),
        allowed=tuple(one for one in result.allowed if wanted(one.diagnostic.path)),
    )
