"""Writing a site whole: beside the old one, then swapped in. The old site stays until the new one is complete.

Only a folder that labfolio wrote before (it carries a marker) or an empty one is ever replaced. A crash at any moment
leaves the old or the new site; what it leaves beside them is cleared by the next run.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from labfolio.files.lock import locked
from labfolio.model.site import Output

MARKER = ".labfolio"
_NEW, _OLD = ".labfolio-new-", ".labfolio-old-"


class DestinationError(Exception):
    """The output folder cannot be used; the message says why and what to do."""


def prepare(site: Path, sources: Iterable[Path]) -> Path:
    """An empty folder beside `site` to build in. Raises DestinationError where `site` must not be replaced."""
    site = site.absolute()
    _check(site, [source.absolute() for source in sources])
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        with locked(site.parent):
            _recover(site)
            folder = Path(tempfile.mkdtemp(prefix=f".{site.name}{_NEW}{os.getpid()}-", dir=site.parent))
        folder.chmod(0o755)
    except OSError as error:
        raise DestinationError(f"cannot write beside {site.name}: {error.strerror}") from error
    return folder


def write(folder: Path, outputs: Iterable[Output]) -> None:
    """Writes every output below a prepared folder. Raises DestinationError."""
    for output in outputs:
        path = folder / output.path
        if not path.resolve().is_relative_to(folder.resolve()):
            raise DestinationError(f"{output.path} leaves the site")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(output.content)
        except OSError as error:
            raise DestinationError(f"cannot write {output.path}: {error.strerror}") from error


def swap(folder: Path, site: Path) -> None:
    """Puts a finished folder in the place of `site`, with its marker. Raises DestinationError, the old site whole."""
    site = site.absolute()
    try:
        (folder / MARKER).write_bytes(_manifest(folder))
        _sync()
        with locked(site.parent):
            old = Path(tempfile.mkdtemp(prefix=f".{site.name}{_OLD}{os.getpid()}-", dir=site.parent))
            if site.exists():
                os.replace(site, old / "site")
            try:
                os.replace(folder, site)
            except OSError:
                if (old / "site").exists():
                    os.replace(old / "site", site)
                raise
            finally:
                shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        discard(folder)
        raise DestinationError(f"cannot put the site in place: {error.strerror}") from error


def discard(folder: Path) -> None:
    """Removes a prepared folder that will not become the site."""
    shutil.rmtree(folder, ignore_errors=True)


def _check(site: Path, sources: list[Path]) -> None:
    resolved = site.resolve()
    inside = [source for source in sources if source.resolve().is_relative_to(resolved)]
    if inside or resolved in (Path.home().resolve(), Path(resolved.anchor)):
        raise DestinationError(f"site_dir {site.name} holds the sources; choose a folder of its own")
    if site.is_symlink():
        raise DestinationError(f"site_dir {site.name} is a symbolic link; name the folder itself")
    if site.exists() and not site.is_dir():
        raise DestinationError(f"site_dir {site.name} is a file; move it away")
    if site.is_dir() and not (site / MARKER).is_file() and any(site.iterdir()):
        raise DestinationError(
            f"site_dir {site.name} holds files that labfolio did not write; empty it or choose another folder"
        )


def _recover(site: Path) -> None:
    """Ends what a killed run began: an old site set aside comes back, unfinished folders of dead runs go."""
    for old in sorted(site.parent.glob(f".{site.name}{_OLD}*")):
        if (old / "site").is_dir() and not site.exists():
            os.replace(old / "site", site)
        shutil.rmtree(old, ignore_errors=True)
    for unfinished in site.parent.glob(f".{site.name}{_NEW}*"):
        owner = unfinished.name.rpartition(_NEW)[2].partition("-")[0]
        if not (owner.isdigit() and _alive(int(owner))):
            shutil.rmtree(unfinished, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _manifest(folder: Path) -> bytes:
    """One line a file, sorted: SHA-256 and path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MARKER)
    rows = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in paths]
    return ("\n".join(rows) + "\n").encode()


def _sync() -> None:
    """Asks the disk to keep the files before the old site goes."""
    if hasattr(os, "sync"):
        os.sync()


def replace_file(path: Path, content: bytes) -> None:
    """Writes one file whole: beside the old one, then in its place. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def create_file(path: Path, content: bytes) -> None:
    """Writes a new file whole, with the folders above it. Raises FileExistsError where there is one, and OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.link(name, path)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)
