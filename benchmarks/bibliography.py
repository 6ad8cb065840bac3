"""CPU time of reading a bibliography of 500 records: `python benchmarks/bibliography.py [RUNS]`.

The records have accents, particles, corporations and mathematics; one has a brace too few and two keys come again.
Each run is a fresh process. Printed, and written to `benchmarks/results/bibliography.md`, are milliseconds of user and
system time, without those of starting Python and importing the reader.
"""

import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

RESULT = Path(__file__).parent / "results" / "bibliography.md"
RECORDS, TARGET = 500, 300
AUTHORS = (
    r"M{\"u}ller, J{\"o}rg",
    r"Fusy, {\'E}ric",
    "{The ATLAS Collaboration}",
    "van den Oord, Aaron",
    r"Erd{\H{o}}s, P{\'a}l",
    "de la Cruz, Ana",
    "King, Jr., Martin Luther",
)
STAGES = ("read, every fault found", "30 works put into words", "all 500 put into words")


def bibliography() -> str:
    """The BibTeX of all records: number 100 lacks a brace, 200 and 300 have keys of others."""
    return "".join(_record(number) for number in range(RECORDS))


def _record(number: int) -> str:
    key = f"work{number - 1 if number in (200, 300) else number}"
    authors = " and ".join(AUTHORS[(number + step) % len(AUTHORS)] for step in range(1 + number % 4))
    title = f"On {{B}}loom Filters and $k={number}$" + ("" if number == 100 else "}")
    lines = (f"title = {{{title},", f"author = {{{authors} and others}},", f"year = {2000 + number % 25},")
    journal = r"journal = {Z. f{\"u}r Dinge}"
    return "\n  ".join([f"@article{{{key},", *lines, f"{journal}, doi = {{10.1000/{number}}},"]) + "\n}\n"


def measure() -> None:
    """Prints the milliseconds of each stage; runs in a process of its own."""
    from time import process_time

    from labfolio.parse.library import read_library

    read_library([("a.bib", "@misc{a, title = {x}}")])  # imports the parser
    text, start = bibliography(), process_time()
    works, found = read_library([("papers.bib", text)])
    taken = [process_time() - start]
    assert (len(works), len(found)) == (RECORDS - 3, 3), found
    for number in (30, len(works)):
        start = process_time()
        assert all(works[key].authors for key in list(works)[:number])
        taken.append(process_time() - start)
    print(*(1000 * seconds for seconds in taken))


def main(runs: int) -> None:
    """Runs all stages in as many processes and writes the table."""
    command = [sys.executable, __file__, "--measure"]
    outputs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(runs)]
    columns = list(zip(*([float(one) for one in output.split()] for output in outputs), strict=True))
    lines = [
        f"CPU time in ms of a bibliography of {RECORDS} records over {runs} runs, Python {platform.python_version()},"
        f" {os.cpu_count()} cores.",
        "",
        "| stage | target | median | least | most |",
        "|---|--:|--:|--:|--:|",
    ]
    for stage, times, target in zip(STAGES, columns, (TARGET, None, None), strict=True):
        shown = " | ".join(f"{value:.0f}" for value in (statistics.median(times), min(times), max(times)))
        lines.append(f"| {stage} | {f'< {target}' if target else ''} | {shown} |")
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
