"""Bytes set aside in a file without a name: a large site is built in little memory, and nothing is left of the file."""

import contextlib
import os
import sys
import tempfile
from dataclasses import dataclass
from errno import EIO
from pathlib import Path
from typing import IO

from labfolio.files.record import cache_folder
from labfolio.model.content import Content

# Less is as large in memory as what says where it lies.
_LEAST = 1024


class Shelf:
    """Takes bytes for as long as there is room; what cannot be written stays in memory.

    Copies of the process that began it keep what they make: of one file they would overwrite each other's part.
    """

    def __init__(self, root: Path) -> None:
        self._owner, self._end = os.getpid(), 0
        self._file: IO[bytes] | None = None
        # A disk that is full, or may not be written, costs memory alone.
        with contextlib.suppress(OSError):
            # Its pieces keep it open, and it goes with the last of them.
            self._file = tempfile.TemporaryFile(dir=cache_folder(root), buffering=0)  # noqa: SIM115

    def __call__(self, content: bytes) -> Content:
        """The bytes on the shelf, or as they are."""
        if self._file is None or len(content) < _LEAST or os.getpid() != self._owner or sys.platform == "win32":
            return content
        try:
            _write(self._file.fileno(), content, self._end)
        except OSError:
            return content
        at, self._end = self._end, self._end + len(content)
        return _Piece(self._file, at, len(content))


@dataclass(frozen=True, slots=True)
class _Piece:
    file: IO[bytes]
    at: int
    size: int

    def read(self) -> bytes:
        """The bytes. Raises OSError where the disk no longer gives them."""
        content = b""
        while len(content) < self.size:
            more = os.pread(self.file.fileno(), self.size - len(content), self.at + len(content))
            if not more:
                raise OSError(EIO, "what was set aside is cut short")
            content += more
        return content


def _write(handle: int, content: bytes, at: int) -> None:
    """Writes all of it. Raises OSError."""
    left = memoryview(content)
    while left:
        written = os.pwrite(handle, left, at)
        left, at = left[written:], at + written
