"""Whatever stands in a file: no traceback, no path outside of the folder of entries, no mark left in a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.importers.prose import ADDED, BRACE, FINAL, GONE
from tests.importers.given import imported, named, texts
from tests.strategies import in_ci

WHERE = {
    "jekyll": "_posts/2026-03-04-{}.md",
    "hugo": "content/{}.md",
    "quarto": "{}.qmd",
    "markdown": "{}.md",
    "obsidian": "{}.md",
}
LINES = """
---
+++
title: x
date: 2026-03-04
aliases: [../x]
slug: ../../x
# A
=====
```py
~~~
> [!note] T
{% highlight x %}
::: {.callout-note}
:::
```{python}
#| a: b
%%
"""
WORDS = (
    "a ` ``` [ ] ( ) ![ [[ ]] {% %} {{ }} {%raw%} {%endraw%} {%endhighlight%} {{<figure_src=a>}} {{</highlight>}}"
    " {{</*a*/>}} %% #tag ^id @key {:#a} {:toc} {#b} <b> <script> </b> $$ | \\ - > \u2028 \x85 é"
)
PIECES = [*(f"{line}\n" for line in LINES.split("\n")), *WORDS.split(" "), " ", "    ", "\n\n"]


@pytest.mark.parametrize("format", WHERE)
@in_ci(120)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30), front=st.booleans())
def test_any_text_is_carried_or_named(format: str, pieces: list[str], front: bool) -> None:
    text = ("---\ntitle: x\n---\n" if front else "") + "".join(pieces)
    made = imported(format, {WHERE[format].format("x"): text})
    assert made.files or made.missed
    for path, written in texts(made).items():
        assert re.fullmatch(r"content/notebook/[a-z0-9-]+(?:/index)?\.md", path)
        assert not set(written) & {GONE, ADDED, FINAL, BRACE}
    assert all(1 <= one.line <= text.count("\n") + 1 for one in made.missed)


@pytest.mark.parametrize("format", WHERE)
def test_files_that_are_no_texts_are_named_and_left_out(format: str) -> None:
    files = {
        WHERE[format].format("binary"): b"\x89PNG\r\n\x1a\n\xff",
        WHERE[format].format("nul"): b"a\x00b",
        WHERE[format].format("large"): b"a" * (5 * 1024 * 1024 + 1),
        WHERE[format].format("yaml"): b"---\ntitle: [\n---\nx",
        WHERE[format].format("good"): b"---\ntitle: Good\ndate: 2026-03-04\n---\nText.",
    }
    made = imported(format, files)
    assert set(texts(made)) == {"content/notebook/good.md"}
    left_out = {one.partition(":")[0] for one in named(made) if one.endswith("left out")}
    assert left_out == set(files) - {WHERE[format].format("good")}


@pytest.mark.parametrize("format", WHERE)
def test_one_name_twice_gives_two_entries(format: str) -> None:
    names = [WHERE[format].format(name) for name in ("a b", "a-b", "A_b")]
    made = imported(format, dict.fromkeys(names, "---\ndate: 2026-03-04\n---\nText."))
    assert set(texts(made)) == {f"content/notebook/{name}.md" for name in ("a-b", "a-b-2", "a-b-3")}


def test_callouts_are_turned_to_a_depth_and_no_further() -> None:
    lines = "\n".join("> " * depth + "[!note]" for depth in range(1, 400))
    made = imported("obsidian", {"x.md": lines})
    assert texts(made)["content/notebook/x.md"].count("!!! note") == 8
