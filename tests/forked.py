"""A command under limits of processor time and memory, in a process that has loaded labfolio before: a tenth of the
time of a fresh one, and as far from the test's own process.
"""

import contextlib
import io
import multiprocessing
import os
import resource
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import environment

SECONDS = 10
BYTES = 512 * 1024 * 1024
_LOADED = ["labfolio.cli.commands", "labfolio.engines.native", "labfolio.engines.mkdocs_plugin", "tests.warm"]
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
    process = _PROCESSES.Process(target=_run, args=(command, folder, log, environment(**changes), before))
    process.start()
    process.join(120)
    if process.is_alive():
        process.kill()
        process.join()
    assert process.exitcode is not None
    return Finished(code=process.exitcode, printed=log.read_text("utf-8", "backslashreplace"))


def _run(
    command: list[str], folder: Path, log: Path, variables: dict[str, str], before: Callable[[], None] | None
) -> None:
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", 0, closefd=False), "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", 0, closefd=False), "utf-8", write_through=True)
    sys.argv = command
    # As where Pagefind cannot be had: indexing takes as long as all the rest, and looks at finished pages only.
    sys.modules["pagefind"] = None  # type: ignore[assignment]
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    code: object = 0
    try:
        if before is not None:
            before()
        _program(command[0])
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 70
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
