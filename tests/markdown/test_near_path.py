"""What was meant by a link that leads nowhere."""

import pytest

from labfolio.markdown.links import PUBLISHED_TYPES, LinkTable
from labfolio.markdown.near_path import NearPath, near_path
from labfolio.markdown.prose_lines import is_plain, prose_lines

TABLE = LinkTable(
    pages={"builds/sketch/index.md": "builds/sketch/", "content/papers/A.md": "papers/A/"},
    urls=frozenset(),
    hidden=frozenset({"builds/draft.md"}),
    files=frozenset({"builds/sketch/figures/error.png", "builds/sketch/model.pt", "builds/t/a.csv", "builds/t/A.csv"}),
    docs_dir="content",
    read=lambda path: b"",
)


def near(href: str, *, pages: bool = True) -> NearPath:
    return near_path(TABLE, href, "builds/x/index.md", PUBLISHED_TYPES, pages=pages)


@pytest.mark.parametrize(
    ("href", "meant"),
    [
        ("../Sketch/Index.md", "../sketch/index.md"),
        ("../Sketch/index.md#results", "../sketch/index.md#results"),
        ("../Sketch/", "../sketch/"),
        ("../Sketch", "../sketch"),
        ("../sketch/Figures/ERROR.PNG", "../sketch/figures/error.png"),
        ("../../content/papers/a.md", "../../content/papers/A.md"),
        ("../../content/papers/a", "../../content/papers/A"),
    ],
)
def test_other_capitals_are_certain_and_the_form_stays(href: str, meant: str) -> None:
    assert (near(href).meant, near(href).certain) == (meant, True)


@pytest.mark.parametrize(
    ("href", "meant"),
    [
        ("../skech/index.md", "../sketch/index.md"),
        ("../skech/", "../sketch/index.md"),
        ("error.png", "../sketch/figures/error.png"),
        ("../sketch/figures/eror.png", "../sketch/figures/error.png"),
        ("../Sketch/Figures/err%6Fr.png", "../sketch/figures/error.png"),
        ("../draf.md", ""),
        ("model.pt", ""),
        ("../nothing/like/it.html", ""),
        ("/sketch/", ""),
        ("#results", ""),
        ("http://[", ""),
    ],
)
def test_all_else_is_a_guess_or_nothing(href: str, meant: str) -> None:
    assert (near(href).meant, near(href).certain) == (meant, False)


def test_of_two_files_that_differ_in_capitals_neither_is_certain() -> None:
    assert not near("../T/a.CSV").certain


def test_an_image_is_no_page() -> None:
    assert near("../Sketch/index.md", pages=False).meant == ""


def test_prose_is_what_is_no_code_and_no_comment() -> None:
    text = "a\n```py\nb\n```\nc\n~~~~\n~~~\n~~~~\nd\n<!-- e\nf\n-->\ng\n<!-- h -->\ni\n```\nj"
    lines = text.split("\n")
    assert "".join(lines[number - 1] for number in sorted(prose_lines(lines))) == "acdgi"
    assert "".join(lines[number - 1] for number in sorted(prose_lines(lines, 5))) == "cdgi"


@pytest.mark.parametrize("line", ["    code", "\tcode", "a `code`", "<p>a"])
def test_a_line_that_may_be_code_is_not_plain(line: str) -> None:
    assert not is_plain(line)
    assert is_plain("  [a](b) *c*")
