"""A portfolio of any size for any of the generators that are compared."""

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.corpus.dialect import Dialect, Labfolio
from benchmarks.corpus.entry import DAYS, FIRST, MIX, PILLARS, Entry
from benchmarks.corpus.pictures import picture

# What each generator needs beside the texts, as files of its own.
SITES = Path(__file__).parents[1] / "sites"
# Fewer are not in proportion, and an entry could link to one that there is not.
FEWEST = 9
Draw = Callable[[str], tuple[str, bytes]]


def counts(total: int) -> dict[str, int]:
    """How many entries of each kind make up a total. Raises ValueError for fewer than FEWEST."""
    if total < FEWEST:
        raise ValueError(f"a portfolio has at least {FEWEST} entries, not {total}")
    whole = sum(MIX.values())
    found = {kind: max(1, round(total * share / whole)) for kind, share in MIX.items()}
    found["paper"] += total - sum(found.values())
    return found


def entries(total: int) -> Iterator[Entry]:
    """All entries of a portfolio, kind by kind."""
    return (Entry(kind, number) for kind, count in counts(total).items() for number in range(1, count + 1))


def edited(total: int) -> Entry:
    """The entry that is changed to measure one change: the middle one of the builds."""
    return Entry("build", max(1, counts(total)["build"] // 2))


def files(total: int, dialect: Dialect, draw: Draw = picture) -> Iterator[tuple[str, bytes]]:
    """Every file of a portfolio of so many entries, by its path; `draw` gives the figure of a key."""
    rows: dict[str, list[tuple[str, str, str]]] = {kind: [] for kind in MIX}
    for entry in entries(total):
        path = entry.path(dialect)
        rows[entry.kind].append((path, entry.title, entry.fields["summary"]))
        yield from _entry(entry, path, dialect, draw)
    for kind, own in rows.items():
        listing = dialect.listing(kind, own)
        if listing:
            yield listing[0], listing[1].encode()
    if isinstance(dialect, Labfolio):
        yield (
            "content/papers.bib",
            "".join(Entry("paper", one + 1).record() for one in range(counts(total)["paper"])).encode(),
        )
        yield "content/program.yml", _program(total).encode()
    yield from _site(dialect)


def _entry(entry: Entry, path: str, dialect: Dialect, draw: Draw) -> Iterator[tuple[str, bytes]]:
    folder, names, matter = path.rpartition("/")[0], [], dict[str, str]()
    for at in range(entry.figures):
        ending, data = draw(f"{entry.kind}-{entry.number}-{at}")
        names.append(f"figure-{at + 1}{ending}")
        yield f"{folder}/{names[-1]}", data
    if isinstance(dialect, Labfolio):
        matter = {"pillar": PILLARS[entry.number % len(PILLARS)], "status": "shipped"}
        if entry.kind == "paper":
            matter["paper"] = f"key{entry.number}"
        elif entry.kind == "reproduction":
            claims, results = entry.evidence()
            matter |= claims
            yield f"{folder}/results/runs.csv", results.encode()
    yield path, entry.text(dialect, names, matter).encode()


def _site(dialect: Dialect) -> Iterator[tuple[str, bytes]]:
    folder = SITES / dialect.name
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _program(total: int) -> str:
    """The programme that the portfolio is the whole of."""
    targets = ", ".join(f"{kind}s: {count}" for kind, count in counts(total).items())
    return (SITES / "program.yml").read_text(encoding="utf-8").format(first=FIRST, days=DAYS, targets=targets)


def write(folder: Path, total: int, dialect: Dialect, draw: Draw = picture) -> None:
    """Writes a portfolio into a folder."""
    for path, data in files(total, dialect, draw):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def density(total: int) -> dict[str, float]:
    """What an entry holds in the mean: KiB of Markdown, highlighted blocks, figures, links to other entries."""
    texts = [Entry.text(one, Dialect(), ["x"] * one.figures, {}) for one in entries(total)]
    return {
        "KiB": sum(len(text.encode()) for text in texts) / 1024 / total,
        "code blocks": sum(text.count("\n```") for text in texts) / 2 / total,
        "figures": sum(one.figures for one in entries(total)) / total,
        "links": sum(text.count("/index.md)") for text in texts) / total,
    }
