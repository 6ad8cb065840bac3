"""Every file of a site is told of in one line of the reference, and every line is true of some file."""

import shutil
from pathlib import Path

import pytest

from labfolio.files.sources import read_sources
from labfolio.present import calendar_parts
from labfolio.present.families import BROUGHT, MADE, Family, families_of
from labfolio.schema.reference import reference_files
from tests.conftest import ROOT, run, tree
from tests.site import build_files, entry, small_files

FILE = BROUGHT[2]
ALL = [*(one for group in MADE.values() for one in group), *BROUGHT]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the small site with one of everything that an author can bring, as they are on the disk."""
    folder = Path(shutil.copytree(ROOT / "tests" / "sites" / "small", tmp_path_factory.mktemp("families") / "small"))
    (folder / "content" / "CNAME").write_text("ada.example\n")
    (folder / "content" / ".well-known").mkdir()
    (folder / "content" / ".well-known" / "security.txt").write_text("Contact: mailto:ada@ada.example\n")
    (folder / "content" / "notebook" / "old.md").write_bytes(
        entry(aliases="[2019/01/post.html, blog/post/]", tags="[a]")
    )
    figure = ROOT / "builds" / "bloom-filter" / "figures" / "rates.png"
    shutil.copy(figure, folder / "content" / "notebook" / "wide.png")
    (folder / "content" / "notebook" / "figure.md").write_bytes(entry("![A figure](wide.png)"))
    result = run(["labfolio", "build"], folder)
    assert result.returncode == 0, result.stdout
    return tree(folder / "site")


@pytest.fixture(scope="module")
def demo() -> dict[str, str]:
    """The files of the repository's own portfolio with their sources."""
    read = read_sources(ROOT, "content")
    result = build_files({path: read.read(path) for path in read.files})
    assert result.outputs
    return {one.path: one.source for one in result.outputs}


def test_every_file_is_of_one_family(site: dict[str, bytes], demo: dict[str, str]) -> None:
    for path in (*site, *demo):
        assert len(families_of(path)) == 1, (path, families_of(path))


def test_what_is_told_to_be_the_authors_is(site: dict[str, bytes], demo: dict[str, str]) -> None:
    """A file that labfolio makes needs a line of its own; it would pass for one of the author's otherwise."""
    brought = {path for path in demo if families_of(path) == (FILE,)}
    assert brought
    assert [path for path in brought if not (ROOT / demo[path]).is_file()] == []
    own = {path for path in site if families_of(path) == (FILE,)}
    known = {path.removeprefix("content/") for path in tree(ROOT / "tests" / "sites" / "small")}
    assert own <= known | {"CNAME", ".well-known/security.txt", "notebook/wide.png"}


@pytest.fixture(scope="module")
def long() -> set[str]:
    """The files of the small site with room for a single row on a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calendar_parts, "ROWS", 1)
        return {one.path for one in build_files(small_files()).outputs}


@pytest.mark.parametrize("family", ALL, ids=lambda one: one.path)
def test_every_family_is_there(family: Family, site: dict[str, bytes], demo: dict[str, str], long: set[str]) -> None:
    assert any(families_of(path) == (family,) for path in (*site, *demo, *long))


def test_every_schema_is_one() -> None:
    schemas = {one.schema for one in ALL if one.schema}
    assert {f"schema/{name}.json" for name in schemas} <= reference_files().keys()
