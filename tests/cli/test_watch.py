"""`labfolio check --watch` as a problem matcher reads it: where each check begins and ends, and its faults between."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, environment
from tests.engines.test_native_serve import PATIENCE, as_in_a_terminal

PROGRAM = "from pathlib import Path; from labfolio.cli.watch import watch; watch(Path('mkdocs.yml'), '')"


class Watch:
    """A running check over a folder."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], cwd=folder, env=environment(), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=as_in_a_terminal,
        )  # fmt: skip

    def until(self, end: str) -> list[str]:
        """What is printed up to a line, from the last `checking...` on."""
        assert self.process.stdout is not None
        found: list[str] = []
        for line in self.process.stdout:
            found = [] if line == "checking...\n" else [*found, line.rstrip("\n")]
            if found and found[-1] == end:
                return found[:-1]
        raise AssertionError(f"it ended before {end!r}: {found}")


@pytest.fixture
def watch(small: Path) -> Iterator[Watch]:
    running = Watch(small)
    yield running
    running.process.kill()
    running.process.communicate()


def test_each_check_is_marked_and_faults_are_one_line_each(watch: Watch, small: Path) -> None:
    tasks = json.loads((ROOT / "theme" / "scaffold" / "dot_vscode" / "tasks.json").read_text())
    matcher = tasks["tasks"][0]["problemMatcher"]
    assert re.match(matcher["background"]["beginsPattern"], "checking...")
    assert re.match(matcher["background"]["endsPattern"], "checked: 0 errors, 2 warnings")
    faults = watch.until("checked: 0 errors, 2 warnings")
    assert len(faults) == 2
    assert all(re.match(matcher["pattern"]["regexp"], one) for one in faults), faults

    sketch = small / "builds" / "sketch" / "index.md"
    sound = sketch.read_text()
    sketch.write_text(sound.replace("status: shipped", "staus: shipped"))
    found = [re.match(matcher["pattern"]["regexp"], one) for one in watch.until("checked: 1 error, 2 warnings")]
    assert ("builds/sketch/index.md", "6", "1", "error", "unknown-key") in [one.groups()[:5] for one in found if one]
    sketch.write_text(sound)
    watch.until("checked: 0 errors, 2 warnings")


def test_it_lives_through_settings_that_cannot_be_read(watch: Watch, small: Path) -> None:
    watch.until("checked: 0 errors, 2 warnings")
    config = small / "mkdocs.yml"
    sound = config.read_text()
    config.write_text("site_name: [\n")
    assert watch.until("checked: 1 error, 0 warnings")[0].startswith("mkdocs.yml:")
    config.write_text(sound)
    watch.until("checked: 0 errors, 2 warnings")
    watch.process.send_signal(signal.SIGINT)
    _, said = watch.process.communicate(timeout=PATIENCE)
    assert watch.process.returncode == 0
    assert said == "\n"
