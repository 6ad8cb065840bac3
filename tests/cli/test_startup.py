"""What the commands that are waited for import: a fresh interpreter, and the packages that stand in it at the end."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import environment

# Whatever Python itself loads at its start (a path file of an environment) is no part of a command.
PROGRAM = """
import sys
begun = {name.partition(".")[0] for name in sys.modules}
from labfolio.cli.commands import main
sys.argv = ["labfolio", *sys.argv[1:]]
try:
    main()
finally:
    found = {name.partition(".")[0] for name in sys.modules} - begun - sys.stdlib_module_names
    found = {name for name in found if not name.startswith(("_cython", "cython", "_sysconfigdata"))}
    found |= {"labfolio.build"} & sys.modules.keys()
    print(*sorted(found), file=open(".packages", "w"))
"""

# What reads entries and a bibliography.
FACTS = {
    "_yaml", "annotated_types", "bibtexparser", "click", "labfolio", "markupsafe", "pydantic", "pydantic_core",
    "pylatexenc", "typing_extensions", "typing_inspection", "yaml",
}  # fmt: skip
# What renders a text as well, to judge it: no templates, no feeds, no engine.
TEXT = FACTS | {"PIL", "htmlparser", "lxml", "markdown", "nh3", "pygments", "pymdownx"}
ALLOWED = {
    "--help": {"click", "labfolio"},
    "explain dead-link": {"click", "labfolio"},
    "build": {"click", "labfolio"},
    "status": FACTS,
    "new build Another": FACTS,
    "check builds/sketch/index.md": TEXT,
}


def packages(command: str, folder: Path) -> set[str]:
    """The packages of others that a command imports."""
    program = [sys.executable, "-c", PROGRAM, *command.split()]
    done = subprocess.run(program, cwd=folder, env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return set((folder / ".packages").read_text().split())


@pytest.mark.parametrize("command", ALLOWED)
def test_a_command_imports_no_more_than_it_needs(command: str, small: Path) -> None:
    if command == "build":
        assert packages(command, small) > ALLOWED[command]
    assert packages(command, small) <= ALLOWED[command]
