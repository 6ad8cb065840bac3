"""The program that builds: Python and every module that it can find."""

import contextlib
import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


def program() -> str:
    """A digest of Python, of where it looks for modules and of the names there, which hold each package's version.

    Labfolio's own files are not among them: their bytes are looked at one by one. Raises OSError.
    """
    rows = [sys.version, sys.platform, str(sys.flags), *(row for folder in sys.path for row in _modules(folder))]
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogateescape")).hexdigest()


def _modules(folder: str) -> Iterator[str]:
    """What Python may find in a folder of `sys.path`; what is installed there has a name that ends in its version."""
    yield folder
    if not os.path.isdir(folder):
        # A zip file, or nothing.
        yield str(os.stat(folder)) if os.path.exists(folder) else ""
        return
    for name in sorted(os.listdir(folder)):
        if not name.startswith(".") and ("." in name or os.path.isfile(os.path.join(folder, name, "__init__.py"))):
            yield name


def has_pagefind() -> bool:
    """Whether Pagefind is installed, with its binary."""
    return bool(importlib.util.find_spec("pagefind") and importlib.util.find_spec("pagefind_bin"))


def has_mkdocs() -> bool:
    """Whether MkDocs is installed, so that `mkdocs serve` can be typed."""
    # What looks for modules may refuse one that it hides.
    with contextlib.suppress(ImportError):
        return importlib.util.find_spec("mkdocs") is not None
    return False


def versioned(names: Iterable[str]) -> bool:
    """Whether modules come with a version: they stand in installed packages, not in a folder where somebody works."""
    from importlib.metadata import distribution, entry_points, packages_distributions

    named = {one.name: one.module for one in entry_points(group="markdown.extensions")}
    modules = {named.get(name, name).partition(":")[0].partition(".")[0] for name in names}
    if modules <= {"markdown", "pymdownx", "material"}:
        return True
    packages = packages_distributions()

    def stands_in_package(module: str) -> bool:
        found = importlib.util.find_spec(module)
        places = [Path(str(distribution(one).locate_file(""))) for one in packages.get(module, ())]
        return found is not None and any(Path(found.origin or "").is_relative_to(place) for place in places)

    return all(stands_in_package(module) for module in modules)
