"""The cache: what is kept is given back, and whatever is in doubt is made again."""

import os
import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from labfolio.files import cache as module
from labfolio.files.cache import Cache
from tests.strategies import in_ci


class Maker:
    """Makes bytes and counts how often."""

    def __init__(self, content: bytes) -> None:
        self.content, self.times = content, 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.content


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name != ".gitignore")


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    folder, make = tmp_path / ".cache" / "labfolio", Maker(b"card")
    assert Cache(folder)("key", make) == Cache(folder)("key", make) == b"card"
    assert make.times == 1
    assert Cache(folder)("other", Maker(b"another")) == b"another"
    assert len(kept(folder)) == 2
    assert (folder / ".gitignore").read_text() == "*\n"


def test_reading_makes_no_folder_and_faults_are_passed_on(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise ValueError("no card")

    with pytest.raises(ValueError, match="no card"):
        Cache(tmp_path / "cache")("key", fail)
    assert list(tmp_path.iterdir()) == []


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def shortened(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flipped(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def replaced(path: Path) -> None:
    path.write_bytes(b"0" * 64 + b"something else")


def another_ones(path: Path) -> None:
    Cache(path.parent)("another", Maker(b"another"))
    (other,) = (one for one in kept(path.parent) if one != path)
    path.write_bytes(other.read_bytes())
    other.unlink()


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def link_instead(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "damage",
    [emptied, shortened, flipped, replaced, another_ones, folder_instead, link_instead, pipe_instead],
    ids=lambda f: f.__name__,
)
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    make = Maker(b"card")
    Cache(tmp_path)("key", make)
    damage(kept(tmp_path)[0])
    assert Cache(tmp_path)("key", make) == b"card"
    assert make.times == 2
    if damage is not folder_instead:
        assert Cache(tmp_path)("key", make) == b"card"
        assert make.times == 2


def test_it_never_outgrows_its_limit_and_the_oldest_go_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=10 * 164)
    for number in range(10):
        cache(str(number), Maker(bytes([number]) * 100))
        name = max(kept(tmp_path), key=lambda path: path.stat().st_mtime_ns)
        os.utime(name, (number, number))
    cache("0", Maker(b"never"))  # asked for, so no longer the oldest
    for number in range(10, 40):
        cache(str(number), Maker(bytes([number]) * 100))
        assert sum(path.stat().st_size for path in kept(tmp_path)) <= 10 * 164
        if number == 10:
            assert cache("0", Maker(b"again")) == bytes(100)
            assert cache("1", Maker(b"again")) == b"again"


def test_what_is_larger_than_the_limit_is_not_kept(tmp_path: Path) -> None:
    make = Maker(b"x" * 200)
    cache = Cache(tmp_path, limit=100)
    assert cache("key", make) == cache("key", make) == b"x" * 200
    assert make.times == 2
    assert kept(tmp_path) == []


def test_what_another_build_left_unfinished_is_cleared_in_time(tmp_path: Path) -> None:
    Cache(tmp_path)("key", Maker(b"x"))
    unfinished = tmp_path / f".{'0' * 64}-a1b2c3"
    unfinished.write_bytes(b"x" * 1000)
    os.utime(unfinished, (1, 1))
    Cache(tmp_path, limit=900)("other", Maker(b"y"))
    assert not unfinished.exists()


def write_many(folder: Path, seed: int) -> bool:
    """One of two builds that keep the same things under a small limit."""
    cache = Cache(folder, limit=20 * 1064)
    wrong = 0
    for number in range(300):
        key = str((number * 7 + seed) % 40)
        wrong += cache(key, Maker(key.encode() * (1000 // len(key)))) != key.encode() * (1000 // len(key))
    return wrong == 0


def test_two_builds_at_once_never_read_a_half(tmp_path: Path) -> None:
    with get_context("spawn").Pool(2) as pool:
        assert pool.starmap(write_many, [(tmp_path, 0), (tmp_path, 3)]) == [True, True]
    assert not [path for path in kept(tmp_path) if path.name.startswith(".")]


@pytest.mark.parametrize("failing", ["mkdir", "write", "scan"])
def test_a_disk_that_cannot_be_written_loses_nothing(
    tmp_path: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(
        *{"mkdir": (Path, "mkdir"), "write": (module, "replace_file"), "scan": (module.os, "scandir")}[failing], refuse
    )
    make = Maker(b"card")
    assert Cache(tmp_path / "cache")("key", make) == b"card"
    assert make.times == 1


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("mine")
    assert Cache(tmp_path / ".cache" / "labfolio")("key", Maker(b"card")) == b"card"
    assert (tmp_path / ".cache").read_text() == "mine"


def test_any_key_has_a_name(tmp_path: Path) -> None:
    for key in ("", "\ud800", "../../x", "a" * 100_000):
        assert Cache(tmp_path)(key, Maker(b"card")) == b"card"
    assert len(kept(tmp_path)) == 4


KEYS = st.sampled_from(["a", "b", "c", "\ud800", "../x"])


class Builds(RuleBasedStateMachine):
    """Builds, damage and strangers in any order: what is given is always what would be made."""

    def __init__(self) -> None:
        super().__init__()
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name) / "cache"

    def teardown(self) -> None:
        """Removes the folder."""
        self.held.cleanup()

    @rule(key=KEYS, size=st.integers(0, 300), limit=st.sampled_from([100, 1000, 10_000]))
    def ask(self, key: str, size: int, limit: int) -> None:
        """One key, each size of its content another key."""
        content = f"{key!r}{size}".encode() * size
        assert Cache(self.folder, limit)(f"{key} {size}", Maker(content)) == content

    @rule(number=st.integers(0, 50), at=st.integers(0, 400), bits=st.integers(1, 255))
    def damage(self, number: int, at: int, bits: int) -> None:
        """Other bits in a file, or fewer."""
        if files := [path for path in self.files() if path.is_file()]:
            path = files[number % len(files)]
            data = bytearray(path.read_bytes())
            if at < len(data):
                data[at] ^= bits
            else:
                del data[at // 2 :]
            path.write_bytes(bytes(data))

    @rule(number=st.integers(0, 50))
    def lose(self, number: int) -> None:
        """A file that somebody removes."""
        if files := self.files():
            files[number % len(files)].unlink()

    @rule(name=st.sampled_from(["0" * 64, "notes.txt", ".x-1"]), data=st.binary(max_size=200))
    def strange(self, name: str, data: bytes) -> None:
        """A file that is none of the cache's."""
        if self.folder.is_dir():
            (self.folder / name).write_bytes(data)

    def files(self) -> list[Path]:
        """The files of the cache."""
        return kept(self.folder) if self.folder.is_dir() else []

    @invariant()
    def keeps_itself_out_of_git(self) -> None:
        """Nothing of it is ever committed."""
        assert not self.files() or (self.folder / ".gitignore").exists()


TestBuilds = Builds.TestCase
# Each step reads and writes files.
TestBuilds.settings = in_ci(30, stateful_step_count=20)
