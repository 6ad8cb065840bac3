"""The time that one text may take: it ends what takes longer, in any thread, and leaves nothing behind."""

import re
import signal
import sys
import threading
import time
from collections.abc import Callable

import pytest

from labfolio.engines.time_limit import limited
from labfolio.markdown.sanitise import clean
from labfolio.model.limit import OutOfTime

SHORT = 0.05


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def swallow() -> None:
    try:
        spin(30)
    except Exception:
        pytest.fail("a library that catches every Exception goes on")


def match() -> None:
    re.match(r"(a|a)*b", "a" * 40)


def sanitise() -> None:
    """What the sanitiser calls loses every exception."""

    def slow(_: str, value: str) -> str:
        spin(0.1)
        return value

    clean('<a href="x">' * 1000, slow)


@pytest.mark.parametrize("work", [lambda: spin(30), swallow, match, sanitise])
def test_what_takes_longer_ends(work: Callable[[], None]) -> None:
    with pytest.raises(OutOfTime), limited(SHORT):
        work()


def test_what_takes_less_goes_on_and_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGPROF), sys.unraisablehook
    with limited(30):
        spin(0.01)
    assert (signal.getsignal(signal.SIGPROF), sys.unraisablehook) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_limits_nest_and_the_shorter_ends_first() -> None:
    with pytest.raises(OutOfTime), limited(SHORT), limited(30):
        spin(30)
    with limited(30):
        with pytest.raises(OutOfTime), limited(SHORT):
            spin(30)
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_another_thread_has_a_limit_too() -> None:
    ended: list[str] = []

    def work() -> None:
        try:
            with limited(SHORT):
                spin(30)
        except OutOfTime:
            ended.append("out of time")
        with limited(30):
            spin(0.01)
        ended.append("went on")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == ["out of time", "went on"]
