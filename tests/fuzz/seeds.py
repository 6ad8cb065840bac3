"""What fuzzers begin with: the files of the cases, of the small site and of the demo, and the words of each format."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from pydantic import BaseModel

from labfolio.model.entry import KINDS
from labfolio.model.log import LogLine
from labfolio.model.program import Program
from tests.conftest import ROOT, SMALL
from tests.strategies import fields

_CASES = ("cases", "faults", "mistakes")
_LONGEST = 20_000


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """Path and bytes of every sample, those of the sites and those that cases write, each content once."""
    found: dict[bytes, str] = {}
    for folder in (SMALL, ROOT / "content", ROOT / "builds"):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            found.setdefault(path.read_bytes()[:_LONGEST], path.relative_to(folder).as_posix())
    for folder in _CASES:
        for path in sorted((ROOT / "tests" / folder).glob("*.yml")):
            for name, content in _written(yaml.safe_load(path.read_text("utf-8"))):
                found.setdefault(content[:_LONGEST], name)
    return tuple((name, content) for content, name in found.items())


def _written(case: Any) -> Iterator[tuple[str, bytes]]:
    """The files of a case that are given as texts; `after` is what mends a mistake."""
    for key in ("files", "as", "before", "after"):
        written = case.get(key) if isinstance(case, dict) else None
        for name, content in written.items() if isinstance(written, dict) else ():
            if isinstance(content, dict) and isinstance(content.get("text"), str):
                content = content["text"]
            if isinstance(content, str):
                yield name, content.encode("utf-8", "replace")


def named(*ends: str) -> Iterator[bytes]:
    """The samples whose paths end so."""
    return (content for path, content in files() if path.endswith(ends))


def front_matter_words() -> tuple[str, ...]:
    """Every declared field with its example, as a line of YAML, for fuzzers to put together."""
    found: dict[str, None] = {}
    for model in (*(kind.declared for kind in KINDS), Program, LogLine):
        found.update(dict.fromkeys(_fields(model)))
    return tuple(found)


def _fields(model: type[BaseModel]) -> Iterator[str]:
    for name, _, example, records in fields(model):
        yield f"{name}: "
        yield str(example)
        for inner in records:
            yield from _fields(inner)
