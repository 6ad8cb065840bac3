"""Taking a snapshot of folders: names and times of all files, bytes only of those that may have been written since."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from labfolio.files.sources import SKIPPED, read_regular
from labfolio.model.snapshot import FOLDER, LINK, FileState, Snapshot
from labfolio.model.source import FILE_LIMIT, NOTEBOOK_LIMIT, WELL_KNOWN

# How much of a place counts: of sources the name alone of what no build reads (hidden, or a tool's own), of a program
# all but what Python compiles, else all.
Extent = Literal["sources", "program", "all"]


class Place(NamedTuple):
    """A file or a folder, and how much of it counts."""

    path: Path
    extent: Extent = "all"


def moment(folder: Path) -> int:
    """Now, in ns by the clock of a folder's file system: what is written from here on is not older. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=".moment-", dir=folder)
    try:
        os.write(handle, b"\n")
        return os.fstat(handle).st_mtime_ns
    finally:
        os.close(handle)
        os.unlink(name)


def state_of(content: str, found: os.stat_result) -> FileState:
    """What stands at a path, of known content."""
    return FileState(
        content, stat.S_IMODE(found.st_mode), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
    )


def snapshot(places: Mapping[str, Place], since: int, known: Snapshot) -> Snapshot:
    """All that stands in some places, by their names here. Raises OSError where something cannot be read.

    A file that `known` vouches for is not read: its state is the one that is known. No link is followed.
    """
    files: dict[str, FileState] = {}
    for name, place in places.items():
        try:
            found = os.lstat(place.path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        files[name] = _state(name, os.fspath(place.path), found, known)
        if stat.S_ISDIR(found.st_mode):
            _look_below(os.fspath(place.path), name, place.extent, known, files)
        if place.extent == "program":
            # Python compiles into these folders while it runs.
            folders = [path for path, state in files.items() if state.content == FOLDER and path.startswith(name)]
            files |= {path: files[path]._replace(modified=0, changed=0) for path in folders}
    return Snapshot(since, files)


def _look_below(folder: str, above: str, extent: Extent, known: Snapshot, files: dict[str, FileState]) -> None:
    """Adds the states of all that is below a folder."""
    folders = [(folder, above)]
    while folders:
        folder, above = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if extent == "program" and name == "__pycache__":
                    continue
                path = f"{above}/{name}"
                files[path] = _state(path, entry.path, entry.stat(follow_symlinks=False), known)
                passed = name in SKIPPED or (name.startswith(".") and name != WELL_KNOWN)
                if entry.is_dir(follow_symlinks=False) and not (passed and extent == "sources"):
                    folders.append((entry.path, path))


def _state(name: str, path: str, found: os.stat_result, known: Snapshot) -> FileState:
    if stat.S_ISDIR(found.st_mode):
        return state_of(FOLDER, found)
    state = state_of("", found)
    if known.vouches_for(name, state):
        return known.files[name]
    if stat.S_ISLNK(found.st_mode):
        return state._replace(content=LINK + os.path.realpath(path))
    if not stat.S_ISREG(found.st_mode):
        return state._replace(content=f"? {stat.S_IFMT(found.st_mode)}")
    if found.st_size > (NOTEBOOK_LIMIT if name.lower().endswith(".ipynb") else FILE_LIMIT):
        # No build reads more of it than that it is too large.
        return state._replace(content=f"large {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}")
    return state._replace(content=hashlib.sha256(read_regular(Path(path))).hexdigest())
