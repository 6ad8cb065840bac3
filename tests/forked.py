"""A command in a process that has loaded labfolio before: a tenth of the time of a fresh one, and as far from the
test's own process. `limited` holds it to limits of processor time and memory.
"""

import atexit
import contextlib
import io
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from tests.conftest import environment

SECONDS = 10
BYTES = 512 * 1024 * 1024
_PATIENCE = 120
_LOADED = [
    "labfolio.cli.commands",
    "labfolio.engines.native",
    "labfolio.engines.mkdocs_plugin",
    "labfolio.present.card.drawing",
    "tests.warm",
]
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(_LOADED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a command ended: its exit code, a negative one for a signal, and all that it printed."""

    code: int
    printed: str


def limited(command: list[str], folder: Path, *, before: Callable[[], None] | None = None, **changes: str) -> Finished:
    """`labfolio ...` or `mkdocs ...` in a folder. Ten seconds of processor time and 512 MiB of its own memory are all
    that it gets, from the kernel: what takes longer ends with a signal, what takes more with a MemoryError.
    `before` is called in the process, before the command."""
    log = folder.parent / f"{folder.name}.log"
    code = _ended(_Asked(command, folder, (log, log), environment(**changes), partial(_limit, before)))
    return Finished(code=code, printed=log.read_text("utf-8", "backslashreplace"))


def forked(command: list[str], folder: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """`labfolio ...` or `mkdocs ...` in a folder with an environment, of which nothing may be meant for Python itself.

    Raises TimeoutExpired after two minutes.
    """
    with tempfile.TemporaryDirectory(prefix="labfolio-") as held:
        printed = Path(held, "out"), Path(held, "err")
        code = _ended(_Asked(command, folder, printed, dict(variables)))
        out, err = (path.read_text("utf-8") for path in printed)
    if code == -9:
        raise subprocess.TimeoutExpired(command, _PATIENCE, out, err)
    return subprocess.CompletedProcess(command, code, out, err)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A command, where and how it runs, and the files that it prints into; `before` is called in its process."""

    command: list[str]
    folder: Path
    printed: tuple[Path, Path]
    variables: dict[str, str]
    before: Callable[[], None] | None = None


def _ended(asked: _Asked) -> int:
    process = _PROCESSES.Process(target=_run, args=(asked,))
    process.start()
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    assert process.exitcode is not None
    return process.exitcode


def _limit(before: Callable[[], None] | None) -> None:
    # As where Pagefind cannot be had: indexing takes as long as all the rest, and looks at finished pages only.
    cast(dict[str, object], sys.modules)["pagefind"] = None
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    if before is not None:
        before()


def _run(asked: _Asked) -> None:
    os.environ.clear()
    os.environ.update(asked.variables)
    os.chdir(asked.folder)
    for number, path in enumerate(dict.fromkeys(asked.printed), start=1):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, number)
    if asked.printed[0] == asked.printed[1]:
        os.dup2(1, 2)
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", 0, closefd=False), "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", 0, closefd=False), "utf-8", write_through=True)
    sys.argv = asked.command
    code: object = 0
    try:
        if asked.before is not None:
            asked.before()
        _program(asked.command[0])
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if asked.before is None:
        atexit._run_exitfuncs()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    os._exit(code if isinstance(code, int) else int(bool(code)))


def _program(name: str) -> None:
    if name == "mkdocs":
        from mkdocs.__main__ import cli

        cli()
    else:
        from labfolio.cli.commands import main

        main()
