"""Footnotes that Python-Markdown alone raises on."""

import re

import pytest

from tests.fuzz.pages import article


def notes(html: str) -> list[str]:
    return re.findall(r'id="(fn:[^"]*)"', html)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A[^1] and[^2].\n\n[^1]:\n[^2]: Two.\n", ["fn:1", "fn:2"]),
        ("A[^1] b[^2] c[^3].\n\n[^1]: a\n    [^3]: x\n[^2]: b\n", ["fn:1", "fn:2", "fn:3"]),
        ("A[^\n]:[^2]:\n[^]:", None),
        ("A[^a\nb]:[^2]: Two.\n[^c]: Three[^2].\n", None),
        ("[^\n]:[^2]:\n[^]:", None),
    ],
)
def test_a_note_within_a_note_is_read(text: str, names: list[str] | None) -> None:
    made = article(text)
    assert made.diagnostics == ()
    found = notes(made.html)
    assert len(found) == len(set(found))
    assert names is None or found == names


def test_a_note_without_a_word_has_its_way_back() -> None:
    made = article("A[^1].\n\n[^1]:\n")
    assert made.html.count('href="#fnref:1"') == 1
