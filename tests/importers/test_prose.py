"""Bodies on their way: code is left alone, lines keep their numbers, headings fit below a title."""

import re

import pytest

from labfolio.importers.prose import Prose, code_spans, first_heading, lower_headings, plain_fences, plain_words

CODE = """Text `a` and ``b ` c`` and `open.

```python
in fence `x`
```

    indented

- item

    of the item

~~~
never closed
"""


def test_code_is_found_in_fences_indented_blocks_and_ticks() -> None:
    found = [CODE[start:end] for start, end in code_spans(CODE)]
    assert found == [
        "`a`",
        "``b ` c``",
        "```python\nin fence `x`\n```\n",
        "    indented\n",
        "~~~\nnever closed\n",
    ]


def test_ticks_end_with_their_paragraph() -> None:
    assert code_spans("a `b\n\nc` d") == []
    assert code_spans("a `b\nc` d") == [(2, 7)]


def test_what_is_replaced_keeps_the_lines_that_follow_where_they_are() -> None:
    prose = Prose(source="x.md", text="a\n<b\nc>\nd `<b\nc>`\ne", first_line=10)
    prose.replace(re.compile(r"<b\nc>"), lambda _: "B")
    assert prose.line(prose.text.index("e")) == 15
    assert prose.finished() == "a\nB\nd `<b\nc>`\ne"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("# A\n\n## B\n\n###### C\n", "## A\n\n### B\n\n###### C"),
        ("## A\n\n### B\n", "## A\n\n### B"),
        ("A\n===\n\nB\n---\n\ntext\n\n---\n", "## A\n\n### B\n\ntext\n\n---"),
        ("```sh\n# no heading\n```\n", "```sh\n# no heading\n```"),
        ("| a |\n---\n", "| a |\n---"),
    ],
)
def test_headings_stand_below_the_title(text: str, after: str) -> None:
    prose = Prose(source="x.md", text=text)
    lower_headings(prose)
    assert prose.finished() == after


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# A *b* `c` {#id}\nText", "A b c"),
        ("\n\n# A #\n", "A"),
        ("A [b](c.md)\n=====\nText", "A b"),
        ("Text\n\n# A\n", ""),
        ("## A\n", ""),
        ("#tag\n", ""),
    ],
)
def test_a_text_may_begin_with_its_title(text: str, heading: str) -> None:
    assert first_heading(text)[0] == heading
    assert (first_heading(text)[1] == text) == (heading == "")


def test_words_are_plain() -> None:
    assert plain_words("a **b** _c_ snake_case ![x](y) [d](e) `f` <b>g</b> \\*h\\*") == "a b c snake_case d f g *h*"


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        ("```python", "```python"),
        ('```python title="a b" linenums="1"', '```python title="a b" linenums="1"'),
        ("```{ .python .annotate }", "```{ .python .annotate }"),
        ("```python file.py", "```python"),
        ("```python:file.py", "```python"),
        ("~~~ {.python startFrom=1}", "~~~python"),
    ],
)
def test_a_block_of_code_keeps_what_is_read_behind_its_fence(first: str, kept: str) -> None:
    prose = Prose(source="x.md", text=f"{first}\na\n{first[:3]}\n")
    plain_fences(prose)
    assert prose.finished() == f"{kept}\na\n{first[:3]}"
    assert bool(prose.missed) == (first != kept)
