"""One program at a time: locks that go with the program that held them.

Nothing is locked on Windows, which has no flock: there a folder in use cannot be renamed, and one line is one write.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def lock(handle: int) -> None:
    """Waits for the lock on an open file; closing the file lets go. Raises OSError."""
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX)


@contextlib.contextmanager
def locked_file(path: Path) -> Iterator[None]:
    """Holds the lock on a file that is about to be replaced. Raises OSError."""
    if sys.platform == "win32":
        yield
        return
    with open(path, "rb") as file:
        lock(file.fileno())
        yield


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the lock on a folder. Raises OSError."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        lock(handle)
        yield
    finally:
        os.close(handle)
