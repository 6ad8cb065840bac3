"""An export into a folder that others work in: what changed is written, what is somebody else's stays."""

from pathlib import Path

import pytest

from labfolio.files import export_folder
from labfolio.files.destinations import DestinationError
from labfolio.files.export_folder import export_to
from labfolio.files.manifest import MARKER
from tests.conftest import tree

FIRST = {"mkdocs.yml": b"one", "content/a/index.html": b"a", "content/b.csv": b"b"}


def test_the_folder_holds_what_was_exported_and_nothing_stale(tmp_path: Path) -> None:
    folder = tmp_path / "with spaces" / ".." / "out"
    (tmp_path / "with spaces").mkdir()
    assert export_to(folder, FIRST, ()) == 3
    before = (tmp_path / "out" / "mkdocs.yml").stat().st_mtime_ns
    assert export_to(folder, {"mkdocs.yml": b"one", "content/b.csv": b"new"}, ()) == 1
    assert {path: data for path, data in tree(tmp_path / "out").items() if path != MARKER} == {
        "mkdocs.yml": b"one",
        "content/b.csv": b"new",
    }
    assert not (tmp_path / "out" / "content" / "a").exists()
    assert (tmp_path / "out" / "mkdocs.yml").stat().st_mtime_ns == before


def test_a_file_becomes_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    export_to(tmp_path / "out", {"a": b"1", "b/c": b"2"}, ())
    assert export_to(tmp_path / "out", {"a/x": b"1", "b": b"2"}, ()) == 2
    assert (tmp_path / "out" / "b").read_bytes() == b"2"


def test_work_of_others_is_neither_written_over_nor_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export_to(folder, FIRST, (), beside=("site",))
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_bytes(b"made by the engine")
    assert export_to(folder, FIRST, (), beside=("site",)) == 0
    (folder / "content" / "mine.md").write_bytes(b"mine")
    with pytest.raises(DestinationError, match=r"did not write: content/mine\.md"):
        export_to(folder, FIRST, (), beside=("site",))
    (folder / "content" / "mine.md").unlink()
    (folder / "content" / "b.csv").write_bytes(b"edited")
    with pytest.raises(DestinationError, match=r"changed since they were exported: content/b\.csv"):
        export_to(folder, {"mkdocs.yml": b"two"}, (), beside=("site",))
    assert (folder / "content" / "b.csv").read_bytes() == b"edited"
    assert (folder / "mkdocs.yml").read_bytes() == b"one"
    assert (folder / "site" / "index.html").read_bytes() == b"made by the engine"


def test_the_sources_and_a_folder_of_another_are_refused(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.tex").write_bytes(b"years")
    for name in (".", "content", "content/out", "other"):
        with pytest.raises(DestinationError):
            export_to(tmp_path / name, FIRST, (tmp_path / "content",))
    assert sorted(tree(tmp_path)) == ["other/thesis.tex"]


def test_a_marker_that_leads_out_of_the_folder_deletes_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    folder = tmp_path / "out"
    export_to(folder, FIRST, ())
    marker = folder / MARKER
    marker.write_bytes(marker.read_bytes() + b"0" * 64 + b"  ../mine.txt\n")
    assert export_to(folder, {}, ()) == 0
    assert sorted(tree(tmp_path)) == ["mine.txt", f"out/{MARKER}"]


def test_a_run_that_was_stopped_is_ended_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    export_to(folder, FIRST, ())
    second = {"mkdocs.yml": b"two", "content/c.csv": b"c", "content/b.csv": b"bb"}
    written = export_folder.replace_file

    def stop(path: Path, content: bytes, *, durable: bool = True) -> None:
        if path.name == "mkdocs.yml":
            raise KeyboardInterrupt
        written(path, content, durable=durable)

    monkeypatch.setattr(export_folder, "replace_file", stop)
    with pytest.raises(KeyboardInterrupt):
        export_to(folder, second, ())
    monkeypatch.undo()
    assert export_to(folder, second, ()) == 1
    assert {path: data for path, data in tree(folder).items() if path != MARKER} == second
