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
        ("[@a-b, p. 2]", "[\\@a-b, p. 2]", ["@a-b is no key of the bibliography; it stays as words"]),
        ("see @sec-a.", "see \\@sec-a.", ["@sec-a refers to no label of the text; it stays as words"]),
        ("## A {#sec-a}\n\n@sec-a", "## A {#sec-a}\n\n@sec-a", []),
        ("|a|b|\n|-|-|\n\n: C {#tbl-a}\n\n@tbl-a", "|a|b|\n|-|-|\n\n: C {#tbl-a}\n\n@tbl-a", []),
        ("|a|b|\n|-|-|\n: C {#tbl-a}", "|a|b|\n|-|-|\n\n: C {#tbl-a}", []),
        ("## H {#sec-a .x}", "## H {#sec-a .x}", []),
    ],
)
def test_each_piece(written: str, made: str, what: list[str]) -> None:
    text, missed = body(written)
    assert text == made
    assert sorted(missed) == sorted(what)


def test_a_citation_of_a_work_that_the_site_has_stays_one() -> None:
    files = {"x.qmd": "---\ntitle: X\ndate: 2026-03-04\n---\nAs [@known; @other] shows."}
    made = imported("quarto", files, papers="@misc{known, title={A}}")
    assert "As [@known; \\@other] shows." in only(made)
    assert named(made) == ["x.qmd:5: @other is no key of the bibliography; it stays as words"]


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
