"""A disk that fails, or a program that is killed, at the n-th change that a command makes below a folder.

The calls of Python's `os` and `io` that change a disk are counted, and those of the C library that labfolio makes
itself, in the process of tests/forked.py. What a compiled program writes by itself (the search index) is not counted,
so it is left out.
"""

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.forked import Finished, limited

# With this in the environment every step is struck, not a choice of them, and loops go round a hundred times.
LONG = bool(os.environ.get("LABFOLIO_LONG_RUN"))
KILL = "kill"
# What a full disk refuses: not what frees room. Whatever is refused once is refused from then on.
_NEEDS_ROOM = ("open", "write", "mkdir", "fsync", "syncfs", "link")
_LASTING = ("ENOSPC", "EDQUOT", "EROFS")
_CALLS = ("mkdir", "rename", "replace", "unlink", "remove", "rmdir", "link", "chmod", "utime", "ftruncate", "fsync")


@dataclass(frozen=True, slots=True)
class Struck:
    """How a command ended, and the changes that it made until then, each a call and a path."""

    finished: Finished
    steps: tuple[tuple[str, str], ...]


def struck(command: list[str], folder: Path, at: int = -1, how: str = "", lacking: str = "") -> Struck:
    """A command whose step `at` (from 0) meets `how`: the name of an error, or `KILL`. Without `at` it only counts.

    `lacking` names a call of the C library that the system does not have.
    """
    log = folder.parent / f"{folder.name}.steps"
    log.write_bytes(b"")
    finished = limited(command, folder, before=partial(_install, folder, log, at, how, lacking))
    lines = log.read_text("utf-8", "backslashreplace").splitlines()
    steps = tuple((call, path) for call, _, path in (line.partition(" ") for line in lines))
    return Struck(finished, steps)


def chosen(steps: tuple[tuple[str, str], ...]) -> list[int]:
    """The steps to strike: all in the long run, else the first and last of each call, and the last three; of those
    below the cache, whose failing costs time alone, and of all others."""
    if LONG:
        return list(range(len(steps)))
    found: set[int] = set()
    for kept in (True, False):
        there = [number for number, (_, path) in enumerate(steps) if path.startswith(".cache") is kept]
        found |= set(there[-3:])
        for call in {steps[number][0] for number in there}:
            own = [number for number in there if steps[number][0] == call]
            found |= {own[0], own[-1]}
    return sorted(found)


class _Disk:
    """Counts the changes and strikes one of them."""

    def __init__(self, folder: Path, log: Path, at: int, how: str) -> None:
        self.folder, self.at, self.how = os.path.realpath(folder), at, how
        self.log = os.open(log, os.O_WRONLY | os.O_APPEND)
        self.append, self.count, self.broken = os.write, 0, False

    def step(self, call: str, place: Any) -> None:
        path = os.readlink(f"/proc/self/fd/{place}") if isinstance(place, int) else os.fsdecode(place)
        path = os.path.abspath(path)
        if not path.startswith(self.folder + os.sep):
            return
        self.append(self.log, f"{call} {os.path.relpath(path, self.folder)}\n".encode("utf-8", "backslashreplace"))
        now = self.count == self.at
        self.count += 1
        if now and self.how == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        lasting = self.broken and (self.how == "EROFS" or call in _NEEDS_ROOM)
        self.broken = self.broken or (now and self.how in _LASTING)
        if now or lasting:
            number = getattr(errno, self.how)
            raise OSError(number, os.strerror(number), path)


def _install(folder: Path, log: Path, at: int, how: str, lacking: str) -> None:
    """Puts a counting call in the place of each, in a process of its own."""
    from labfolio.files import kernel

    disk = _Disk(folder, log, at, how)
    for name in _CALLS:
        setattr(os, name, _counted(disk, name, getattr(os, name)))
    real_open, real_os_open, real_called = io.open, os.open, kernel._called

    class Raw(io.FileIO):
        def write(self, data: Any) -> int:
            disk.step("write", self.fileno())
            return super().write(data)

    def opened(file: Any, mode: str = "r", buffering: int = -1, *more: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+"):
            return real_open(file, mode, buffering, *more, **named)
        if not isinstance(file, int):
            disk.step("open", file)
        raw = Raw(file, mode.replace("b", "").replace("t", ""), named.pop("closefd", True), named.pop("opener", None))
        whole = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return whole if "b" in mode else io.TextIOWrapper(whole, *more, **named)

    def os_opened(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            disk.step("open", path)
        return real_os_open(path, flags, *more, **named)

    def writing(real: Callable[..., int]) -> Callable[..., int]:
        def written(handle: int, *what: Any) -> int:
            disk.step("write", handle)
            return real(handle, *what)

        return written

    def called(name: str, path: Path, *arguments: Any) -> bool:
        disk.step(name, path)
        return name != lacking and real_called(name, path, *arguments)

    io.open = builtins.open = opened  # type: ignore[assignment]
    os.open = os_opened
    os.write, os.pwrite = writing(os.write), writing(os.pwrite)
    kernel._called = called


def _counted(disk: _Disk, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(path: Any, *more: Any, **named: Any) -> Any:
        within = named.get("dir_fd")
        parent = "" if within is None else os.readlink(f"/proc/self/fd/{within}")
        disk.step(name, path if isinstance(path, int) else os.path.join(parent, os.fsdecode(path)))
        return real(path, *more, **named)

    return call
