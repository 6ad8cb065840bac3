"""A line at the end of a file: judged by what stands before it, whole, a line of its own."""

import threading
from pathlib import Path

import pytest

from labfolio.files.append import append

LINE = b"\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, b"new\n", id="no file"),
        pytest.param(b"", b"new\n", id="empty"),
        pytest.param(b"old\n", b"old\nnew\n", id="whole line"),
        pytest.param(b"old", b"old\nnew\n", id="unfinished line"),
    ],
)
def test_it_stands_on_a_line_of_its_own(tmp_path: Path, before: bytes | None, after: bytes) -> None:
    path = tmp_path / "log.csv"
    if before is not None:
        path.write_bytes(before)
    append(path, lambda found: b"new\n" if found == (before or b"") else b"?")
    assert path.read_bytes() == after


@pytest.mark.parametrize("before", [None, b"old"])
def test_nothing_to_append_leaves_everything_as_it_was(tmp_path: Path, before: bytes | None) -> None:
    path = tmp_path / "log.csv"
    if before is not None:
        path.write_bytes(before)
    append(path, lambda _: b"")
    assert (path.read_bytes() if path.exists() else None) == before


def test_each_sees_what_those_before_it_appended(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    count = 40

    def one() -> None:
        append(path, lambda before: f"{before.count(LINE)}\n".encode())

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text().split() == [str(number) for number in range(count)]


def test_a_file_that_somebody_makes_meanwhile_is_added_to(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"

    def added(before: bytes) -> bytes:
        if not path.exists():
            path.write_bytes(b"theirs\n")
        return b"ours\n" if before else b"first\n"

    append(path, added)
    assert path.read_bytes() == b"theirs\nours\n"
