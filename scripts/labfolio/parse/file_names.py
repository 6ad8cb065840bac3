"""Names of files and folders that become parts of URLs, and of folders on the disks of others."""

import re
from collections.abc import Iterable
from unicodedata import normalize

_PLAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?")
# Windows keeps these for devices, whatever ending they have (learn.microsoft.com: Naming Files, Paths, and Namespaces).
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# Other endings of Markdown that MkDocs knows; labfolio reads `.md`.
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def unsafe_part(parts: Iterable[str]) -> tuple[str, str, str]:
    """The first name among some that cannot stand in a URL or on another system's disk, why, and one that can.

    All three are empty where every name can.
    """
    for part in parts:
        if _DEVICES.fullmatch(part):
            return part, "is the name of a device on Windows", f"{part}-page"
        if not _PLAIN.fullmatch(part):
            plain = normalize("NFKD", part).encode("ascii", "ignore").decode().lower()
            safe = re.sub(r"[^a-z0-9._-]+", "-", plain).strip("-._") or "entry"
            return part, "cannot stand in a URL as it is", safe
    return "", "", ""


def leads_out(name: str, path: str) -> bool:
    """Whether a name in a field, resolved to `path` from the root, is no file of the site and never can be."""
    return name.startswith(("/", "~", "\\")) or "%2e" in name.lower() or "..\\" in name or path.split("/")[0] == ".."


def other_markdown(path: str) -> bool:
    """Whether a file is Markdown by a name that labfolio does not read."""
    return path.lower().endswith(_MARKDOWN) and not path.endswith(".md")
