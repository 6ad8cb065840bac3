"""Pieces of code by symbol, region and range."""

import pytest

from labfolio.parse.excerpt import Excerpt, NoExcerpt, by_lines, by_region, by_symbol, moved

CODE = """#!/usr/bin/env python
import math

LIMIT: int = 3


# What it is for.
@dataclass(
    frozen=True
)
class Sketch:
    # About add.
    def add(self, value):
        return value

    if LIMIT:
        def merge(self): pass


# region estimate
def estimate():
    # region inner
    return 1
    # endregion
# endregion

# --8<-- [start:tail]
def tail(): ...
# --8<-- [end:tail]

def tail(): ...
"""


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("LIMIT", 4, 4), ("Sketch", 7, 17), ("Sketch.add", 12, 14), ("Sketch.merge", 17, 17), ("estimate", 21, 23)],
)
def test_symbol(name: str, first: int, last: int) -> None:
    found = by_symbol(CODE, name)
    assert (found.first, found.last) == (first, last)
    assert found.lines == tuple(CODE.split("\n")[first - 1 : last])


@pytest.mark.parametrize(("name", "first", "last"), [("estimate", 21, 24), ("inner", 23, 23), ("tail", 28, 28)])
def test_region(name: str, first: int, last: int) -> None:
    found = by_region(CODE, name)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("sign", ["#", "//", "--", "%", ";", "/*", "#pragma", "<!--"])
def test_region_in_another_language(sign: str) -> None:
    assert by_region(f"a\n{sign} region x\nb\n{sign} endregion\n", "x") == Excerpt(3, ("b",))


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Sketch.ad", "there is no 'Sketch.ad' in it; did you mean 'Sketch.add'?"),
        ("tail", "'tail' stands there more than once, in lines 28, 31"),
    ],
)
def test_no_symbol(name: str, what: str) -> None:
    with pytest.raises(NoExcerpt) as error:
        by_symbol(CODE, name)
    assert str(error.value) == what


@pytest.mark.parametrize("text", ["def f(:", "x" * 10 + "(" * 5000, "a\0b", "-" * 100_000 + "1"])
def test_no_python(text: str) -> None:
    with pytest.raises(NoExcerpt, match=r"no Python|there is no 'f'"):
        by_symbol(text, "f")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("# region one\n1\n# endregion", "there is no region 'on' in it; did you mean 'one'?"),
        ("# region on\n1", "the region 'on' begins in line 1 and never ends"),
        ("# region on\n# endregion\n# region on\n# endregion", "the region 'on' begins more than once, in lines 1, 3"),
        ("# region on\n# endregion", "the region 'on' is empty"),
    ],
)
def test_no_region(text: str, what: str) -> None:
    with pytest.raises(NoExcerpt) as error:
        by_region(text, "on")
    assert str(error.value) == what


def test_constants_in_one_line() -> None:
    assert by_symbol("A, B = 1, 2\n", "B") == Excerpt(1, ("A, B = 1, 2",))


def test_lines() -> None:
    assert by_lines("a\nb\nc\n", 2, 3) == Excerpt(2, ("b", "c"))
    with pytest.raises(NoExcerpt, match="it ends in line 3"):
        by_lines("a\nb\nc\n", 2, 4)


def test_lines_that_moved() -> None:
    assert moved("x\na\nb\n", Excerpt(1, ("x", "a")), "a") == "2-3"
    assert moved("a\na\n", Excerpt(1, ("x",)), "a") == ""
