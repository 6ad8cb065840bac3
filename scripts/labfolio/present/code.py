"""Where the code of entries can be seen: their repository at the commit that was run."""

from collections.abc import Iterable, Mapping
from posixpath import dirname

from labfolio.markdown.repository import Repository, parted
from labfolio.model.entry import Entry
from labfolio.model.front_matter import Evidence
from labfolio.model.site import Settings
from labfolio.parse.measure import Findings


def repositories(
    entries: Iterable[Entry], findings: Mapping[str, Findings], settings: Settings
) -> dict[str, Repository]:
    """The repository of each entry of which a commit is known, by its source."""
    found = ((entry.path, _repository(entry, findings.get(entry.path), settings.repo_url)) for entry in entries)
    return {path: repository for path, repository in found if repository}


def _repository(entry: Entry, measured: Findings | None, site: str) -> Repository | None:
    """A stated commit is one of the entry's own repository; a recorded one is one of the site's.

    A commit from which sources differed when it was recorded shows other lines, so it is not linked.
    """
    front, environment = entry.front, measured.environment if measured else None
    if not isinstance(front, Evidence):
        return None
    if not front.commit:
        recorded = environment.commit if environment and not environment.dirty else None
        return Repository(address=site, commit=recorded) if recorded and site else None
    own = front.repository or site
    whole = parted(own) == parted(site)
    return Repository(address=own, commit=front.commit, folder="" if whole else dirname(entry.path)) if own else None
