"""Putting single files into an author's folder: whole, below its root, and through no symbolic link."""

import stat
from pathlib import Path, PurePosixPath

from labfolio.files.destinations import replace_file


class Blocked(Exception):
    """A file cannot be put where it belongs; the message says why."""


def standing(root: Path, path: str) -> bytes | None:
    """What a file below the root holds, None where there is none.

    Raises Blocked where something else stands in its place or on the way to it, and OSError.
    """
    place = _way(root, path)
    try:
        found = place.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        what = "a symbolic link" if stat.S_ISLNK(found.st_mode) else "no regular file"
        raise Blocked(f"{path} is {what}")
    return place.read_bytes()


def place(root: Path, path: str, content: bytes) -> None:
    """Writes a file below the root, with the folders that it lies in. Raises Blocked and OSError."""
    standing(root, path)
    to = _way(root, path)
    to.parent.mkdir(parents=True, exist_ok=True)
    replace_file(to, content)


def _way(root: Path, path: str) -> Path:
    """The place of a path, once every folder on the way is one. Raises Blocked."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or any(part in ("..", ".") or "\\" in part or ":" in part for part in parts):
        raise Blocked(f"{path} leaves the site")
    at = root
    for part in parts[:-1]:
        at = at / part
        if at.is_symlink():
            raise Blocked(f"{path} would be written through {at.relative_to(root).as_posix()}, a symbolic link")
        if at.exists() and not at.is_dir():
            raise Blocked(f"{path} cannot be written: {at.relative_to(root).as_posix()} is a file")
    return at / parts[-1]
