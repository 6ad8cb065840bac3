"""What is fuzzed, by name: `run.py` runs one under Atheris, `test_targets.py` tries each on its samples, mutated."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.conftest import ROOT
from tests.fuzz import pages, readers, seeds, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One function under test.

    `run` raises where something does not hold; `samples` are what a fuzzer begins with, `words` what it puts in,
    `longest` the most bytes that it tries.
    """

    run: Callable[[bytes], None]
    samples: Callable[[], Iterable[bytes]]
    words: tuple[str, ...] = ()
    longest: int = 2000


def _ending(*ends: str) -> Callable[[], Iterable[bytes]]:
    return lambda: seeds.named(*ends)


def _these(*samples: bytes) -> Callable[[], Iterable[bytes]]:
    return lambda: samples


def _entries() -> Iterable[bytes]:
    """Files of front matter; the first byte says by which reader each is read."""
    for number, text in enumerate(seeds.named(".md")):
        yield bytes([number % 6]) + text
    yield from (b"\x06" + text for text in seeds.named("program.yml"))
    yield from (b"\x07" + text for text in seeds.named("mkdocs.yml"))


def _selected() -> Iterable[bytes]:
    """Selectors, each with the file that it reads."""
    yield readers.MEASURED
    yield from (b"file: a.csv, value: v|" + table for table in seeds.named(".csv"))
    yield from (b"file: a.json, value: v, at: best|" + table for table in seeds.named(".json"))


def _arxiv() -> Iterable[bytes]:
    return (path.read_bytes() for path in sorted((ROOT / "tests/parse/samples").rglob("*")) if path.is_file())


_ITEM = (
    b'[{"id": "a", "type": "book", "title": "T", "author": [{"family": "F", "given": "G"}],'
    b' "issued": {"date-parts": [[2020, 1]]}}]'
)
_FRONT = (*seeds.front_matter_words(), *words.YAML)

TARGETS: dict[str, Target] = {
    "loader": Target(run=readers.loader, samples=_entries, words=_FRONT),
    "yaml": Target(run=readers.yaml, samples=_ending(".yml"), words=words.YAML),
    "ledger": Target(run=readers.ledger, samples=_ending("permalinks.yml"), words=words.YAML),
    "csv": Target(run=readers.result("a.csv"), samples=_ending(".csv", ".tsv"), words=words.CSV),
    "json": Target(run=readers.result("a.json"), samples=_ending(".json"), words=words.JSON),
    "jsonl": Target(run=readers.result("a.jsonl"), samples=_ending(".json", ".jsonl"), words=words.JSON),
    "metric": Target(run=readers.result("loss"), samples=_these(b"17000 0.5 0\n17001 0.25 1\n"), longest=200),
    "measure": Target(run=readers.measured, samples=_selected, words=(*words.CSV, *words.SELECTORS)),
    "log": Target(run=readers.log, samples=_ending("log.csv"), words=words.CSV),
    "environment": Target(run=readers.environment, samples=_ending("environment.json"), words=words.JSON),
    "bibtex": Target(
        run=readers.records("a.bib"), samples=_ending(".bib"), words=(*words.BIBTEX, *words.TEX), longest=1000
    ),
    "csl": Target(run=readers.records("a.json"), samples=_these(_ITEM), words=(*words.JSON, *words.CSL), longest=1000),
    "arxiv": Target(run=readers.arxiv, samples=_arxiv, words=(*words.BIBTEX, *words.ATOM)),
    "latex": Target(
        run=readers.latex,
        samples=_these(
            rb"Sch\"{o}n, {\'E}. and {The \emph{Group}} and others",
            rb"The $\ell_1$ norm -- a \& b",
            rb"\h \sqrt[a and b \limits " * 12,
        ),
        words=words.TEX,
        longest=400,
    ),
    "notebook": Target(
        run=readers.notebook, samples=_ending(".ipynb"), words=(*words.JSON, *words.CELLS), longest=4000
    ),
    "excerpt": Target(
        run=readers.excerpt, samples=lambda: (b"f\n" + text for text in seeds.named(".py")), words=words.CODE
    ),
    "private": Target(
        run=readers.private,
        samples=_these(b"/home/ann/x sk-" + b"aB1" * 8 + b" ghp_" + b"a" * 24),
        words=words.PRIVATE,
        longest=400,
    ),
    "markdown": Target(run=pages.markdown, samples=_ending(".md"), words=words.MARKDOWN, longest=600),
    "sanitise": Target(
        run=pages.sanitise,
        samples=_these(
            b"<p onclick=x>a<a href='https://a'>b</a>",
            b"<svg><path d=''/></svg><math><mi>x</mi></math>",
            b"<img alt=' src=' title='https://a'>",
        ),
        words=words.HTML,
        longest=600,
    ),
    "path": Target(
        run=pages.path,
        samples=_these(b"../a/index.md#x", b"../../content/a%20b.png", b"//evil", b"java\tscript:x", b"A.CSV"),
        words=words.LINKS,
        longest=200,
    ),
    "slug": Target(
        run=pages.slug,
        samples=_these("Über C++ & C#".encode(), b"index", b"2026", "数学".encode()),
        longest=200,
    ),
    "mathematics": Target(
        run=pages.mathematics,
        samples=_these(
            rb"\frac{a}{b} + \sum_{i=1}^n x_i",
            rb"\begin{align} a &= b \\[1em] c \end{align}|\mathbf{#1}",
            rb"1\begin\tag{n} a",
            rb"\one \one x|" + b"[" * 40,
            rb"\one\hat (\frac{a}) (x_) (\sqrt[)]{x} (%)" + b"\n" + rb"\left. ) \right.|(#1)",
            rb"(\displaystyle a) {(a \over b)} \bigl| x \bigr| \pmod\hat{x} \mathop\middle|",
        ),
        words=words.TEX,
        longest=400,
    ),
}
