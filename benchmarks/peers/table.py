"""The results as Markdown: the table beside the targets, what the peers cost, and what it all ran on."""

from collections.abc import Iterable, Iterator

from benchmarks.peers.fairness import expected
from benchmarks.peers.generator import GENERATORS, INDEXED
from benchmarks.peers.results import WORK, Measured, Results, median
from benchmarks.peers.targets import TARGETS, Target

NONE = "–"
MB = 1e6
_LABELS = {one.name: one.label for one in (*GENERATORS, INDEXED)}


def report(results: Results) -> str:
    """The whole page."""
    parts = [
        "# labfolio beside its peers",
        "Written by `python -m benchmarks.peers`; how it measures: [benchmarks](../README.md).",
        ran_on(results),
        "## Targets\n\nCosts are medians; a ratio is that of two medians of one alternating run. Lower is better.",
        lines(targets(results, results.sizes)),
    ]
    for size in results.sizes:
        parts += _size(results, size)
    parts += ["## Growth of a cold build", lines(_growth(results))]
    return "\n\n".join(parts) + "\n"


def brief(results: Results) -> str:
    """The few lines that the README shows, of the targets that an author feels."""
    sizes = results.sizes
    rows = targets(results, sizes, [one for one in TARGETS if one.brief])
    return ran_on(results) + "\n\n" + lines(rows)


def ran_on(results: Results) -> str:
    """One paragraph: the day, the machine, the versions."""
    machine, versions = results.machine, ", ".join(f"{name} {one}" for name, one in sorted(results.versions.items()))
    day = f"{results.date}, " if results.date else ""
    older = sorted({one for one in results.revisions.values() if one != machine["revision"]})
    named = [part for part, one in sorted(results.revisions.items()) if one == machine["revision"]]
    before = f" Of this revision: {', '.join(named)}; all else is of {', '.join(older)}." if older else ""
    return (
        f"Measured {day}at revision {machine['revision']}: {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_gib']} GiB, {machine['system']}, Linux {machine['kernel']}, Python {machine['python']}, "
        f"load {machine['load']} at the start; {versions}.{before}"
    )


def lines(rows: Iterable[Iterable[str]]) -> str:
    """Rows as a pipe table, the first one its head; columns but the first are set right."""
    head, *body = [list(row) for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---", *["--:"] * (len(head) - 1)], *body])


def targets(results: Results, sizes: Iterable[int], chosen: Iterable[Target] = TARGETS) -> Iterator[list[str]]:
    """Each target with what was measured at each size, and whether it is met."""
    sizes = list(sizes)
    yield ["work", *(f"{size:,} entries" for size in sizes)]
    for one in chosen:
        yield [one.what, *(_against(one, results, size) for size in sizes)]


def _against(one: Target, results: Results, size: int) -> str:
    value, limit = one.measure(results, size), one.limit(size)
    if value is None:
        return NONE
    unit = f" {one.unit}" if one.unit else ""
    if limit is None:
        return f"{number(value)}{unit}"
    return f"{number(value)}{unit} (≤ {limit:g}: {'met' if value <= limit else '**not met**'})"


def number(value: float | None) -> str:
    """Three figures, whole numbers as they are; a dash for none."""
    if value is None:
        return NONE
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.{2 if abs(value) >= 0.1 else 3}f}"


def _size(results: Results, size: int) -> Iterator[str]:
    yield f"## {size:,} entries"
    corpus = results.corpus.get(str(size))
    if corpus:
        yield "An entry has " + ", ".join(f"{number(value)} {what}" for what, value in corpus.items()) + " in the mean."
    builds = results.builds.get(str(size))
    if builds:
        yield "Builds: CPU and wall seconds, medians; every round runs each once." + "".join(
            f" {one.label} is not run at this size: {one.why}." for one in GENERATORS if size > one.largest
        )
        yield lines(_builds(results, size, builds))
        yield "What they wrote, counted in their output; the entries of a feed are whole."
        yield lines(_wrote(size, builds))
    if str(size) in results.index:
        yield _index(results.index[str(size)])
    if str(size) in results.serve:
        yield "Save to served: seconds from the save until the page holds the new word."
        yield lines(_serve(results.serve[str(size)]))
    if str(size) in results.pages:
        yield "One write-up with its figures in a browser, KB gzip; images are counted as requests only."
        yield lines(_pages(results.pages[str(size)]))


