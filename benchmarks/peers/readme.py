"""The part of the README that comes from the results."""

from pathlib import Path

from benchmarks.peers.environments import ROOT
from benchmarks.peers.results import Results
from benchmarks.peers.table import brief

README = ROOT / "README.md"
BEGIN, END = "<!-- from benchmarks/results/peers.json -->\n", "<!-- end -->\n"


def with_results(text: str, results: Results) -> str:
    """The README's text with the table of these results between its two marks. Raises ValueError without them."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"README.md has no {BEGIN.strip()} ... {END.strip()}")
    return before + BEGIN + brief(results) + "\n" + END + after


def write_readme(results: Results, path: Path = README) -> None:
    """Puts the table into the README."""
    path.write_text(with_results(path.read_text(encoding="utf-8"), results), encoding="utf-8")
