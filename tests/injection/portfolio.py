"""A portfolio in which every field holds a payload: for each payload an entry of every kind, with all its fields."""

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from labfolio.build import Result
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import KINDS, Kind, tag_slug
from labfolio.model.program import MilestonePlan, Pillar, Program
from labfolio.model.scalars import Text
from labfolio.parse.text import printable
from labfolio.parse.yaml_text import read_yaml
from tests.conftest import ROOT, made_once
from tests.injection.samples import COLUMNS, Keys, Sample, Write, at, leaves, path_of, put
from tests.site import build_files

PAYLOADS: dict[str, str] = yaml.safe_load((ROOT / "tests" / "injection" / "payloads.yml").read_text("utf-8"))

_TEXT: TypeAdapter[str] = TypeAdapter(Text)


def plain(text: str) -> str:
    """Words of the same length, without any sign."""
    return re.sub(r"[^\w\s]|_|[\x00-\x1f]", "x", text)


@dataclass(slots=True)
class Source:
    """A file whose fields hold a payload: its value, what stands in each field where the payload may not."""

    path: str
    payloads: tuple[str, ...]
    value: dict[str, Any]
    sound: dict[str, Any]
    refused: set[str] = field(default_factory=set)
    body: str = ""
    table: str = ""

    def text(self) -> str:
        """The file."""
        matter = yaml.safe_dump(self.value, sort_keys=False, default_style='"', width=10**9)
        return f"---\n{matter}---\n{self.body}" if self.path.endswith(".md") else matter

    def without(self, names: frozenset[str]) -> "Source":
        """The same with what is sound in fields that name something else of the site, which no payload is."""
        for keys in list(leaves(self.value)):
            if path_of(keys) in names and at(self.value, keys) != (sound := self._sound(keys)):
                put(self.value, keys, sound)
                self.refused.add(path_of(keys))
        return self

    def give_up(self, told: Diagnostic) -> bool:
        """Puts what is sound in the place of the field that a build refuses; whether there was one to refuse."""
        first = 2 if self.path.endswith(".md") else 1
        matter = yaml.safe_dump(self.value, sort_keys=False, default_style='"', width=10**9)
        positions = read_yaml(self.path, matter, first_line=first, limit=10**9).positions
        given = {keys: at(self.value, keys) for keys in leaves(self.value)}
        changed = [keys for keys, one in given.items() if one != self._sound(keys)]
        there = [keys for keys in changed if keys in positions and positions[keys].line == told.position.line]
        # A fault of a record is told where it begins.
        named = [keys for keys in changed if str(given[keys]) in told.message]
        for keys in (there or named)[:1]:
            self.refused.add(path_of(keys))
            put(self.value, keys, self._sound(keys))
        return bool(there or named)

    def _sound(self, keys: Keys) -> Any:
        try:
            return at(self.sound, keys)
        except (KeyError, IndexError):
            return "x"

    def harmless(self) -> "Source":
        """The same file with plain words in the place of the payload."""
        return Source(
            path=self.path,
            payloads=self.payloads,
            value=_with_words(self.value, self.payloads),
            sound={},
            body=self.body,
            table=_table_with_words(self.table, self.payloads),
        )


def _with_words(value: Any, payloads: Iterable[str]) -> Any:
    if isinstance(value, dict):
        return {_with_words(key, payloads): _with_words(one, payloads) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_words(one, payloads) for one in value]
    if not isinstance(value, str):
        return value
    for payload in sorted(payloads, key=len, reverse=True):
        for form in (payload, "".join(payload.split()), _column(payload)):
            value = value.replace(form, plain(form)) if form else value
    return value


def _table_with_words(table: str, payloads: Iterable[str]) -> str:
    return _csv(_with_words(list(csv.reader(io.StringIO(table))), payloads)) if table else ""


