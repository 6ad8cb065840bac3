"""Writing a site whole: beside the old one, then swapped in. The old site stays until the new one is complete.

Only a folder in which every file is on the list that labfolio left there, or an empty one, is ever replaced. A crash at
any moment leaves the old or the new site; what it leaves beside them is cleared by the next run.
"""

import atexit
import contextlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from labfolio.files.kernel import exchange, flush
from labfolio.files.lock import NoLocks, free, locked
from labfolio.files.manifest import FILE_MODE, foreign, sign
from labfolio.files.signals import held_back
from labfolio.files.sources import read_regular
from labfolio.model.site import Output
from labfolio.model.snapshot import FileState

_NEW, _OLD = ".labfolio-new-", ".labfolio-old-"
# Seconds after which a folder that cannot be locked is taken for a dead run's.
_ABANDONED = 24 * 3600
_NAMED = 3
# This run's folders that are no site yet. The open handle holds a lock that tells other runs so; -1 without locks.
_unfinished: dict[Path, int] = {}


class DestinationError(Exception):
    """The output folder cannot be used; the message says why and what to do."""


def prepare(site: Path, sources: Iterable[Path]) -> Path:
    """An empty folder beside `site` to build in. Raises DestinationError where `site` must not be replaced.

    What is neither swapped in nor discarded goes when the program ends.
    """
    site = site.absolute()
    try:
        _check(site, sources)
        site.parent.mkdir(parents=True, exist_ok=True)
        with locked(site.parent), held_back():
            _recover(site)
            return _begun(Path(tempfile.mkdtemp(prefix=f".{site.name}{_NEW}", dir=site.parent)))
    except OSError as error:
        raise DestinationError(f"cannot write beside {site.name}: {error.strerror}") from error


def write(folder: Path, outputs: Iterable[Output], site: Path | None = None) -> None:
    """Writes every output below a prepared folder. Raises DestinationError.

    A file that stands in `site` with the same bytes is given a second name there, until the site is replaced.
    """
    root, made = os.path.realpath(folder), {""}
    for output in outputs:
        path = os.path.join(root, output.path)
        parent = os.path.dirname(path)
        try:
            if parent not in made:
                if not Path(os.path.realpath(parent)).is_relative_to(root):
                    raise DestinationError(f"{output.path} leaves the site")
                os.makedirs(parent, exist_ok=True)
                made.add(parent)
            content = output.content
            if site is None or not _linked(site / output.path, content, path):
                # Never over what is there, which may be another name for a file of the old site.
                with open(path, "xb") as file:
                    file.write(content)
        except OSError as error:
            raise unwritten(output.path, error) from error


def _linked(standing: Path, content: bytes, path: str) -> bool:
    """Whether a path is another name now for a file that holds these bytes already, with the rights of a site's."""
    try:
        found = os.lstat(standing)
        if not stat.S_ISREG(found.st_mode) or stat.S_IMODE(found.st_mode) != FILE_MODE:
            return False
        if found.st_size != len(content) or read_regular(standing, len(content)) != content:
            return False
        os.link(standing, path, follow_symlinks=False)
    except OSError:  # another disk, or one whose files have one name each
        return False
    return True


def unwritten(path: str, error: OSError) -> DestinationError:
    """A file of the new site that could not be written, as an author is told."""
    return DestinationError(f"cannot write {path}: {error.strerror or error}; the site is as it was")


def swap(folder: Path, site: Path) -> dict[str, FileState]:
    """Puts a finished folder in the place of `site`, with its marker; what stood in it, as `sign` gives it.

    Raises DestinationError, the old site whole.
    """
    site = site.absolute()
    try:
        states = sign(folder)
        flush(folder)
        with locked(site.parent), held_back():
            # Somebody may have put work of their own there while the new site was built.
            _check_owner(site)
            if not site.exists():
                os.rename(folder, site)
            elif not exchange(folder, site):
                _replace(folder, site)
    except OSError as error:
        discard(folder)
        raise unwritten(f"{site.name}/", error) from error
    except BaseException:
        discard(folder)
        raise
    # By now the folder's name stands for the old site, or for nothing.
    discard(folder)
    return states


def _replace(folder: Path, site: Path) -> None:
    """Two renames, between which there is no site; the next run ends them if this one is killed. Raises OSError."""
    old = Path(tempfile.mkdtemp(prefix=f".{site.name}{_OLD}", dir=site.parent))
    try:
        os.rename(site, old / "site")
        try:
            os.rename(folder, site)
        except OSError:
            os.rename(old / "site", site)
            raise
    finally:
        if site.exists():
            shutil.rmtree(old, ignore_errors=True)


def discard(folder: Path) -> None:
    """Removes a prepared folder that will not become the site."""
    with held_back():
        _remove(folder)
        handle = _unfinished.pop(folder, -1)
        if handle >= 0:
            os.close(handle)


