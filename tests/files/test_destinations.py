"""The old site whole or the new site whole, whatever happens."""

import contextlib
import errno
import os
import time
from pathlib import Path

import pytest

from labfolio.files import destinations
from labfolio.files.destinations import DestinationError, discard, prepare, swap, write
from labfolio.model.site import Output
from tests.conftest import tree


def publish(site: Path, content: bytes) -> None:
    fresh = prepare(site, ())
    write(fresh, [Output(path="a/index.html", content=content, source="a")])
    swap(fresh, site)


def test_a_site_replaces_the_one_before(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    publish(site, b"new")
    assert tree(site)["a/index.html"] == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("step", range(1, 6))
def test_an_interrupted_rename_leaves_a_whole_site(tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    calls = 0
    real = os.rename

    def failing(source: str, target: str) -> None:
        nonlocal calls
        calls += 1
        if calls == step:
            raise OSError(28, "No space left on device")
        real(source, target)

    fresh = prepare(site, ())
    write(fresh, [Output(path="a/index.html", content=b"new", source="a")])
    # A system that cannot exchange two folders renames them one after the other.
    monkeypatch.setattr(destinations, "exchange", lambda *_: False)
    monkeypatch.setattr(destinations.os, "rename", failing)
    with contextlib.suppress(DestinationError):
        swap(fresh, site)
    monkeypatch.undo()
    assert tree(site)["a/index.html"] in (b"old", b"new")
    publish(site, b"newest")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_set_aside_by_a_killed_run_comes_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    aside = tmp_path / ".site.labfolio-old-999999-x"
    aside.mkdir()
    site.rename(aside / "site")
    fresh = prepare(site, ())
    assert tree(site)["a/index.html"] == b"old"
    discard(fresh)


def test_unfinished_folders_of_dead_runs_go(tmp_path: Path) -> None:
    left = [tmp_path / f".site.labfolio-new-{name}" for name in ("a", "b", "c")]
    left[0].mkdir()
    left[1].write_text("x")
    (tmp_path / "mine").mkdir()
    left[2].symlink_to(tmp_path / "mine")
    discard(prepare(tmp_path / "site", ()))
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_the_folder_of_a_run_that_lives_stays(tmp_path: Path) -> None:
    one = prepare(tmp_path / "site", ())
    # Another program looks at the lock, not at this program's list.
    held = destinations._unfinished.pop(one)
    other = prepare(tmp_path / "site", ())
    assert one.is_dir()
    os.close(held)
    discard(prepare(tmp_path / "site", ()))
    assert not one.exists()
    discard(other)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("age", "there"), [(3600, True), (2 * 24 * 3600, False)])
def test_without_locks_the_age_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: int, there: bool) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr("labfolio.files.lock.fcntl.flock", none)
    left = tmp_path / ".site.labfolio-new-x"
    left.mkdir()
    os.utime(left, (time.time() - age,) * 2)
    publish(tmp_path / "site", b"new")
    assert left.exists() == there


@pytest.mark.parametrize("name", ["notes.txt", "index.html"])
def test_a_folder_of_someone_else_is_refused(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / name).write_text("mine")
    with pytest.raises(DestinationError, match="did not write"):
        prepare(site, ())
    assert (site / name).read_text() == "mine"


@pytest.mark.parametrize(
    ("path", "named"),
    [("CNAME", "CNAME"), (".git/HEAD", ".git/"), ("a/notes.txt", "a/notes.txt"), ("b/c/thesis.tex", "b/")],
)
def test_what_an_author_put_into_the_site_is_not_thrown_away(tmp_path: Path, path: str, named: str) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text("mine")
    with pytest.raises(DestinationError, match=f"did not write: {named};"):
        prepare(site, ())
    assert (site / path).read_text() == "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_what_came_while_the_site_was_built_is_not_thrown_away(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    fresh = prepare(site, ())
    for number in range(5):
        (site / f"{number}.txt").write_text("mine")
    with pytest.raises(DestinationError, match=r"did not write: 0\.txt, 1\.txt, 2\.txt and 2 more;"):
        swap(fresh, site)
    assert (site / "4.txt").read_text() == "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini", "._index.html", "a/.DS_Store"])
def test_what_file_managers_leave_is_nobodys_work(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    (site / name).write_bytes(b"x")
    (site / "empty").mkdir()
    publish(site, b"new")
    assert sorted(tree(site)) == [".labfolio", "a/index.html"]


@pytest.mark.parametrize("marker", [b"", b"nonsense", b"\xff\xfe\n", None])
def test_a_marker_that_lists_nothing_is_none(tmp_path: Path, marker: bytes | None) -> None:
    site = tmp_path / "site"
    publish(site, b"old")
    (site / ".labfolio").unlink()
    if marker is None:
        (site / ".labfolio").mkdir()
    else:
        (site / ".labfolio").write_bytes(marker)
    with pytest.raises(DestinationError, match="did not write: a/;"):
        prepare(site, ())


@pytest.mark.parametrize("name", ["one\ntwo", "caf\u00e9 [1]", os.fsdecode(b"\xff")])
def test_any_name_of_a_file_or_a_site(tmp_path: Path, name: str) -> None:
    site = tmp_path / name
    for content in (b"old", b"new"):
        fresh = prepare(site, ())
        (fresh / name).write_bytes(content)
        swap(fresh, site)
    assert (site / name).read_bytes() == b"new"
    (tmp_path / f".{name}.labfolio-new-x").mkdir()
    discard(prepare(site, ()))
    assert list(tmp_path.iterdir()) == [site]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_rights_do_not_follow_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        publish(tmp_path / "site", b"new")
    finally:
        os.umask(before)
    rights = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "site").rglob("*")}
    assert rights == {".labfolio": 0o644, "a": 0o755, "index.html": 0o644}
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


