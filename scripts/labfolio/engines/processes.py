"""Processes beside this one, where there are processors for them. They begin as its copies and are ended with it."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator

from labfolio.files.signals import held_back
from labfolio.model.beside import ALONE, Beside, Work

# Each takes memory of its own for what it makes, and most of a build is over in four parts.
_MOST = 4


def beside() -> Beside:
    """As many processes as there are processors, four at most; none but this one where it cannot be copied safely.

    That is any other system than Linux, and a process of several threads: of a copy's threads one goes on, and locks
    that the others held are never opened.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return ALONE
    processors = min(len(os.sched_getaffinity(0)), _MOST)
    return Beside(processors, _begun) if processors > 1 else ALONE


@contextlib.contextmanager
def _begun(*works: Work) -> Iterator[None]:
    """Runs works, each in a copy of this process, and waits for them at the end; a fault within the block ends them."""
    copies: list[int] = []
    try:
        for work in works:
            # One that is asked to end in between would leave a copy that nobody waits for.
            with held_back(), contextlib.suppress(OSError):
                copies.append(_copy(work))
        yield
        while copies:
            os.waitpid(copies[-1], 0)
            copies.pop()
    finally:
        for copy in copies:
            _end(copy)


def _copy(work: Work) -> int:
    """The process id of a copy that does the work and nothing else. Raises OSError where there can be no more."""
    copy = os.fork()
    if copy:
        return copy
    try:
        # It says nothing: what fails in it fails again in the process that it is a copy of, and is told there.
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
        work()
    finally:
        # Nothing of the process that it is a copy of is cleared up twice.
        os._exit(0)


def _end(copy: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)
