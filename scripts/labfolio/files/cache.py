"""Bytes kept from one build to the next: files named after all that went into them, each checked when it is read.

Nothing here is ever needed: what is missing, damaged or cannot be read or written is made again.
"""

import contextlib
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable
from pathlib import Path

from labfolio.files.destinations import replace_file
from labfolio.files.sources import read_regular

# An entry with its card and figures takes 170 KiB: of 5,000 all are kept, with room for as many that changed.
LIMIT = 2 * 1024 * 1024 * 1024
# Raised when the form of an entry changes: entries of another form are made again.
_FORM = b"labfolio cache 2\n"
_DIGEST = 64
# Seconds in which a file that is asked for again stays as old as it is.
_ASKED_LATELY = 3600
# The entries, and those that a killed build left unfinished: nothing else in the folder is ever removed.
_OWN = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{64}-\w+")


class Cache:
    """A memory in a folder that is made when there is something to write; it keeps itself out of Git.

    `limit` is its largest size in bytes; beyond it what was not asked for longest goes first.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._size: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it yet."""
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            return not any(_OWN.fullmatch(entry.name) for entry in entries)
        return True

    def __call__(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes kept under a key, else what `make` gives. Raises what `make` raises."""
        content = self.get(key)
        if content is None:
            content = make()
            self.put(key, content)
        return content

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, None where there are none or where they are in doubt."""
        return self._read(self._path(key))

    def put(self, key: str, content: bytes) -> None:
        """Keeps bytes under a key."""
        # A disk that is full, or may not be written, costs time alone.
        with contextlib.suppress(OSError):
            self._write(self._path(key), content)

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()

    def _read(self, path: Path) -> bytes | None:
        """What a file holds, None where it is in doubt."""
        try:
            found = os.lstat(path)
            if not stat.S_ISREG(found.st_mode) or found.st_size > self._limit + _DIGEST:
                return None
            data = read_regular(path, self._limit + _DIGEST)
        except OSError:
            return None
        digest, content = data[:_DIGEST], data[_DIGEST:]
        if _digest(path.name, content) != digest:
            return None
        # Which was asked for last need not be known to the second.
        if abs(time.time() - found.st_mtime) > _ASKED_LATELY:
            with contextlib.suppress(OSError):
                os.utime(path)
        return content

    def _write(self, path: Path, content: bytes) -> None:
        """Keeps the bytes. Raises OSError."""
        if not self._folder.is_dir():
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(self._folder / ".gitignore", b"*\n", durable=False)
        if len(content) + _DIGEST > self._limit:
            return
        # What a power failure damages is made again.
        replace_file(path, _digest(path.name, content) + content, durable=False)
        self._size = self._measured() if self._size is None else self._size + len(content) + _DIGEST
        if self._size > self._limit:
            self._size = self._measured(self._limit * 3 // 4)

    def _measured(self, limit: int | None = None) -> int:
        """The size of all files; with a limit, what it is once the oldest are gone. Another build may remove some."""
        files: list[tuple[int, str, int]] = []
        for entry in os.scandir(self._folder):
            with contextlib.suppress(OSError):
                found = entry.stat(follow_symlinks=False)
                if _OWN.fullmatch(entry.name) and stat.S_ISREG(found.st_mode):
                    files.append((found.st_mtime_ns, entry.path, found.st_size))
        size = sum(one for _, _, one in files)
        for _, path, one in sorted(files):
            if limit is None or size <= limit:
                break
            with contextlib.suppress(OSError):
                os.unlink(path)
            size -= one
        return size


def _digest(name: str, content: bytes) -> bytes:
    """Binds the bytes to the name, which is the key's: an entry in the place of another one is in doubt."""
    return hashlib.sha256(_FORM + name.encode() + content).hexdigest().encode()
