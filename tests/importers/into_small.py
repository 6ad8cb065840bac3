"""Importing into the small site in memory: what is given, where it goes, and the site afterwards."""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from labfolio.build import Result
from labfolio.importers.carried import Given, Import, Target
from labfolio.model.entry import NOTE
from labfolio.parse.tree import locate
from tests.conftest import ROOT, TODAY, tree
from tests.site import build_files, small_files

_PAPER = re.compile(r"^paper: (\S+)$", re.MULTILINE)
SAMPLES = ROOT / "tests" / "importers" / "samples"
GOLDEN = ROOT / "tests" / "importers" / "golden"


def given(files: Mapping[str, bytes | str]) -> Given:
    """Files of another program, by path."""
    held = {path: one.encode() if isinstance(one, str) else one for path, one in files.items()}
    return Given(files=tuple(sorted(held)), read=held.__getitem__)


def sample(name: str) -> Given:
    """A folder of tests/importers/samples."""
    return given(tree(SAMPLES / name))


def target(files: Mapping[str, bytes] | None = None) -> Target:
    """The small site, or the given files, as an importer sees them."""
    files = small_files() if files is None else files
    places = {path: place for path in sorted(files) if path.endswith(".md") and (place := locate(path, "content"))}
    return Target(
        docs_dir="content",
        kind=NOTE,
        today=TODAY,
        slugs={slug: path for path, (_, slug) in places.items()},
        papers=files.get("content/papers.bib", b"").decode(),
        noted=frozenset(key for path in places for key in _PAPER.findall(files[path].decode())),
    )


def empty() -> Target:
    """A site without entries and records."""
    return replace(target(), slugs={}, papers="", noted=frozenset())


def after(result: Import) -> dict[str, bytes]:
    """The files of the small site with what was imported."""
    return {**small_files(), **{one.path: one.content for one in result.files}}


def built(result: Import) -> Result:
    """The build of the small site with what was imported; it must have no error."""
    site = build_files(after(result))
    assert not [one for one in site.diagnostics if one.level == "error"]
    return site


def said(result: Import) -> list[str]:
    """What was not carried, a line each."""
    return [f"{one.path}:{one.line}: {one.what}" for one in result.missed]


def holds(name: str, result: Import) -> None:
    """Compares with tests/importers/golden; `UPDATE_GOLDEN=1 pytest` writes it anew, to be read in review."""
    folder = GOLDEN / name
    found = {one.path: one.content for one in result.files}
    found["missed.txt"] = "".join(f"{line}\n" for line in said(result)).encode()
    if os.environ.get("UPDATE_GOLDEN"):
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink()
        for path, content in found.items():
            _write(folder / path, content)
    assert found == tree(folder)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
