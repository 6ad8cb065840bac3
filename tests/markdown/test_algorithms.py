"""The lines of an algorithm, numbered."""

import pytest
from lxml import html

from labfolio.markdown.algorithms import pseudo_code
from labfolio.present.feeds.clean import feed_html
from labfolio.present.plain_markdown import plain_markdown
from tests.markdown.test_components import article, rendered, words

LIST = (
    "!!! algorithm\n    **Input:** x\n\n    1. a\n    2. b\n        1. c\n        2. d\n    3. e\n\n    **Output:** y\n"
)


def fence(text: str, opening: str = "```") -> html.HtmlElement:
    return article("!!! algorithm\n    " + "\n    ".join([opening, *text.split("\n"), "```"]))[0]


def test_steps_of_a_list_are_numbered_through_its_levels() -> None:
    root = article(LIST)
    items = root.xpath("//li")
    assert [item.get("value") for item in items] == ["1", "2", "3", "4", "5"]
    assert [words(child) for child in root[0] if child.tag == "p"] == ["Algorithm", "Input: x", "Output: y"]


def test_two_lists_go_on_and_points_are_not_counted() -> None:
    root = article("!!! algorithm\n    1. a\n        - p\n\n    Then:\n\n    1. b\n")
    assert root.xpath("//ol/li/@value") == ["1", "2"]
    assert not root.xpath("//ul/li/@value")


def test_a_list_outside_of_an_algorithm_keeps_its_numbers() -> None:
    assert not article("1. a\n    1. b").xpath("//li/@value")


def test_a_fence_is_numbered_and_keeps_its_indentation() -> None:
    made = fence("Input: x\nfor j in a do  // all < of them\n    y = 1\n\nreturn y")
    (steps,) = made.xpath("./pre[@class='steps']")
    assert steps.text_content().split("\n") == [
        "   Input: x", "1  for j in a do  // all < of them", "2      y = 1", "   ", "3  return y",
    ]  # fmt: skip
    assert [words(one) for one in steps.xpath(".//b")] == ["Input:", "for", "do", "return"]
    assert words(steps.xpath(".//span[@class='comment']")[0]) == "// all < of them"


@pytest.mark.parametrize("opening", ["```python", "``` {.text linenums='1'}"])
def test_a_fence_with_a_language_or_numbers_of_its_own_stays(opening: str) -> None:
    assert not fence("for x in y:\n    pass", opening).xpath(".//pre[@class='steps']")


@pytest.mark.parametrize("opening", ["```text", "```pseudocode"])
def test_a_fence_of_plain_text_is_numbered(opening: str) -> None:
    assert fence("return 1", opening).xpath("./pre[@class='steps']")


def test_markup_in_pseudo_code_is_text() -> None:
    (steps,) = fence('if a < b && "<script>" then\n<b>x</b>').xpath(".//pre")
    assert "&lt;script&gt;" in html.tostring(steps, encoding="unicode")
    assert steps.text_content().endswith("2  <b>x</b>")


@pytest.mark.parametrize(
    ("line", "bold"),
    [
        ("for each x in set", ["for each"]),
        ("else if a then b", ["else if", "then"]),
        ("x.for = do(y)", []),
        ("undo the iffy end_state", []),
        ("Output: all of it", ["Output:"]),
    ],
)
def test_only_words_that_steer_are_bold(line: str, bold: list[str]) -> None:
    made = html.fragment_fromstring(pseudo_code(line)[0], create_parent="pre")
    assert [words(one) for one in made.xpath(".//b")] == bold


def test_numbers_stay_in_a_feed_and_a_twin() -> None:
    cleaned = feed_html(rendered(LIST).html, "https://a.example/")
    assert plain_markdown(cleaned).endswith("1. a\n2. b\n\n   3. c\n   4. d\n5. e\n\n**Output:** y")
    cleaned = feed_html(rendered("!!! algorithm\n    ```\n    if a\n        b\n    ```").html, "https://a.example/")
    assert plain_markdown(cleaned).endswith("```\n1  if a\n2      b\n```")
