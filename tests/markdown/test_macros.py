"""Macros written out, as the library that converts mathematics reads them."""

import pytest

from labfolio.markdown.macros import EXPANSIONS, LONGEST_WRITTEN_OUT, arguments, written_out
from labfolio.markdown.tex import InvalidMathematics

MACROS = {
    "E": r"\mathbb{E}[#1]",
    "R": r"\mathbb R",
    "pair": "(#2, #1)",
    "nest": r"\R + \E{#1}",
    "own": r"\own",
    "!": "x",
    "note": "a %#1",
}


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (r"a + \frac{b}{c}", r"a + \frac{b}{c}"),
        (r"\R^n", r"\mathbb R ^n"),
        (r"\Rightarrow", r"\Rightarrow"),
        (r"\E{x + {y}}]", r"\mathbb{E}[x + {y} ] ]"),
        (r"\E x y", r"\mathbb{E}[x ]  y"),
        (r"\pair{a} \alpha b", r"(\alpha , a )  b"),
        (r"\nest z", r"\mathbb R  + \mathbb{E}[z  ]  "),
        (r"\E{\}}", r"\mathbb{E}[\} ] "),
        (r"\E", r"\mathbb{E}[{} ] "),
        (r"\E{x", r"\mathbb{E}[x ] "),
        (r"\E }", r"\mathbb{E}[} ] "),
        (r"\! \\ \E", r"x  \\ \mathbb{E}[{} ] "),
        ("\\E%}\n{x}", r"\mathbb{E}[x ] "),
        (r"x \pmod\hat", r"x ( \hat  ) "),
        (r"\note\R", r"a     \mathbb R "),
    ],
)
def test_each_use_becomes_what_it_stands_for(tex: str, written: str) -> None:
    assert written_out(tex, MACROS) == written


def test_one_that_writes_itself_ends() -> None:
    assert written_out(r"\own", MACROS) == r"\own" + " " * EXPANSIONS


def test_what_becomes_too_long_is_refused() -> None:
    with pytest.raises(InvalidMathematics, match="100,000 characters, its macros written out") as raised:
        written_out(r"\m{\m{" + "x" * 1000 + "}}", {"m": "#1" * 60})
    assert raised.value.rule == "too-large"
    assert raised.value.help
    assert 60_000 < len(written_out(r"\m{" + "x" * 1000 + "}", {"m": "#1" * 60})) < LONGEST_WRITTEN_OUT


def test_arguments_that_are_read_over_and_over_are_refused() -> None:
    """Within the longest text, a macro that takes all of it five hundred times costs seconds."""
    with pytest.raises(InvalidMathematics, match="100,000 characters"):
        written_out(r"\m{" + "x" * 9000 + "}", {"m": r"\m{#1}"})


@pytest.mark.parametrize(("definition", "number"), [("x", 0), ("#1", 1), (r"\frac{#2}{#1}", 2), (r"\#1", 0)])
def test_arguments_are_counted(definition: str, number: int) -> None:
    assert arguments(definition) == number
