"""TeX before it is converted: values, environments, tags, what is refused, and places in what was written."""

import pytest

from labfolio.markdown.tex import DEEPEST, LONGEST, InvalidMathematics, prepare

VALUES = {"rate.mean": "\N{MINUS SIGN}0.5", "rate.sd": "12%", "rate.word": "no value {yet}"}


def value(written: str, name: str) -> str:
    assert name in written
    return VALUES[name]


@pytest.mark.parametrize(
    ("tex", "text", "tag"),
    [
        (r"a {{ r.rate.mean }} b", "a {-0.5} b", ""),
        (r"{{ r.rate.sd }}", r"\text{12\%{}}", ""),
        (r"{{ r.rate.word }}", r"\text{no value \{{}yet\}{}}", ""),
        (r"\begin{align}a\\[1em]b\end{align}", r"\begin{align*}a\\b\end{align*}", ""),
        (r"\begin{split}a\end{split}", r"\begin{aligned}a\end{aligned}", ""),
        (r"x \tag{A}", "x ", "(A)"),
        (r"x \tag*{A}", "x ", "A"),
        (r"\begin{align}x \tag{A}\end{align}", r"\begin{align*}x \tag{A}\end{align*}", ""),
    ],
)
def test_what_is_put_otherwise(tex: str, text: str, tag: str) -> None:
    prepared = prepare(tex, display=True, value=value)
    assert (prepared.text, prepared.tag) == (text, tag)


def test_a_tag_within_a_line_stays() -> None:
    assert prepare(r"x \tag{A}", display=False, value=value).text == r"x \tag{A}"


@pytest.mark.parametrize(
    "tex", [r"\begin{align}a&=b\\[2em] {{ r.rate.sd }} \here\end{align}", r"{{ r.rate.mean }}\here", r"\here"]
)
def test_a_place_leads_back_to_what_was_written(tex: str) -> None:
    prepared = prepare(tex, display=True, value=value)
    assert prepared.origin(prepared.text.index(r"\here")) == tex.index(r"\here")


@pytest.mark.parametrize(
    ("tex", "offset", "rule"),
    [
        (r"a \newcommand{\x}{y}", 2, "invalid-mathematics"),
        (r"\textcolor{red}{x}", 0, "invalid-mathematics"),
        (r"x \label{a}", 2, "invalid-mathematics"),
        ("x" * (LONGEST + 1), 0, "too-large"),
        ("{" * (DEEPEST + 1), DEEPEST, "too-large"),
        (r"\sqrt " * (DEEPEST + 2), 6 * DEEPEST, "too-large"),
        (r"\sqrt[" * (DEEPEST + 2), 6 * DEEPEST, "too-large"),
    ],
)
def test_what_is_refused(tex: str, offset: int, rule: str) -> None:
    with pytest.raises(InvalidMathematics) as raised:
        prepare(tex, display=True, value=value)
    assert (raised.value.offset, raised.value.rule) == (offset, rule)
    assert raised.value.help


def test_the_longest_and_the_deepest_are_taken() -> None:
    assert prepare("x" * LONGEST, display=True, value=value).text == "x" * LONGEST
    deep = "{" * DEEPEST + "}" * DEEPEST
    assert prepare(deep, display=True, value=value).text == deep
