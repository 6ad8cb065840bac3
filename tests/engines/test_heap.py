"""What a process no longer uses is the system's again."""

import sys
from pathlib import Path

import pytest

from labfolio.engines.heap import give_back

_MEBIBYTE = 2**20


def resident() -> int:
    """The bytes of this process in memory."""
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux is asked")
def test_what_lies_below_a_piece_in_use_is_given_back() -> None:
    before = resident()
    # Pieces that the allocator keeps in one heap, with one in use on top of them.
    pieces = [bytes(50_000) + b"x" for _ in range(2_000)]
    last = pieces.pop()
    assert resident() - before > 50 * _MEBIBYTE
    del pieces
    give_back()
    assert resident() - before < 20 * _MEBIBYTE
    assert len(last) == 50_001


def test_another_system_is_asked_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    give_back.__globals__["_trim"].cache_clear()
    give_back()
    give_back.__globals__["_trim"].cache_clear()
