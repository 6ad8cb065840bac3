"""CPU time of the commands that hooks, editors and authors call all day: `python benchmarks/commands.py [RUNS]`.

Each command runs as a whole process on this repository's portfolio, after one run to warm the disk and to compile the
modules, as pip does when it installs them. Printed, and written to `benchmarks/results/commands.md`, are user and
system time together in milliseconds.
"""

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULT = Path(__file__).parent / "results" / "commands.md"
# The command and the most that it may take, None where nothing is promised yet.
COMMANDS: tuple[tuple[tuple[str, ...], int | None], ...] = (
    (("--help",), 200),
    (("check", "content/papers/bloom1970space.md"), 400),
    (("check", "builds/hll-sketch/index.md"), 400),
    (("check", "content/reproductions/hyperloglog-error/index.md"), 400),
    (("check", "content/about.md"), 400),
    (("status",), None),
    (("check",), None),
)
NAMES = ("median", "least", "most")


def environment(compiled: str) -> Mapping[str, str]:
    """The day fixed, and compiled modules kept in a folder of this benchmark's own, whatever the surroundings say."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": compiled, "SOURCE_DATE_EPOCH": "1795132800"}


def cpu(arguments: tuple[str, ...], surroundings: Mapping[str, str]) -> float:
    """User and system seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "labfolio.cli.commands", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=surroundings)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"labfolio {' '.join(arguments)}: {done.stderr.decode()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(runs: int) -> None:
    """Measures every command in turn, so that a slow minute of the machine falls on all of them."""
    taken: dict[tuple[str, ...], list[float]] = {arguments: [] for arguments, _ in COMMANDS}
    with tempfile.TemporaryDirectory() as compiled:
        surroundings = environment(compiled)
        for run in range(runs + 1):
            for arguments in taken:
                seconds = cpu(arguments, surroundings)
                if run:
                    taken[arguments].append(1000 * seconds)
    lines = [f"CPU time in ms over {runs} runs, Python {platform.python_version()}, {os.cpu_count()} cores.", ""]
    lines += [f"| command | target | {' | '.join(NAMES)} |", f"|---|--:|{'--:|' * len(NAMES)}"]
    for arguments, target in COMMANDS:
        times = taken[arguments]
        shown = " | ".join(f"{value:.0f}" for value in (statistics.median(times), min(times), max(times)))
        lines.append(f"| `labfolio {' '.join(arguments)}` | {f'< {target}' if target else ''} | {shown} |")
    text = "\n".join(lines) + "\n"
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
