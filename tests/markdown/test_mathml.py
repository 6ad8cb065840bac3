"""TeX as MathML: what ML papers hold is taken, what is refused is told, and nothing comes out that a page refuses."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.serializers import to_html_string

from labfolio.markdown.mathml import formula, unsound
from labfolio.markdown.sanitise import clean, foreign_markup
from labfolio.markdown.tex import InvalidMathematics
from tests.conftest import ROOT
from tests.strategies import in_ci

PAGE = (ROOT / "tests" / "markdown" / "expressions.md").read_text()
EXPRESSIONS = re.findall(r"^\$\$ (.+?) \$\$|^(\\begin\{.+?\\end\{\w+\})$", PAGE, re.MULTILINE | re.DOTALL)
GUIDE = (ROOT / "docs" / "guide" / "mathematics.md").read_text()
REFUSED = re.findall(r"^\| `(.+?)` \| `(.+?)`", GUIDE, re.MULTILINE)


def html(tex: str, *, display: bool = True, **macros: str) -> str:
    made = formula(tex, display=display, macros=macros, value=lambda written, name: "1")
    return to_html_string(made.math)


def refusal(tex: str, **macros: str) -> InvalidMathematics:
    with pytest.raises(InvalidMathematics) as raised:
        html(tex, **macros)
    return raised.value


def test_there_are_enough_expressions() -> None:
    assert len(EXPRESSIONS) >= 60


@pytest.mark.parametrize("tex", [one or other for one, other in EXPRESSIONS])
def test_an_expression_of_a_paper_is_taken_and_passes_the_allow_list(tex: str) -> None:
    made = html(tex)
    assert " style=" not in made
    assert foreign_markup(made) == ()

    def sorted_attributes(text: str) -> str:
        return re.sub(r"(<\w+)((?: [\w-]+=\"[^\"]*\")+)", lambda m: m[1] + "".join(sorted(_pairs(m[2]))), text)

    cleaned = clean(made, lambda attribute, value: value)
    assert unescape(sorted_attributes(cleaned)) == unescape(sorted_attributes(made))


def _pairs(attributes: str) -> list[str]:
    return re.findall(r" [\w-]+=\"[^\"]*\"", attributes)


@pytest.mark.parametrize(("tex", "instead"), REFUSED)
def test_the_guide_lists_what_is_refused_and_what_is_not(tex: str, instead: str) -> None:
    assert refusal(tex)
    if not instead.startswith("{#"):
        assert html(instead)


def test_the_guide_lists_something() -> None:
    assert len(REFUSED) > 10


@pytest.mark.parametrize(
    ("tex", "said", "at"),
    [
        (r"a + \fraq{b}{c}", "unknown command '\\fraq'; did you mean '\\frac'?", r"\fraq"),
        (r"\alhpa", "unknown command '\\alhpa'; did you mean '\\alpha'?", r"\alhpa"),
        (r"\sofmax x", "unknown command '\\sofmax'; did you mean '\\softmax'?", r"\sofmax"),
        (r"\begin{aligend}x\end{aligend}", "unknown environment 'aligend'; did you mean 'aligned'?", "aligend"),
        (r"1\begin\tag{n} a", "unknown environment 'a'", "a"),
        (r"x }", "unmatched closing token: '}'", "}"),
        (r"\frac{a", "expected closing token '}', but reached end of input", "a"),
        (r"\begin{align} a &= b \\[1em] \q{c} \end{align}", "unknown command '\\q'", r"\q"),
    ],
)
def test_a_refusal_names_what_was_meant_and_where(tex: str, said: str, at: str) -> None:
    found = refusal(tex, softmax=r"\operatorname{softmax}")
    assert str(found) == said
    assert tex[found.offset : found.offset + found.width] == at
    assert found.help


def test_commands_of_a_site() -> None:
    assert "<mi>\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL E}</mi>" in html(r"\E{x}", E=r"\mathbb{E}[#1]")
    # A faulty one is told where it is declared, and changes nothing where it is used.
    assert "<mi>x</mi>" in html(r"\bad x", bad=r"\nope")


def test_unsound_macros() -> None:
    macros = {
        "a": r"\nope", "b": r"\a + \c", "c": "x", "d": r"\frac{", "e": r"\e", "f": "&=", "g": r"\frac{#1}{#2}",
        "h": "x" * 1001, "i": "a\x1e",
    }  # fmt: skip
    assert unsound(tuple(macros.items())) == {
        "a": "unknown command '\\nope'",
        "d": "expected closing token '}', but reached end of input",
        "e": "too many expansions of custom commands. A command may be expanding to itself",
        "h": "a macro of 1001 characters; the most are 1000",
        "i": "a character that stands for no sign",
    }


def test_what_the_library_writes_as_style_is_a_class() -> None:
    assert html(r"\begin{array}{l|c}a&b\\ \hline c&d\end{array}").count("tex-line-right") == 2
    assert 'class="tex-box"' in html(r"\boxed{x}")
    assert "<mo" in html(r"\overline{xy}")
    assert "\N{COMBINING LOW LINE}" not in html(r"\overline{xy}")


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{</math><img src=x onerror=alert(1)>}",
        r"\href{javascript:alert(1)}{x}",
        r"\class{x}{y}",
        r"\style{a}{b}",
        r"\unicode{x3c}",
        r'\text{" onload="alert(1)}',
        r"\operatorname{<b>}",
        r"\verb|<script>|",
        r"\includegraphics{x}",
        r"\input{/etc/passwd}",
    ],
)
def test_nothing_of_the_tex_becomes_markup(tex: str) -> None:
    try:
        made = html(tex)
    except InvalidMathematics:
        return
    assert foreign_markup(made) == ()
    assert not re.search(r"<(?:script|img|b)\b", made)


_PIECES = r"""
\frac \sqrt \left( \right) \begin{align} \end{align} \text{ \tag{x} \mathbf \sum_ ^ _ { } & \\ \[ $ # % ' < > " """


@in_ci(300)
@given(st.lists(st.one_of(st.sampled_from(_PIECES.split()), st.text(max_size=4)), max_size=30).map("".join))
def test_any_tex_is_taken_or_refused(tex: str) -> None:
    made = ""
    try:
        made = html(tex)
    except InvalidMathematics as error:
        where = error.offset
    else:
        where = 0
    assert foreign_markup(made) == ()
    assert 0 <= where <= max(len(tex) - 1, 0)


@pytest.mark.parametrize(
    "sign", ["(", "[", r"\{", r"\langle ", r"\Biggl[", r"\mathopen{(}", r"(\text{)}", "⟨", r"\lVert ", "(a ] ( ", "❲"]
)
def test_brackets_that_nothing_closes_are_few(sign: str) -> None:
    """Sixty of them would take the library longer than anybody lives."""
    assert str(refusal(sign * 60)).endswith("brackets that nothing closes; the most are 12")
    assert html(sign * 6)


@pytest.mark.parametrize(
    ("tex", "macro"),
    [
        (r"(\hat)", ""),
        ("(%)\n", ""),
        (r"(\sqrt[)]{x}", ""),
        (r"(\frac{a})", ""),
        (r"(\left.)\right.", ""),
        (r"(x^\mathclose)", ""),
        (r"\pmod\hat", ""),
        (r"\m\hat", "(#1)"),
        ("\\m%\n{(}", "#1#1"),
    ],
)
def test_a_bracket_that_something_else_takes_closes_nothing(tex: str, macro: str) -> None:
    assert "brackets that nothing closes" in str(refusal(tex * 40, m=macro))


def test_comments_hide_no_depth() -> None:
    """A brace in a comment closes nothing; so deep a root would end the program."""
    assert "nested more than 100 deep" in str(refusal("\\sqrt{%}\n" * 600 + "x" + "}" * 600))


def test_what_becomes_no_sound_markup_is_refused() -> None:
    """The library writes an attribute twice."""
    assert str(refusal(r"\mathop\middle|")) == "an expression that cannot be set"


DEEP = r"\sqrt{" * 60 + "#1" + "}" * 60


@pytest.mark.parametrize(
    ("tex", "macro", "said"),
    [
        (r"\m" * 60, "(", "an expression with 60 brackets that nothing closes; the most are 12"),
        (r"\m{" * 30 + "x" + "}" * 30, DEEP, "an expression nested more than 100 deep"),
        (r"\m{" + "x" * 5000 + "}", "#1" * 60, "an expression of more than 100,000 characters"),
    ],
)
def test_what_macros_make_of_an_expression_is_bounded(tex: str, macro: str, said: str) -> None:
    """It would take forever, or end the program, or fill its memory."""
    assert unsound((("m", macro),)) == {}
    assert str(refusal(tex, m=macro)) == f"{said}, its macros written out"


@pytest.mark.parametrize("macro", ["[" * 40, r"\sqrt{" * 101 + "x" + "}" * 101], ids=["brackets", "depth"])
def test_a_macro_is_bounded_where_it_is_declared(macro: str) -> None:
    (problem,) = unsound((("m", macro),)).values()
    assert problem.endswith(", its macros written out")
    assert html(r"\m x", m=macro)


def test_brackets_that_are_closed_may_be_many() -> None:
    for pair in ("[0, 1) ", "]0, 1[ ", r"\{ x \} ", r"\left( x \right) ", r"\langle x \rangle "):
        assert html(pair * 60)
    assert html(r"\bra{x}\ket{y}" * 60, bra=r"\langle #1 |", ket=r"| #1 \rangle")
