"""Whole processes: started with a plain environment, measured, and ended with everything that they began."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LAUNCH = Path(__file__).with_name("launch.py")
SECONDS = 3600


class Failed(Exception):
    """A command that did not end as it should, with the last of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, user and system, of all processes; wall seconds; MiB of the largest process at its largest."""

    cpu: float
    wall: float
    peak: float


def environment(work: Path, program: Path) -> dict[str, str]:
    """What the generators see, the same for all: nothing of the caller's but a path to programs."""
    home = work / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": f"{program.parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "HUGO_CACHEDIR": str(home / "hugo"),
        "LANG": "C.UTF-8",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": "1795132800",  # 2026-11-20, after the last entry
        "TZ": "UTC",
    }


def measured(command: list[str], folder: Path, work: Path) -> Cost:
    """What a command cost in a folder. Raises Failed for another exit code than 0, and after an hour."""
    report, log = work / "report.json", work / "log.txt"
    report.unlink(missing_ok=True)
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(LAUNCH), str(report), *command],
            cwd=folder, env=environment(work, Path(command[0])), stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            start_new_session=True,
        )  # fmt: skip
        try:
            ended = f"exit {process.wait(SECONDS)}"
        except subprocess.TimeoutExpired:
            ended = f"no end within {SECONDS} s"
        finally:
            end(process)
    if ended != "exit 0" or not report.is_file():
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise Failed(f"{' '.join(command)} in {folder}: {ended}\n{tail}")
    return Cost(**json.loads(report.read_text(encoding="utf-8")))


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the session that a process leads: politely, after five seconds for certain."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(5)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
