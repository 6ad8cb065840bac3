"""Fuzzes one target after another and writes a line each: `python tests/fuzz/all.py [--runs N] [TARGET ...]`.

A target that ended with a finding goes on with the runs that are left, at most twenty times.
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

_RUN = Path(__file__).with_name("run.py")
_MOST = 20


def fuzzed(name: str, runs: int, options: list[str]) -> str:
    """The line of a target: its runs, seconds and findings; with `options` of libFuzzer."""
    log = Path(".fuzz") / f"{name}.log"
    log.parent.mkdir(exist_ok=True)
    began, done, findings = time.monotonic(), 0, 0
    log.write_text("")
    while done < runs and findings < _MOST:
        with log.open("a") as held:
            command = [sys.executable, str(_RUN), name, f"-runs={runs - done}", *options]
            ended = subprocess.run(command, stdout=held, stderr=subprocess.STDOUT, check=False)
        counts = re.findall(r"stat::number_of_executed_units:\s*(\d+)", log.read_text(errors="replace"))
        before, done = done, sum(map(int, counts))
        if ended.returncode == 0:
            break
        findings += 1
        if done == before:
            break
    return f"{name}: {done} runs, {time.monotonic() - began:.0f} s, {findings} findings"


def _names() -> list[str]:
    """All targets, as their table has them."""
    table = (_RUN.parent / "targets.py").read_text()
    return re.findall(r'^    "([a-z]+)": Target\(', table, re.MULTILINE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000_000, help="how often each target is run")
    parser.add_argument("--longest", type=int, help="the most bytes of an input (each target's own)")
    parser.add_argument("targets", nargs="*", default=_names(), help="the targets, in order")
    given = parser.parse_args()
    shorter = [f"-max_len={given.longest}"] if given.longest else []
    for one in given.targets:
        print(fuzzed(one, given.runs, shorter), flush=True)
