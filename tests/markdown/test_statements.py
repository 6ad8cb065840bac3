"""Theorems, definitions, proofs and algorithms, as they stand in the page before labels are counted."""

import pytest
from lxml import html

from labfolio.markdown.statements import PREFIXES
from labfolio.present.feeds.clean import feed_html
from labfolio.present.plain_markdown import plain_markdown
from tests.markdown.test_components import article, rendered, words


def block(body: str) -> html.HtmlElement:
    return article(body)[0]


@pytest.mark.parametrize("kind", PREFIXES)
def test_a_labelled_block_is_numbered(kind: str) -> None:
    label = f"{PREFIXES[kind] or 'how'}-x"
    made = block(f'!!! {kind} "A *name*" {{#{label}}}\n    Text.')
    assert (made.tag, made.get("class"), made.get("id")) == ("div", f"theorem-block {kind}", label)
    title = made[0]
    assert title.get("class") == "theorem-title"
    counted = [words(one) for one in title.xpath("./strong/span[@class='number']")]
    assert counted == ([] if kind == "proof" else [f"{kind.capitalize()} 1"])
    assert words(title).endswith("(A name)")
    assert [words(child) for child in made[1:]] == ["Text."]


@pytest.mark.parametrize("kind", [kind for kind in PREFIXES if kind != "example"])
def test_a_block_without_a_label_says_its_kind(kind: str) -> None:
    assert words(block(f"!!! {kind}\n    Text.")[0]) == kind.capitalize()
    assert words(block(f'!!! {kind} ""\n    Text.')[0]) == kind.capitalize()
    assert words(block(f'!!! {kind} "{kind}"\n    Text.')[0]).lower() == kind or kind != "proof"
    assert not article(f"!!! {kind}\n    Text.").xpath("//span[@class='number']")


def test_an_example_is_a_box_unless_it_is_labelled() -> None:
    assert block('!!! example "A"\n    Text.').get("class") == "admonition example"
    assert block('!!! example "A" {#exm-a}\n    Text.').get("class") == "theorem-block example"


def test_a_block_of_details_opens() -> None:
    made = block('??? theorem "A" {#thm-a}\n    Text.')
    assert (made.tag, made.get("id"), made.get("open")) == ("details", "thm-a", None)
    assert (made[0].tag, made[0].get("class")) == ("summary", "theorem-title")
    assert block("???+ proof\n    Text.").get("open") is not None


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("", "Proof"),
        (' "Proof of the corollary"', "Proof of the corollary"),
        (' "by induction"', "Proof (by induction)"),
    ],
)
def test_a_proof_is_named(title: str, shown: str) -> None:
    assert words(block(f"!!! proof{title}\n    Text.")[0]) == shown


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("    One.\n\n    Two.", "./p[3]/span[last()]"),
        ("    - a\n    - b", "./p[@class='proof-end']/span"),
        ("    ```\n    x\n    ```", "./p[@class='proof-end']/span"),
        ("    | a |\n    |---|\n    | b |", "./p[@class='proof-end']/span"),
        ("", "./p[@class='proof-end']/span"),
    ],
)
def test_a_proof_ends_with_a_mark(text: str, place: str) -> None:
    made = block(f"!!! proof\n{text}")
    marks = made.xpath(place)
    assert [(mark.get("class"), mark.get("role"), mark.get("aria-label")) for mark in marks] == [
        ("tombstone", "img", "End of proof")
    ]
    assert made.xpath("count(.//*[@class='tombstone'])") == 1
    assert not made.xpath(".//pre//*[@class='tombstone']")


def test_other_boxes_stay_and_take_attributes() -> None:
    made = block('!!! warning "Not measured" {#not-measured .wide}\n    Text.')
    assert (made.get("class"), made.get("id")) == ("admonition warning wide", "not-measured")
    assert words(made[0]) == "Not measured"
    assert block("!!! note {: #x }\n    Text.").get("id") == "x"


def test_what_is_no_attribute_list_stays_text() -> None:
    for line in ("!!! theorem {#thm-x", '!!! theorem "A" #thm-x', '!!! theorem "A" {#thm-x} more'):
        assert block(f"{line}\n    Text.").tag == "p"


def test_blocks_stand_in_lists_quotes_and_each_other() -> None:
    root = article("- a\n\n    !!! remark\n        b\n\n> !!! lemma\n>     c\n\n!!! theorem\n    !!! proof\n        d")
    assert len(root.xpath("./ul/li/div[@class='theorem-block remark']")) == 1
    assert len(root.xpath("./blockquote/div[@class='theorem-block lemma']")) == 1
    assert len(root.xpath("./div[@class='theorem-block theorem']/div[@class='theorem-block proof']")) == 1


def test_each_of_two_equal_mistakes_is_told_at_its_line() -> None:
    found = rendered("!!! theorm\n    a\n\nText.\n\n> !!! theorm\n>     b\n").diagnostics
    assert [(one.position.line, one.position.column) for one in found] == [(1, 5), (6, 7)]


@pytest.mark.parametrize("word", ["note", "notes", "aside", "summary", "important", "examples", "results", "seealso"])
def test_words_that_change_nothing_are_not_told(word: str) -> None:
    assert rendered(f"!!! {word}\n    Text.").diagnostics == ()


@pytest.mark.parametrize(("word", "meant"), [("lema", "lemma"), ("warnign", "warning"), ("Defintion", "definition")])
def test_a_slip_is_told_with_what_is_meant(word: str, meant: str) -> None:
    (found,) = rendered(f"!!! {word}\n    Text.").diagnostics
    assert found.rule == "misspelt-block"
    assert found.fix is not None
    assert found.fix.edits[0].new == meant


def test_a_label_of_another_kind_is_told() -> None:
    for kind, mend in (("note", "Write #a"), ("proof", "Write #a"), ("algorithm", "Write #alg-a")):
        (found,) = rendered(f"!!! {kind} {{#thm-a}}\n    Text.").diagnostics
        assert (found.rule, found.help) == ("foreign-label", f"{mend}, or open the block with 'theorem'.")


def test_thousands_of_blocks_are_each_found_once() -> None:
    found = rendered("!!! theorm\n    a\n\n" * 2000).diagnostics
    assert [one.position.line for one in found] == list(range(1, 6000, 3))


def test_a_feed_and_a_twin_can_be_read() -> None:
    made = rendered('!!! theorem "A"\n    Text.\n\n??? proof\n    Trivial.\n\n- [x] done\n- [ ] open\n').html
    cleaned = feed_html(made, "https://a.example/")
    assert "<p><strong>Theorem</strong> (A)</p>\n<p>Text.</p>" in cleaned
    assert plain_markdown(cleaned) == (
        "**Theorem** (A)\n\nText.\n\n**Proof**\n\nTrivial. \u220e\n\n- \u2611 done\n- \u2610 open"
    )
