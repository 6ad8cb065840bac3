"""Builds in turn: every generator once, then all again, so that what the machine does beside them meets all alike."""

import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.corpus.dialect import Dialect
from benchmarks.corpus.pictures import ENDINGS, picture
from benchmarks.corpus.portfolio import edited, write
from benchmarks.peers.fairness import checked, expected, weight
from benchmarks.peers.generator import INDEXED, Generator
from benchmarks.peers.process import Failed, measured
from benchmarks.peers.results import WORK, Measured


class Figures:
    """Figures that are drawn once for all sizes and generators, and kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, key: str) -> tuple[str, bytes]:
        """The ending and the bytes of a figure."""
        for ending in ENDINGS:
            path = self.folder / f"{key}{ending}"
            if path.is_file():
                return ending, path.read_bytes()
        ending, data = picture(key)
        partial = self.folder / f"partial-{key}"
        partial.write_bytes(data)
        partial.rename(self.folder / f"{key}{ending}")
        return ending, data


def folder_of(work: Path, total: int, name: str) -> Path:
    """Where the portfolio of a generator stands."""
    return work / "sites" / str(total) / name


def prepared(work: Path, total: int, one: Generator) -> Path:
    """A fresh portfolio for a generator, with everything that was left of an earlier run taken away."""
    folder, dialect = folder_of(work, total, one.name), one.text
    shutil.rmtree(folder, ignore_errors=True)
    print(f"writing {total} entries for {one.name}", file=sys.stderr)
    write(folder, total, dialect, Figures(work / "figures"))
    return folder


def edit(folder: Path, total: int, dialect: Dialect, word: str) -> Path:
    """The entry that was changed: a sentence with the word at the end of its text."""
    path = folder / edited(total).path(dialect)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nOne more finding, {word}.\n")
    return path


def compare(work: Path, total: int, generators: Sequence[Generator], runs: int) -> Measured:
    """Costs of each generator by work, with what it wrote. Raises Failed where one fails or writes too little."""
    folders = {one.name: prepared(work, total, one) for one in generators}
    costs: dict[str, dict[str, list[dict[str, float]]]] = defaultdict(lambda: defaultdict(list))
    for one in generators:
        # Not counted: it compiles what Python keeps compiled, and shows whether the site is whole.
        _built(work, folders[one.name], one)
        _complete(folders[one.name] / "site", total, one)
    for run in range(runs):
        for what in WORK:
            for one in generators:
                cost = _turn(work, folders[one.name], total, one, what, run)
                costs[one.name][what].append(cost)
                print(f"{total} {one.name} {what} {cost['cpu']:.2f} s CPU, {cost['wall']:.2f} s", file=sys.stderr)
    return {one.name: dict(costs[one.name]) | _wrote(folders[one.name], total, one) for one in generators}


def _turn(work: Path, folder: Path, total: int, one: Generator, what: str, run: int) -> dict[str, float]:
    word = f"turn{run}"
    if what == "cold":
        for name in one.kept:
            shutil.rmtree(folder / name, ignore_errors=True)
    elif what == "changed":
        edit(folder, total, one.text, word)
    cost = _built(work, folder, one)
    if what == "changed" and word.encode() not in (folder / "site" / edited(total).url / "index.html").read_bytes():
        raise Failed(f"{one.name} did not publish the change")
    return cost


def _complete(site: Path, total: int, one: Generator) -> None:
    found, wanted = checked(site, total, one.feed), expected(total)
    missing = {what: wanted[what] - found[what] for what in wanted if found[what] != wanted[what]}
    if missing:
        raise Failed(f"{one.name} left something out: {missing}")


def _built(work: Path, folder: Path, one: Generator) -> dict[str, float]:
    return asdict(measured(one.command(work, one.build), folder, work))


def _wrote(folder: Path, total: int, one: Generator) -> Measured:
    return {"checked": checked(folder / "site", total, one.feed), **weight(folder / "site")}


def indexing(work: Path, total: int, runs: int) -> Measured:
    """labfolio's builds with its full-text index, and the cost of the indexing program alone on the finished site."""
    found: Measured = compare(work, total, [INDEXED], runs)[INDEXED.name]
    folder = folder_of(work, total, INDEXED.name)
    python = str(work / "environments" / INDEXED.environment / "bin" / "python")
    target = work / "index"
    command = [python, "-m", "pagefind", "--site", str(folder / "site"), "--output-path", str(target), "--silent"]
    alone = [asdict(measured([*command, "--exclude-selectors", ".headerlink"], folder, work)) for _ in range(runs)]
    shutil.rmtree(target, ignore_errors=True)
    return found | {"alone": alone, "index_bytes": sum(_sizes(folder / "site" / "pagefind"))}


def _sizes(folder: Path) -> Iterator[int]:
    return (path.stat().st_size for path in folder.rglob("*") if path.is_file())
