"""Appending to a file that several programs may append to at once."""

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

from labfolio.files.destinations import create_file
from labfolio.files.lock import lock
from labfolio.files.signals import held_back

# What is appended to a file of these bytes; nothing where it is to stay as it is.
Added = Callable[[bytes], bytes]


def append(path: Path, added: Added) -> None:
    """Appends what a file of these bytes is to end with, a new line of its own. Raises OSError, the file as it was.

    Nobody else appends between the look at the file and the write, and each append is one write. A file that is not
    there counts as an empty one; `added` is asked again where somebody makes it meanwhile.
    """
    if not path.exists():
        content = added(b"")
        # Whoever is killed between opening a file and writing into it leaves an empty one.
        with contextlib.suppress(FileExistsError):
            if content:
                create_file(path, content)
            return
    handle = _opened(path)
    try:
        before = _whole(handle)
        content = added(before)
        if content:
            unfinished = before and not before.endswith(b"\n")
            with held_back():
                _write(path, handle, b"\n" + content if unfinished else content, len(before))
    finally:
        os.close(handle)


def _write(path: Path, handle: int, data: bytes, size: int) -> None:
    """Writes at the end of a file of this size, and takes back what was not written whole. Raises OSError."""
    try:
        if os.write(handle, data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, size)
        raise OSError(error.errno, error.strerror, str(path)) from error


def _opened(path: Path) -> int:
    """The file, locked; opened again where another took its place while the lock was waited for."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    while True:
        handle = os.open(path, flags, 0o644)
        try:
            lock(handle, path.name)
            if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _whole(handle: int) -> bytes:
    """All bytes of an open file, which stays open."""
    with open(handle, "rb", closefd=False) as file:
        return file.read()
