"""The virtual environments that the generators are installed into, apart from the project's own."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Zensical from 0.0.74 needs a package that not every index has.
PEERS = ("hugo", "pelican[markdown]", "mkdocs-material", "zensical==0.0.73")
SHOWN = ("hugo", "pelican", "mkdocs", "mkdocs-material", "zensical", "markdown", "pygments")
INDEX = ("pagefind", "pagefind-bin")


def prepare(work: Path) -> None:
    """Makes what is missing: `peers`, `labfolio` without Pagefind, `indexed` with it. Raises CalledProcessError."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in ("peers", "labfolio", "indexed"):
        folder = work / "environments" / name
        if (folder / "complete").is_file():
            continue
        print(f"installing {name}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        if name == "peers":
            _install(folder, *PEERS)
        else:
            (folder / "locked.txt").write_text(lock if name == "indexed" else without(lock, INDEX), encoding="utf-8")
            _install(folder, "--require-hashes", "-r", str(folder / "locked.txt"))
            _install(folder, "--no-deps", "-e", str(ROOT))
        (folder / "complete").touch()


def _install(folder: Path, *what: str) -> None:
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *what]
    subprocess.run(command, check=True)


def without(lock: str, names: tuple[str, ...]) -> str:
    """A lock less some packages: their lines and the hashes below them."""
    kept, taken = [], True
    for line in lock.splitlines():
        if line and not line.startswith((" ", "#")):
            taken = line.partition("==")[0] not in names
        kept += [line] if taken else []
    return "\n".join(kept) + "\n"


def versions(work: Path) -> dict[str, str]:
    """The versions of the peers."""
    command = [str(work / "environments" / "peers" / "bin" / "python"), "-m", "pip", "list", "--format=json"]
    listed = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    found = {one["name"].lower(): one["version"] for one in listed}
    return {name: found[name] for name in SHOWN if name in found}