@atexit.register
def _discard_all() -> None:
    for folder in tuple(_unfinished):
        discard(folder)


def _begun(folder: Path) -> Path:
    """The new folder, locked for as long as this run needs it."""
    handle = -1
    # A folder that cannot be locked lives by its age alone.
    with contextlib.suppress(OSError, NoLocks):
        handle = os.open(folder, os.O_RDONLY)
        free(handle)
    _unfinished[folder] = handle
    return folder


def _check(site: Path, sources: Iterable[Path]) -> None:
    """Raises DestinationError where a folder must not be replaced, and OSError where it cannot be looked at."""
    name = f"site_dir {site.name or site}"
    check_place(site, sources, name)
    if os.path.ismount(site):
        raise DestinationError(f"{name} is a disk of its own, which cannot be swapped; name a folder on it")
    _check_owner(site)


def check_place(site: Path, sources: Iterable[Path], name: str) -> None:
    """Raises DestinationError where a folder cannot be written beside the sources, and OSError where it cannot be
    looked at; `name` is what the message calls it."""
    if site.is_symlink():
        raise DestinationError(f"{name} is a symbolic link; name the folder itself")
    resolved = Path(os.path.realpath(site))
    real = [Path(os.path.realpath(source)) for source in sources]
    home = os.path.expanduser("~")
    kept = [*real, Path(os.path.realpath(home))] if home != "~" else real
    if any(one.is_relative_to(resolved) for one in kept):
        raise DestinationError(f"{name} holds the sources or your home folder; choose a folder of its own")
    if any(resolved.is_relative_to(one) for one in real):
        raise DestinationError(f"{name} lies among the sources; choose a folder of its own beside them")
    if site.exists() and not site.is_dir():
        raise DestinationError(f"{name} is a file; move it away")
    above = next(one for one in site.parents if one.exists())
    if not above.is_dir():
        raise DestinationError(f"{name} lies below {above.name}, which is a file; move it away")


def _check_owner(site: Path) -> None:
    """Raises DestinationError for a folder that holds files of somebody else."""
    others = foreign(site) if site.is_dir() else ()
    if others:
        named = ", ".join(one.encode("utf-8", "replace").decode() for one in others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        raise DestinationError(
            f"site_dir {site.name} holds files that labfolio did not write: {named}{more}; "
            "move them away, since a build replaces the whole folder, or choose another folder"
        )


def _recover(site: Path) -> None:
    """Ends what a killed run began: an old site set aside comes back, unfinished folders of dead runs go."""
    beside = sorted(path for path in site.parent.iterdir() if path.name.startswith(f".{site.name}.labfolio-"))
    for old in (path for path in beside if path.name.startswith(f".{site.name}{_OLD}")):
        if (old / "site").is_dir() and not site.exists():
            os.rename(old / "site", site)
        _remove(old)
    for folder in (path for path in beside if path.name.startswith(f".{site.name}{_NEW}")):
        if folder not in _unfinished and _is_abandoned(folder):
            _remove(folder)


def _is_abandoned(folder: Path) -> bool:
    """Whether the run that made a folder is over: its lock is free, or, without locks, nobody touched it for a day."""
    if folder.is_symlink() or not folder.is_dir():
        return True
    try:
        if sys.platform == "win32":
            raise NoLocks
        handle = os.open(folder, os.O_RDONLY)
        try:
            return free(handle)
        finally:
            os.close(handle)
    except NoLocks:
        return time.time() - folder.stat().st_mtime > _ABANDONED
    except OSError:
        return False


def _remove(folder: Path) -> None:
    """Removes what a run left; what cannot be removed now goes with the next run."""
    if folder.is_symlink() or folder.is_file():
        with contextlib.suppress(OSError):
            os.unlink(folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def replace_file(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Writes one file whole: beside the old one, then in its place. Raises OSError, which names the file.

    Unless it is `durable`, a power failure may leave the file empty.
    """
    with _named(path), held_back():
        name = _beside(path, content, durable)
        try:
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.replace(name, path)
        except BaseException:
            _unlink(name)
            raise


def create_file(path: Path, content: bytes) -> None:
    """Writes a new file whole, with the folders above it. Raises FileExistsError where there is one, and OSError."""
    with _named(path), held_back():
        path.parent.mkdir(parents=True, exist_ok=True)
        name = _beside(path, content, durable=True)
        try:
            os.chmod(name, 0o644)
            os.link(name, path)
        finally:
            _unlink(name)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """A failure carries the name of the file that was meant, not of the one beside it. Raises OSError."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _beside(path: Path, content: bytes, durable: bool) -> str:
    """A file of this content beside another one. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                # A rename may reach the disk before the bytes do: after a power failure the file would be empty.
                os.fsync(file.fileno())
    except BaseException:
        _unlink(name)
        raise
    return name


def _unlink(name: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name)
