"""Reading what another program wrote: regular files of one folder, or one file; nothing followed, nothing hidden."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from labfolio.files.sources import read_regular
from labfolio.model.source import Refused

# Folders of tools that hold no texts of authors.
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """The files below a folder by their paths in it, in sorted order, and what was not looked at.

    `read` gives the bytes of one of `files`, at most one more than the limit; it raises OSError.
    """

    files: tuple[str, ...]
    refused: tuple[Refused, ...]
    read: Callable[[str], bytes] = field(repr=False)


def read_foreign(path: Path) -> Foreign:
    """The files of a folder, or the one file that is named. Raises OSError."""
    files: list[str] = []
    refused: list[Refused] = []
    root = path if path.is_dir() else path.parent
    if path.is_dir():
        _walk(root, "", files, refused)
    else:
        files.append(path.name)
    known = frozenset(files)

    def read(name: str) -> bytes:
        if name not in known:
            raise FileNotFoundError(name)
        return read_regular(root / name)

    return Foreign(files=tuple(sorted(files)), refused=tuple(refused), read=read)


def _walk(root: Path, folder: str, files: list[str], refused: list[Refused]) -> None:
    for entry in sorted(os.scandir(root / folder), key=lambda entry: entry.name):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        try:
            path.encode()
        except UnicodeEncodeError:
            refused.append(Refused(path=path.encode("utf-8", "replace").decode(), reason="its name is not UTF-8"))
            continue
        if entry.is_symlink():
            refused.append(Refused(path=path, reason="it is a symbolic link"))
        elif entry.is_dir(follow_symlinks=False):
            _walk(root, path, files, refused)
        elif entry.is_file(follow_symlinks=False):
            files.append(path)
        else:
            refused.append(Refused(path=path, reason="it is not a regular file"))
