"""Builds of one folder at the same time: each site is one of them, whole, and all of them end."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import environment, run, tree
from tests.disk import LONG

ROUNDS = 50 if LONG else 3
MODULES = {"labfolio": "labfolio.cli.commands", "mkdocs": "mkdocs"}
TITLES = ("Red", "Green")


def commands(number: int) -> list[list[str]]:
    """As many builds, of both engines, and what else may be under way."""
    builds = [["labfolio", "build"], ["mkdocs", "build"]] * (number // 2)
    return [*builds, ["labfolio", "publish"]]


@pytest.mark.parametrize("number", [2, 8])
def test_builds_at_once_never_mix(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "portfolio"
    (folder / "content").mkdir(parents=True)
    (folder / "builds").mkdir()
    settings = "site_name: Ada\nsite_url: https://ada.example/\ndocs_dir: content\nplugins: [labfolio]\n"
    (folder / "mkdocs.yml").write_text(settings)
    assert run(["labfolio", "publish"], folder).returncode == 0
    sites = []
    for title in TITLES:
        written(folder, title)
        assert run(["labfolio", "publish"], folder).returncode == 0
        assert run(["labfolio", "build"], folder).returncode == 0
        sites.append(tree(folder / "site"))
    assert sites[0] != sites[1]
    for count in range(ROUNDS):
        begun = []
        for index, command in enumerate(commands(number)):
            written(folder, TITLES[(count + index) % 2])
            begun.append(
                subprocess.Popen(
                    [sys.executable, "-m", MODULES[command[0]], *command[1:]],
                    cwd=folder,
                    env=environment(),
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            )
        for process in begun:
            printed, _ = process.communicate(timeout=600)
            assert process.returncode == 0, printed
        assert tree(folder / "site") in sites
        assert not list(folder.glob(".site*"))


def written(folder: Path, title: str) -> None:
    """One version of the sources, put in place whole, as an editor does."""
    beside = folder / "one.md"
    beside.write_text(f"---\ntitle: {title}\ndate: 2026-03-03\nsummary: A claim.\n---\n{title}.\n")
    shutil.move(beside, folder / "builds" / "one.md")
