"""Mathematics in Markdown: what is an expression and what a price, displays and their labels, where a fault is."""

import re

import pytest

from labfolio.build import build
from labfolio.markdown.article import Article
from labfolio.parse.settings import read_settings
from labfolio.present.cards import leave_out
from tests.conftest import SMALL, TODAY
from tests.site import build_files, entry, small_files, source_tree, theme


def article(body: str) -> Article:
    files = small_files() | {"builds/x/index.md": entry(body)}
    return build_files(files).edition.articles["builds/x/index.md"]


def expressions(body: str) -> list[str]:
    return re.findall(r'data-tex="([^"]*)"', article(body).html)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("$x$", ["x"]),
        (r"\(a_1\) and $b*c*d$", ["a_1", "b*c*d"]),
        ("so $$x$$ amid a line", ["x"]),
        ("$$ x $$", ["x"]),
        ("$$\nx\n$$", ["x"]),
        (r"\[ x \]", ["x"]),
        ("\\begin{align}\na\n\\end{align}", [r"\begin{align} a \end{align}"]),
        ("before\n$$\nx\n$$\nafter $y$", ["x", "y"]),
        ("$$x$$\n$$y$$", ["x", "y"]),
        ("- one\n  $$\n  x\n  $$\n- two", ["x"]),
        ("- one\n\n    $$\n    x\n    $$", ["x"]),
        ("> $$ x $$", ["x"]),
        ("!!! note\n    $$ x $$", ["x"]),
        ("A note[^1].\n\n[^1]: With $x$.", ["x"]),
        ("| a |\n|---|\n| $x \\vert y$ |", [r"x \vert y"]),
        ("We pay $5 and $6.", []),
        ("US$5 to US$6, $5/$6", []),
        (r"\$x\$ and `$x$`", []),
        ("    $$ x $$", []),
        ("```\n$$\nx\n$$\n```", []),
        ("A lone $ and $ there", []),
    ],
)
def test_what_is_an_expression(body: str, found: list[str]) -> None:
    assert expressions(body) == found


def test_a_display_has_its_label_a_place_for_its_number_and_scrolls_by_itself() -> None:
    html = article("$$ x $$ {#eq-one}\n\n\\begin{align}\ny\n\\end{align} {#eq-two}").html
    assert html.count('<div class="equation" id="eq-one">') == html.count('<div class="equation" id="eq-two">') == 1
    assert re.findall(r'aria-label="(Formula \d)" class="scroll" role="group" tabindex="0"', html) == [
        "Formula 1",
        "Formula 2",
    ]
    assert html.count('<math data-pagefind-ignore="" data-tex="x" display="block">') == 1


def test_a_tag_is_printed() -> None:
    assert '<span class="number">(A)</span>' in article(r"$$ x \tag{A} $$").html


def test_a_heading_is_named_by_its_signs() -> None:
    made = article("## The $L_2$ norm\n\nText.")
    assert made.contents == (("the-l2-norm", "The L_2 norm"),)


def test_the_first_paragraph_has_tex_and_no_letters_out_of_their_order() -> None:
    assert article(r"It is $\frac{a}{b} > 1$ here.").first_paragraph == "It is a/b > 1 here."


@pytest.mark.parametrize(
    ("body", "line", "column", "said"),
    [
        ("Text.\n\nIt is $\\frac{a}{\\betta}$.", 7, 17, r"unknown command '\betta'; did you mean '\beta'?"),
        ("> $$\n> a\n> \\nonsense\n> $$", 7, 3, r"unknown command '\nonsense'"),
        ("```\n$\\nonsense$\n```\n\n$\\nonsense$", 9, 2, r"unknown command '\nonsense'"),
        ("$$\na\n\nb\n$$", 5, 1, "'$$' is not closed before the paragraph ends"),
    ],
)
def test_a_fault_is_told_once_where_it_is(body: str, line: int, column: int, said: str) -> None:
    found = [one for one in article(body).diagnostics if one.rule == "invalid-mathematics"]
    assert [(one.position.line, one.position.column, one.message) for one in found] == [(line, column, said)]


def test_each_of_two_equal_faults_is_told() -> None:
    found = article("$\\nonsense$ and\n\n$\\nonsense$").diagnostics
    assert [one.position.line for one in found] == [5, 7]


def test_what_is_refused_stays_as_its_tex() -> None:
    html = article("It is $\\nonsense<b>$.\n\n$$ \\nonsense $$ {#eq-x}").html
    assert '<code class="tex">\\nonsense&lt;b&gt;</code>' in html
    assert '<div id="eq-x"><pre tabindex="0"><code class="tex">' in html


def test_a_value_stands_in_an_expression() -> None:
    body = "$a = {{ r.merge.mean }}$ and $b = {{ r.merge.men }}$"
    files = small_files()
    path = "builds/sketch/index.md"
    files[path] += body.encode()
    made = build_files(files)
    assert [one.rule for one in made.edition.articles[path].diagnostics] == ["unknown-value"]
    assert re.search(r"<mi>a</mi><mo>=</mo><mn>[\d.]+</mn>", made.edition.articles[path].html)


@pytest.mark.parametrize("options", ["", ": {generic: false, preview: true}", ": {generic: true, smart_dollar: false}"])
def test_a_site_that_lists_arithmatex_has_the_same(options: str) -> None:
    text = (SMALL / "mkdocs.yml").read_text() + f"\nmarkdown_extensions:\n  - pymdownx.arithmatex{options}\n"
    chosen = read_settings("mkdocs.yml", text, {})[0]
    files = small_files() | {"builds/x/index.md": entry("$x$\n\n$$y$$")}
    made = build(source_tree(files), chosen, theme(), TODAY, leave_out)
    assert made.edition.articles["builds/x/index.md"].html == article("$x$\n\n$$y$$").html


@pytest.mark.parametrize(
    "body",
    [
        "$" + "{" * 3000 + "}" * 3000 + "$",
        "$$" + "x+" * 100_000 + "$$",
        "$" + r"\sqrt[" * 1000 + "$",
        r"\(" * 2000,
        "\n$$x" * 2000,
        "\n\\begin{a}" * 2000,
        "$\\nonsense$\n\n" * 1200,
    ],
)
def test_hostile_text_is_taken(body: str) -> None:
    assert "<math" not in article(body).html
