"""`labfolio check --watch`, as an editor reads it: rounds between two lines, each fault in one line."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, environment, run


@pytest.fixture
def watching(small: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "labfolio.cli.commands", "check", "--watch", "--format", "concise"]
    process = subprocess.Popen(command, cwd=small, env=environment(), stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.wait()


def a_round(process: subprocess.Popen[str]) -> list[str]:
    """The lines of the next round, its ends left out."""
    assert process.stdout is not None
    lines: list[str] = []
    while not (line := process.stdout.readline()).startswith("checked"):
        assert line, "it ended"
        lines.append(line.rstrip("\n"))
    assert lines[0] == "checking"
    return lines[1:]


def test_each_change_is_followed_by_a_round(watching: subprocess.Popen[str], small: Path) -> None:
    before = a_round(watching)
    path = small / "builds/sketch/index.md"
    sound = path.read_text()
    path.write_text(sound.replace("title:", "titel:", 1))
    while not (found := [line for line in a_round(watching) if line.startswith("builds/sketch/index.md:3:1: error")]):
        pass
    pattern = json.loads((ROOT / "theme/scaffold/dot_vscode/tasks.json").read_text())["tasks"][0]["problemMatcher"]
    matched = re.fullmatch(pattern["pattern"]["regexp"], found[0])
    assert matched
    assert matched.groups()[:5] == ("builds/sketch/index.md", "3", "1", "error", "unknown-key")
    path.write_text(sound)
    while a_round(watching) != before:
        pass


def test_what_cannot_begin_is_said(small: Path) -> None:
    (small / "mkdocs.yml").write_text("site_name: [\n")
    assert run(["labfolio", "check", "--watch"], small).returncode == 2
    assert run(["labfolio", "check", "--watch", "--fix"], small).returncode == 2
