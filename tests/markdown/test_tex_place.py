"""Where an expression stands in the author's text."""

import pytest

from labfolio.markdown.prose_lines import prose_lines
from labfolio.markdown.tex_place import place


@pytest.mark.parametrize(
    ("text", "tex", "offset", "number", "line", "column"),
    [
        ("a $x + y$", "x + y", 4, 0, 1, 8),
        ("$x$ and $x$", "x", 0, 1, 1, 10),
        ("$x$ and $x$", "x", 0, 7, 1, 10),
        ("`$x$`\n```\n$x$\n```\n\n$xx$ $x$", "x", 0, 1, 6, 7),
        ("> $$\n> a\n> b\n> $$", "\na\nb\n", 3, 0, 3, 3),
        ("- i\n\n    \\begin{a}\n    b\n    \\end{a}", "\\begin{a}\nb\n\\end{a}", 10, 0, 4, 5),
        ("$a\tb$", "a   b", 4, 0, 1, 6),
        ("no formula", "x", 0, 0, 1, 1),
    ],
)
def test_place(text: str, tex: str, offset: int, number: int, line: int, column: int) -> None:
    found = place(text, prose_lines(text.split("\n")), 1, tex, offset, number=number)
    assert (found.line, found.column) == (line, column)


def test_what_stands_before_the_body_is_passed_over() -> None:
    text = "title: $x$\n---\n$x$"
    assert place(text, prose_lines(text.split("\n"), 3), 3, "x", 0).line == 3
