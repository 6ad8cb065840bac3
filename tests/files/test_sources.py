"""Only regular files below content/ and builds/ are ever opened."""

import os
from pathlib import Path

import pytest

from labfolio.files.sources import read_sources
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
