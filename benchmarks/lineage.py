"""The lineage of generated portfolios, its time and its weight: `python benchmarks/lineage.py [RUNS] [FOLDER]`.

Portfolios of several sizes, each entry based on up to three earlier ones at random, are built in memory. Printed, and
written to `benchmarks/results/lineage.md`, are CPU milliseconds for the graph, its drawing and the whole page, with
what is in the drawing. With a folder the site of each size is written below it, to be looked at.
"""

import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from labfolio.build import build
from labfolio.facts.lineage_graph import lineage_graph
from labfolio.files.sources import packaged_theme, read_theme
from labfolio.model.source import SourceTree
from labfolio.parse.settings import read_settings
from labfolio.present.cards import leave_out
from labfolio.present.edition import Edition
from labfolio.present.fragments import Fragments
from labfolio.present.lineage_drawing import sketch
from labfolio.present.lineage_page import lineage_page

RESULT = Path(__file__).parent / "results" / "lineage.md"
SIZES = (5, 30, 200, 1000)
FIRST, TODAY = date(2026, 1, 1), date(2028, 12, 31)
# Folder, statuses and share of a kind.
KINDS = (
    ("content/papers", ("shipped", "planned"), 0.4),
    ("content/reproductions", ("shipped", "building", "abandoned"), 0.25),
    ("builds", ("shipped", "building", "abandoned"), 0.25),
    ("content/notebook", ("shipped",), 0.1),
)
WORDS = (
    "kernel", "sketch", "estimator", "variance", "gradient", "sparse", "attention", "cache", "register", "bound", "a",
    "sampler", "noise", "filter", "loss", "schedule", "width", "descent", "robust", "streaming", "index", "measured",
    "the", "of", "on", "again", "faster", "without",
)  # fmt: skip


def portfolio(count: int) -> dict[str, bytes]:
    """The files of a portfolio of so many entries, the same each time."""
    chance = random.Random(count)
    files, slugs, keys = {}, list[str](), list[str]()
    for number in range(count):
        folder, statuses, _ = chance.choices(KINDS, weights=[share for *_, share in KINDS])[0]
        slug, note = f"entry-{number}", folder == "content/papers"
        keys += [slug] if note else []
        own = [slug] if note else chance.sample(keys, min(len(keys), folder != "content/notebook"))
        near = slugs[-40:]
        bases = [] if note else chance.sample(near, min(len(near), chance.choice((0, 1, 1, 2, 3))))
        lines = [
            f"title: {' '.join(chance.choices(WORDS, k=chance.randint(4, 12))).capitalize()}",
            f"date: {FIRST + timedelta(days=number)}",
            f"status: {chance.choices(statuses, weights=(8, 1, 1)[: len(statuses)])[0]}",
            "why: No gain.",
            f"based_on: [{', '.join(bases)}]",
            *([f"paper: [{', '.join(own)}]"] if own else []),
            *(["limitations: [One machine.]"] if folder == "content/reproductions" else []),
        ]
        files[f"{folder}/{slug}.md"] = ("---\n" + "\n".join(lines) + "\n---\nText.\n").encode()
        slugs.append(slug)
    records = (f"@misc{{{key}, title = {{T}}, author = {{A, B}}, year = {{2020}}}}\n" for key in keys)
    return {**files, "content/papers.bib": "".join(records).encode()}


def built(files: dict[str, bytes], folder: Path | None) -> Edition:
    """The edition of these files; its site is written to a folder where one is given."""
    texts = {path: data for path, data in files.items() if path.endswith((".md", ".bib"))}
    tree = SourceTree(texts=texts, files=frozenset(files), read=files.__getitem__)
    settings = read_settings("mkdocs.yml", "site_name: B\nsite_url: https://b.example/\ndocs_dir: content\n", {})[0]
    result = build(tree, settings, read_theme(packaged_theme()), TODAY, leave_out)
    if not result.outputs:
        sys.exit("\n".join(one.message for one in result.diagnostics if one.level == "error"))
    for one in result.outputs if folder else ():
        path = (folder or Path()) / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)
    return result.edition


def median(runs: int, work: Callable[[], object]) -> float:
    """CPU milliseconds of one run, the median of several."""
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - begun))
    return statistics.median(taken)


def row(count: int, runs: int, folder: Path | None) -> str:
    """A row of the table."""
    edition = built(portfolio(count), folder / str(count) if folder else None)
    graph, fragments = edition.lineage, Fragments(edition.theme.fragments)
    drawn = sketch(graph.chains, graph.edges, graph.stages)
    page = fragments.render("lineage_page.html", view=lineage_page(edition))
    times = (
        median(runs, lambda: lineage_graph(edition.portfolio)),
        median(runs, lambda: sketch(graph.chains, graph.edges, graph.stages)),
        median(runs, lambda: fragments.render("lineage_page.html", view=lineage_page(edition))),
    )
    facts = (count, len(graph.entries), len(graph.edges), *(f"{one:.0f}" for one in times))
    return f"| {' | '.join(map(str, facts))} | {len(page.encode()) / 1000:.0f} KB | {drawn.width} x {drawn.height} |"


def main(runs: int, folder: Path | None) -> None:
    """Measures each size."""
    lines = [
        f"CPU time in ms, median of {runs} runs, Python {platform.python_version()}, {os.cpu_count()} cores. A page"
        " is its whole content, drawing and table. Promised for 200 entries are less than 1000 ms and 200 KB.",
        "",
        "| entries | joined | links | graph | drawing | page | weight | pixels |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|",
        *(row(count, runs, folder) for count in SIZES),
    ]
    text = "\n".join(lines) + "\n"
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
