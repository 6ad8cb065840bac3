"""A lock goes with its program; whoever waits is told for whom."""

import errno
import multiprocessing
import os
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from labfolio.files import lock as module
from labfolio.files.lock import locked


def hold(folder: Path, held: Event, enough: Event) -> None:
    with locked(folder):
        held.set()
        enough.wait(60)


@pytest.mark.parametrize("end", ["kill", "done"])
def test_who_waits_is_told_and_goes_on(
    tmp_path: Path, end: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    context = multiprocessing.get_context("spawn")
    held, enough = context.Event(), context.Event()
    process = context.Process(target=hold, args=(tmp_path, held, enough))
    process.start()
    assert held.wait(120)
    monkeypatch.setattr(module, "_PATIENCE", -1)
    # The holder ends once this program has said that it waits.
    monkeypatch.setattr(module.fcntl, "flock", _ending(process, enough, end))
    with locked(tmp_path):
        pass
    process.join()
    said = capfd.readouterr().err
    assert f"is writing in {tmp_path.name}/; waiting for it" in said
    assert "another program" in said


def _ending(process: multiprocessing.process.BaseProcess, enough: Event, end: str) -> object:
    real = module.fcntl.flock

    def flock(handle: int, how: int) -> None:
        if not how & module.fcntl.LOCK_NB:
            process.kill() if end == "kill" else enough.set()
        real(handle, how)

    return flock


def test_a_file_system_without_locks_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(module.fcntl, "flock", none)
    with locked(tmp_path), locked(tmp_path):
        pass
