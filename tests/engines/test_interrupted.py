"""A build that is killed at any moment leaves the old site or the new one, whole, and the next build succeeds; one that
is asked to end leaves nothing beside it.
"""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import environment, run, tree
from tests.disk import LONG

MODULES = {"labfolio": "labfolio.cli.commands", "mkdocs": "mkdocs"}


def begun(engine: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", MODULES[engine], "build"],
        cwd=folder,
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


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
    for count in range(100 if LONG else 8):
        sketch.write_text(f"{text}\nVersion {count % 2}.\n")
        # A build that was killed may leave the version before, of which there is nothing to build.
        for record in (small / ".cache" / "labfolio").glob("last-build-*"):
            record.unlink()
        process = begun(engine, small)
        time.sleep(moments.uniform(0.4, 1.1) * took)
        process.kill()
        process.communicate()
        assert tree(small / "site") in sites
    assert run([engine, "build"], small).returncode == 0
    assert not list(small.glob(".site*"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("engine", ["labfolio", "mkdocs"])
def test_asked_to_end(small: Path, engine: str, number: signal.Signals) -> None:
    process = begun(engine, small)
    # The folder beside the site is there for as long as the build writes.
    while process.poll() is None and not list(small.glob(".site*")):
        time.sleep(0.01)
    process.send_signal(number)
    printed, _ = process.communicate()
    assert not list(small.glob(".site*"))
    if not (small / "site").exists():
        assert process.returncode == (1 if number == signal.SIGINT else 128 + number)
        assert ("Aborted!" in printed) == (number == signal.SIGINT)
    assert "Traceback" not in printed, printed
    assert "Exception ignored" not in printed, printed
