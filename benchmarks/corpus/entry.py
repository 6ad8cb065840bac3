"""One generated entry: it depends on its kind and number alone, so that a larger portfolio holds a smaller one."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from benchmarks.corpus.dialect import KINDS, Dialect
from benchmarks.corpus.prose import PEOPLE, QUALITIES, THINGS, Prose

FIRST, DAYS = date(2026, 1, 5), 300
# Of a whole programme, and of every other size in proportion.
MIX = {"build": 38, "reproduction": 20, "paper": 120}
# Least and most of each, code to figures; a figure of a paper note is the exception.
BLOCKS = {"build": (3, 5), "reproduction": (2, 4), "paper": (1, 2)}
TABLES = {"build": (1, 2), "reproduction": (2, 3), "paper": (0, 1)}
FIGURES = {"build": (1, 3), "reproduction": (1, 2), "paper": (0, 0)}
PAPER_FIGURE, LINKED = 0.3, 0.28
PILLARS = ("swe", "re", "ml", "ds")
TOPICS = (
    "sketches", "hashing", "kernels", "optimisers", "calibration", "sampling", "sparsity", "attention", "quantisation",
    "storage", "scheduling", "evaluation", "robustness", "distillation", "retrieval", "tokenisation", "statistics",
    "profiling", "compression", "reinforcement", "interpretability", "serving", "causality", "diffusion",
)  # fmt: skip
QUESTIONS = (
    "What problem is being solved, and what baseline is being beaten? {#problem-and-baseline}",
    "What is the core mechanism? {#mechanism}",
    "Which part is new? {#what-is-new}",
    "Which assumptions might not hold in production? {#assumptions}",
    "What would be the smallest reproduction? {#smallest-reproduction}",
    "What metric would convince me to keep going? {#deciding-metric}",
    "What failure cases would make it unsafe or irrelevant? {#failure-cases}",
)
SECTIONS = {
    "build": ("Problem", "Design", "How it works", "What I measured", "Trade-offs", "What I would not ship", "Next"),
    "reproduction": ("Claim", "Setting and seeds", "Baselines", "Results", "Ablations", "What does not agree", "Next"),
    "paper": QUESTIONS,
}


def slug(kind: str, number: int) -> str:
    """The last part of an entry's URL; it holds kind and number, so that no two share one."""
    chance = random.Random(f"name {kind} {number}")
    words = f"{chance.choice(QUALITIES)}-{chance.choice(THINGS).replace(' ', '-')}"
    return f"{words}-{kind}-{number}"


