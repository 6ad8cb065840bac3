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
    _make(work / "environments" / "peers", "\n".join(PEERS), own=False)
    _make(work / "environments" / "labfolio", without(lock, INDEX), own=True)
    _make(work / "environments" / "indexed", lock, own=True)


def _make(folder: Path, requirements: str, *, own: bool) -> None:
    """An environment with these requirements, and with labfolio as it stands here where `own`."""
    # Written last, and read to find what was made for other requirements or for another checkout.
    complete, made = folder / "complete", f"{ROOT if own else ''}\n{requirements}"
    if complete.is_file() and complete.read_text(encoding="utf-8") == made:
        return
    print(f"installing {folder.name}", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    listed = folder / "requirements.txt"
    listed.write_text(requirements, encoding="utf-8")
    _install(folder, "-r", str(listed))
    if own:
        _install(folder, "--no-deps", "-e", str(ROOT))
    complete.write_text(made, encoding="utf-8")


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
