"""What a release needs beside a tag: `check TAG` says whether it may be, `build DIR` makes what is published.

Only Python and hatchling are needed; nothing of labfolio is imported but its version.
"""

import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

import labfolio

ROOT = Path(__file__).resolve().parents[1]


def faults(tag: str, version: str, changes: str) -> Iterable[str]:
    """Why a tag is no release of a version, given the text of CHANGELOG.md; nothing where it is one."""
    if tag != f"v{version}":
        yield f"the tag is {tag}, and scripts/labfolio/__init__.py says {version}: the tag of that is v{version}"
    sections = re.split(r"(?m)^## ", changes)[1:]
    section = next((one for one in sections if re.match(rf"{re.escape(version)}(,|$)", one)), "")
    heading, _, text = section.partition("\n")
    if not section:
        yield f"CHANGELOG.md has no section {version}"
    elif not re.fullmatch(rf"{re.escape(version)}, \d{{4}}-\d\d-\d\d", heading):
        yield f"CHANGELOG.md says '## {heading}'; a release says '## {version}, ' and its day, such as 2026-12-01"
    elif not text.strip():
        yield f"CHANGELOG.md says nothing of {version}"


def build(folder: Path, root: Path = ROOT) -> tuple[Path, Path]:
    """The source distribution of a tree and the wheel that is built from it, in a folder.

    Raises CalledProcessError where either cannot be built, and ValueError where the tree itself builds another wheel.
    """
    source = _built("sdist", root, folder)
    with tempfile.TemporaryDirectory() as work:
        with tarfile.open(source) as archive:
            archive.extractall(work, filter="data")
        wheel = _built("wheel", next(Path(work).iterdir()), folder)
        if _built("wheel", root, Path(work) / "tree").read_bytes() != wheel.read_bytes():
            raise ValueError("the source distribution and the tree build different wheels")
    return source, wheel


def _built(target: str, root: Path, folder: Path) -> Path:
    """What hatchling builds of a tree, with the time of files as SOURCE_DATE_EPOCH says."""
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.iterdir())
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder.resolve())]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    return next(iter(set(folder.iterdir()) - before))


def main(arguments: list[str]) -> int:
    """0 where all is well, 1 with the reasons on standard error, 2 for wrong usage."""
    match arguments:
        case ["check", tag]:
            found = list(faults(tag, labfolio.__version__, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))
            print("\n".join(found) or f"{tag} may be released", file=sys.stderr)
            return 1 if found else 0
        case ["build", folder]:
            # Whoever builds the same commit again gets the same bytes.
            day = ["git", "log", "-1", "--format=%ct"]
            os.environ.setdefault("SOURCE_DATE_EPOCH", subprocess.check_output(day, cwd=ROOT, text=True).strip())
            print(*(path.name for path in build(Path(folder))), sep="\n")
            return 0
    print("usage: release.py check TAG | build DIR", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
