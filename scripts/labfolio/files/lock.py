"""One program at a time: locks that go with the program that held them, so that none is ever stale.

Nothing is locked on Windows, which has no flock (there a folder in use cannot be renamed, and one line is one write),
nor on a file system without locks.
"""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

# NFS locks a folder only for those who could write it as a file, which is nobody: EBADF.
_NO_LOCKS = (errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
# Seconds before somebody who waits is told why.
_PATIENCE = 2.0


class NoLocks(Exception):
    """This system or this file system has no locks."""


def lock(handle: int, name: str) -> None:
    """Waits for the lock on an open file; closing the file lets go. Raises OSError.

    Whoever waits longer than a moment is told on standard error, with the process that has the lock.
    """
    try:
        patient = time.monotonic() + _PATIENCE
        while not free(handle):
            if time.monotonic() > patient:
                print(f"labfolio: {_owner(handle)} is writing in {name}; waiting for it", file=sys.stderr)
                if sys.platform != "win32":
                    fcntl.flock(handle, fcntl.LOCK_EX)
                return
            time.sleep(0.02)
    except NoLocks:
        return


def free(handle: int) -> bool:
    """Takes the lock on an open file if nobody has it; whether it was taken. Raises NoLocks and OSError."""
    if sys.platform == "win32":
        raise NoLocks
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            raise NoLocks from error
        raise
    return True


def _owner(handle: int) -> str:
    """Who has the lock on an open file, as far as the system tells: Linux lists all locks by inode."""
    inode = os.fstat(handle).st_ino
    with contextlib.suppress(OSError):
        for line in Path("/proc/locks").read_text(encoding="ascii", errors="replace").splitlines():
            cells = line.split()
            if cells[1:2] == ["FLOCK"] and len(cells) > 5 and cells[5].endswith(f":{inode}"):
                return f"another program (process {cells[4]})"
    return "another program"


@contextlib.contextmanager
def locked_file(path: Path) -> Iterator[None]:
    """Holds the lock on a file that is about to be replaced. Raises OSError."""
    if sys.platform == "win32":
        yield
        return
    with open(path, "rb") as file:
        lock(file.fileno(), path.name)
        yield


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the lock on a folder. Raises OSError."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        lock(handle, f"{folder.resolve().name}/")
        yield
    finally:
        os.close(handle)
