"""Whatever is done to what builds keep for the next: the site has the bytes of a build without it."""

import os
import random
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import tree
from tests.disk import LONG
from tests.forked import limited

MUTATIONS = 200 if LONG else 30

HARMS = [
    "truncate",
    "flip",
    "swap",
    "copy",
    "older-form",
    "poison",
    "empty",
    "folder",
    "link",
    "pipe",
    "rights",
    "grow",
]


def kept(cache: Path) -> list[Path]:
    return sorted(path for path in cache.iterdir() if path.name != ".gitignore")


def damaged(cache: Path, what: str, moments: random.Random) -> None:
    """Does one harm to an entry."""
    path, other = moments.sample(kept(cache), 2)
    data = path.read_bytes()
    if what == "truncate":
        path.write_bytes(data[: moments.randrange(len(data))])
    elif what == "flip":
        place = moments.randrange(len(data))
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << moments.randrange(8))]) + data[place + 1 :])
    elif what == "swap":
        path.write_bytes(other.read_bytes())
        other.write_bytes(data)
    elif what == "copy":
        path.write_bytes(other.read_bytes())
    elif what in ("older-form", "poison"):
        content = data[64:] if what == "older-form" else b"CANARY"
        path.write_bytes(sha256(content).hexdigest().encode() + content)
    elif what == "empty":
        path.write_bytes(b"")
    elif what == "rights":
        path.chmod(0o000)
    elif what == "grow":
        path.write_bytes(data + b"CANARY")
    else:
        path.unlink()
        {"folder": path.mkdir, "link": lambda: path.symlink_to(other), "pipe": lambda: os.mkfifo(path)}[what]()


def test_a_damaged_cache_changes_no_byte(small: Path) -> None:
    assert limited(["labfolio", "build"], small).code == 0
    cold, cache = tree(small / "site"), small / ".cache" / "labfolio"
    whole = tree(cache)
    moments = random.Random(11)
    for count in range(MUTATIONS):
        shutil.rmtree(cache)
        cache.mkdir()
        for path, data in whole.items():
            (cache / path).write_bytes(data)
        what = HARMS[count % len(HARMS)]
        damaged(cache, what, moments)
        # A site that nobody touched would not be built again.
        (small / "site" / "index.html").unlink()
        finished = limited(["mkdocs" if count % 10 == 9 else "labfolio", "build"], small)
        assert finished.code == 0, (what, finished.printed)
        assert tree(small / "site") == cold, what


@pytest.mark.parametrize("place", [".cache", ".cache/labfolio"])
def test_a_cache_that_leads_elsewhere_removes_nothing_there(small: Path, tmp_path: Path, place: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "thesis.tex").write_bytes(b"x" * 1000)
    os.utime(elsewhere / "thesis.tex", (1, 1))
    (small / place).parent.mkdir(exist_ok=True)
    (small / place).symlink_to(elsewhere)
    assert limited(["labfolio", "build"], small, before=_tiny_cache).code == 0
    assert (elsewhere / "thesis.tex").read_bytes() == b"x" * 1000


def _tiny_cache() -> None:
    """A cache that removes what is oldest with every entry."""
    from labfolio.files import cache

    cache.Cache.__init__.__defaults__ = (40_000,)  # type: ignore[attr-defined]
