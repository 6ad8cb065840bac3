"""Watching: one burst for many saves, none lost, nothing for what editors and tools write beside the sources."""

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from labfolio.engines import watching
from labfolio.engines.watching import changes

PATIENCE = 30.0


class Bursts:
    """The bursts of a folder as they come, taken by a thread."""

    def __init__(self, folder: Path, *, poll: bool = False) -> None:
        self.folder = folder
        self.came: SimpleQueue[frozenset[str]] = SimpleQueue()
        self._begun, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._take, args=(poll,), daemon=True)
        self._thread.start()
        assert self._begun.wait(PATIENCE)

    def _take(self, poll: bool) -> None:
        places = [self.folder / name for name in ("mkdocs.yml", "content", "builds", "theme")]
        with changes(self.folder, lambda: places, poll=poll) as bursts:
            self._begun.set()
            for burst in bursts:
                self.came.put(burst)
                if self._ended.is_set():
                    return

    def close(self) -> None:
        """Ends the watching, with a last change."""
        self._ended.set()
        (self.folder / "mkdocs.yml").write_text("the end")
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def until(self, *paths: str) -> set[str]:
        """What came until all of these did; each must come."""
        seen: set[str] = set()
        end = time.monotonic() + PATIENCE
        while not set(paths) <= seen:
            try:
                seen |= self.came.get(timeout=max(0.1, end - time.monotonic()))
            except Empty:
                raise AssertionError(f"{set(paths) - seen} never came; {seen} did") from None
        return seen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site's folder, so far as watching goes."""
    for name in ("content/papers", "builds/x/results", "site", ".git", ".cache"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("mkdocs.yml", "README.md", "content/about.md", "builds/x/index.md"):
        (tmp_path / name).write_text("before")
    return tmp_path.resolve()


@pytest.fixture(params=["native", "polling"])
def bursts(request: pytest.FixtureRequest, folder: Path) -> Iterator[Bursts]:
    """The bursts of the folder, watched by the system and looked at in turn."""
    with contextlib.closing(Bursts(folder, poll=request.param == "polling")) as given:
        yield given


def test_saves_are_told_by_their_path(bursts: Bursts, folder: Path) -> None:
    (folder / "content" / "about.md").write_text("after")
    assert bursts.until("content/about.md") <= {"content/about.md", "content"}
    (folder / "mkdocs.yml").write_text("after")
    bursts.until("mkdocs.yml")
    (folder / "builds" / "x" / "results" / "new.csv").write_text("a\n1\n")
    bursts.until("builds/x/results/new.csv")
    (folder / "content" / "about.md").unlink()
    bursts.until("content/about.md")


def test_a_save_by_renaming_is_told(bursts: Bursts, folder: Path) -> None:
    (folder / "content" / ".about.md.tmp").write_text("after")
    os.replace(folder / "content" / ".about.md.tmp", folder / "content" / "about.md")
    assert not {one for one in bursts.until("content/about.md") if "tmp" in one}


def test_a_file_that_came_and_went_is_not_told(folder: Path) -> None:
    with contextlib.closing(Bursts(folder)) as bursts:
        (folder / "content" / "sedX1Y2").write_text("after")
        os.replace(folder / "content" / "sedX1Y2", folder / "content" / "about.md")
        assert bursts.until("content/about.md") == {"content/about.md"}


def test_many_saves_at_once_are_one_burst(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "QUIET", 1.0)
    monkeypatch.setattr(watching, "LONGEST", 60.0)
    names = [f"content/papers/p{number}.md" for number in range(200)]
    with contextlib.closing(Bursts(folder)) as bursts:
        for name in names:
            (folder / name).write_text("text")
        assert set(names) <= bursts.came.get(timeout=PATIENCE)


def test_a_change_while_nobody_waits_is_kept(folder: Path) -> None:
    with changes(folder, lambda: [folder / "content"]) as bursts:
        (folder / "content" / "one.md").write_text("before the first wait")
        assert "content/one.md" in next(bursts)
        for name in ("two.md", "three.md"):
            (folder / "content" / name).write_text("during a build")
        seen: set[str] = set()
        while not {"content/two.md", "content/three.md"} <= seen:
            seen |= next(bursts)


def test_a_file_that_never_rests_is_told_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LONGEST", 0.3)
    ended = threading.Event()

    def write() -> None:
        while not ended.wait(0.01):
            with open(folder / "builds" / "x" / "results" / "run.csv", "a", encoding="utf-8") as file:
                file.write("1\n")

    writer = threading.Thread(target=write)
    writer.start()
    with contextlib.closing(Bursts(folder)) as bursts:
        try:
            for _ in range(3):
                assert "builds/x/results/run.csv" in bursts.came.get(timeout=PATIENCE)
        finally:
            ended.set()
            writer.join()


def test_what_tools_write_is_not_told(bursts: Bursts, folder: Path) -> None:
    for name in (
        "site/index.html", ".git/HEAD", ".cache/x", "README.md", "content/.about.md.swp", "content/about.md~",
        "content/4913", "content/#about.md#", "content/.#about.md", "content/about.md.tmp", "builds/x/.git",
        "content/about.md___jb_tmp___", "content/.DS_Store",
    ):  # fmt: skip
        (folder / name).write_text("made by a tool")
    (folder / "builds" / "x" / "__pycache__").mkdir()
    (folder / "builds" / "x" / "__pycache__" / "run.pyc").write_text("")
    (folder / "content" / "last.md").write_text("by the author")
    assert bursts.until("content/last.md") <= {"content/last.md"}


def test_reading_is_no_change(bursts: Bursts, folder: Path) -> None:
    for path in folder.rglob("*.md"):
        path.read_text()
    list(os.scandir(folder / "content"))
    (folder / "content" / "last.md").write_text("by the author")
    assert bursts.until("content/last.md") <= {"content/last.md"}


def test_a_folder_may_go_and_come_back(bursts: Bursts, folder: Path) -> None:
    shutil.move(folder / "content", folder / "away")
    bursts.until("content")
    shutil.move(folder / "away", folder / "content")
    bursts.until("content")
    (folder / "content" / "about.md").write_text("after")
    bursts.until("content/about.md")


def test_a_folder_may_be_put_in_the_place_of_another(bursts: Bursts, folder: Path) -> None:
    shutil.copytree(folder / "builds", folder / "copy")
    shutil.rmtree(folder / "builds")
    (folder / "copy").rename(folder / "builds")
    bursts.until("builds")
    (folder / "builds" / "x" / "index.md").write_text("after")
    bursts.until("builds/x/index.md")


def test_a_folder_may_come_later(bursts: Bursts, folder: Path) -> None:
    (folder / "theme").mkdir()
    bursts.until("theme")
    (folder / "theme" / "main.html").write_text("<p>")
    bursts.until("theme/main.html")


def test_places_may_change(folder: Path) -> None:
    places = [folder / "content"]
    (folder / "notes").mkdir()
    with changes(folder, lambda: places) as bursts:
        places[:] = [folder / "notes"]
        (folder / "content" / "about.md").write_text("after")
        assert "notes" in next(bursts)
        (folder / "notes" / "a.md").write_text("after")
        assert "notes/a.md" in next(bursts)


def test_where_the_system_watches_no_more_files_are_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(watching.Observer):  # type: ignore[misc,valid-type]
        def schedule(self, *arguments: object, **named: object) -> object:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watching, "Observer", Full)
    with contextlib.closing(Bursts(folder)) as bursts:
        (folder / "content" / "about.md").write_text("after")
        bursts.until("content/about.md")


