"""Whole small sites as fixtures, and one way to run labfolio on them."""

import atexit
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

import pytest
from hypothesis import HealthCheck, settings

from labfolio.files.lock import lock

_T = TypeVar("_T")

# The same examples in each run, however slow the machine; `--hypothesis-profile=search` looks for new ones, and `long`
# for as many as it takes before a release.
settings.register_profile("same", deadline=None, derandomize=True, max_examples=200)
settings.register_profile("search", deadline=None)
settings.register_profile("long", deadline=None, max_examples=10_000, suppress_health_check=list(HealthCheck))
settings.load_profile("same")

# Most tests start programs: where nothing compiled is kept, each would compile all of labfolio anew.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="labfolio-compiled-")
    atexit.register(shutil.rmtree, os.environ["PYTHONPYCACHEPREFIX"], ignore_errors=True)

_MEMORY = Path("/dev/shm")
_ROOM = 4 * 1024**3  # bytes; a run was seen to hold 0.5 GiB at once


def _has_room(folder: Path) -> bool:
    """Whether a run's folders fit into a folder, and programs in them can be started."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return False
    noexec = found.f_flag & os.ST_NOEXEC
    return os.access(folder, os.W_OK) and not noexec and found.f_bavail * found.f_frsize >= _ROOM


# A disk that is told of each freed block takes milliseconds for each folder that goes: a site has one for each page.
_OWN_MEMORY = ""
# A fuzzer that borrows from the tests ends without a word.
if "PYTEST_VERSION" in os.environ and "TMPDIR" not in os.environ and _has_room(_MEMORY):
    _OWN_MEMORY = tempfile.mkdtemp(prefix="labfolio-tests-", dir=_MEMORY)
    os.environ["TMPDIR"] = tempfile.tempdir = _OWN_MEMORY


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(exitstatus: int) -> None:
    """What a test that failed has left stays, for who wants to look at it."""
    if _OWN_MEMORY and exitstatus == 0:
        shutil.rmtree(_OWN_MEMORY, ignore_errors=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: tests of servers and of killed builds mostly wait."""
    return (os.cpu_count() or 1) + 1


ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "tests" / "sites" / "small"
TODAY = date(2026, 11, 20)
EPOCH = "1795132800"  # 2026-11-20 00:00 UTC


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small site, with every kind of entry."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's own portfolio."""
    folder = tmp_path_factory.mktemp("demo")
    for name in ("content", "builds", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[], _T]) -> _T:
    """What `make` gives, made by the first test process that asks for the name and read by all others."""
    folder = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    with (folder / f"{name}.pickle").open("a+b") as file:
        lock(file.fileno(), name)
        file.seek(0)
        if kept := file.read():
            return cast(_T, pickle.loads(kept))
        made = make()
        file.write(pickle.dumps(made))
    return made


def environment(**changes: str) -> dict[str, str]:
    """The environment of a run: the day fixed, Material's notices off."""
    return {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", **changes}


def run(command: list[str], folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """A command of this environment's Python in a folder, with its output as text.

    It is forked from a process that has loaded labfolio, unless its environment may change what Python does at its
    start.
    """
    variables = environment(**changes)
    if _of_python(variables) == _AT_START and command[0] in ("labfolio", "mkdocs"):
        from tests.forked import forked

        return forked(command, folder, variables)
    program = [sys.executable, "-m", {"labfolio": "labfolio.cli.commands", "mkdocs": "mkdocs"}[command[0]]]
    return subprocess.run(
        [*program, *command[1:]], cwd=folder, env=variables, text=True, capture_output=True, timeout=120
    )


def _of_python(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables that may mean something to Python, to the C library or to what is loaded at its start."""
    return {name: value for name, value in variables.items() if name not in _ASKED and not name.startswith("PYTEST")}


# The variables that labfolio and MkDocs ask for as they run.
_ASKED = ("SOURCE_DATE_EPOCH", "NO_MKDOCS_2_WARNING", "SITE_URL", "LABFOLIO_TRACEBACK", "NO_COLOR", "CI")
_AT_START = _of_python(os.environ)


Run = Callable[..., subprocess.CompletedProcess[str]]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sources(folder: Path) -> dict[str, bytes]:
    """Every file that an author wrote: all but the site and what builds keep for the next."""
    return {path: data for path, data in tree(folder).items() if not path.startswith(("site/", ".cache/"))}
