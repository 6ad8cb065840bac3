"""Only regular files below content/ and builds/ are ever opened."""

import os
from pathlib import Path

import pytest

from labfolio.engines import site_folder
from labfolio.files.sources import read_sources
from labfolio.present.report import concise
from tests.conftest import run, tree


def test_links_pipes_and_hidden_files_are_not_followed(small: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: SECRET\ndate: 2026-03-03\n---\nSECRET\n")
    (small / "builds" / "link.md").symlink_to(secret)
    (small / "builds" / "folder").symlink_to(tmp_path)
    os.mkfifo(small / "builds" / "pipe.md")
    read = read_sources(small, "content")
    assert {one.path for one in read.refused} == {"builds/link.md", "builds/folder", "builds/pipe.md"}
    assert not any(".env" in path for path in read.files)
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
        "index.md:1:1: error[unreadable-file]: cannot be read: Permission denied"
    ]
