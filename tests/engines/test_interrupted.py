"""A build that is killed at any moment leaves the old site or the new one, whole, and the next build succeeds."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import environment, run, tree

MODULES = {"labfolio": "labfolio.cli.commands", "mkdocs": "mkdocs"}


@pytest.mark.parametrize("engine", ["labfolio", "mkdocs"])
def test_killed_at_any_moment(small: Path, engine: str) -> None:
    sketch = small / "builds" / "sketch" / "index.md"
    text = sketch.read_text()
    sites = []
    for version in (0, 1):
        sketch.write_text(f"{text}\nVersion {version}.\n")
        began = time.monotonic()
        assert run([engine, "build"], small).returncode == 0
        took = time.monotonic() - began
        sites.append(tree(small / "site"))
    moments = random.Random(7)
    for count in range(12):
        sketch.write_text(f"{text}\nVersion {count % 2}.\n")
        process = subprocess.Popen(
            [sys.executable, "-m", MODULES[engine], "build"],
            cwd=small,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.4, 1.1) * took)
        process.kill()
        process.wait()
        if not (small / "site").exists():
            # Killed between the two renames: the next run puts the old site back before it does anything else.
            assert run([engine, "build"], small).returncode == 0
        assert tree(small / "site") in sites
    assert run([engine, "build"], small).returncode == 0
    assert not list(small.glob(".site*"))
