"""`labfolio check`: what is wrong with a whole folder, or with some files of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from labfolio.engines.site_folder import SiteFolder, opened, run, usable
from labfolio.engines.time_limit import limited
from labfolio.model.allowance import Allowed
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.site import LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is wrong, what is left out and why, and which warnings stand by an allowance."""

    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...] = ()
    allowed: tuple[Allowed, ...] = ()


def check_all(
    folder: SiteFolder, environment: Mapping[str, str], stated: str = "", changed: Mapping[str, bytes] | None = None
) -> Found:
    """All that is wrong with a folder. Raises Unusable where it cannot be read at all.

    `changed` is read in the place of the files of these paths.
    """
    result = run(folder, environment, stated, drawn=False, changed=changed)
    return Found(diagnostics=result.diagnostics, left_out=result.left_out, allowed=result.allowed)


def check_some(
    folder: SiteFolder,
    paths: Collection[str],
    environment: Mapping[str, str],
    stated: str = "",
    changed: Mapping[str, bytes] | None = None,
) -> Found:
    """The same of some files and folders, by their paths relative to the root. Raises Unusable."""
    from labfolio.check import about, answering, check, lies_in

    tree, day = opened(folder, environment, stated, changed)
    with usable(folder):
        found = check(tree, replace(folder.settings, proof=True), day, paths, limited)
    if found is not None:
        return Found(diagnostics=found.diagnostics, left_out=found.left_out, allowed=found.allowed)
    everything = check_all(folder, environment, stated, changed)
    wanted = answering(paths, tree)

    def asked(path: str) -> bool:
        return any(lies_in(path, one) for one in wanted)

    return Found(
        diagnostics=about(everything.diagnostics, wanted),
        left_out=tuple(item for item in everything.left_out if asked(item.path)),
        allowed=tuple(one for one in everything.allowed if asked(one.diagnostic.path)),
    )
