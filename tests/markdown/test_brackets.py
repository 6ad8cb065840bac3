"""Brackets that nothing closes, counted as the library sees them whose time each of them doubles."""

import contextlib
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.markdown import brackets
from labfolio.markdown.brackets import never_closed, without_comments
from labfolio.markdown.mathml import _commands, _converter, formula
from labfolio.markdown.tex import InvalidMathematics


@pytest.mark.parametrize(
    ("tex", "left"),
    [
        ("f(x) + [0, 1)", 0),
        ("((a) b", 1),
        (") (", 1),
        (r"\{ x \}", 0),
        (r"\{ x }", 1),
        (r"\langle x | y \rangle", 0),
        (r"\bigl( x \bigr)", 0),
        (r"\Bigl| x \Bigr|", 0),
        (r"\Bigl| x", 1),
        (r"\big( \bigm( \middle(", 0),
        (r"\left( x \right]", 0),
        (r"\left( ( \right)", 1),
        (r"(\left. ) \right.", 1),
        ("{( } )", 1),
        ("( { ) }", 1),
        (r"(\begin{array}[t]{c} ) \end{array}", 1),
        (r"(\begin{array}[t]{c} (a) \end{array})", 0),
        (r"(\begingroup)\endgroup", 1),
        ("(x^)", 1),
        ("(x_2) (x_{ab}) (x')", 0),
        (r"(x^\alpha) (x_\text{max}) (\alpha)", 0),
        (r"(\hat)", 1),
        (r"(\hat x) (\hat{x}) (\hat\hat x)", 0),
        (r"(\hat\hat)", 1),
        (r"(\frac{a})", 1),
        (r"(\frac{a}{b}) (\frac12) (\frac\sqrt{x}y)", 0),
        (r"(\sqrt[)]{x}", 1),
        (r"(\sqrt[3]{x}) (\sqrt [n] x)", 0),
        (r"(\sqrt[(]{x})", 1),
        (r"(\sqrt[ )", 2),
        (r"{\sqrt[ } )", 1),
        (r"(\operatorname*)", 1),
        (r"(\operatorname*{argmin} f)", 0),
        (r"(a \over b)", 1),
        (r"(\displaystyle a) ({a \choose b})", 1),
        ("a * (b) *", 0),
        (r"\} \) \] }} ]", 0),
    ],
)
def test_what_nothing_closes_is_counted(tex: str, left: int) -> None:
    assert never_closed(tex) == left


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        ("a % b", "a    "),
        ("(%)\n)", "(  \n)"),
        (r"50\% (a)", r"50\% (a)"),
        (r"a \\% b", r"a \\   "),
        ("a %% b %c\nd", "a        \nd"),
    ],
)
def test_comments_leave_their_place(tex: str, plain: str) -> None:
    assert without_comments(tex) == plain


SIGNS = sorted((brackets._OPENING | brackets._CLOSING | brackets._DIVIDES | set(brackets._TAKES)) - {"^", "_"})

PUNCTUATION = [
    sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) in ("Pe", "Pf", "Pi", "Ps", "Sm")
]


@pytest.mark.parametrize("form", ["%s ", "(%s )", "(%s x)", "(%s{x})", "(%s{x}{y})", "(%s[)]{x}", "(x%s(", "(%s%%)\n)"])
def test_no_command_of_the_library_takes_forever(form: str) -> None:
    """Each as often as would take a minute and more, were its brackets not counted: refused, or done at once."""
    names = [f"\\{name}" for name in _commands(_converter(()))]
    assert len(names) > 300
    for sign in [*names, *SIGNS, *PUNCTUATION]:
        began = time.process_time()
        with contextlib.suppress(InvalidMathematics):
            formula(form % sign * 30, display=True, macros={}, value=lambda written, name: "1")
        assert time.process_time() - began < 5, (sign, form)


PIECES = r"""
( ) [ ] { } x = + ! | ^ _ ' & \\ %s \hat \frac \sqrt \sqrt[ \left( \right) \left. \right. \middle| \bigl( \bigr)
\bigl| \big( \displaystyle \over \text \operatorname \operatorname* \mathrm \begin{aligned} \end{aligned}
\begin{array}{c} \end{array} \begingroup \endgroup \xrightarrow \overset \binom \lfloor \rfloor \{ \} \mathopen
\mathclose \mathop \limits \sum \not \mathchoice \prescript \sideset \genfrac \Set \Braket \phantom \set \pmod
\paren \open \close \langle \rangle \alpha
"""
PIECE = st.sampled_from(PIECES.split())
MACROS = {"paren": "(#1)", "open": "#1(#2", "close": ")"}


@given(st.sampled_from(["", "{", "x"]), st.sampled_from(["(", "[", r"\{", "", r"\bigl|"]), st.lists(PIECE, max_size=6))
def test_no_repeated_pieces_take_forever(before: str, opening: str, pieces: list[str]) -> None:
    """Brackets that are not counted take half a minute at most here, and no time limit ends it."""
    repeated = before + f"{opening}{' '.join(pieces)} ".replace("%s", "%\n") * 22
    began = time.process_time()
    with contextlib.suppress(InvalidMathematics):
        tex = repeated + "}" * max(repeated.count("{") - repeated.count("}"), 0)
        formula(tex, display=True, macros=MACROS, value=lambda written, name: "1")
    assert time.process_time() - began < 5
