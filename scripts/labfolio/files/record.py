"""One file that a build leaves for the next: sealed, replaced whole, and as good as missing where it is in doubt."""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labfolio.files.destinations import replace_file
from labfolio.files.sources import read_regular

# What builds keep for the next, below the folder of the settings. It may be removed at any time.
CACHE = ".cache/labfolio"
# In bytes: the index of 10,000 entries has 59 MB, their record half of that.
_LIMIT = 64 * 1024 * 1024
_DIGEST = 64


def cache_folder(root: Path) -> Path:
    """The folder of what is kept, made where there is none, and kept out of Git. Raises OSError."""
    folder = root / CACHE
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / ".gitignore", b"*\n", durable=False)
    return folder


def forget(root: Path) -> None:
    """Removes all that is kept, unless its folder is elsewhere; what cannot be removed stays."""
    folder = root / CACHE
    if os.path.realpath(folder) == os.path.join(os.path.realpath(root), *CACHE.split("/")):
        shutil.rmtree(folder, ignore_errors=True)


def read_record(root: Path, name: str) -> dict[str, Any]:
    """What was written under a name. Raises OSError and ValueError where it is missing or in doubt."""
    found = json.loads(read_sealed(root, name))
    if not isinstance(found, dict):
        raise ValueError(f"{name} is no record")
    return found


def write_record(root: Path, name: str, record: Mapping[str, Any]) -> None:
    """Writes it whole. Raises OSError."""
    write_sealed(root, name, json.dumps(record, separators=(",", ":")).encode())


def read_sealed(root: Path, name: str) -> bytes:
    """The bytes that were written under a name. Raises OSError and ValueError where they are missing or in doubt."""
    data = read_regular(root / CACHE / name, _LIMIT + _DIGEST)
    digest, content = data[:_DIGEST], data[_DIGEST:]
    if _digest(name, content) != digest:
        raise ValueError(f"{name} is damaged")
    return content


def write_sealed(root: Path, name: str, content: bytes) -> None:
    """Writes bytes whole, unless they are too many. Raises OSError."""
    if len(content) <= _LIMIT:
        # What a power failure damages is made again.
        replace_file(cache_folder(root) / name, _digest(name, content) + content, durable=False)


def _digest(name: str, content: bytes) -> bytes:
    """Binds the bytes to their name: one in the place of another is in doubt."""
    return hashlib.sha256(name.encode() + b"\n" + content).hexdigest().encode()
