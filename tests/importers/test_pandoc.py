"""Quarto's own: cells, divs, attributes."""

import pytest

from tests.importers.given import imported, named, only


def body(text: str) -> tuple[str, list[str]]:
    made = imported("quarto", {"x.qmd": f"---\ntitle: X\ndate: 2026-03-04\n---\n{text}"})
    return only(made).split("---\n\n", 1)[-1].strip(), [one.partition(": ")[2] for one in named(made)]


OPTIONS = "the options of a cell are left out"
COMPUTED = "what code cells compute is not carried, only their code"


@pytest.mark.parametrize(
    ("written", "made", "what"),
    [
        ("```{python}\nx\n```", "```python\nx\n```", [COMPUTED]),
        ("```{.python}\n#| x\n```", "```{.python}\n#| x\n```", []),
        ("```python\n#| x\n```", "```python\n#| x\n```", []),
        (
            "```{r}\n#| a: 1\n#| b\nx\n#| c\n```",
            "```r\nx\n#| c\n```",
            [f"{OPTIONS}: a, b", COMPUTED],
        ),
        ("````md\n```{python}\n```\n````", "````md\n```{python}\n```\n````", []),
        ("::: {.callout-note}\na\n:::\nb", "!!! note\n    a\n\nb", []),
        ("::: {.callout-tip title='T' collapse=false}\na\n:::", '???+ tip "T"\n    a', []),
        ("a\n::: callout-note\n## T {.x}\n:::", 'a\n\n!!! note "T"', []),
        (
            "::: {.a}\n::: {.callout-note}\n::: {.callout-tip}\nx\n:::\n:::\n:::",
            "!!! note\n\n    !!! tip\n        x",
            ["the block {.a} is taken off; its content stays"],
        ),
        (":::\nx", ":::\nx", []),
        ("$$x$$ {#eq-a}", "$$x$$", ["eq-a: equations have no number; left out"]),
        ("`{python} x`", "`{python} x`", ["`{python} x` is computed by Quarto; it stays as code"]),
        ("a@b.org `@c` https://x.org/@d \\@e", "a@b.org `@c` https://x.org/@d \\@e", []),
        ("[@a-b, p. 2]", "[@a-b, p. 2]", ["@a-b is a citation; it stays in the text as it is"]),
        ("see @sec-a.", "see @sec-a.", ["@sec-a is a cross reference; it stays in the text as it is"]),
        ("## H {#sec-a .x}", "## H {#sec-a .x}", []),
    ],
)
def test_each_piece(written: str, made: str, what: list[str]) -> None:
    text, missed = body(written)
    assert text == made
    assert sorted(missed) == sorted(what)


def test_pages_of_lists_and_folders_of_quarto_are_not_entries() -> None:
    files = {
        "index.qmd": "---\nlisting: posts\n---\n",
        "_freeze/x.qmd": "x",
        "a/_b/x.qmd": "x",
        "_quarto.yml": "project: {type: website}\nwebsite: {drafts: a/c.qmd}\n",
        "a/c.qmd": "---\ntitle: C\ndate: 2026-03-04\n---\nx",
        "b/_metadata.yml": "draft: true",
        "b/d.qmd": "---\ntitle: D\ndate: 2026-03-04\n---\nx",
        "b/e.qmd": "---\ntitle: E\ndate: 2026-03-04\ndraft: false\n---\nx",
    }
    made = imported("quarto", files)
    drafts = {one.path: "draft: yes" in one.content.decode() for one in made.files}
    assert drafts == {"content/notebook/c.md": True, "content/notebook/d.md": True, "content/notebook/e.md": False}
    assert named(made) == ["index.qmd:2: it is the page of a list, which labfolio makes itself"]
