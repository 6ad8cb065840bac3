"""The time that one text may take, in processor time, so that a busy machine fails no page."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from labfolio.model.limit import OutOfTime

# What is rendered twice, by labfolio and by MkDocs, still takes less than ten seconds.
SECONDS = 3.0
# How often it is raised again, and how often the clock is looked at where there is no signal for it.
_AGAIN = 0.2


@contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """Raises OutOfTime in the work within, once it has taken so many seconds of the process' time.

    It is raised again until it arrives: what a library written in another language calls may lose it. Limits nest; the
    shorter ends first.
    """
    hook = sys.unraisablehook

    def quiet(lost: "sys.UnraisableHookArgs") -> None:
        if not issubclass(lost.exc_type, OutOfTime):
            hook(lost)

    sys.unraisablehook = quiet
    began = time.process_time()
    in_main = threading.current_thread() is threading.main_thread()
    by = _by_signal if in_main and hasattr(signal, "setitimer") else _by_thread
    try:
        with by(seconds):
            yield
        if time.process_time() - began >= seconds:
            raise OutOfTime
    finally:
        sys.unraisablehook = hook


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    """In the main thread: a signal interrupts even a regular expression."""
    before = signal.getsignal(signal.SIGPROF)

    def over(*_: object) -> None:
        raise OutOfTime

    signal.signal(signal.SIGPROF, over)
    outer, again = signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    if outer and outer < seconds:
        signal.setitimer(signal.ITIMER_PROF, outer, _AGAIN)
    began = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        if outer:
            left = outer - (time.process_time() - began)
            signal.setitimer(signal.ITIMER_PROF, max(left, 0.001), again)


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    """In another thread, and where there are no such signals: a second thread looks at the clock."""
    raise_in = _raiser(threading.get_ident())
    over, lock = threading.Event(), threading.Lock()
    end = time.process_time() + seconds

    def watch() -> None:
        while not over.wait(_AGAIN):
            with lock:
                if not over.is_set() and time.process_time() >= end:
                    raise_in(OutOfTime)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with suppress(OutOfTime), lock:
            over.set()
            raise_in(None)


def _raiser(thread: int) -> Callable[[type[BaseException] | None], object]:
    """What raises an exception in a thread, or takes back one that has not been raised yet."""
    import ctypes  # of no use in the main thread

    def raise_in(error: type[BaseException] | None) -> object:
        what = ctypes.py_object(error) if error else None
        return ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)

    return raise_in
