"""Writes a generated portfolio, the same bytes for the same arguments: `python -m benchmarks.corpus FOLDER`."""

import argparse
from pathlib import Path

from benchmarks.corpus.dialect import DIALECTS
from benchmarks.corpus.portfolio import FEWEST, density, write


def main() -> None:
    """Writes the portfolio and says what an entry holds in the mean."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write; what is there stays")
    parser.add_argument("--total", type=int, default=180, help="how many entries (180)")
    parser.add_argument("--for", dest="dialect", choices=sorted(DIALECTS), default="labfolio", help="which generator")
    given = parser.parse_args()
    if given.total < FEWEST:
        parser.error(f"--total: a portfolio has at least {FEWEST} entries")
    write(given.folder, given.total, DIALECTS[given.dialect])
    print(", ".join(f"{value:.2f} {what}" for what, value in density(given.total).items()), "an entry")


if __name__ == "__main__":
    main()
