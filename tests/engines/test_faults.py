"""A fault gives one diagnostic with its place, exit code 1, no traceback, and leaves the published site untouched."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import SMALL, run, tree

XD = b"---\ntitle: x\ndate: 2026-03-03\n"
FAULTS = {
    "colon": ("builds/x.md", b"---\ntitle: Build 0: x\ndate: 2026-03-03\n---\n", "x.md:2:8: error[invalid-yaml]"),
    "misspelt": ("builds/x.md", XD + b"staus: shipped\n---\n", "builds/x.md:4:1: error[unknown-key]"),
    "date": ("builds/x.md", b"---\ntitle: x\ndate: 2026-02-30\n---\n", "builds/x.md:3:7: error[invalid-value]"),
    "duplicate key": ("builds/x.md", XD + b"title: y\n---\n", "builds/x.md:4:1: error[duplicate-key]"),
    "equal slugs": ("builds/sketch.md", XD + b"---\n", "builds/sketch/index.md:1:1: error[duplicate-slug]"),
    "latin-1": ("builds/x.md", b"---\ntitle: caf\xe9\ndate: 2026-03-03\n---\n", "builds/x.md:2:11: error[not-utf-8]"),
    "hide": ("builds/x.md", XD + b"hide: true\n---\n", "builds/x.md:4:1: error[unknown-key]"),
    "hide in a page": ("content/x.md", b"---\nhide: true\n---\n# X\n", "content/x.md:2:7: error[invalid-value]"),
}  # fmt: skip
COMMANDS = [["labfolio", "check"], ["labfolio", "build"], ["mkdocs", "build"]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, built once."""
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("built") / "small"))
    assert run(["labfolio", "build"], folder).returncode == 0
    return folder


@pytest.fixture
def published(built: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(built, tmp_path / "published"))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_stops_the_build_and_harms_nothing(published: Path, name: str, command: list[str]) -> None:
    before = tree(published / "site")
    path, data, said = FAULTS[name]
    (published / path).write_bytes(data)
    result = run(command, published)
    printed = result.stdout + result.stderr
    assert result.returncode == 1
    assert printed.count("error[") == 1
    assert said in printed
    assert "help: " in printed
    assert "Traceback" not in printed
    assert tree(published / "site") == before
    assert not list(published.glob(".site*"))


@pytest.mark.parametrize("command", [["labfolio", "build", "--strict"], ["mkdocs", "build", "--strict"]], ids=" ".join)
def test_a_warning_stops_a_strict_build_only(published: Path, command: list[str]) -> None:
    before = tree(published / "site")
    (published / "builds" / "sketch" / "index.md").open("a").write("\n[gone](gone.md)\n")
    result = run(command, published)
    assert result.returncode == 1
    assert "warning[dead-link]: 'gone.md' leads to no page or file" in result.stdout + result.stderr
    assert tree(published / "site") == before


@pytest.mark.parametrize("engine", ["mkdocs", "labfolio"])
def test_a_foreign_folder_is_not_replaced(small: Path, engine: str) -> None:
    (small / "site").mkdir()
    (small / "site" / "thesis.tex").write_text("mine")
    result = run([engine, "build"], small)
    assert result.returncode == 1
    assert "holds files that labfolio did not write" in result.stdout + result.stderr
    assert (small / "site" / "thesis.tex").read_text() == "mine"


@pytest.mark.parametrize("engine", ["mkdocs", "labfolio"])
def test_a_build_asks_no_other_host(small: Path, engine: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n\n\ndef refuse(*args, **kwargs):\n    raise SystemExit('NETWORK')\n\n\n"
        "socket.socket.connect = refuse\nsocket.getaddrinfo = refuse\n"
    )
    result = run([engine, "build"], small, PYTHONPATH=str(tmp_path))
    assert "NETWORK" not in result.stdout + result.stderr
    assert result.returncode == 0


def test_a_settings_file_with_a_fault_is_named(small: Path) -> None:
    (small / "mkdocs.yml").write_text("site_name: [x\nplugins: [labfolio]\n")
    result = run(["labfolio", "check"], small)
    assert result.returncode == 2
    assert "mkdocs.yml:1:12: error[invalid-yaml]" in result.stdout


def test_a_folder_without_settings_is_wrong_usage(tmp_path: Path) -> None:
    result = run(["labfolio", "check"], tmp_path)
    assert result.returncode == 2
    assert "mkdocs.yml" in result.stdout
