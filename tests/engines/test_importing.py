"""`labfolio import`: shown first, then written, whole and below the site."""

import json
import os
from pathlib import Path

import pytest

from tests.conftest import run, sources

FRONT = "---\ntitle: A\ndate: 2026-03-03\n---\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """A folder with a post, its image and a post that lost something."""
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.md").write_text(f"{FRONT}![x](fig.png)\n")
    (folder / "b.md").write_text(f"{FRONT.replace('A', 'B')}[x](gone.md)\n")
    (folder / "fig.png").write_bytes(PNG)
    return folder


@pytest.mark.usefixtures("posts")
def test_nothing_is_written_until_it_is_asked_for(small: Path) -> None:
    before = sources(small)
    shown = run(["labfolio", "import", "markdown", "../posts"], small)
    assert shown.returncode == 0
    assert shown.stdout.splitlines() == [
        "content/notebook/a/fig.png: new",
        "content/notebook/a/index.md: new",
        "content/notebook/b.md: new",
        "../posts/b.md:5: 'gone.md' leads to nothing that is imported; it stays as it is",
    ]
    assert shown.stderr == "3 to write, 0 the same, 0 kept; 1 not carried.\nNothing was written; --write does.\n"
    assert sources(small) == before


@pytest.mark.usefixtures("posts")
def test_what_was_changed_since_is_kept_until_it_is_replaced(small: Path) -> None:
    command = ["labfolio", "import", "markdown", "../posts", "--write"]
    assert run(command, small).returncode == 0
    entry = small / "content" / "notebook" / "a" / "index.md"
    entry.write_text(entry.read_text().replace("![x](fig.png)", "Edited."))
    (entry.parent / "fig.png").unlink()
    before = sources(small)
    kept = run(command, small)
    assert kept.returncode == 0
    assert kept.stdout.splitlines()[:3] == [
        "content/notebook/a/fig.png: left: its entry is kept",
        "content/notebook/a/index.md: kept: it differs",
        "content/notebook/b.md: same",
    ]
    assert "--replace takes the import" in kept.stderr
    assert sources(small) == before
    assert "content/notebook/a/index.md: replaced" in run([*command, "--replace"], small).stdout
    assert "![x](fig.png)" in entry.read_text()
    assert (entry.parent / "fig.png").read_bytes() == PNG


def test_an_entry_keeps_the_form_and_the_day_that_it_has(small: Path, posts: Path) -> None:
    (posts / "b.md").write_text("Without a date.\n")
    command = ["labfolio", "import", "markdown", "../posts", "--write"]
    assert run([*command, "--today", "2026-05-05"], small).returncode == 0
    assert "date: 2026-05-05\n" in (small / "content" / "notebook" / "b.md").read_text()
    (posts / "b.md").write_text("Without a date, ![with](fig.png) an image.\n")
    again = run([*command, "--replace", "--today", "2026-06-06"], small)
    assert "content/notebook/b.md: replaced\ncontent/notebook/b/fig.png: new\n" in again.stdout
    text = (small / "content" / "notebook" / "b.md").read_text()
    assert "date: 2026-05-05\n" in text
    assert "![with](b/fig.png)" in text
    assert run(["labfolio", "check"], small).returncode == 0


@pytest.mark.usefixtures("posts")
def test_the_kind_can_be_chosen(small: Path) -> None:
    shown = run(["labfolio", "import", "markdown", "../posts/b.md", "--kind", "build"], small).stdout
    assert shown.startswith("builds/b.md: new\n")


@pytest.mark.usefixtures("posts")
def test_for_programs(small: Path) -> None:
    found = json.loads(run(["labfolio", "import", "markdown", "../posts", "--json"], small).stdout)
    assert (found["version"], found["written"]) == (1, False)
    assert found["files"][0] == {"path": "content/notebook/a/fig.png", "state": "new", "source": "fig.png"}
    assert found["missed"] == [
        {"path": "b.md", "line": 5, "what": "'gone.md' leads to nothing that is imported; it stays as it is"}
    ]


def test_what_lies_behind_a_symbolic_link_is_neither_read_nor_written(small: Path, posts: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(FRONT)
    os.symlink(outside, posts / "linked")
    os.symlink(outside / "secret.md", posts / "secret.md")
    shown = run(["labfolio", "import", "markdown", "../posts"], small).stdout
    assert "../posts/linked:1: it is a symbolic link; it is not read\n" in shown
    assert "../posts/secret.md:1: it is a symbolic link; it is not read\n" in shown
    assert "content/notebook/secret" not in shown
    os.symlink(outside, small / "content" / "notebook" / "a")
    before = sources(small)
    stopped = run(["labfolio", "import", "markdown", "../posts", "--write", "--replace"], small)
    assert stopped.returncode == 1
    assert "content/notebook/a/fig.png would be written through content/notebook/a, a symbolic link" in stopped.stderr
    assert sources(small) == before
    assert [path.name for path in outside.iterdir()] == ["secret.md"]


@pytest.mark.usefixtures("posts")
def test_a_link_in_the_place_of_a_file_stops_the_import_before_it_begins(small: Path) -> None:
    os.symlink("first.md", small / "content" / "notebook" / "b.md")
    before = sources(small)
    stopped = run(["labfolio", "import", "markdown", "../posts", "--write", "--replace"], small)
    assert (stopped.returncode, sources(small)) == (1, before)
    assert "content/notebook/b.md is a symbolic link" in stopped.stderr


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["markdown", "../none"], 2, "does not exist"),
        (["wordpress", "../posts"], 2, "is not one of"),
        (["markdown", "../posts", "--kind", "page"], 2, "is not one of"),
        (["jekyll", "../posts"], 1, "nothing of jekyll was found there"),
        (["markdown", "../posts", "-f", "none.yml"], 2, "cannot be read"),
        (["markdown", "../posts", "--today", "soon"], 2, "is no day"),
    ],
)
def test_what_prevents_an_import(small: Path, arguments: list[str], code: int, said: str) -> None:
    done = run(["labfolio", "import", *arguments], small)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
