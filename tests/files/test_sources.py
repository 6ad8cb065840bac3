"""Only regular files below content/ and builds/ are ever opened."""

import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from labfolio.build import build
from labfolio.engines import site_folder
from labfolio.files.sources import read_regular, read_sources
from labfolio.present.report import concise
from tests.conftest import TODAY, run, tree
from tests.site import settings, theme


def test_links_pipes_and_hidden_files_are_not_followed(small: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: SECRET\ndate: 2026-03-03\n---\nSECRET\n")
    (small / "builds" / "link.md").symlink_to(secret)
    (small / "builds" / "folder").symlink_to(tmp_path)
    os.mkfifo(small / "builds" / "pipe.md")
    read = read_sources(small, "content")
    assert {one.path for one in read.refused} == {"builds/link.md", "builds/folder", "builds/pipe.md"}
    assert not any(".env" in path for path in read.files)
    (small / "builds" / "link.md").unlink()
    (small / "builds" / "folder").unlink()
    built = run(["labfolio", "build"], small)
    assert built.returncode == 0, built.stdout
    assert not any(b"SECRET" in data for data in tree(small / "site").values())


def test_nothing_but_the_listed_files_can_be_read(small: Path) -> None:
    read = read_sources(small, "content")
    with pytest.raises(FileNotFoundError):
        read.read("mkdocs.yml")
    with pytest.raises(FileNotFoundError):
        read.read("builds/../mkdocs.yml")


def test_only_files_that_are_referred_to_are_published(small: Path) -> None:
    run(["labfolio", "build"], small)
    site = tree(small / "site")
    assert "builds/sketch/sketch.py" in site
    assert "builds/sketch/notes.txt" not in site
    assert not any(b"secret" in data for data in site.values())


def test_drafts_and_future_entries_leave_no_trace(small: Path) -> None:
    run(["labfolio", "build"], small)
    for path, data in tree(small / "site").items():
        assert b"CANARY" not in data, path


def test_a_file_that_may_not_be_read_is_named(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(root: Path, _: str) -> None:
        raise PermissionError(13, "Permission denied", str(root / "builds" / "sketch" / "index.md"))

    monkeypatch.setattr(site_folder, "read_sources", refuse)
    with pytest.raises(site_folder.Unusable) as caught:
        site_folder.run(site_folder.open_folder(small / "mkdocs.yml", {}), {}, "2026-11-20")
    assert [concise(one) for one in caught.value.diagnostics] == [
        "builds/sketch/index.md:1:1: error[unreadable-file]: cannot be read: Permission denied"
    ]


def test_a_file_that_may_not_be_read_is_told_beside_all_other_faults(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def closed(path: Path, flags: int) -> int:
        if str(path).endswith("about.md"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, flags)

    monkeypatch.setattr(os, "open", closed)
    (small / "builds" / "x.md").write_text("no front matter")
    found = build(read_sources(small, "content"), settings(), theme(), TODAY).diagnostics
    told = [(one.path, one.rule, one.message) for one in found if one.level == "error"]
    assert told == [
        ("builds/x.md", "missing-front-matter", "the file has no front matter"),
        ("content/about.md", "unreadable-file", "cannot be read: Permission denied"),
    ]


def test_a_folder_that_may_not_be_read_is_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.scandir

    def closed(path: Path) -> Iterator[os.DirEntry[str]]:
        if path.name == "papers":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", closed)
    refused = read_sources(small, "content").refused
    assert [(one.path, one.rule) for one in refused] == [("content/papers", "unreadable-file")]


def test_a_file_that_goes_away_while_files_are_listed_is_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def gone(path: Path, flags: int) -> int:
        if str(path).endswith("about.md"):
            Path(path).unlink()
        return opened(path, flags)

    monkeypatch.setattr(os, "open", gone)
    refused = read_sources(small, "content").refused
    assert [(one.path, one.reason) for one in refused] == [
        ("content/about.md", "cannot be read: No such file or directory")
    ]


def test_a_file_that_grows_is_read_once(small: Path) -> None:
    tree = read_sources(small, "content")
    before = tree.texts["content/about.md"]
    with (small / "content" / "about.md").open("ab") as file:
        file.write(b"more")
    assert tree.texts["content/about.md"] == before


def test_a_file_that_grows_while_it_is_read_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program appends a line between the look at the size and the read."""
    path = tmp_path / "log.csv"
    path.write_text("date,hours\n")
    look = os.fstat

    def grown(handle: int) -> os.stat_result:
        found = look(handle)
        with path.open("a") as file:
            file.write("2026-03-03,1\n")
        return found

    monkeypatch.setattr(os, "fstat", grown)
    assert read_regular(path) == b"date,hours\n2026-03-03,1\n"
    assert len(read_regular(path, limit=30)) == 31


def test_a_hard_link_is_a_regular_file(small: Path) -> None:
    os.link(small / "content" / "about.md", small / "content" / "again.md")
    tree = read_sources(small, "content")
    assert tree.texts["content/again.md"] == tree.texts["content/about.md"]


def test_a_socket_is_never_opened(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small / "content")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("x.md")
        assert [one.reason for one in read_sources(small, "content").refused] == ["it is not a regular file"]


def test_a_name_that_is_not_utf_8_is_told_with_the_byte(small: Path) -> None:
    (small / "content" / os.fsdecode(b"caf\xe9.md")).write_text("text")
    (one,) = read_sources(small, "content").refused
    assert (one.path, one.rule) == ("content/caf?.md", "unsafe-name")
    assert one.reason == "byte 3 of its name is not valid UTF-8"


@pytest.mark.parametrize("name", ["builds", "content"])
@pytest.mark.parametrize("engine", ["labfolio", "mkdocs"])
def test_a_link_in_the_place_of_a_folder_of_the_site_is_not_followed(small: Path, name: str, engine: str) -> None:
    (small / name).rename(small.parent / "elsewhere")
    (small / name).symlink_to("../elsewhere")
    finished = run([engine, "build"], small)
    assert finished.returncode == 1
    assert f"{name}:1:1: error[refused-source]: it is a symbolic link" in finished.stdout + finished.stderr


@pytest.mark.parametrize("engine", ["labfolio", "mkdocs"])
def test_a_page_whose_name_is_not_utf_8_stops_both_engines(small: Path, engine: str) -> None:
    (small / "content" / os.fsdecode(b"caf\xe9.md")).write_text("text")
    finished = run([engine, "build"], small)
    shown = finished.stdout + finished.stderr
    assert finished.returncode == 1
    assert "Traceback" not in shown
    assert "content/caf?.md:1:1: error[unsafe-name]: byte 3 of its name is not valid UTF-8" in shown