def test_the_first_changes_are_told_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second save that comes while the first is being shown belongs to the same burst."""
    monkeypatch.setattr(watching, "QUIET", 1.0)
    monkeypatch.setattr(watching, "LONGEST", 60.0)
    told: list[frozenset[str]] = []

    def early(names: frozenset[str]) -> None:
        told.append(names)
        (folder / "mkdocs.yml").write_text("meanwhile")

    with changes(folder, lambda: [folder / "content", folder / "mkdocs.yml"], early=early) as bursts:
        (folder / "content" / "about.md").write_text("after")
        assert next(bursts) == {"content/about.md", "mkdocs.yml"}
    assert told == [{"content/about.md"}]


def test_one_who_is_busy_hears_of_the_next_burst(folder: Path) -> None:
    told: list[frozenset[str]] = []
    with changes(folder, lambda: [folder / "content", folder / "mkdocs.yml"], early=told.append) as bursts:
        (folder / "content" / "about.md").write_text("after")
        assert next(bursts) == {"content/about.md"}
        assert bursts.begun() == frozenset()
        (folder / "mkdocs.yml").write_text("meanwhile")
        end = time.monotonic() + PATIENCE
        while not (begun := bursts.begun()):
            assert time.monotonic() < end
        assert begun == {"mkdocs.yml"}
        assert bursts.begun() == frozenset(), "each change is told once"
        assert next(bursts) == {"mkdocs.yml"}
    assert told == [{"content/about.md"}], "what was heard of is not told early again"


def test_a_file_that_never_rests_is_told_once_in_a_while(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "QUIET", 60.0)
    monkeypatch.setattr(watching, "LONGEST", 0.5)
    with changes(folder, lambda: [folder / "content", folder / "mkdocs.yml"]) as bursts:
        (folder / "content" / "about.md").write_text("after")
        end = time.monotonic() + PATIENCE
        while not bursts.begun():
            assert time.monotonic() < end
        (folder / "mkdocs.yml").write_text("meanwhile")
        while bursts._watcher._changes.empty():
            assert time.monotonic() < end
        assert bursts.begun() == frozenset()
        assert next(bursts) == {"content/about.md", "mkdocs.yml"}, "nothing is lost"


def test_states_tell_what_was_written_replaced_or_removed(folder: Path) -> None:
    places = [folder / "content", folder / "builds", folder / "mkdocs.yml", folder / "nothing"]
    (folder / "builds" / "x" / ".git").mkdir()
    (folder / "builds" / "x" / ".git" / "HEAD").write_text("by a tool")
    before = watching.states(folder, places)
    assert sorted(before) == ["builds/x/index.md", "content/about.md", "mkdocs.yml"]
    (folder / "builds" / "x" / "index.md").write_text("before and more")
    (folder / "content" / "other.md").write_text("before")
    os.replace(folder / "content" / "other.md", folder / "content" / "about.md")
    (folder / "mkdocs.yml").unlink()
    after = watching.states(folder, places)
    assert {path for path in before if before[path] != after.get(path)} == set(before)
