"""Front matter in three languages, every value as text with its line; what cannot be read is not carried."""

import pytest

from labfolio.importers.matter import read_fields, read_matter

SAME = {"title": "A: b", "date": "2026-03-03", "tags": ["x", "1.10"], "draft": "true", "more": {"a": "1"}}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            '---\ntitle: "A: b"\ndate: 2026-03-03\ntags: [x, 1.10]\ndraft: true\nmore: {a: 1}\n---\nBody\n',
            {"title": 2, "date": 3, "tags": 4, "draft": 5, "more": 6},
        ),
        (
            "+++\ntitle = 'A: b'\ndate = 2026-03-03\n\ntags = ['x', '1.10']\ndraft = true\n"
            "[more]\n  a = 1\n+++\nBody\n",
            {"title": 2, "date": 3, "tags": 5, "draft": 6, "more": 7},
        ),
        (
            '{"title": "A: b", "date": "2026-03-03",\n"tags": ["x", "1.10"], "draft": true,\n"more": {"a": 1}}\nBody\n',
            {"title": 1, "date": 1, "tags": 2, "draft": 2, "more": 3},
        ),
    ],
)
def test_three_languages_say_the_same(text: str, lines: dict[str, int]) -> None:
    matter = read_matter("x.md", text.encode())
    assert matter.sound
    assert matter.fields == SAME
    assert {key: matter.lines[key] for key in lines} == lines
    assert matter.body.strip() == "Body"
    assert text.split("\n")[matter.body_line - 1 :][matter.body.split("\n").index("Body")] == "Body"


@pytest.mark.parametrize("text", ["Just text\n", "", "---\n\nA rule above\n", "{{< figure >}}\n", "{% include x %}\n"])
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    matter = read_matter("x.md", text.encode())
    assert matter.sound
    assert (matter.fields, matter.body, matter.body_line) == ({}, text, 1)


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"---\ntitle: A: b\n---\n", 2, "must be quoted"),
        (b"---\na: 1\n", 1, "never ends"),
        (b"---\n- a\n---\n", 1, "no fields"),
        (b"+++\na = 1\nb = [\n+++\n", 3, "cannot be read"),
        (b"+++\na = 1\na = 2\n+++\n", 3, "cannot be read"),
        (b'{"a": 1,\n"b" 2}\n', 2, "Expecting"),
        (b"{" + b'"a":{' * 5000, 1, "nested too deep"),
        (b"+++\na = " + b"[" * 5000 + b"\n+++\n", 1, "nested too deep"),
        (b"---\na: " + b"[" * 5000 + b"\n---\n", 1, "cannot be read"),
        (b"\xff\xfe\x00", 1, "not valid UTF-8"),
        (b"a\nb\x00\n", 2, "control character"),
        (b"a" * (5 * 1024 * 1024 + 1), 1, "the limit is"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_named(data: bytes, line: int, what: str) -> None:
    matter = read_matter("x.md", data)
    assert not matter.sound
    (missed,) = matter.missed
    assert (missed.path, missed.line) == ("x.md", line)
    assert what in missed.what


def test_the_first_of_two_equal_fields_is_taken_and_the_other_named() -> None:
    matter = read_matter("x.md", b"---\na: 1\nb: 2\na: 3\n---\n")
    assert matter.sound
    assert matter.fields["a"] == "1"
    assert [(one.line, one.what) for one in matter.missed] == [(4, "a: is given twice; the first is taken")]


def test_escapes_bring_no_character_that_a_page_cannot_hold() -> None:
    assert read_matter("x.md", rb'{"title": "a\u0000b\ud800c"}').fields == {"title": "a b c"}


def test_settings_are_read_by_their_suffix_and_are_empty_where_they_cannot_be() -> None:
    assert read_fields("a.toml", "x = 1") == {"x": "1"}
    assert read_fields("a.json", '{"x": 1}') == {"x": "1"}
    assert read_fields("a.yml", "x: 1 # one") == {"x": "1"}
    assert read_fields("a.toml", "x: 1") == {}
