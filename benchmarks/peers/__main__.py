"""labfolio beside other generators on the same entries: `python -m benchmarks.peers`; benchmarks/README.md says more.

Writes OUT/peers.json and OUT/peers.md. What is in peers.json already stays where a run does not measure it anew, so
that sizes can be run one by one.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus.portfolio import FEWEST, density
from benchmarks.peers.environments import ROOT, prepare, versions
from benchmarks.peers.generator import GENERATORS, INDEXED, NAMES, Generator
from benchmarks.peers.machine import machine
from benchmarks.peers.process import Failed
from benchmarks.peers.readme import write_readme
from benchmarks.peers.results import Results
from benchmarks.peers.rounds import compare, indexing
from benchmarks.peers.served import Gone, save_to_served
from benchmarks.peers.table import report

OUT = ROOT / "benchmarks" / "results"
# The servers begin with fresh portfolios, so the pages of the built sites are weighed before.
PARTS = ("builds", "index", "pages", "serve")


def main() -> int:
    """0, or 1 where a generator failed."""
    # As Ctrl-C does: servers are ended, and what is temporary goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    given = _arguments()
    results = Results.read(given.out / "peers.json")
    if given.table and not results.sizes:
        print(f"there are no results in {given.out}", file=sys.stderr)
        return 1
    if given.table:
        _write(given.out, results)
        return 0
    with tempfile.TemporaryDirectory(prefix="peers-") as temporary:
        work = given.work.resolve() if given.work else Path(temporary)
        try:
            prepare(work)
            results.date, results.machine, results.versions = given.date, machine(), versions(work)
            for at, size in enumerate(given.sizes):
                _measure(results, work, size, given, _at(given.runs, at), _at(given.saves, at))
        except (Failed, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[180], help="numbers of entries (180)")
    parser.add_argument("--runs", type=int, nargs="+", default=[3], help="builds of each, one number or one a size (3)")
    parser.add_argument(
        "--saves", type=int, nargs="+", default=[5], help="saves a server, one number or one a size (5)"
    )
    parser.add_argument("--peers", nargs="+", choices=NAMES, default=list(NAMES), help="which generators (all)")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="what to measure (all)")
    parser.add_argument(
        "--work", type=Path, help="where sites and environments are kept; a temporary folder unless given"
    )
    parser.add_argument("--out", type=Path, default=OUT, help="where the results go (benchmarks/results)")
    parser.add_argument("--date", default="", help="the day to write into the results; none unless given")
    parser.add_argument("--table", action="store_true", help="measure nothing: write the tables of the results anew")
    given = parser.parse_args()
    if min(given.sizes) < FEWEST:
        parser.error(f"--sizes: a portfolio has at least {FEWEST} entries")
    return given


def _at(numbers: Sequence[int], at: int) -> int:
    return numbers[min(at, len(numbers) - 1)]


def _measure(results: Results, work: Path, size: int, given: argparse.Namespace, runs: int, saves: int) -> None:
    """Adds what one size gives; the files are written after each part, so that a run that is ended is not lost."""
    chosen = [one for one in GENERATORS if one.name in given.peers and size <= one.largest]
    results.corpus[str(size)] = density(size)
    for part in PARTS:
        if part not in given.parts:
            continue
        found: dict[str, Any] = {}
        if part == "index":
            results.index[str(size)] = found[INDEXED.name] = indexing(work, size, runs)
        elif part == "builds":
            found = compare(work, size, chosen, runs)
            results.builds.setdefault(str(size), {}).update(found)
        elif part == "serve":
            found = _served(work, size, chosen, saves)
            results.serve.setdefault(str(size), {}).update(found)
        else:
            found = _pages(work, size, chosen)
            results.pages.setdefault(str(size), {}).update(found)
        results.revisions |= {f"{part} {size} {name}": results.machine["revision"] for name in found}
        _write(given.out, results)


def _served(work: Path, size: int, chosen: Sequence[Generator], saves: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in chosen:
        if one.serve:
            try:
                found[one.name] = save_to_served(work, size, one, saves)
            except Gone as error:
                found[one.name] = {"failed": str(error)}
    return found


def _pages(work: Path, size: int, chosen: Sequence[Generator]) -> dict[str, object]:
    from benchmarks.peers.page import weigh
    from benchmarks.peers.rounds import folder_of

    built = [one for one in (*chosen, INDEXED) if (folder_of(work, size, one.name) / "site").is_dir()]
    return {one.name: weigh(work, size, one) for one in built}


def _write(out: Path, results: Results) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "peers.json").write_text(results.text(), encoding="utf-8")
    # As they are kept, which is rounded: whoever writes the tables anew has no more.
    results = Results.read(out / "peers.json")
    (out / "peers.md").write_text(report(results), encoding="utf-8")
    if out == OUT:
        write_readme(results)


if __name__ == "__main__":
    sys.exit(main())