@dataclass(frozen=True)
class Entry:
    """What chance gives for a kind and a number."""

    kind: str
    number: int

    @property
    def slug(self) -> str:
        """The last part of its URL."""
        return slug(self.kind, self.number)

    @property
    def url(self) -> str:
        """Where it is published, below the site's root."""
        return f"{KINDS[self.kind]}/{self.slug}/"

    @cached_property
    def title(self) -> str:
        """Its title, which names its kind and number too."""
        words = self.slug.removesuffix(f"-{self.kind}-{self.number}").replace("-", " ").capitalize()
        return f"{words}, {self.kind} {self.number}"

    def path(self, dialect: Dialect) -> str:
        """Where its source stands."""
        return dialect.path(self.kind, self.slug, bool(self.figures))

    @cached_property
    def figures(self) -> int:
        """How many figures it has."""
        chance = random.Random(f"figures {self.kind} {self.number}")
        return int(chance.random() < PAPER_FIGURE) if self.kind == "paper" else chance.randint(*FIGURES[self.kind])

    @cached_property
    def fields(self) -> dict[str, str]:
        """The front matter that every generator reads."""
        chance = random.Random(f"fields {self.kind} {self.number}")
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        return {"title": self.title, "date": str(day), "summary": Prose(chance).sentence()}

    @cached_property
    def tags(self) -> list[str]:
        """Two to four topics."""
        chance = random.Random(f"tags {self.kind} {self.number}")
        return sorted(chance.sample(TOPICS, chance.randint(2, 4)))

    def text(self, dialect: Dialect, figures: list[str], matter: dict[str, str]) -> str:
        """The whole source with figures of these names, and with this front matter on top of the common one."""
        return dialect.front(self.fields | matter, self.tags) + "\n\n".join(self._body(dialect, figures)) + "\n"

    def _body(self, dialect: Dialect, figures: list[str]) -> Iterator[str]:
        chance = random.Random(f"{self.kind} {self.number}")
        prose, wanted = Prose(chance), chance.randint(760, 1700)
        extras = list(self._extras(prose, dialect, figures))
        wanted -= sum(one.count(" ") for one in extras)
        titles = SECTIONS[self.kind]
        places = [chance.randrange(len(titles)) for _ in extras]
        for at, title in enumerate(titles):
            yield f"## {dialect.heading(title)}"
            left = max(40, wanted // len(titles))
            while left > 0:
                text = prose.paragraph(min(left, chance.randint(40, 90))) + self._link(chance, dialect)
                left -= text.count(" ") + 1
                yield text
            yield from (extra for place, extra in zip(places, extras, strict=True) if place == at)
        yield f"{prose.sentence()}[^1]\n\n[^1]: {prose.sentence()}"

    def _extras(self, prose: Prose, dialect: Dialect, figures: list[str]) -> Iterator[str]:
        chance = prose.chance
        yield from (prose.code() for _ in range(chance.randint(*BLOCKS[self.kind])))
        yield from (prose.table() for _ in range(chance.randint(*TABLES[self.kind])))
        for _ in range(chance.randint(1, 3)):
            yield f"$$\n{prose.display()}\n$$"
        for _ in range(chance.randint(1, 2)):
            yield dialect.note(chance.choice(THINGS).capitalize(), prose.paragraph(30))
        yield from (prose.items(mark) for mark in ("-", "1.")[: chance.randint(0, 2)])
        for name in figures:
            yield f"![The {chance.choice(THINGS)} over time, seed by seed]({dialect.figure(name)})"

    def _link(self, chance: random.Random, dialect: Dialect) -> str:
        """Now and then the way to an earlier entry of any kind, which is in every portfolio that this one is in."""
        other, turn = chance.choice(tuple(MIX)), chance.random()
        last = self.number - 1 if other == self.kind else self.number * MIX[other] // MIX[self.kind] - 1
        if turn > LINKED or last < 1:
            return ""
        there = Entry(other, 1 + int(chance.random() * last))
        return f" See [{there.title}]({dialect.link(self.path(dialect), there.path(dialect), there.url)})."

    def evidence(self) -> tuple[dict[str, str], str]:
        """The claims of a reproduction as front matter, and the result file that they are judged by."""
        chance = random.Random(f"evidence {self.kind} {self.number}")
        rows = [f"{seed},{chance.gauss(0.8, 0.02):.4f},{chance.gauss(12, 1):.2f}" for seed in range(1, 6)]
        claims = (
            "\n  - {id: accuracy, claim: The accuracy is as reported, reported: 0.80, tolerance: 0.02, "
            "measured: {file: results/runs.csv, value: accuracy}}"
            "\n  - {id: seconds, claim: A run takes as long as reported, reported: 10, tolerance: 0.5, "
            "measured: {file: results/runs.csv, value: seconds}}"
        )
        results = "\n".join(["seed,accuracy,seconds", *rows, ""])
        return {"limitations": "One machine and five seeds.", "claims": claims}, results

    def record(self) -> str:
        """The record of a paper in the bibliography."""
        chance = random.Random(f"record {self.number}")
        authors = " and ".join(f"{name}, {chance.choice('ABCDEFGHJKLM')}." for name in chance.sample(PEOPLE, 2))
        return (
            f"@article{{key{self.number},\n  title = {{{self.title}}},\n  author = {{{authors}}},\n"
            f"  year = {{{chance.randint(1985, 2025)}}},\n  journal = {{Proceedings {chance.randint(1, 30)}}},\n}}\n\n"
        )
