"""Quotations that are alerts, and Markdown within `<details>`."""

import pytest

from tests.markdown.test_components import article, rendered, words


@pytest.mark.parametrize(
    ("kind", "title", "shown"),
    [("NOTE", "", "Note"), ("warning", " Not *yet*", "Not yet"), ("Tip", " ", "Tip")],
)
def test_a_quotation_that_names_a_kind_is_a_box(kind: str, title: str, shown: str) -> None:
    (box,) = article(f"> [!{kind}]{title}\n> Text.\n>\n> - a")
    assert box.get("class") == f"admonition {kind.lower()}"
    assert [(child.tag, words(child)) for child in box] == [("p", shown), ("p", "Text."), ("ul", "a")]
    assert box[0].get("class") == "admonition-title"


def test_a_sign_folds_a_box() -> None:
    for sign, opened in (("-", None), ("+", "")):
        (box,) = article(f"> [!note]{sign} More\n> Text.")
        assert (box.tag, box.get("class"), box.get("open")) == ("details", "note", opened)
        assert [(child.tag, words(child)) for child in box] == [("summary", "More"), ("p", "Text.")]


def test_two_boxes_and_a_quotation_stay_apart() -> None:
    root = article("> Said.\n\n> [!NOTE]\n> One.\n\n> [!TIP]\n> Two.\n\nText.")
    assert [(child.tag, words(child)) for child in root] == [
        ("blockquote", "Said."), ("div", "Note One."), ("div", "Tip Two."), ("p", "Text."),
    ]  # fmt: skip


def test_a_box_stands_in_a_list_and_in_a_quotation() -> None:
    assert article("- a\n\n    > [!NOTE]\n    > b").xpath("./ul/li/div[@class='admonition note']")
    assert article("> > [!NOTE]\n> > b").xpath("./blockquote/div[@class='admonition note']")


def test_a_quotation_with_a_bracket_stays() -> None:
    for body in ("> Text [!NOTE]", "> [! NOTE]\n> x", "> [x] y", "[!NOTE]"):
        assert not article(body).xpath("//*[contains(@class, 'admonition')]")


def test_details_hold_markdown() -> None:
    root = article(
        "<details>\n<summary>More</summary>\n\nSome **bold**.\n\n- a\n\n```python\nx\n```\n\n</details>\n\nEnd."
    )
    assert [child.tag for child in root] == ["details", "p"]
    assert [child.tag for child in root[0]] == ["summary", "p", "ul", "div"]
    assert words(root[0][1]) == "Some bold."


def test_details_may_say_otherwise() -> None:
    assert "**x**" in rendered('<details markdown="0">\n\n**x**\n\n</details>').html
    assert rendered("<details open>\n<summary>a</summary>\n\n*b*\n\n</details>").html.count("<em>") == 1
    assert "<details>" in article("```html\n<details>\n```").text_content()


def test_details_that_are_not_closed_end_with_the_text() -> None:
    assert words(article("<details>\n<summary>a</summary>\n\nText.\n\n## Head")) in ("a Text. Head#", "a Text. ## Head")


def test_a_bar_in_code_in_a_table_has_no_backslash() -> None:
    root = article("| a |\n|---|\n| `P(a \\| b)` |\n")
    assert [words(code) for code in root.iter("code")] == ["P(a | b)"]


@pytest.mark.parametrize(
    "info", ["python:train.py", "text output", "python title=x", "json5 // c", "{code-cell} ipython3"]
)
def test_code_is_code_whatever_its_fence_says(info: str) -> None:
    root = article(f"```{info}\n# x\n- y\n```\n\nAfter.")
    assert root.xpath("string(.//pre)").strip() == "# x\n- y"
    assert not root.xpath(".//h2 | .//li")


def test_an_author_gives_an_image_its_width() -> None:
    image = "![a](../sketch/figures/error.png)"
    whole, half = (article(f"Text {image}{more}").find(".//img") for more in ("", "{ width=100 }"))
    assert half.get("width") == "100"
    assert int(half.get("height")) == round(int(whole.get("height")) * 100 / int(whole.get("width")))
    assert article(f"Text {image}{{ width=50% }}").find(".//img").get("width") == whole.get("width")
