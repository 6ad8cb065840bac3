"""What a command is run on, in words that name neither the machine nor its owner."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# Asked of the Python that the command itself runs, which need not be the one that labfolio runs in.
_ASK = """
import json, platform
from importlib.metadata import distributions
found = {d.metadata["Name"]: d.version for d in distributions() if d.metadata["Name"]}
print(json.dumps({"python": platform.python_version(), "packages": found}))
"""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def python_of(command: Sequence[str], folder: Path) -> dict[str, Any]:
    """`python` and `packages` of the interpreter that a command begins with, else of the first `python` on the path.

    Of the packages only those that the entry's requirements files name, where it has such files.
    """
    first = Path(command[0]).name
    program = command[0] if re.fullmatch(r"python[\d.]*(\.exe)?", first) else shutil.which("python") or sys.executable
    shown = _output([program, "-c", _ASK], folder)
    if not shown:
        return {}
    found: dict[str, Any] = json.loads(shown)
    wanted = _required(folder)
    packages = {
        name: version for name, version in found["packages"].items() if wanted is None or _plain(name) in wanted
    }
    return {"python": found["python"], "packages": dict(sorted(packages.items(), key=lambda item: item[0].lower()))}


def _required(folder: Path) -> set[str] | None:
    """The names in the requirements files of an entry, None without such a file."""
    paths = sorted(folder.glob("*requirements*.txt"))
    if not paths:
        return None
    lines = [line.strip() for path in paths for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    matches = [_NAME.match(line) for line in lines if line and not line.startswith(("#", "-"))]
    return {_plain(match[0]) for match in matches if match}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def system() -> str:
    """The operating system and the kind of processor: `Debian GNU/Linux 12 (bookworm), x86_64`."""
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = f"{platform.system()} {platform.mac_ver()[0] or platform.release()}"
    return f"{name.strip()}, {platform.machine()}"


def hardware(folder: Path) -> dict[str, Any]:
    """Processor, cores that may be used, memory in GiB and graphics processor, as far as they can be known."""
    found: dict[str, Any] = {"cpu": _processor(folder), "cores": _cores(), "ram_gb": _memory()}
    ask = ["nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader"]
    found["gpu"] = "; ".join(_output(ask, folder).splitlines()) if shutil.which(ask[0]) else None
    return {name: value for name, value in found.items() if value}


def _processor(folder: Path) -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith(("model name", "Model")))
    sysctl = ["sysctl", "-n", "machdep.cpu.brand_string"]
    return next(named, "") or (_output(sysctl, folder) if shutil.which("sysctl") else "") or platform.processor()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0


def _memory() -> float:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (AttributeError, ValueError, OSError):
        return 0.0


def commit_of(folder: Path) -> str:
    """The Git commit that is checked out, its first forty digits; empty outside of a repository."""
    return _output(["git", "rev-parse", "HEAD"], folder)[:40]


def changed_files(folder: Path) -> set[Path]:
    """Files below a folder that differ from the commit, new ones included."""
    root = _output(["git", "rev-parse", "--show-toplevel"], folder)
    shown = _output(["git", "status", "--porcelain", "-z", "--untracked-files=all", "--", "."], folder)
    return {Path(root) / line[3:] for line in shown.split("\0") if len(line) > 3}


def _output(command: Sequence[str], folder: Path) -> str:
    """What a short command prints, empty where it cannot be run or fails."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return done.stdout.strip(" \n")
