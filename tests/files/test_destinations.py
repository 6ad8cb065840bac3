"""The old site whole or the new site whole, whatever happens."""

import contextlib
import os
from pathlib import Path

import pytest

from labfolio.files import destinations
from labfolio.files.destinations import DestinationError, discard, prepare, swap, write
from labfolio.model.site import Output
from tests.conftest import tree


def publish(site: Path, content: bytes) -> None:
    fresh = prepare(site, ())
    write(fresh, [Output(path="a/index.html", content=content, source="a")])
    swap(fresh, site)


def test_a_site_replaces_the_one_before(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    publish(site, b"new")
    assert tree(site)["a/index.html"] == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("step", range(1, 6))
def test_an_interrupted_rename_leaves_a_whole_site(tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    calls = 0
    real = os.replace

    def failing(source: str, target: str) -> None:
        nonlocal calls
        calls += 1
        if calls == step:
            raise OSError(28, "No space left on device")
        real(source, target)

    fresh = prepare(site, ())
    write(fresh, [Output(path="a/index.html", content=b"new", source="a")])
    monkeypatch.setattr(destinations.os, "replace", failing)
    with contextlib.suppress(DestinationError):
        swap(fresh, site)
    monkeypatch.undo()
    assert tree(site)["a/index.html"] in (b"old", b"new")
    publish(site, b"newest")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_set_aside_by_a_killed_run_comes_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    aside = tmp_path / ".site.labfolio-old-999999-x"
    aside.mkdir()
    site.rename(aside / "site")
    fresh = prepare(site, ())
    assert tree(site)["a/index.html"] == b"old"
    discard(fresh)


def test_unfinished_folders_of_dead_runs_go(tmp_path: Path) -> None:
    left = tmp_path / ".site.labfolio-new-999999-x"
    left.mkdir()
    discard(prepare(tmp_path / "site", ()))
    assert not left.exists()


@pytest.mark.parametrize("name", ["notes.txt", "index.html"])
def test_a_folder_of_someone_else_is_refused(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / name).write_text("mine")
    with pytest.raises(DestinationError, match="did not write"):
        prepare(site, ())
    assert (site / name).read_text() == "mine"


def test_sources_links_and_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with pytest.raises(DestinationError, match="holds the sources"):
        prepare(tmp_path, [tmp_path / "content"])
    (tmp_path / "file").write_text("x")
    with pytest.raises(DestinationError, match="is a file"):
        prepare(tmp_path / "file", ())
    (tmp_path / "link").symlink_to(tmp_path / "content")
    with pytest.raises(DestinationError, match="symbolic link"):
        prepare(tmp_path / "link", ())


def test_no_output_leaves_the_site(tmp_path: Path) -> None:
    fresh = prepare(tmp_path / "site", ())
    with pytest.raises(DestinationError, match="leaves the site"):
        write(fresh, [Output(path="../x.html", content=b"x", source="x")])
