"""Processes beside a build: what they make is what it would have made, and what becomes of them changes nothing."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from labfolio.engines import processes, site_folder
from labfolio.files.cache import Cache
from labfolio.files.record import CACHE
from labfolio.model.beside import ALONE, Beside
from tests.conftest import environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no process is copied elsewhere")
Work = Callable[[], object]


@pytest.fixture
def demo(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo for one test alone, which writes into it."""
    return Path(shutil.copytree(demo, tmp_path / "demo"))


def built(folder: Path, beside: Beside, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, bytes], object]:
    """The files and the diagnostics of a first build."""
    shutil.rmtree(folder / CACHE, ignore_errors=True)
    monkeypatch.setattr(site_folder, "beside", lambda: beside)
    given = environment()
    result = site_folder.run(site_folder.open_folder(folder / "mkdocs.yml", given), given)
    return {one.path: one.content for one in result.outputs}, result.diagnostics


@contextmanager
def dying(*works: Work) -> Iterator[None]:
    """Copies that are killed in the middle of their work."""

    def killed(work: Work) -> None:
        real, done = Cache.put, []

        def put(self: Cache, key: str, content: bytes) -> None:
            real(self, key, content)
            done.append(key)
            if len(done) == 9:
                os.kill(os.getpid(), signal.SIGKILL)

        Cache.put = put  # type: ignore[method-assign]
        work()

    with processes._begun(*(lambda work=work: killed(work) for work in works)):  # type: ignore[misc]
        yield


def test_a_site_is_the_same_however_many_make_it(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = demo / "content" / "notebook" / "astray.md"
    faulty.write_text("---\ntitle: Astray\ndate: 2026-09-01\n---\n\nSee https://ada.example/ and {{ page.title }}.\n")
    alone = built(demo, ALONE, monkeypatch)
    assert len(alone[0]) > 400
    assert alone[1]
    assert built(demo, Beside(2, processes._begun), monkeypatch) == alone
    assert built(demo, Beside(3, processes._begun), monkeypatch) == alone
    assert built(demo, Beside(2, dying), monkeypatch) == alone


def test_copies_fill_the_store_before_it_is_asked(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own: list[str] = []
    real = Cache.put

    def put(self: Cache, key: str, content: bytes) -> None:
        own.append(key)
        real(self, key, content)

    monkeypatch.setattr(Cache, "put", put)
    built(demo, Beside(2, processes._begun), monkeypatch)
    shared = len(own)
    own.clear()
    built(demo, ALONE, monkeypatch)
    assert shared < len(own) * 3 / 4


def test_no_copy_where_something_is_kept(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(demo, ALONE, monkeypatch)
    monkeypatch.setattr(site_folder, "beside", lambda: pytest.fail("it was asked for"))
    given = environment()
    site_folder.run(site_folder.open_folder(demo / "mkdocs.yml", given), given)


def test_works_are_over_when_the_block_is(tmp_path: Path) -> None:
    def work(name: str) -> None:
        time.sleep(0.05)
        (tmp_path / name).write_text("done")

    with processes._begun(lambda: work("a"), lambda: work("b")):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_work_that_fails_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        os.write(1, b"heard")
        os.write(2, b"heard")
        raise RuntimeError("nobody is told")

    with processes._begun(work):
        pass
    assert capfd.readouterr() == ("", "")


def test_a_fault_in_the_block_ends_the_works(tmp_path: Path) -> None:
    def work() -> None:
        (tmp_path / "pid").write_text(str(os.getpid()))
        time.sleep(600)

    def until_begun() -> None:
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            time.sleep(0.01)
        raise RuntimeError("a fault")

    with pytest.raises(RuntimeError, match="a fault"), processes._begun(work):
        until_begun()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_one_that_is_asked_to_end_leaves_no_copy(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from labfolio.engines.processes import _begun;"
        " from labfolio.files.signals import end_in_order; end_in_order();\n"
        "def work():\n open('pid', 'w').write(str(os.getpid())); time.sleep(600)\n"
        "with _begun(work):\n pass\n"
    )
    program = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path)
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.01)
    program.send_signal(signal.SIGTERM)
    assert program.wait(60) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_where_no_more_processes_can_be_had_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError("too many")

    monkeypatch.setattr(os, "fork", refused)
    done = []
    with processes._begun(lambda: done.append("a")):
        done.append("b")
    assert done == ["b"]


def test_a_process_of_several_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        assert processes.beside() is ALONE
    finally:
        over.set()
        other.join()


@pytest.mark.parametrize(("processors", "wanted"), [(1, 1), (2, 2), (3, 3), (64, 4)])
def test_as_many_processes_as_processors(processors: int, wanted: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)))
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert processes.beside().processes == wanted


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_on_other_systems_nothing_is_copied(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert processes.beside() is ALONE
