"""Signals that end a program: they let it clear up what it began."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

# Windows has neither a hang-up nor a mask.
_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def end_in_order() -> None:
    """From now on a request to end (SIGTERM, SIGHUP) ends the program as `sys.exit` does, with the shell's code for it.

    One that somebody else handles or ignores stays as it is. Only the main thread can ask for this; in any other it
    does nothing.
    """
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            with contextlib.suppress(ValueError):
                signal.signal(number, _end)


def _end(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Signals that would end the program come when the block is done."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
