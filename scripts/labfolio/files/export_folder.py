"""Writing an export into a folder that others work in: file by file, so that whoever watches it sees what changed.

Only what an earlier export wrote there is ever written over or deleted, and only while it is as that export left it.
"""

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePath

from labfolio.files.destinations import DestinationError, check_place, replace_file
from labfolio.files.lock import locked
from labfolio.files.manifest import MARKER, foreign, listed, marker_of

_NAMED = 3


def export_to(folder: Path, files: Mapping[str, bytes], sources: Iterable[Path], beside: Collection[str] = ()) -> int:
    """Brings a folder to hold `files`, by path; how many of them were not there as they are. `beside` are names in it
    that belong to another program, `sources` are never written into. Raises DestinationError, and OSError for a file
    that cannot be read or written.

    A run that is stopped leaves a folder that the next one brings to its end.
    """
    folder = folder.absolute()
    check_place(folder, sources, folder.name or str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        new = {path: sha256(content).hexdigest() for path, content in files.items()}
        old = listed(folder)
        there = {path: digest for path in old if (digest := _digest(folder, path))}
        _check(folder, new, old, there, beside)
        changed = [path for path in sorted(new) if there.get(path) != new[path]]
        stale = sorted(there.keys() - new.keys())
        if changed or stale or not (folder / MARKER).is_file():
            # Whatever is written from here on is on the list already.
            both = {*((path, one) for path, digests in old.items() for one in digests), *new.items()}
            replace_file(folder / MARKER, marker_of(both))
            _delete(folder, stale)
            for path in changed:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                replace_file(folder / path, files[path], durable=False)
            replace_file(folder / MARKER, marker_of(new.items()))
    return len(changed)


def _check(
    folder: Path,
    new: Mapping[str, str],
    old: Mapping[str, frozenset[str]],
    there: Mapping[str, str],
    beside: Collection[str],
) -> None:
    """Raises DestinationError where somebody else's work is in the folder."""
    others = [path for path in foreign(folder) if path.split("/")[0] not in beside]
    if others:
        what = "holds files that labfolio did not write"
        raise DestinationError(f"{folder.name} {what}: {_named(others)}; move them away, or name another folder")
    edited = [path for path, digest in there.items() if digest not in {*old[path], new.get(path)}]
    if edited:
        what = "holds files that were changed since they were exported"
        help = "write the changes into the sources and delete these files, or name another folder"
        raise DestinationError(f"{folder.name} {what}: {_named(sorted(edited))}; {help}")


def _named(paths: list[str]) -> str:
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(one.encode("utf-8", "replace").decode() for one in paths[:_NAMED]) + more


def _digest(folder: Path, path: str) -> str:
    """The SHA-256 of a file; empty where there is none, and for a path that leads out of the folder."""
    if ".." in PurePath(path).parts or PurePath(path).is_absolute():
        return ""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return sha256((folder / path).read_bytes()).hexdigest()
    return ""


def _delete(folder: Path, stale: Iterable[str]) -> None:
    for path in stale:
        (folder / path).unlink()
        for parent in _folders(path):
            # One that holds something else stays.
            with contextlib.suppress(OSError):
                os.rmdir(folder / parent)


def _folders(path: str) -> Iterator[str]:
    """The folders above a file, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