def test_folders_that_are_no_sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "people" / "ada"))
    (tmp_path / "people" / "ada").mkdir(parents=True)
    for path in (Path("/"), tmp_path / "people", tmp_path / "people" / "ada", tmp_path / "people" / "ada" / ".."):
        with pytest.raises(DestinationError, match="your home folder"):
            prepare(path, ())
    (tmp_path / "content").mkdir()
    with pytest.raises(DestinationError, match="lies among the sources"):
        prepare(tmp_path / "content" / "site", [tmp_path / "content"])
    monkeypatch.setattr(destinations.os.path, "ismount", lambda _: True)
    with pytest.raises(DestinationError, match="a disk of its own"):
        prepare(tmp_path / "disk", ())


def test_sources_links_and_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with pytest.raises(DestinationError, match="holds the sources"):
        prepare(tmp_path, [tmp_path / "content"])
    (tmp_path / "file").write_text("x")
    with pytest.raises(DestinationError, match="is a file"):
        prepare(tmp_path / "file", ())
    (tmp_path / "link").symlink_to(tmp_path / "content")
    with pytest.raises(DestinationError, match="symbolic link"):
        prepare(tmp_path / "link", ())


def test_no_output_leaves_the_site(tmp_path: Path) -> None:
    fresh = prepare(tmp_path / "site", ())
    with pytest.raises(DestinationError, match="leaves the site"):
        write(fresh, [Output(path="../x.html", content=b"x", source="x")])


def inodes(site: Path) -> dict[str, int]:
    """The files of a site by path, each as the file system knows it."""
    found = {path.relative_to(site).as_posix(): path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    return {path: number for path, number in found.items() if path != ".labfolio"}


def publish_again(site: Path, files: dict[str, bytes]) -> None:
    """Publishes files where a site stands."""
    folder = prepare(site, ())
    write(folder, [Output(path=path, content=content, source="x") for path, content in files.items()], site)
    swap(folder, site)


FILES = {"index.html": b"home", "a/index.html": b"one", "b/index.html": b"two"}


@pytest.mark.skipif(os.name == "nt", reason="a disk that gives a file one name")
def test_what_stands_there_already_is_not_written_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_again(site, FILES)
    before = inodes(site)
    publish_again(site, {**FILES, "a/index.html": b"six", "c/index.html": b"new"})
    after = inodes(site)
    assert {path for path in before if before[path] == after[path]} == {"index.html", "b/index.html"}
    assert {path: (site / path).read_bytes() for path in after} == {
        **FILES, "a/index.html": b"six", "c/index.html": b"new",
    }  # fmt: skip
    # The old site is gone, and with it the other name.
    assert {os.stat(site / path).st_nlink for path in after} == {1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


@pytest.mark.skipif(os.name == "nt", reason="a disk that gives a file one name")
def test_a_file_that_somebody_changed_is_written_anew(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_again(site, FILES)
    before = inodes(site)
    times = os.stat(site / "index.html")
    (site / "index.html").write_bytes(b"HOME")
    os.utime(site / "index.html", ns=(times.st_atime_ns, times.st_mtime_ns))
    os.chmod(site / "a" / "index.html", 0o600)
    (site / "b" / "index.html").rename(tmp_path / "elsewhere")
    (site / "b" / "index.html").symlink_to(tmp_path / "elsewhere")
    publish_again(site, FILES)
    assert {path: (site / path).read_bytes() for path in before} == FILES
    assert not {number for path, number in inodes(site).items() if number == before[path]}
    assert not (site / "b" / "index.html").is_symlink()
    assert {os.stat(site / path).st_mode & 0o777 for path in before} == {0o644}


def test_a_disk_that_gives_a_file_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    site = tmp_path / "site"
    publish_again(site, FILES)
    monkeypatch.setattr(os, "link", refuse)
    publish_again(site, FILES)
    assert {path: (site / path).read_bytes() for path in inodes(site)} == FILES


def test_the_same_path_twice_harms_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_again(site, FILES)
    folder = prepare(site, ())
    home = [Output(path="index.html", content=content, source="x") for content in (b"home", b"other")]
    with pytest.raises(DestinationError, match=r"cannot write index.html: File exists"):
        write(folder, home, site)
    discard(folder)
    assert {path: (site / path).read_bytes() for path in FILES} == FILES
