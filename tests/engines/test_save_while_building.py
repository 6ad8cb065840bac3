"""A text that is saved while a build goes on: its page is shown at once, and never goes back to what it was."""

import contextlib
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import environment
from tests.engines.test_native_serve import as_in_a_terminal, until

NEW = "While it was built."
# Put into the program: when the file `slow` is there, a build has a page saved once everything is read, and goes on as
# soon as the new text is served at the address that the file has (or after a minute).
HOOK = f"""
import pathlib
import time
import urllib.request

import labfolio.build

survey, slow, page = labfolio.build.survey, pathlib.Path({{slow!r}}), pathlib.Path({{page!r}})

def late(*given, memory, **named):
    seen = survey(*given, memory=memory, **named)
    if slow.exists():
        address = slow.read_text()
        slow.unlink()
        page.write_text(page.read_text() + "\\n{NEW}\\n")
        end = time.monotonic() + 60
        while time.monotonic() < end:
            memory.between()
            if {NEW.encode()!r} in urllib.request.urlopen(address, timeout=60).read():
                slow.with_name("shown").touch()
                break
            time.sleep(0.02)
    return seen

labfolio.build.survey = late
"""


@contextlib.contextmanager
def serving(command: list[str], folder: Path, log: Path) -> Iterator[str]:
    """The address of a preview of a folder."""
    path = f"{log.parent}{os.pathsep}{environment().get('PYTHONPATH', '')}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, place],
            cwd=folder, env=environment(PYTHONPATH=path), stdout=file, stderr=file, preexec_fn=as_in_a_terminal,
        )  # fmt: skip
    try:
        until(lambda: f"http://{place}/" in log.read_text(), log.read_text)
        yield f"http://{place}/"
    finally:
        process.terminate()
        process.wait(20)


def holds(address: str) -> bool:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return NEW.encode() in answer.read()


@pytest.mark.parametrize(
    "command", [["labfolio.cli.commands", "serve", "--address"], ["mkdocs", "serve", "--dev-addr"]]
)
@pytest.mark.parametrize(
    ("page", "url"), [("content/about.md", "about/"), ("builds/sketch/index.md", "builds/sketch/")]
)
def test_it_is_shown_at_once_and_stays(small: Path, tmp_path: Path, command: list[str], page: str, url: str) -> None:
    slow, log, paper = tmp_path / "slow", tmp_path / "log", small / "content" / "papers" / "rahimi2007random.md"
    (tmp_path / "sitecustomize.py").write_text(HOOK.format(slow=str(slow), page=str(small / page)))
    with serving(command, small, log) as origin:
        assert not holds(origin + url)
        builds = log.read_text().count("built in")
        slow.write_text(origin + url)
        paper.write_text(paper.read_text() + "\nA new sentence.\n")
        until(lambda: not slow.exists() and (tmp_path / "shown").exists(), log.read_text)
        looks = [holds(origin + url)]
        while log.read_text().count("built in") < builds + 2:
            looks.append(holds(origin + url))
        assert all(looks), f"{looks.count(False)} of {len(looks)} looks had the old page"
        assert holds(origin + url)
        assert "Traceback" not in log.read_text()
