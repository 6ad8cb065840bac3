"""Appending to a file that several programs may append to at once."""

import contextlib
import errno
import os
from pathlib import Path

from labfolio.files.destinations import create_file
from labfolio.files.lock import lock
from labfolio.files.signals import held_back


def append_line(path: Path, header: str, line: str) -> None:
    """Appends one line, after `header` where the file is new or empty. Raises OSError, the file as it was.

    The lock keeps the header single and an unfinished last line apart from the next; each append is one write.
    """
    if not path.exists():
        # Whoever is killed between opening a file and writing into it leaves an empty one.
        with contextlib.suppress(FileExistsError):
            create_file(path, (header + line).encode())
            return
    handle = _opened(path)
    try:
        size = os.fstat(handle).st_size
        text = line if size else header + line
        if size and _last(handle) != b"\n":
            text = "\n" + text
        data = text.encode()
        with held_back():
            _write(path, handle, data, size)
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


def _last(handle: int) -> bytes:
    """The file's last byte."""
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1)
