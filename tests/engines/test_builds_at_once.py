"""Two builds of one folder at once: one whole site, and nothing beside it."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import environment, run, tree


def test_builds_at_once_leave_one_whole_site(small: Path) -> None:
    assert run(["labfolio", "build"], small).returncode == 0
    alone = tree(small / "site")
    command = [sys.executable, "-m", "labfolio.cli.commands", "build"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    builds = [subprocess.Popen(command, cwd=small, env=environment(), **quiet) for _ in range(3)]
    assert [build.wait(120) for build in builds] == [0, 0, 0]
    assert tree(small / "site") == alone
    assert not list(small.glob(".site*"))
