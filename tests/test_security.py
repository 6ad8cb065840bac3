"""docs/security.md: each promise has its test, each row of faults its promise, each floor its declaration."""

import ast
import re
import tomllib
from functools import cache

import pytest
import yaml
from packaging.requirements import Requirement

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text()
# Row, promise, and the tests and cases that hold it.
PROMISES = {row: (promise, re.findall(r"`([^`]+)`", held)) for row, promise, held in re.findall(
    r"(?m)^\| ([A-Z]+\d*) \| (.+?) \| (.*?) ?\|$", PAGE.partition("## Promises")[2].partition("\n## ")[0]
)}  # fmt: skip
# What can be wrong with a file, a disk or a clock: YAML, encodings, sizes, paths, markup, result files, images, links,
# builds, clocks, caches, and what is private.
ROWS = (
    *(f"Y{number}" for number in range(1, 10)), *(f"E{number}" for number in range(1, 4)), "S1",
    *(f"P{number}" for number in range(1, 6)), *(f"X{number}" for number in range(1, 5)), "D1", "D2", "D3",
    "I1", "I2", "I3", "L1", "B1", "B2", "B3", "B4", "B5", "C1", "C2", "K1", "K2", "V1", "V2", "V3",
)  # fmt: skip


@cache
def fault_rows() -> frozenset[str]:
    """The rows of which there is a case in tests/faults."""
    cases = (yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "tests" / "faults").glob("*.yml"))
    return frozenset(str(case["row"]) for case in cases)


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text())
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize("row", ROWS)
def test_each_kind_of_fault_has_a_promise_that_is_held(row: str) -> None:
    assert row in PROMISES
    assert PROMISES[row][1] or row in fault_rows()


@pytest.mark.parametrize("row", PROMISES)
def test_what_holds_a_promise_exists(row: str) -> None:
    promise, held = PROMISES[row]
    assert promise.endswith("."), promise
    assert held or row in fault_rows(), f"nothing holds {row}"
    for one in held:
        path, _, name = one.partition("::")
        assert (ROOT / path).is_file(), one
        assert path.endswith(".yml") or (name in names_in(path) if name else names_in(path)), one


def test_cases_name_a_row_of_the_page() -> None:
    assert fault_rows() <= PROMISES.keys()


def test_floors_are_those_that_are_declared() -> None:
    floors = dict(re.findall(r"(?m)^\| ([\w-]+) \| ([\d.]+) \| ", PAGE.partition("## Floors")[2]))
    declared = {}
    for text in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]:
        one = Requirement(text)
        declared[one.name] = next(each.version for each in one.specifier if each.operator in (">=", "=="))
    assert len(floors) == 10
    assert floors == {name: declared[name] for name in floors}


def test_who_reports_finds_the_page() -> None:
    assert "docs/security.md" in (ROOT / "SECURITY.md").read_text()
    assert "docs/security.md" in (ROOT / "README.md").read_text()
