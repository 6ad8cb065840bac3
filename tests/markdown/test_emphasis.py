"""Whatever signs of emphasis stand together, a text is rendered and says each of its words once."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from labfolio.markdown.flavour import converter
from tests.site import settings

# With pairs that cannot be, as pymdown-extensions 13.1 finds them: that end before they begin,
BACKWARDS = ["^" * 11 + "<^^^a\n0^^^", "~" * 17 + "aa~~~~00<\n0~~~~~"]
# that cross another, and whose signs are none.
CROSSING = ["(^^^^aa a^^^^b^^^^^^^^^^^^<^^^^^^^^", "~~~< a~~~~~~~~a~~~~~~~~~~~!aa a~~~~~"]
NO_SIGNS = ["^^^^^^^^^^^!(0^^^baa a^^^\nb^^^^^^^^^^^b", "~~~~~~aa a~~~aa a~~~ 0~~"]

signs = st.builds(lambda sign, times: sign * times, st.sampled_from("^~*_="), st.integers(1, 12))
# No line begins with a sign: it might be that of a list, a rule, a heading or a block of code.
others = st.sampled_from(["a", "b c", " ", "\nd", "(", "! ", "0"])
texts = st.lists(signs | others, min_size=3, max_size=14).map(lambda parts: "x " + "".join(parts))


def converted(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(converter(settings()).convert(text), create_parent="div")


def words(text: str) -> str:
    """All of a text but blanks and signs of emphasis."""
    return re.sub(r"[\s^~*_=]", "", text)


@pytest.mark.parametrize("text", [*BACKWARDS, *CROSSING, *NO_SIGNS])
def test_pairs_that_cannot_be_stay_as_they_are_written(text: str) -> None:
    made = converted(f"x {text}")
    assert words(made.text_content()) == words(f"x {text}")
    assert all(one.text_content() for one in made.iter("ins", "del", "sup", "sub"))


@given(text=texts)
@example(text="x " + "^" * 40 + " here\nd ~~~~ ^^^ a ^^^")
def test_a_text_says_each_of_its_words_once(text: str) -> None:
    assert words(converted(text).text_content()) == words(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x^2^ and H~2~O", "x<sup>2</sup> and H<sub>2</sub>O"),
        ("^^in^^ ~~out~~ ==on==", "<ins>in</ins> <del>out</del> <mark>on</mark>"),
        ("***a** b*", "<em><strong>a</strong> b</em>"),
        ("***a* b**", "<strong><em>a</em> b</strong>"),
        ("**a *b***", "<strong>a <em>b</em></strong>"),
        ("^^a ^b^ c^^", "<ins>a <sup>b</sup> c</ins>"),
        ("**a** *b* **c *d* e**", "<strong>a</strong> <em>b</em> <strong>c <em>d</em> e</strong>"),
        ("*a **b** c **d** e*", "<em>a <strong>b</strong> c <strong>d</strong> e</em>"),
    ],
)
def test_pairs_that_can_be_are_made(text: str, shown: str) -> None:
    assert converter(settings()).convert(text) == f"<p>{shown}</p>"
