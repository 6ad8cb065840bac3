"""Fingerprints: two values have one where nothing can tell them apart, in any process."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import pytest

from labfolio.model.canonical import Fingerprints, NotCanonical
from labfolio.model.entry import BUILD, PAPER
from labfolio.model.source import Position


@dataclass(frozen=True)
class Place:
    line: int
    column: int
    width: int = 1


DIFFERENT: tuple[object, ...] = (
    *(None, True, 1, 1.0, "1", b"1", "None", float("nan"), -0.0, 0.0, ""),
    *((), [], {}, frozenset(), ("1",), ["1"], {"1": 1}, frozenset({"1"}), ((),), ("", ""), ("\0",), ("", "", "")),
    *({"a": 1, "b": 2}, {"a": 2, "b": 1}, frozenset({("a", "b")}), frozenset({"a", "b"})),
    *(date(2026, 1, 2), "2026-01-02", date(2026, 2, 1)),
    *(Position(line=1, column=2), Position(line=2, column=1), Place(line=1, column=2), Position, BUILD, PAPER),
)


def test_different_values_have_different_fingerprints() -> None:
    taken = Fingerprints()
    for one, other in combinations(DIFFERENT, 2):
        assert taken.of(one) != taken.of(other), (one, other)


def test_equal_values_have_one() -> None:
    for value in DIFFERENT:
        assert Fingerprints().of(value) == Fingerprints().of(value)
    assert Fingerprints().of(Position(line=1, column=2)) == Fingerprints().of(Position(line=1, column=2))


def test_what_may_print_differently_elsewhere_has_none() -> None:
    for value in (object(), lambda: 1, (object(),), {"a": iter(())}):
        with pytest.raises(NotCanonical):
            Fingerprints().of(value)


def test_another_process_takes_the_same() -> None:
    program = (
        "from labfolio.model.canonical import Fingerprints\n"
        "print(Fingerprints().of((frozenset('abcdefgh'), {'a': {'b'}})))"
    )
    seeds = ("0", "1", "2")
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in seeds
    }
    assert found == {Fingerprints().of((frozenset("abcdefgh"), {"a": {"b"}})) + "\n"}
