"""The marker of a site that labfolio wrote: the list of its files, by which another's work among them is found.

One line a file, as `sha256sum` writes them, so that `sha256sum --check .labfolio` tells whether a site is whole.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from labfolio.files.snapshot import state_of
from labfolio.model.snapshot import FOLDER, LINK, FileState

MARKER = ".labfolio"
# What the file managers of macOS, Windows and KDE leave in any folder that is looked at: nobody's work.
_LEFT_BY_PROGRAMS = frozenset({".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".directory"})
FILE_MODE, _FOLDER_MODE = 0o644, 0o755


def sign(folder: Path) -> dict[str, FileState]:
    """Writes the marker of a finished folder, and gives every file and folder the rights that a web server needs,
    whatever the umask is. Raises OSError.

    What then stands in the folder, by its path after a slash; the folder itself has the empty name.
    """
    rows = []
    states: dict[str, FileState] = {}
    for path, entry in _files(folder):
        if entry.is_symlink():
            content = os.fsencode(os.readlink(entry.path))
            states[f"/{path}"] = state_of(LINK + os.path.realpath(entry.path), os.lstat(entry.path))
        else:
            content = Path(entry.path).read_bytes()
            states[f"/{path}"] = state_of(hashlib.sha256(content).hexdigest(), _permit(entry.path, FILE_MODE))
        if path != MARKER:
            rows.append(hashlib.sha256(content).hexdigest().encode() + b"  " + _written(path) + b"\n")
    marker, content = folder / MARKER, b"".join(rows)
    marker.write_bytes(content)
    states[f"/{MARKER}"] = state_of(hashlib.sha256(content).hexdigest(), _permit(marker, FILE_MODE))
    for parent, _, _ in os.walk(folder):
        states[parent.removeprefix(str(folder)).replace(os.sep, "/")] = state_of(FOLDER, _permit(parent, _FOLDER_MODE))
    return states


def _permit(path: str | Path, mode: int) -> os.stat_result:
    found = os.stat(path)
    if stat.S_IMODE(found.st_mode) != mode:
        os.chmod(path, mode)
        found = os.stat(path)
    return found


def foreign(site: Path) -> tuple[str, ...]:
    """What in a site's folder its marker does not list, sorted; a folder of nothing else as one, with a `/`.

    A folder without a marker holds nothing of labfolio's. Raises OSError.
    """
    listed = _listed(site)
    folders = {path.rsplit(b"/", count)[0] for path in listed for count in range(1, path.count(b"/") + 1)}
    return tuple(_foreign(site, "", listed, folders))


def _foreign(folder: Path, above: str, listed: frozenset[bytes], folders: Iterable[bytes]) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = above + entry.name
        if entry.is_dir(follow_symlinks=False):
            below = list(_foreign(folder / entry.name, f"{path}/", listed, folders))
            if _written(path) in folders:
                yield from below
            elif below:
                yield f"{path}/"
        elif _written(path) not in listed and path != MARKER and not _left_by_a_program(entry.name):
            yield path


def _left_by_a_program(name: str) -> bool:
    return name in _LEFT_BY_PROGRAMS or name.startswith("._")


def _listed(site: Path) -> frozenset[bytes]:
    """The paths in the marker as they are written there; none where there is no marker, or something in its place."""
    return frozenset(path for _, path in _rows(site))


def _rows(site: Path) -> Iterator[tuple[bytes, bytes]]:
    marker = site / MARKER
    if not marker.is_file() or marker.is_symlink():
        return
    lines = (line.partition(b"  ") for line in marker.read_bytes().split(b"\n"))
    yield from ((digest, path) for digest, _, path in lines if len(digest) == 64 and path)


def listed(folder: Path) -> Mapping[str, frozenset[str]]:
    """The SHA-256 of every file that the marker of a folder lists; more than one for a file that was being written
    when a run was stopped. Raises OSError."""
    found: dict[str, frozenset[str]] = {}
    for digest, path in _rows(folder):
        name = os.fsdecode(path.replace(b"\\n", b"\n"))
        found[name] = found.get(name, frozenset()) | {digest.decode("ascii", "replace")}
    return found


def marker_of(files: Iterable[tuple[str, str]]) -> bytes:
    """The marker that lists files, given by path and SHA-256."""
    return b"".join(digest.encode() + b"  " + _written(path) + b"\n" for path, digest in sorted(files))


def _files(folder: Path, above: str = "") -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Everything below a folder that is no folder, by its path there, sorted."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(folder / entry.name, f"{above}{entry.name}/")
        else:
            yield above + entry.name, entry


def _written(path: str) -> bytes:
    """A path as it stands in the marker: in one line, whatever its bytes are."""
    return os.fsencode(path).replace(b"\n", b"\\n")
