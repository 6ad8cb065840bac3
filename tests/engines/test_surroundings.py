"""Eight ways to build a folder: whatever the machine, the hour and the order of its files, the same bytes."""

import os
import shutil
from pathlib import Path

import pytest

from tests.conftest import SMALL, environment, run

# Loaded by Python before anything else.
CUSTOM = """
import os, random
os.umask(int(os.environ["TEST_UMASK"], 8))
if os.environ["TEST_PROCESSORS"]:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
if os.environ["TEST_SHUFFLE"]:
    order = random.Random(os.environ["TEST_SHUFFLE"])
    scandir, listdir = os.scandir, os.listdir

    class Shuffled(list):
        def __enter__(self): return self
        def __exit__(self, *_): pass
        def __next__(self):
            if not self: raise StopIteration
            return self.pop()
        def close(self): pass

    def shuffled(*given):
        with scandir(*given) as entries:
            found = list(entries)
        order.shuffle(found)
        return Shuffled(found)

    def listed(*given):
        found = listdir(*given)
        order.shuffle(found)
        return found

    os.scandir, os.listdir = shuffled, listed
"""
# Hash seed, zone, locale, umask, order of files, one processor, a cache from before, year of all files, working folder.
WAYS = [
    ("0", "UTC", "C", "022", "", "", False, 2026, "."),
    ("1", "Pacific/Kiritimati", "C.UTF-8", "077", "a", "1", True, 1980, ".."),
    ("random", "Pacific/Pago_Pago", "POSIX", "002", "b", "", True, 2040, "builds"),
    ("random", "UTC", "tr_TR.UTF-8", "000", "c", "1", False, 2026, "."),
    ("1", "Pacific/Pago_Pago", "C.UTF-8", "027", "", "", False, 1980, "/"),
    ("0", "Pacific/Kiritimati", "de_DE.UTF-8", "022", "d", "", True, 2026, "content"),
    ("random", "Asia/Kathmandu", "C", "077", "e", "1", False, 2040, ".."),
    ("2", "UTC", "ja_JP.UTF-8", "000", "f", "", True, 1980, "."),
]


@pytest.mark.parametrize("engine", ["labfolio", "mkdocs"])
def test_eight_ways(engine: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CUSTOM)
    sites = [built(engine, tmp_path, number) for number in range(len(WAYS))]
    for number, site in enumerate(sites[1:], 1):
        different = [path for path in site.keys() | sites[0].keys() if site.get(path) != sites[0].get(path)]
        assert different == [], (WAYS[number], sorted(different)[:5])


def built(engine: str, tmp_path: Path, number: int) -> dict[str, tuple[int, bytes]]:
    """Every file and folder of a site built in one of the ways, with its rights."""
    seed, zone, language, umask, order, processors, warm, year, place = WAYS[number]
    folder = Path(shutil.copytree(SMALL, tmp_path / f"number {number}"))
    for path in folder.rglob("*"):
        os.utime(path, ((year - 1970) * 31_556_952,) * 2)
    changes = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "TEST_UMASK": umask, "TEST_SHUFFLE": order}
    changes |= {"TEST_PROCESSORS": processors, "PYTHONPATH": f"{tmp_path}:{environment().get('PYTHONPATH', '')}"}
    at = folder / place
    command = [engine, "build", "-f", os.path.relpath(folder / "mkdocs.yml", at)]
    for _ in range(1 + warm):
        shutil.rmtree(folder / "site", ignore_errors=True)
        result = run(command, at, **changes)
        assert result.returncode == 0, result.stdout + result.stderr
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in (folder / "site", *(folder / "site").rglob("*"))
    }


def test_another_day_changes_nothing_that_is_built_for_a_stated_one(tmp_path: Path) -> None:
    sites = []
    for clock in ("1795132800", "1795305600"):
        folder = Path(shutil.copytree(SMALL, tmp_path / clock))
        result = run(["labfolio", "build", "--today", "2026-11-20"], folder, SOURCE_DATE_EPOCH=clock)
        assert result.returncode == 0, result.stderr
        sites.append({path.relative_to(folder): path.read_bytes() for path in (folder / "site").rglob("*.*")})
    assert sites[0] == sites[1]
