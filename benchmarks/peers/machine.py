"""What the measurements ran on."""

import os
import platform
import subprocess
from pathlib import Path


def machine() -> dict[str, object]:
    """Processor, cores, memory, system, Python, revision of the sources and load, as they are now."""
    return {
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 1,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": _line("/etc/os-release", "PRETTY_NAME").strip('"') or platform.system(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "revision": _revision(),
        "load": round(os.getloadavg()[0], 1),
    }


def _line(path: str, name: str) -> str:
    """The value of a name in a file of `name : value` or `name=value` lines, or an empty text."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    for line in lines:
        if line.startswith(name):
            return line[len(name) :].strip().lstrip(":=").strip()
    return ""


def _revision() -> str:
    root = Path(__file__).resolve().parents[2]
    found = subprocess.run(["git", "-C", str(root), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return found.stdout.strip() or "unknown"
