"""Labels: what is numbered, in which order, and what a reference to it prints."""

import re
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from labfolio.markdown.labels import number
from tests.markdown.test_citations import built, words
from tests.site import build_files, entry, small_files

PATH = "builds/x/index.md"
FIGURE = "../sketch/figures/error.png"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"
SLOPES = "../../content/reproductions/rate/results/slopes.csv"


def html(body: str) -> str:
    return built(body).edition.articles[PATH].html


def said(body: str) -> list[str]:
    return [f"{one.position.line}:{one.rule}: {one.message}" for one in built(body).diagnostics if one.path == PATH]


def test_figures_are_numbered_in_order_and_only_with_a_label() -> None:
    figures = (f"![Plain]({FIGURE})", f"![One]({FIGURE}){{#fig-one}}", f"![]({FIGURE}){{#fig-two}}")
    made = html("See @fig-two, @fig-one.\n\n" + "\n\n".join(figures))
    assert words(made) == "See Figure 2, Figure 1. Plain Figure 1. One Figure 2"
    assert re.findall(r'<figure class="figure"(?: id="([^"]*)")?>', made) == ["", "fig-one", "fig-two"]
    assert '<a href="#fig-two">Figure 2</a>' in made


@pytest.mark.parametrize(
    "body",
    [
        f"{TABLE}\n\n: Cost {{#tbl-cost}}",
        f": Cost {{#tbl-cost}}\n\n{TABLE}",
        f"{TABLE}\n: Cost {{#tbl-cost}}",
        f"Table: Cost {{#tbl-cost}}\n\n{TABLE}",
        f"Text.\n\n{TABLE}\n\n: Cost {{ #tbl-cost .wide }}\n\nText.",
        f"> {TABLE.replace(chr(10), chr(10) + '> ')}\n>\n> : Cost {{#tbl-cost}}",
    ],
)
def test_a_table_has_its_caption_before_or_after_it(body: str) -> None:
    made = html(f"{body}\n\nAs @tbl-cost shows.")
    figure = re.search(r'<figure class="data-table" id="tbl-cost">(.*?)</figure>', made, re.DOTALL)
    assert figure is not None
    assert words(figure[1]) == "Table 1. Cost a b 1 2"
    assert 'aria-label="Table 1. Cost"' in figure[1]
    assert "As Table 1 shows." in words(made)


def test_a_definition_list_stays_one() -> None:
    assert "<dd>Meaning</dd>" in html("Word\n: Meaning")


def test_a_caption_without_a_table_labels_nothing() -> None:
    assert said(": Cost {#tbl-cost}\n\nText, see @tbl-cost.") == [
        "7:unknown-label: 'tbl-cost' is no label of this page"
    ]


def test_a_csv_table() -> None:
    made = html(f"![Slopes]({SLOPES}){{#tbl-slopes}}\n\n[-@tbl-slopes]")
    assert (
        '<figure class="data-table" id="tbl-slopes"><figcaption><span class="number">Table 1</span>. Slopes. <a' in made
    )
    assert made.endswith('<a href="#tbl-slopes">1</a></span></p>')


def test_listings_show_their_number_before_their_title() -> None:
    code = '``` { .python #lst-a title="a.py" }\nx\n```\n\n``` { .python #lst-b }\nx\n```\n\n@lst-b, @lst-a'
    made = html(code)
    assert words(made) == "Listing 1. a.pyx Listing 2x Listing 2, Listing 1"


def test_a_section_is_named_by_its_heading() -> None:
    made = html("## The *width* of @rahimi2007random {#sec-width}\n\nSee @sec-width.")
    assert "See The width of Rahimi and Recht (2007)." in words(made)
    assert '<h2 id="sec-width">' in made


def test_blocks_get_their_numbers_where_they_want_them() -> None:
    number_here = '<span class="number" />'
    root = fromstring(
        f'<div><p /><div id="thm-a"><p>{number_here} holds.</p><p id="eq-b">y {number_here}</p></div>'
        f'<p>z{number_here} alone</p><p id="eq-c">w</p></div>'
    )
    root[0].text = "\x02wzxhzdk:0\x03"
    raw: list[str | Element] = ['<div class="m" id="eq-a"><math></math><span class="number"></span></div>']
    labels = number(root, raw)
    assert raw == ['<div class="m" id="eq-a"><math></math><span class="number">(1)</span></div>']
    root[0].text = ""
    assert words(tostring(root, encoding="unicode")) == "Theorem 1 holds.y (2)z alonew"
    assert labels.names == {
        "eq-a": "Equation (1)",
        "thm-a": "Theorem 1",
        "eq-b": "Equation (2)",
        "eq-c": "Equation (3)",
    }
    assert labels.words("thm-a", bare=True) == "1"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            f"![A]({FIGURE}){{#fig-width}}\n\nSee @fig-widht.",
            ["7:unknown-label: 'fig-widht' is no label of this page; did you mean 'fig-width'?"],
        ),
        (
            f"![A]({FIGURE}){{#fig-width}}\n\n![B]({FIGURE}){{#fig-width}}",
            ["7:duplicate-label: the label 'fig-width' is given twice"],
        ),
        ("`@fig-a` [see @fig-a; @rahimi2007random]", ["5:unknown-label: 'fig-a' is no label of this page"]),
        ("@eq-a\n\n@eq-a", [f"{line}:unknown-label: 'eq-a' is no label of this page" for line in (5, 7)]),
        ("Write to @figure, or read about @def.", []),
    ],
)
def test_faults(body: str, found: list[str]) -> None:
    assert said(body) == found


def test_a_key_that_reads_as_a_label() -> None:
    files = small_files() | {PATH: entry("See [@def-leppard87].")}
    files["content/papers.bib"] += b"\n@misc{def-leppard87, title={Hysteria}}\n"
    assert [one.message for one in build_files(files).diagnostics if one.path == PATH] == [
        "'def-leppard87' is a key of the bibliography that reads as the label of a definition"
    ]


def test_a_section_and_the_contents_name_an_expression_in_signs() -> None:
    article = built("## How it falls as $1/\\sqrt{m}$ {#sec-how}\n\nSee @sec-how.").edition.articles[PATH]
    assert '<a href="#sec-how">How it falls as 1/√(m)</a>' in article.html
    assert article.contents == (("sec-how", "How it falls as 1/√(m)"),)


def test_a_statement_an_equation_and_a_listing_are_numbered_in_their_kinds() -> None:
    made = html(
        '$$ a $$ {#eq-a}\n\n!!! lemma "B" {#lem-b}\n    $$ c $$ {#eq-c}\n\n```{ .python #lst-d }\nx\n```\n\n'
        "@eq-c, @lem-b, @lst-d."
    )
    assert words(made).endswith("Equation (2), Lemma 1, Listing 1.")
    assert re.findall(r'<span class="number">([^<]*)</span>', made) == ["(1)", "Lemma 1", "(2)", "Listing 1"]


def test_a_missing_figure_is_told_once() -> None:
    assert [one.partition(":")[2] for one in said("![A](gone.png){#fig-gone}\n\nSee @fig-gone.")] == [
        "missing-file: there is no published file 'gone.png'"
    ]
