"""`labfolio capture`: runs a command in an entry's folder and writes down what it ran on."""

import json
import re
import shlex
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labfolio.engines.clock import today
from labfolio.engines.machine import changed_files, commit_of, hardware, python_of, system
from labfolio.files.destinations import replace_file
from labfolio.model.entry import BUILD
from labfolio.model.environment import EnvironmentFile
from labfolio.model.front_matter import Evidence
from labfolio.parse.front_matter import read_entry
from labfolio.parse.text import decode

_SECRET = re.compile(r"(token|secret|password|passwd|api[-_]?key|credential)", re.IGNORECASE)
NAME = "environment.json"


class CaptureError(Exception):
    """Nothing was written; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """The folder of an entry with what its front matter says about running it."""

    folder: Path
    command: tuple[str, ...]
    seeds: int | tuple[str, ...] | None
    output: Path


def experiment(folder: Path, command: Sequence[str], output: str) -> Experiment:
    """The run of a command, or of the entry's own one, with its output file. Raises CaptureError."""
    if not folder.is_dir():
        raise CaptureError(f"there is no folder {folder}")
    front = _front(folder / "index.md")
    own = shlex.split(front.command) if front and front.command else []
    stated = front.environment if front and isinstance(front.environment, str) else NAME
    chosen = tuple(command) or tuple(own)
    if not chosen:
        raise CaptureError("name a command after --, or write the field 'command' into the entry's index.md")
    return Experiment(
        folder=folder.resolve(),
        command=chosen,
        seeds=front.seeds if front else None,
        output=folder.resolve() / (output or stated),
    )


def _front(path: Path) -> Evidence | None:
    """The front matter of an entry, None where it cannot be read; its faults are for `labfolio check`."""
    try:
        text, _ = decode(path.name, path.read_bytes())
    except OSError:
        return None
    entry, _ = read_entry(BUILD, "entry", path.name, text)
    return entry.front if entry and isinstance(entry.front, Evidence) else None


def capture(run: Experiment, environment: Mapping[str, str]) -> dict[str, Any]:
    """Runs the command, writes the file and gives its content. Raises CaptureError where the command fails.

    Everything but times and memory is read before the run, so that what the run writes does not count as a change.
    """
    folder = run.folder
    found: dict[str, Any] = {**python_of(run.command, folder), "os": system(), "hardware": hardware(folder)}
    found["command"] = shown_command(run.command)
    commit, changed = commit_of(folder), changed_files(folder)
    before = {path: _stamp(path) for path in changed}
    used = _usage()
    began = time.perf_counter()
    try:
        done = subprocess.run(run.command, cwd=folder, check=False)
    except OSError as error:
        raise CaptureError(f"{run.command[0]} cannot be run: {error.strerror}") from error
    wall = time.perf_counter() - began
    if done.returncode:
        raise CaptureError(f"the command ended with exit code {done.returncode}; nothing was written")
    after = _usage()
    sources = [path for path, stamp in before.items() if path != run.output and stamp == _stamp(path)]
    found |= {"commit": commit, "dirty": bool(sources)} if commit else {}
    found |= {"seeds": list(run.seeds) if isinstance(run.seeds, tuple) else run.seeds} if run.seeds else {}
    found["wall_seconds"] = round(wall, 2)
    if used and after:
        found["cpu_seconds"] = round(after[0] - used[0], 2)
        found["peak_mb"] = round(after[1])
    found["finished"] = today("UTC", environment).isoformat()
    EnvironmentFile.model_validate(found)
    run.output.parent.mkdir(parents=True, exist_ok=True)
    replace_file(run.output, (json.dumps(found, indent=2, ensure_ascii=False) + "\n").encode())
    return found


def shown_command(command: Sequence[str]) -> str:
    """A command as it may be published: no absolute path, no value of an option that sounds like a secret."""
    shown: list[str] = []
    hide = False
    for word in command:
        name, equals, value = word.partition("=")
        if hide:
            word = "***"
        elif equals and _SECRET.search(name):
            word = f"{name}=***"
        elif equals and _is_absolute(value):
            word = f"{name}={_last(value)}"
        elif _is_absolute(word):
            word = _last(word)
        hide = not hide and not equals and word.startswith("-") and bool(_SECRET.search(word))
        shown.append(word)
    return shlex.join(shown)


def _is_absolute(word: str) -> bool:
    return word.startswith(("/", "~")) or bool(re.match(r"[A-Za-z]:[\\/]", word))


def _last(path: str) -> str:
    return re.split(r"[\\/]", path.rstrip("\\/"))[-1] or "."


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def _usage() -> tuple[float, float] | None:
    """Processor seconds and the largest memory in MiB of all child processes that have ended; None on Windows."""
    try:
        import resource
        import sys
    except ImportError:
        return None
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return found.ru_utime + found.ru_stime, found.ru_maxrss / unit
