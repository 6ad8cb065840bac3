"""What a process no longer uses is the system's again."""

import ctypes
import subprocess
import sys

import pytest

from labfolio.engines import heap

# In a process of its own, in which no free memory lies about from before.
_PROGRAM = """
from pathlib import Path
from labfolio.engines.heap import give_back

def resident():
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) // 1024

before = resident()
# Pieces that the allocator keeps in one heap, with one in use on top of them.
pieces = [bytes(50_000) + b"x" for _ in range(2_000)]
last = pieces.pop()
full = resident()
del pieces
give_back()
print(full - before, resident() - before, len(last))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux is asked")
def test_what_lies_below_a_piece_in_use_is_given_back() -> None:
    said = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True).stdout
    full, left, last = map(int, said.split())
    assert full > 80
    assert left < 20
    assert last == 50_001


@pytest.mark.parametrize(("platform", "library"), [("darwin", None), ("linux", object())])
def test_where_the_c_library_is_another_nothing_happens(
    platform: str, library: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def opened(name: object) -> object:
        asked.append(name)
        return library

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", opened)
    monkeypatch.setattr(heap, "_trim", heap._trim.__wrapped__)
    heap.give_back()
    assert asked == ([None] if platform == "linux" else [])
