"""The search index: Pagefind over a finished site, before it is put in place."""

import contextlib
import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from labfolio.engines.program import has_pagefind
from labfolio.engines.site_folder import SiteFolder
from labfolio.files.destinations import replace_file, write
from labfolio.files.record import read_sealed, write_sealed
from labfolio.model.site import Output

FOLDER, ENTRY = "pagefind", "pagefind-entry.json"
# A reader's search needs the index and one module; the rest of what Pagefind writes is its own interface.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
_OPTIONS = ("--silent", "--exclude-selectors", ".headerlink")
_SECONDS = 600
# The last index, and a number that is raised when the same pages are to give another one.
_KEPT, _FORM = "search-index", 1


def with_search(folder: SiteFolder) -> SiteFolder:
    """The folder, built for a full index where Pagefind is installed."""
    return replace(folder, settings=replace(folder.settings, search="pagefind")) if has_pagefind() else folder


def add_index(folder: SiteFolder, site: Path) -> str:
    """Adds the index to a finished site that was built for one; why there is none, or an empty text.

    That of the last build is taken where it was made of the same pages. Without an index the site's search answers
    from its list of entries, so a failure here stops nothing.
    """
    if folder.settings.search != "pagefind":
        return ""
    try:
        key = _key(site)
        if _restored(folder.root, key, site):
            return ""
        problem = _made(site)
        if not problem:
            _tidy(site / FOLDER)
            _keep(folder.root, key, site)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        problem = str(error)
    if not problem:
        return ""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    return f"no search index was made: {problem.splitlines()[-1][:200]}"


def _made(site: Path) -> str:
    """Runs Pagefind, which heeds nothing but what it is told here; what it says where it fails.

    Raises OSError and TimeoutExpired.
    """
    command = [sys.executable, "-P", "-m", "pagefind", "--site", str(site.absolute()), *_OPTIONS]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    # It would read a pagefind.toml of the folder that it is started in.
    with tempfile.TemporaryDirectory(prefix="labfolio-") as empty:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, cwd=empty, env=settings
        )
    if done.returncode != 0:
        return (done.stderr or done.stdout).strip() or f"exit {done.returncode}"
    return "" if (site / FOLDER / ENTRY).is_file() else "the indexing program wrote none"


def _key(site: Path) -> str:
    """All that an index depends on: the pages by their paths, and Pagefind. Raises OSError."""
    rows = [str(_FORM), *_OPTIONS, *(f"{name} {_version(name)}" for name in ("pagefind", "pagefind_bin"))]
    for path in sorted(site.rglob("*.html")):
        rows.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(site).as_posix()}")
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogateescape")).hexdigest()


def _version(package: str) -> str:
    """The version of an installed package; for one that has none a text that no other run gives."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return os.urandom(16).hex()


def _keep(root: Path, key: str, site: Path) -> None:
    """Keeps an index in the place of the last one; a disk that cannot take it costs time alone."""
    paths = sorted(path for path in (site / FOLDER).rglob("*") if path.is_file())
    contents = [path.read_bytes() for path in paths]
    names = [path.relative_to(site / FOLDER).as_posix() for path in paths]
    head = json.dumps({"key": key, "files": list(zip(names, map(len, contents), strict=True))}).encode()
    with contextlib.suppress(OSError):
        write_sealed(root, _KEPT, b"\n".join((head, b"".join(contents))))


def _restored(root: Path, key: str, site: Path) -> bool:
    """Whether the last index was of the same pages; then it is in place. Raises OSError where the site cannot be
    written."""
    try:
        head, _, rest = read_sealed(root, _KEPT).partition(b"\n")
        found = json.loads(head)
    except (OSError, ValueError):
        return False
    if found["key"] != key:
        return False
    outputs, start = [], 0
    for name, size in found["files"]:
        outputs.append(Output(path=f"{FOLDER}/{name}", content=rest[start : start + size], source="pagefind"))
        start += size
    write(site, outputs)
    return True


def _tidy(folder: Path) -> None:
    """Takes out what no reader needs, and puts in order the one list that Pagefind writes as it comes."""
    for pattern in _UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
    entry = folder / ENTRY
    facts = json.loads(entry.read_text(encoding="utf-8"))
    facts["include_characters"] = sorted(facts.get("include_characters", ()))
    replace_file(entry, json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode())
