"""The bounds on one text: each is told at its place, and a text within them is as it was."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from markdown.treeprocessors import InlineProcessor

from labfolio.markdown.article import Article, render
from labfolio.markdown.bounds import BODY, PARAGRAPH, TooMuch, check_depth
from labfolio.markdown.links import LinkTable
from labfolio.model.limit import OutOfTime, Within, unlimited
from tests.site import settings

NONE: dict[str, bytes] = {}
TABLE = LinkTable(
    pages={}, urls=frozenset(), hidden=frozenset(), files=frozenset(), docs_dir="content", read=NONE.__getitem__
)


def article(body: str, within: Within = unlimited) -> Article:
    return render(
        body, source="builds/x.md", url="builds/x/", text=f"---\n---\n{body}", body_line=3, settings=settings(),
        table=TABLE, entry=True, values={}, within=within,
    )  # fmt: skip


def told(made: Article) -> list[tuple[int, str, str]]:
    return [(one.position.line, one.rule, one.message) for one in made.diagnostics]


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("Text.\n\n" + "x" * (PARAGRAPH + 1), 5, "a paragraph has 50,001 characters; the limit is 50,000"),
        ("Text.\n\n- " + "x " * PARAGRAPH, 5, "a paragraph has 100,000 characters; the limit is 50,000"),
        ("\n" + "x" * BODY, 4, "the text has 524,289 characters; the limit is 524,288"),
        ("Text.\n\n" + "[" * 9000, 5, "too many brackets in one paragraph, of which no end is found"),
        ("Text.\n\n" + "<a " * 3000, 5, "too many tags in one paragraph, of which no end is found"),
    ],
)
def test_what_is_too_much_is_told_at_its_place(body: str, line: int, message: str) -> None:
    made = article(body)
    assert (told(made), made.html) == ([(line, "too-large", message)], "")


def test_marks_of_footnotes_without_an_end_are_counted_before_they_are_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(InlineProcessor, "run", lambda self, tree: pytest.fail("the paragraph was looked through"))
    message = "too many brackets in one paragraph, of which no end is found"
    assert told(article("Text.\n\n[a] " + "[^" * 9000)) == [(5, "too-large", message)]


@pytest.mark.parametrize(
    "body",
    [
        "x" * PARAGRAPH,
        "```\n" + "x [ <a \n" * 20_000 + "```",
        "A <b and 5 < 6 [ with [a](https://x.org) [b]. " * 40,
        "[^1] " * 3000 + "\n\n[^1]: Note.",
        "A footnote[^ " * 30 + "and words " * 2000 + "[^1] [^",
        "\n\n".join(["A paragraph with one [ in it, and `a <b` too."] * 300),
    ],
)
def test_what_is_within_the_bounds_is_rendered(body: str) -> None:
    made = article(body)
    assert made.html
    assert "too-large" not in {one.rule for one in made.diagnostics}


@contextmanager
def over() -> Iterator[None]:
    yield
    raise OutOfTime


def test_what_takes_too_long_is_told_at_the_longest_paragraph() -> None:
    made = article("Short.\n\nLonger than\nthe others.\n\nShort.", over)
    assert told(made) == [(5, "too-slow", "the text takes too long to render")]


def test_one_fault_in_many_places_is_told_once() -> None:
    made = article("![](a.png)\n\n" * 2000)
    assert told(made) == [(3, "missing-file", "there is no published file 'a.png'")]


def test_elements_that_the_next_of_their_kind_ends_are_not_deep() -> None:
    check_depth("<table>" + "<tr><td>1<td>2" * 2000 + "</table><ul>" + "<li>x" * 2000 + "</ul>" + "<br>" * 2000)
    check_depth("<b>" * 512 + "</b>" * 512)
    with pytest.raises(TooMuch, match="over 512"):
        check_depth("<b><i>" * 257)