def _builds(results: Results, size: int, builds: Measured) -> Iterator[list[str]]:
    yield ["", "runs", "cold CPU", "cold wall", "nothing changed", "one changed", "peak MiB", "÷ Hugo", "÷ Material"]
    for name, found in builds.items():
        yield [
            _LABELS[name], str(len(found["cold"])),
            *(number(results.cost(size, name, "cold", unit)) for unit in ("cpu", "wall")),
            *(number(results.cost(size, name, work)) for work in ("unchanged", "changed")),
            number(results.cost(size, name, "cold", "peak")),
            *(number(results.ratio(size, "cold", name, peer)) for peer in ("hugo", "material")),
        ]  # fmt: skip


def _wrote(size: int, builds: Measured) -> Iterator[list[str]]:
    yield [
        "",
        "entries",
        "with colours",
        "with figures",
        "feed items",
        "headings in it",
        "MB",
        "files",
        "largest page KB",
    ]
    yield ["in the sources", *(str(one) for one in expected(size).values()), *[NONE] * 5]
    for name, found in builds.items():
        has = found["checked"]
        feed = [str(has["items"]), str(has["headings"])] if has["items"] else [NONE, NONE]
        yield [
            _LABELS[name], *(str(has[what]) for what in ("entries", "coloured", "figures")), *feed,
            number(found["bytes"] / MB), f"{found['files']:,}", number(found["largest"] / 1000),
        ]  # fmt: skip


def _index(found: Measured) -> str:
    alone = {unit: number(median(found["alone"], unit)) for unit in ("cpu", "wall", "peak")}
    cold, unchanged, changed = (number(median(found[work], "cpu")) for work in WORK)
    return (
        f"The Pagefind index, not in the figures above: {alone['cpu']} s CPU, {alone['wall']} s wall, "
        f"{alone['peak']} MiB, {number(found['index_bytes'] / MB)} MB. `labfolio build` with it, CPU: {cold} s cold, "
        f"{unchanged} s with nothing changed, {changed} s with one entry changed."
    )


def _serve(servers: Measured) -> Iterator[list[str]]:
    yield ["server of", "saves", "median s", "least", "most", "CPU s a save", "first page after s", "peak MiB"]
    for name, found in servers.items():
        if "failed" in found:
            yield [_LABELS[name], f"failed: {found['failed']}", *[NONE] * 6]
            continue
        seconds = sorted(found["seconds"])
        middle = (seconds[(len(seconds) - 1) // 2] + seconds[len(seconds) // 2]) / 2
        yield [
            _LABELS[name], str(len(seconds)), number(middle), number(seconds[0]), number(seconds[-1]),
            *(number(found[what]) for what in ("cpu", "first", "peak")),
        ]  # fmt: skip


def _pages(pages: Measured) -> Iterator[list[str]]:
    yield ["", "HTML, CSS, JS", "fonts", "requests", "for search at load", "for a first search", "other hosts"]
    for name, found in pages.items():
        sizes = [found[what] / 1000 for what in ("text", "fonts")]
        search = [found.get(what) for what in ("search_before", "search_first")]
        yield [
            _LABELS[name], *map(number, sizes), str(found["requests"]),
            *(NONE if one is None else number(one / 1000) for one in search), ", ".join(found["hosts"]) or "none",
        ]  # fmt: skip


def _growth(results: Results) -> Iterator[list[str]]:
    yield ["", "exponent of CPU", "exponent of memory", "ms a page at the largest size"]
    names = dict.fromkeys(name for size in results.sizes for name in results.builds.get(str(size), {}))
    for name in names:
        largest = max(size for size in results.sizes if name in results.builds.get(str(size), {}))
        cost = results.cost(largest, name, "cold")
        page = NONE if cost is None else f"{number(1000 * cost / largest)} ({largest:,})"
        yield [_LABELS[name], number(results.growth(name, "cpu")), number(results.growth(name, "peak")), page]
