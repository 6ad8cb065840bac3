"""Bytes that wait on a disk come back as they were, whatever the disk does."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.files import aside as module
from labfolio.files.aside import Shelf
from labfolio.model.content import bytes_of
from labfolio.model.site import Output

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there everything stays in memory")

LARGE = bytes(range(256)) * 40


@given(order=st.permutations(range(6)), sizes=st.lists(st.integers(0, 5000), min_size=6, max_size=6))
def test_all_come_back_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], sizes: list[int]
) -> None:
    shelf = Shelf(tmp_path_factory.getbasetemp())
    given_ones = [bytes([number]) * size for number, size in enumerate(sizes)]
    held = [shelf(content) for content in given_ones]
    assert all(bytes_of(held[number]) == given_ones[number] for number in order)


def test_it_is_the_disk_that_holds_them(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    held = shelf(LARGE)
    assert not isinstance(held, bytes)
    assert shelf(b"little") == b"little"
    del shelf
    assert bytes_of(held) == LARGE
    # Nothing of it has a name, which a killed build would leave behind.
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [".gitignore"]


def test_a_file_is_the_same_beside_its_bytes(tmp_path: Path) -> None:
    file = Output(path="a/index.html", content=LARGE, source="a.md")
    put = file.aside(Shelf(tmp_path))
    assert (put.path, put.source, put.content) == (file.path, file.source, LARGE)
    assert put.aside(bytes) is put


def test_without_room_they_stay_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path)
    before = shelf(LARGE)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    assert shelf(LARGE[1:]) == LARGE[1:]
    monkeypatch.undo()
    after = shelf(LARGE[2:])
    assert (bytes_of(before), bytes_of(after)) == (LARGE, LARGE[2:])


def test_a_write_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, write = Shelf(tmp_path), os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda handle, content, at: write(handle, bytes(content[:1000]), at))
    read = os.pread
    monkeypatch.setattr(os, "pread", lambda handle, size, at: read(handle, min(size, 999), at))
    assert bytes_of(shelf(LARGE)) == LARGE


def test_a_folder_that_cannot_be_had(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file")
    assert Shelf(tmp_path)(LARGE) == LARGE


def test_a_copy_of_the_process_keeps_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path)
    monkeypatch.setattr(module.os, "getpid", lambda: -1)
    assert shelf(LARGE) == LARGE


def test_what_is_cut_short_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Shelf(tmp_path)(LARGE)
    monkeypatch.setattr(os, "pread", lambda *_: b"")
    with pytest.raises(OSError, match="cut short"):
        bytes_of(held)
