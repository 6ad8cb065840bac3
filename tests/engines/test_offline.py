"""No command asks another host for anything, nor could: names cannot be looked up and nothing can be connected to."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import environment
from tests.forked import limited

COMMANDS = [
    ["labfolio", "build"],
    ["mkdocs", "build"],
    ["labfolio", "check"],
    ["labfolio", "check", "--fix"],
    ["labfolio", "publish"],
    ["labfolio", "audit"],
    ["labfolio", "status"],
    ["labfolio", "new", "build", "A third"],
    ["labfolio", "log", "1.5"],
    ["labfolio", "import", "jekyll", "../blog", "--write"],
    ["labfolio", "init", "begun", "--yes"],
    ["labfolio", "upgrade"],
    ["labfolio", "explain", "dead-link"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_socket_is_opened(command: list[str], small: Path, tmp_path: Path) -> None:
    posts = tmp_path / "blog" / "_posts"
    posts.mkdir(parents=True)
    (posts / "2026-03-01-post.md").write_text("---\ntitle: Post\n---\n![A](https://example.com/a.png)\n")
    if "audit" in command:
        assert limited(["labfolio", "build"], small).code == 0
    finished = limited(command, small, before=_cut_off)
    assert "NETWORK" not in finished.printed
    assert finished.code == 0, finished.printed


def _cut_off() -> None:
    """Any socket but one within the machine is a failure that no handler takes for an answer."""
    import socket

    real = socket.socket.__init__

    def refused(*_: object, **__: object) -> None:
        os.write(1, b"NETWORK\n")
        os._exit(99)

    def begun(self: socket.socket, family: int = -1, *more: int, **named: int) -> None:
        if family != socket.AF_UNIX:
            refused()
        real(self, family, *more, **named)

    socket.socket.__init__ = begun  # type: ignore[assignment, method-assign]
    socket.getaddrinfo = socket.gethostbyname = refused  # type: ignore[assignment]


@pytest.mark.parametrize("module", ["labfolio.cli.commands", "mkdocs"])
def test_a_machine_without_a_network(module: str, small: Path) -> None:
    """Search index and all, where the system lets a program have a network of its own."""
    alone = ["unshare", "-rn"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets no program leave the network")
    command = [*alone, sys.executable, "-m", module, "build"]
    done = subprocess.run(command, cwd=small, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no search index" not in done.stderr
