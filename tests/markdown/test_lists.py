"""Lists as other programs write them become the lists that they are there; Python-Markdown's own stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from labfolio.markdown.lists import normalised
from tests.conftest import ROOT
from tests.markdown.test_components import article


def outline(element: html.HtmlElement) -> str:
    """The elements in an element with their words: `ul(li(a ul(li(b))))`."""
    parts = [" ".join((element.text or "").split())]
    for child in element:
        whole = child.tag in ("p", "pre", "h2", "hr")
        parts.append(f"{child.tag}({' '.join(child.text_content().split()) if whole else outline(child)})")
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        # Without an empty line above.
        ("Text:\n- a\n- b", "p(Text:) ul(li(a) li(b))"),
        ("Text:\n1. a\n2. b", "p(Text:) ol(li(a) li(b))"),
        # A year at the start of a line, an empty sign and a rule are no list.
        ("It was in\n1986. A good year.", "p(It was in 1986. A good year.)"),
        ("Text\n-", "h2(Text#)"),
        ("Text\n\n- - -", "p(Text) hr()"),
        # Two and three spaces.
        ("- a\n  - b\n    - c\n- d", "ul(li(a ul(li(b ul(li(c))))) li(d))"),
        ("1. a\n   - b\n   - c\n2. d", "ol(li(a ul(li(b) li(c))) li(d))"),
        ("10. a\n    - b\n11. c", "ol(li(a ul(li(b))) li(c))"),
        ("* a\n\n  more\n\n  * b", "ul(li(p(a) p(more) ul(li(b))))"),
        ("- a\n  continued\n  - b", "ul(li(a continued ul(li(b))))"),
        # Code within an item.
        ("1. a\n   ```\n   x\n   ```\n2. b", "ol(li(p(a) div(pre(x))) li(p(b)))"),
        ("- a\n\n  ```\n  x\n  ```\n\n- b", "ul(li(p(a) div(pre(x))) li(p(b)))"),
        # Signs of two kinds are two lists, and a list begins where it says.
        ("1. a\n- b", "ol(li(a)) ul(li(b))"),
        ("5. a\n6. b", "ol(li(a) li(b))"),
        ("1) a\n2) b", "ol(li(a) li(b))"),
        # Within what holds indented text, and in a quotation.
        ("!!! note\n    Text:\n    - a\n      - b", "div(p(Note) p(Text:) ul(li(a ul(li(b)))))"),
        ("> Text:\n> - a\n>   - b", "blockquote(p(Text:) ul(li(a ul(li(b)))))"),
        ("Term\n:   Text:\n    - a", "dl(dt(Term) dd(p(Text:) ul(li(a))))"),
        # Code, raw HTML, comments and mathematics are left alone.
        ("    - a\n      - b", "div(pre(- a - b))"),
        ("<pre>\nx\n- a\n</pre>", "pre(x - a)"),
        ("$$\na\n- b\n+ c\n$$", "div(div(math(mi(a) mo(\u2212) mi(b) mo(+) mi(c))))"),
        ("So $a\n- b$ is it.\n- c", "p(So a\u2212b is it.) ul(li(c))"),
    ],
)
def test_a_list_is_read_as_commonmark_does(body: str, shown: str) -> None:
    assert outline(article(body)) == shown


def test_a_list_begins_with_its_first_number() -> None:
    assert article("3. a\n4. b\n").xpath("./ol/@start") == ["3"]
    assert article("1. a\n2. b\n").xpath("./ol/@start") == []


def test_two_spaces_still_break_a_line() -> None:
    assert len(article("Text:\n- a  \n  b\n\n> - c  \n>   d").xpath("//br")) == 2


@pytest.mark.parametrize(
    "body",
    [
        "- a\n\n    More.\n\n    - b\n\n        c\n\n- d",
        "1.  a\n\n    ```py\n    x\n    ```\n\n2.  b",
        "- [one]\n- two\n\n  [one]: https://example.org/\n",
        "- one[^1]\n\n  [^1]:\n    A note.\n\n- two",
        "!!! note\n\n    - a\n        - b\n\n=== \"T\"\n\n    1. a\n",
        "[^a]:\n    - a\n    - b\n\nText\ngoes on\n  indented\n",
        "1. a\n\n        code\n\n2. b",
        "<!-- a\n- b\n  - c -->\n\n- a",
        "| a |\n|---|\n| - |\n",
    ],
)  # fmt: skip
def test_what_python_markdown_reads_stays_as_it_is(body: str) -> None:
    assert normalised(body.split("\n")) == body.split("\n")


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda path: path.stem)
def test_the_demo_stays_as_it_is(path: object) -> None:
    lines = ROOT.joinpath(str(path)).read_text().partition("\n---\n")[2].split("\n")
    assert [line for line in normalised(lines) if line] == [line for line in lines if line]


@given(st.lists(st.text(alphabet=" -*1.>:a\x02\n`$#[]()<!", max_size=12), max_size=12))
def test_no_word_is_lost(lines: list[str]) -> None:
    def words(given: list[str]) -> list[str]:
        return [word.replace(")", ".") for line in given for word in line.replace(">", " > ").split()]

    given_lines = "\n".join(lines).split("\n")
    assert words(normalised(given_lines)) == words(given_lines)


def test_deep_and_long_texts_come_to_an_end() -> None:
    assert len(normalised([">" * 100_000])) == 1
    assert len(normalised([f"{' ' * (2 * depth)}- a" for depth in range(300)])) == 300
    assert len(normalised(["- a"] * 100_000)) == 100_000
