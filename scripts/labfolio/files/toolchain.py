"""A print of the toolchain: everything besides an author's files that what a build makes depends on."""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

from labfolio.files.sources import packaged_theme

# What Python finds installed is named by these folders (PyPA, "Recording installed projects").
_INSTALLED = (".dist-info", ".egg-info")


@cache
def toolchain() -> str:
    """The hash of labfolio's own files, of Python's version and of the name and version of every installed package.

    It is taken once: what a process has loaded stays as it is while files change beneath it.
    """
    found = hashlib.sha256(f"{sys.version}\n{sys.platform}\n".encode())
    for name in sorted(_installed()):
        found.update(f"{name}\n".encode("utf-8", "backslashreplace"))
    for root in (Path(__file__).parents[1], packaged_theme()):
        for name in sorted(_files(root, "")):
            data = (root / name).read_bytes()
            found.update(f"{name} {len(data)}\n".encode("utf-8", "backslashreplace") + data)
    return found.hexdigest()


def _installed() -> set[str]:
    found: set[str] = set()
    for folder in sys.path:
        try:
            found.update(name for name in os.listdir(folder or ".") if name.endswith(_INSTALLED))
        except OSError:
            continue
    return found


def _files(root: Path, inside: str) -> list[str]:
    """All files below a folder, by their path in it, but for what Python compiles."""
    found: list[str] = []
    for entry in os.scandir(root / inside):
        name = f"{inside}{entry.name}"
        if entry.is_dir():
            found += _files(root, f"{name}/") if entry.name != "__pycache__" else []
        else:
            found.append(name)
    return found
