"""A fault of YAML is told at its cause, in the author's words, with what to type."""

import pytest

from labfolio.parse.yaml_text import read_yaml

TABLE = [
    # The text, where the cause stands, the sentence, the mend, whether it is certain.
    ("title: A: b", "1:8", "a value with ': ' in it must be quoted", 'title: "A: b"', True),
    ("title: A: b # c", "1:8", "a value with ': ' in it must be quoted", 'title: "A: b"', True),
    ('title: "A": b', "1:8", "a value with ': ' in it must be quoted", 'title: "\\"A\\": b"', True),
    ("title: A: b\n  c", "1:8", "a value with ': ' in it must be quoted", 'title: "A: b"', False),
    ("a:\n  - b: c: d", "2:8", "a value with ': ' in it must be quoted", '- b: "c: d"', True),
    ("title: [WIP] b", "1:8", "a value that begins with [ and goes on after it must be quoted", None, True),
    ('title: "Fast" b', "1:8", 'a value that begins with " and goes on after it must be quoted', None, True),
    ("title: @b", "1:8", "a value that begins with '@' must be quoted", 'title: "@b"', True),
    ("title: `b`", "1:8", "a value that begins with '`' must be quoted", 'title: "`b`"', True),
    ("title: %b", "1:8", "a value that begins with '%' must be quoted", 'title: "%b"', True),
    ("title: *b", "1:8", "a value that begins with '*' must be quoted", 'title: "*b"', True),
    ("title: - b", "1:8", "a value that begins with '-' must be quoted", 'title: "- b"', True),
    ("title: ? b", "1:8", "a value that begins with '?' must be quoted", 'title: "? b"', True),
    ("title:b\ndate: c", "1:1", "a space is missing after the colon", "title: b", False),
    ("a: b\ntitle:c", "2:1", "a space is missing after the colon", "title: c", False),
    ('title: "b\ndate: c', "1:8", 'a quote is opened here and never closed: "', 'title: "b"', False),
    ('title: "b\nwhy: "c"', "1:8", 'a quote is opened here and never closed: "', 'title: "b"', False),
    ("title: 'b\nwhy: 'c'", "1:8", "a quote is opened here and never closed: '", "title: 'b'", False),
    ("tags: [a, b\ndate: c", "1:7", "a bracket is opened here and never closed: [", "tags: [a, b]", False),
    ("a: {b: c\nd: e", "1:4", "a bracket is opened here and never closed: {", "a: {b: c}", False),
    ("tags: [a, , b]", "1:11", "nothing stands before this comma", "tags: [a, b]", True),
    ("tags: [, b]", "1:8", "nothing stands before this comma", "tags: [b]", True),
    ("a: {b: c: d}", "1:9", "a comma is missing before this, or a value between { and } must be quoted", None, False),
    ("a:\n\t- b", "2:1", "a tab cannot indent YAML", None, True),
    ("a: b\n\tc: d", "2:1", "a tab cannot indent YAML", "Begin the line at its left edge.", True),
    ("a:\n  - b: c\n   d: e", "3:4", "this line is indented by 3, the field above it by 4", None, False),
    ("a: b\n c: d", "2:2", "this line is indented by 1, the field above it by 0", "Begin it at the left edge.", False),
]


@pytest.mark.parametrize(("text", "place", "message", "help", "certain"), TABLE, ids=[row[0] for row in TABLE])
def test_fault(text: str, place: str, message: str, help: str | None, certain: bool) -> None:
    (found,) = read_yaml("x.yml", text).diagnostics
    assert (found.message, f"{found.position.line}:{found.position.column}") == (message, place)
    assert help is None or found.help == help
    assert (found.fix is not None) == certain


def test_nothing_is_fixed_where_the_reader_counts_lines_otherwise() -> None:
    (found,) = read_yaml("x.yml", "a: b\u2028tags: [a, , b]").diagnostics
    assert found.fix is None
