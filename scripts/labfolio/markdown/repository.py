"""Where a reader sees code: lines of a file at a commit, on the hosts whose addresses are known."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

# What each host documents for lines of a file at a commit.
_FORMS = {
    "github": "{base}/blob/{commit}/{path}#L{first}-L{last}",
    "gitlab": "{base}/-/blob/{commit}/{path}#L{first}-{last}",
    "forgejo": "{base}/src/commit/{commit}/{path}#L{first}-L{last}",
    "sourcehut": "{base}/tree/{commit}/item/{path}#L{first}-{last}",
    "bitbucket": "{base}/src/{commit}/{path}#lines-{first}:{last}",
}
_HOSTS = {
    "github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "forgejo", "gitea.com": "forgejo",
    "git.sr.ht": "sourcehut", "bitbucket.org": "bitbucket",
}  # fmt: skip
# A folder within a repository, as these hosts write its address: its branch is left for the commit.
_FOLDER = re.compile(r"(?:/-)?/(?:tree|src/branch|src/commit|blob)/[^/]+(?:/(?P<folder>.*))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A repository at a commit; `folder` is the folder of the site that lies at its root, empty for all of it."""

    address: str
    commit: str
    folder: str = ""

    def lines(self, path: str, first: int = 0, last: int = 0) -> str:
        """The address of lines of a source file, or of the whole file.

        Empty where the host is not known or the file lies outside of the repository.
        """
        form = _FORMS.get(self._host(), "")
        folder = f"{self.folder}/" if self.folder else ""
        if not form or not path.startswith(folder):
            return ""
        base, inner = parted(self.address)
        place = posixpath.join(inner, path[len(folder) :])
        address = form.format(base=base, commit=self.commit, path=quote(place), first=first, last=last)
        return address if first else address.partition("#")[0]

    def _host(self) -> str:
        host = (urlsplit(self.address).hostname or "").removeprefix("www.")
        own = next((name for name in ("gitlab", "forgejo", "gitea") if host.startswith(f"{name}.")), "")
        return _HOSTS.get(host) or {"gitea": "forgejo"}.get(own, own)


def parted(address: str) -> tuple[str, str]:
    """The address of a repository, and the folder in it that a longer address names, empty for all of it."""
    bare = address.rstrip("/").removesuffix(".git")
    match = _FOLDER.search(urlsplit(bare).path)
    if not match:
        return bare, ""
    return bare[: len(bare) - len(match[0])], match["folder"] or ""
