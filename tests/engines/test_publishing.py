"""`labfolio publish` and `labfolio retire` on a disk: the only ones that write the ledger, whole or not at all."""

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from labfolio.cli.commands import cli
from tests.conftest import SMALL, run, tree
from tests.engines.test_same_bytes import built

LEDGER = Path("content", "permalinks.yml")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The ledger of the small site after its first publication."""
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("first") / "small"))
    done = run(["labfolio", "publish"], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return (folder / LEDGER).read_text()


@pytest.fixture
def published(small: Path, first: str) -> Path:
    """The small site after its first publication."""
    (small / LEDGER).write_text(first)
    return small


def said(command: list[str], folder: Path) -> tuple[int, str, str]:
    done = run(["labfolio", *command], folder)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_the_first_publication_writes_every_url(small: Path) -> None:
    code, out, _ = said(["publish", "--check"], small)
    assert (code, (small / LEDGER).exists()) == (1, False)
    assert out.splitlines()[-1] == "content/permalinks.yml: 24 URLs, not written"
    code, out, _ = said(["publish"], small)
    assert (code, out.splitlines()[-1]) == (0, "content/permalinks.yml: 24 URLs, written")
    assert "added: builds/sketch/" in out.splitlines()
    text = (small / LEDGER).read_text()
    assert "draft" not in text
    assert "future" not in text
    assert said(["publish", "--check"], small)[:2] == (0, "content/permalinks.yml: 24 URLs, current\n")
    assert (small / LEDGER).read_text() == text


@pytest.mark.parametrize("command", [["labfolio", "build"], ["mkdocs", "build"]])
def test_nothing_else_writes_it(small: Path, command: list[str]) -> None:
    before = tree(small / "content")
    assert run(command, small).returncode == 0
    assert tree(small / "content") == before


def test_a_page_that_went_is_asked_for_and_retired(published: Path) -> None:
    (published / "builds" / "dropped.md").unlink()
    code, out, _ = said(["check"], published)
    assert code == 1
    assert "error[lost-url]: builds/dropped/ was published on 2026-04-20 as 'A cache that was not worth it'" in out
    before = (published / LEDGER).read_text()
    code, out, _ = said(["publish"], published)
    assert (code, (published / LEDGER).read_text()) == (1, before)
    code, out, _ = said(["retire", "https://ada.example/builds/dropped/", "--reason", "it was slower"], published)
    assert (code, out) == (0, "builds/dropped/ is retired as of 2026-11-20: it was slower\n")
    assert said(["publish"], published)[0] == 0
    native = built(published, "labfolio")
    assert b"It was slower." in native["builds/dropped/index.html"]
    assert b"builds/dropped/" not in native["sitemap.xml"] + native["feed.xml"] + native["search-list.json"]
    code, out, _ = said(["retire", "/builds/dropped", "--reason", "Another reason."], published)
    assert out == "builds/dropped/ is retired as of 2026-11-20: Another reason.\n"


def test_both_engines_carry_the_same_old_urls(published: Path) -> None:
    (published / "builds" / "dropped.md").unlink()
    assert said(["retire", "builds/dropped/", "--reason", "x"], published)[0] == 0
    about = published / "content" / "about.md"
    about.write_text("---\naliases: [me/, me.html]\n---\n" + about.read_text())
    note = published / "content" / "notebook" / "first.md"
    note.rename(note.with_name("one.md"))
    mkdocs, native = (built(published, engine) for engine in ("mkdocs", "labfolio"))
    assert {"builds/dropped/index.html", "me/index.html", "me.html", "notebook/first/index.html"} <= set(mkdocs)
    assert mkdocs == native
    done = said(["publish"], published)
    assert "moved: notebook/first/ leads to notebook/one/" in done[1].splitlines()
    assert "moved: me/ leads to about/" in done[1].splitlines()


def test_what_left_a_counter_and_which_heading_went_is_told(published: Path) -> None:
    sketch = published / "builds" / "sketch" / "index.md"
    text = sketch.read_text()
    heading = next(line for line in text.split("\n") if line.startswith("## "))
    sketch.write_text(text.replace(heading, "## Another").replace("status: shipped", "status: building"))
    out = said(["publish"], published)[1].splitlines()
    assert any(line.startswith("heading gone: builds/sketch/#") for line in out)
    assert any("no longer counts toward Builds: its status is building now" in line for line in out)
    assert not any(line.startswith(("heading", "counter")) for line in said(["publish"], published)[1].splitlines())


@pytest.mark.parametrize(
    ("url", "reason", "told"),
    [
        ("builds/sketch/", "x", "builds/sketch/ is a page still; delete builds/sketch/index.md or write draft: yes"),
        ("builds/skech/", "x", "builds/skech/ is not in content/permalinks.yml; did you mean 'builds/sketch/'?"),
        ("builds/dropped/", " ", "--reason is empty"),
    ],
)
def test_what_cannot_be_retired_is_told(published: Path, url: str, reason: str, told: str) -> None:
    (published / "builds" / "dropped.md").unlink()
    before = (published / LEDGER).read_text()
    code, _, err = said(["retire", url, "--reason", reason], published)
    assert code == 1
    assert told in err
    assert (published / LEDGER).read_text() == before


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n", "\x00"])
def test_a_ledger_that_cannot_be_read_is_left_alone(published: Path, text: str) -> None:
    (published / LEDGER).write_text(text)
    for command in (["publish"], ["retire", "builds/dropped/", "--reason", "x"]):
        assert said(command, published)[0] == 1
    assert (published / LEDGER).read_text() == text


def test_a_ledger_that_is_a_link_is_left_alone(published: Path, tmp_path: Path) -> None:
    (published / LEDGER).rename(tmp_path / "elsewhere.yml")
    (published / LEDGER).symlink_to(tmp_path / "elsewhere.yml")
    code, out, _ = said(["publish"], published)
    assert (code, (published / LEDGER).is_symlink()) == (1, True)
    assert "content/permalinks.yml:1:1: error[refused-source]" in out


def test_a_ledger_that_cannot_be_written_stays_as_it_is(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (published / LEDGER).read_text()
    (published / "content" / "new.md").write_text("# New\n")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    done = CliRunner().invoke(cli, ["publish", "-f", str(published / "mkdocs.yml"), "--today", "2026-11-20"])
    assert done.exit_code == 1
    assert "nothing was written" in done.stderr
    assert (published / LEDGER).read_text() == before
    assert not list((published / "content").glob(".permalinks*"))


def test_the_same_ledger_whatever_the_order_of_its_lines(published: Path) -> None:
    text = (published / LEDGER).read_text()
    (published / LEDGER).write_text("\n".join(reversed(text.splitlines())) + "\n")
    assert said(["publish"], published)[0] == 0
    assert (published / LEDGER).read_text() == text


def test_two_at_once_write_one_ledger(small: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        done: list[subprocess.CompletedProcess[str]] = list(
            pool.map(lambda _: run(["labfolio", "publish"], small), range(2))
        )
    assert {one.returncode for one in done} == {0}
    assert said(["publish"], small)[1].endswith("current\n")
    assert not list((small / "content").glob(".permalinks*"))