def _csv(rows: Iterable[Iterable[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue()


def entries(number: int, payload: str, kinds: tuple[Kind, ...] = KINDS) -> list[Source]:
    """An entry of each kind, with the payload in every field that takes it; abandoned ones beside, which say why."""
    made: list[Source] = []
    for kind in kinds:
        for status in ("shipped", "abandoned") if kind.name in ("build", "note") else ("shipped",):
            slug = f"{kind.letter.lower()}{number:02}{status[0]}"
            write = partial(written, payload, slug)
            sample = Sample(kind.declared, write)
            sample.value.update(status=status, aliases=[f"old/{slug}/"], paper=[f"work{number}"])
            folder = kind.folder if kind.in_root else f"content/{kind.folder}"
            made.append(
                Source(
                    path=f"{folder}/{slug}/index.md",
                    payloads=(payload,),
                    sound=sample.value,
                    value=sample.filled(payload),
                    refused=sample.refused,
                    body="## Problem\n\nText.\n",
                    table=results(write) if "claims" in sample.value else "",
                )
            )
    return made


def written(payload: str, slug: str, name: str) -> str:
    """What stands in a field: the payload, then words that tell the fields apart. A column is on one line."""
    if name not in (*COLUMNS, "cell"):
        return f"{payload} {name} {slug}"
    return f"{_column(payload)} {name}"


def _column(payload: str) -> str:
    """A payload as the name of a column; a first line that begins with # would be a comment of the file."""
    return " ".join(str(_TEXT.validate_python(printable(f"x{payload}")))[1:].split()).lstrip("# ")


def results(write: Write) -> str:
    """A result file with every column that an entry asks for, and the payload in its cells."""
    rows = [[write(name) for name in COLUMNS]]
    for seed in (1, 2, 3):
        for step in (1, 2):
            words = {name: f"{write('cell')} {step}" for name in ("group", "slice", "label")}
            given = {**words, "by": str(seed + 3 * step), "x": str(step), "seconds": "60", "where": write("cell")}
            rows.append([given.get(name, f"0.{seed}{step}") for name in COLUMNS])
    return _csv(rows)


def program(payloads: Mapping[int, str]) -> Source:
    """The programme: what it lists holds each payload, what it has once all of them, one after the other."""
    everything = " ".join(payloads.values())
    sample = Sample(Program, lambda name: f"{everything} {name}")
    value = sample.filled(everything)
    value["pillars"], value["milestones"], value["pauses"] = [], [], []
    for number, payload in payloads.items():
        write = partial(written, payload, str(number))
        value["pillars"].append({**Sample(Pillar, write).filled(payload), "id": f"p{number}", "code": payload})
        value["milestones"].append({**Sample(MilestonePlan, write).filled(payload), "number": str(number + 1)})
    value["pillars"].append({"id": "swe", "name": "Software", "share": "1"})
    return Source(
        path="content/program.yml",
        payloads=(everything, *payloads.values()),
        sound=sample.value,
        value=value,
        refused=sample.refused,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A portfolio with payloads and the same with words: what both publish, by path."""

    outputs: Mapping[str, bytes]
    plain: Mapping[str, bytes]
    sources: tuple[Source, ...]


# Each payload into the entries of all kinds in the long run, else into those of one kind, in turn.
EVERY = os.environ.get("INJECTION") == "all"


def attacked(factory: pytest.TempPathFactory) -> Matrix:
    """The portfolio with every payload, which takes a while: built once for all tests."""
    return made_once(factory, "attacked", lambda: matrix(dict(enumerate(PAYLOADS.values())), everywhere=EVERY))


def matrix(payloads: Mapping[int, str], *, everywhere: bool) -> Matrix:
    """Payloads in every field: each in an entry of every kind, or in turn in those of one kind."""
    sources = [program(payloads)]
    for place, (number, payload) in enumerate(payloads.items()):
        sources += entries(number, payload, KINDS if everywhere else (KINDS[place % len(KINDS)],))
    sources = [source.without(references()) for source in sources]
    result = settled(sources, payloads)
    same = [source.harmless() for source in sources]
    words = build_files(files_of(same, payloads))
    assert words.outputs, [f"{one.place} {one.message}" for one in words.diagnostics if one.level == "error"]
    renamed = _topics(sources, same)
    return Matrix(
        outputs={_renamed(one.path, payloads, renamed): one.content for one in result.outputs},
        plain={one.path: one.content for one in words.outputs},
        sources=tuple(sources),
    )


@cache
def references() -> frozenset[str]:
    """The fields in which a build refuses plain words as well: they name a file or an entry."""
    sources = [program({0: "words"}), *entries(0, "words")]
    before = {name for source in sources for name in source.refused}
    settled(sources, {0: "words"})
    return frozenset(name for source in sources for name in source.refused) - before


def settled(sources: list[Source], payloads: Iterable[int]) -> Result:
    """The build of sources, with what is sound in each field that it refuses."""
    by_path = {source.path: source for source in sources}
    while True:
        result = build_files(files_of(sources, payloads))
        errors = [one for one in result.diagnostics if one.level == "error"]
        if not errors:
            return result
        mended = [one.path in by_path and by_path[one.path].give_up(one) for one in errors]
        assert any(mended), [f"{one.place} {one.message}" for one in errors]


def files_of(sources: Iterable[Source], payloads: Iterable[int]) -> dict[str, bytes]:
    """The files of a portfolio."""
    found: dict[str, bytes] = {}
    for source in sources:
        found[source.path] = source.text().encode()
        if source.table:
            found[source.path.replace("index.md", "results/all.csv")] = source.table.encode()
    works = "".join(f"@article{{work{number}, title={{T}}, author={{A B}}, year={{2020}}}}\n" for number in payloads)
    return {**found, "content/papers.bib": works.encode()}


def _topics(sources: Iterable[Source], same: Iterable[Source]) -> dict[str, str]:
    """The addresses of topics with payloads, and those with words in their place."""
    pairs = zip(sources, same, strict=True)
    topics = [zip(one.value.get("tags", ()), other.value.get("tags", ()), strict=True) for one, other in pairs]
    return {tag_slug(_read(tag)): tag_slug(_read(words)) for pair in topics for tag, words in pair}


def _read(text: str) -> str:
    return str(_TEXT.validate_python(text))


def _renamed(path: str, payloads: Mapping[int, str], topics: Mapping[str, str]) -> str:
    path = str(_with_words(path, payloads.values()))
    parts = [part.rpartition(".") if part.endswith(".xml") else (part, "", "") for part in path.split("/")]
    return "/".join(f"{topics.get(stem, stem)}{dot}{suffix}" for stem, dot, suffix in parts)
