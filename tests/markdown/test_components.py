"""Footnotes, task lists, annotated code, icons, mathematics, tables and headings, as they stand without a script."""

import pytest
from lxml import html

from labfolio.markdown.article import Article, render
from labfolio.markdown.links import LinkTable
from labfolio.model.site import Settings
from labfolio.parse.settings import read_settings
from tests.conftest import SMALL
from tests.site import build_files, entry, settings, small_files

PATH = "builds/x/index.md"
FIGURE = "builds/sketch/figures/error.png"
MATERIAL = """
markdown_extensions:
  - attr_list
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.highlight: {anchor_linenums: true, line_spans: __span, pygments_lang_class: true}
  - pymdownx.tasklist: {custom_checkbox: true}
"""
PLAIN = settings()
WITH_MATERIAL = read_settings("mkdocs.yml", (SMALL / "mkdocs.yml").read_text() + MATERIAL, {})[0]
TABLE = LinkTable(
    pages={}, urls=frozenset(), hidden=frozenset(), files=frozenset({FIGURE}), docs_dir="content",
    read=small_files().__getitem__,
)  # fmt: skip


def rendered(body: str, given: Settings = PLAIN) -> Article:
    return render(
        body,
        source=PATH,
        url="builds/x/",
        text=body,
        body_line=1,
        settings=given,
        table=TABLE,
        entry=True,
        values={},
        macros={},
    )


def article(body: str, given: Settings = PLAIN) -> html.HtmlElement:
    return html.fragment_fromstring(rendered(body, given).html, create_parent="div")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def blocks(body: str) -> list[str]:
    return [words(child) for child in article(body)]


def notes(root: html.HtmlElement) -> list[html.HtmlElement]:
    return root.xpath(".//div[@class='margin-note']")


NOTE = "\n\nEnd.\n\n[^a]: Alpha.\n"


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ("Text.[^a] More.", "Text.1 More."),
        ("- One.[^a]\n- Two.", "One.1 Two."),
        ("| a | b |\n|---|---|\n| x[^a] | y |", "a b x1 y"),
        ("!!! note\n    Text.[^a]", "Note Text.1"),
        ("> Text.[^a]", "Text.1"),
        ("Term\n:   Text.[^a]", "Term Text.1"),
        ("??? note\n    Text.[^a]", "Note Text.1"),
    ],
)
def test_a_note_stands_after_the_block_that_refers_to_it(block: str, shown: str) -> None:
    assert blocks(block + NOTE) == [shown, "1 Alpha.", "End."]


def test_a_note_after_a_heading_leaves_the_heading_whole() -> None:
    root = article("## Head[^a]\n\nText.\n\n[^a]: Alpha.")
    assert [child.tag for child in root] == ["h2", "div", "p"]
    assert words(root[1]) == "1 Alpha."


def test_a_notes_number_leads_back_and_the_reference_leads_to_it() -> None:
    root = article("Text.[^a]\n\nMore.[^b]\n\n[^a]: Alpha.\n[^b]: *Beta*.")
    for number, note in enumerate(notes(root), start=1):
        back = note.find(".//a")
        assert back is note.find("p")[0]
        assert back.text == note.get("aria-label").removeprefix("Note ") == str(number)
        assert back.get("aria-label") == f"Back to the text of note {number}"
        assert root.xpath(f"//*[@id='{back.get('href')[1:]}']/a/@href") == [f"#{note.get('id')}"]
    assert [note.get("role") for note in notes(root)] == ["note", "note"]
    assert not root.xpath(".//*[@class='footnote'] | .//a[@class='footnote-backref']")


def test_several_notes_of_a_block_stand_in_order() -> None:
    given = "Text.[^a] More.[^b]\n\nEnd.[^c]\n\n[^c]: Gamma.\n\n[^a]: Alpha.\n\n[^b]: Beta."
    shown = [note.find("p").text_content().split()[-1] for note in notes(article(given))]
    assert shown == ["Alpha.", "Beta.", "Gamma."]


def test_notes_are_numbered_in_the_order_of_the_text() -> None:
    root = article("Text.[^late] More.[^first]\n\n[^first]: Beta.\n[^late]: Alpha.")
    assert [words(note) for note in notes(root)] == ["1 Alpha.", "2 Beta."]


def test_a_note_referred_to_twice_stands_once_after_the_first() -> None:
    root = article("One.[^a] Two.[^a]\n\nAgain.[^a]\n\n[^a]: Alpha.")
    assert [words(child) for child in root] == ["One.1 Two.1", "1 Alpha.", "Again.1"]
    assert root.xpath(".//div[@class='margin-note']//a/@href") == ["#fnref:a"]
    assert sorted(root.xpath(".//sup/@id")) == ["fnref2:a", "fnref3:a", "fnref:a"]


def test_a_footnote_of_a_footnote_keeps_its_number() -> None:
    root = article("Text.[^a]\n\n[^a]: Alpha.[^b]\n[^b]: Beta.")
    number = root.xpath("string(.//a[@href='#fn:b'])")
    target = root.xpath("//*[@id='fn:b']")[0]
    assert "Beta." in words(target)
    counted = str(target.getparent().index(target) + 1)
    shown = words(target).split()[0] if target.tag == "div" else target.get("value", counted)
    assert (number, shown) == ("2", "2")


def test_a_footnote_of_text_and_of_a_footnote_is_a_note_where_the_text_says_so() -> None:
    root = article("Text.[^b]\n\nMore.[^a]\n\n[^a]: Alpha.[^b]\n[^b]: Beta.")
    assert [child.get("id") for child in root] == [None, "fn:b", None, "fn:a"]


def test_a_footnote_that_nothing_refers_to_stays_at_the_end() -> None:
    first, *_, last = blocks("Text.\n\nEnd.\n\n[^a]: Alpha.")
    assert first == "Text."
    assert last.startswith("Alpha.")


@pytest.mark.parametrize(
    "body",
    [
        "Text.\n\n[^a]: Alpha.",
        "Text.[^a]\n\n[^a]: Alpha.[^b]\n[^b]: Beta.",
        "One.[^a] Two.[^a]\n\n[^a]: Alpha.\n[^b]: Beta.",
        "## A\n\nText.[^1]\n\n## A\n\n- [x] b\n\n[^1]: C.",
    ],
)
def test_every_id_is_given_once_and_every_link_within_the_page_leads_somewhere(body: str) -> None:
    root = article(body)
    ids = root.xpath(".//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath(".//a/@href") if href.startswith("#")} <= set(ids)


def test_a_note_of_several_paragraphs_is_kept_whole() -> None:
    note = notes(article("Text.[^a]\n\n[^a]: One.\n\n    Two.\n\n        code\n\n    Three."))[0]
    assert [child.tag for child in note] == ["p", "p", "div", "p"]
    assert words(note) == "1 One. Two. code Three."


def test_a_note_that_ends_in_a_list_has_no_empty_paragraph() -> None:
    note = notes(article("Text.[^a]\n\n[^a]: One.\n\n    - x"))[0]
    assert [child.tag for child in note] == ["p", "ul"]


def test_a_note_that_begins_with_a_list_has_its_number_first() -> None:
    note = notes(article("Text.[^a]\n\n[^a]:\n\n    - x\n    - y"))[0]
    assert words(note) == "1 x y"


def test_a_feed_item_keeps_the_text_of_notes_and_no_anchor() -> None:
    files = small_files() | {PATH: entry("Text.[^a]\n\n[^a]: Alpha **bold**.", status="shipped", date="2026-06-01")}
    feed = next(one.content.decode() for one in build_files(files).outputs if one.path == "feed.xml")
    assert "Alpha &lt;strong&gt;bold&lt;/strong&gt;." in feed or "Alpha <strong>bold</strong>." in feed
    assert "fnref" not in feed


def test_the_first_paragraph_has_no_number_of_a_note() -> None:
    assert rendered("Text.[^a] More.\n\n[^a]: Alpha.").first_paragraph == "Text. More."


@pytest.mark.parametrize("given", [PLAIN, WITH_MATERIAL], ids=["plain", "material"])
@pytest.mark.parametrize(
    "body",
    ["- [x] done\n- [ ] open", "- [x] done\n\n- [ ] open", "- [X] done\n    - [ ] open", "1. [x] done\n2. [ ] open"],
)
def test_a_task_box_has_a_name_and_is_no_input(body: str, given: Settings) -> None:
    root = article(body, given)
    boxes = root.xpath(".//li[@class='task-list-item']//span[@role='img']")
    assert [(box.get("class"), box.get("aria-label")) for box in boxes] == [("task done", "Done"), ("task", "Not done")]
    assert not root.xpath(".//input | .//label")
    assert words(root) == "done open"


def test_a_task_box_in_code_stays_text() -> None:
    root = article('```\n- [x] a\n<li class="task-list-item"><input type="checkbox" checked>\n```')
    assert '- [x] a <li class="task-list-item"><input type="checkbox" checked>' in words(root)
    assert not root.xpath(".//span[@role='img']")


@pytest.mark.parametrize("given", [PLAIN, WITH_MATERIAL], ids=["plain", "material"])
@pytest.mark.parametrize(
    ("language", "code", "shown"),
    [
        ("python", "x = 1  # (1)!\ny = f(3)  # text (2)\nz = 3  # none", "x = 1 1 y = f(3) # text 2 z = 3 # none"),
        ("python", "x = 1  # (1)\ny = 2  # (2)!", "x = 1 1 y = 2 2"),
        ("javascript", "x = 1 // (1)!\n/* (2) */", "x = 1 1 2"),
        ("html", "<b>x</b> <!-- (1) -->\n<i>y</i> <!-- (2)! -->", "<b>x</b> 1 <i>y</i> 2"),
        ("yaml", "a: 1 # (1)!\nb: (3) # see (2)", "a: 1 1 b: (3) # see 2"),
    ],
)
def test_annotations_are_marks_and_the_list_their_notes(language: str, code: str, shown: str, given: Settings) -> None:
    root = article(f"``` {{.{language} .annotate}}\n{code}\n```\n\n1. One.\n2. Two.", given)
    assert words(root.find(".//code")) == shown
    assert [mark.text for mark in root.xpath(".//b[@class='annotation']")] == ["1", "2"]
    assert root.xpath(".//ol/@class") == ["annotations"]


def test_annotations_in_code_with_a_title_and_numbered_lines() -> None:
    root = article('``` {.python .annotate title="a.py" linenums="1"}\nx = 1  # (1)!\n```\n\n1. One.')
    assert [mark.text for mark in root.xpath(".//b[@class='annotation']")] == ["1"]
    assert root.xpath(".//ol/@class") == ["annotations"]


def test_code_that_is_not_annotated_keeps_its_numbers() -> None:
    root = article("``` python\nx = 1  # (1)!\n```\n\n1. One.")
    assert "# (1)!" in words(root)
    assert not root.xpath(".//ol/@class")


def test_an_icon_of_material_is_a_drawing_and_an_emoji_a_letter() -> None:
    root = article(":material-account: a :smile: b :fontawesome-brands-github:{ .big }", WITH_MATERIAL)
    assert root.xpath(".//svg/@viewbox | .//svg/@viewBox") == ["0 0 24 24", "0 0 512 512"]
    assert all(path.get("d") for path in root.xpath(".//svg/path"))
    assert words(root) == "a \N{SMILING FACE WITH OPEN MOUTH AND SMILING EYES} b"
    assert not root.xpath(".//img")


def test_an_emoji_is_no_fault_of_the_author() -> None:
    assert rendered("a :smile: b", WITH_MATERIAL).diagnostics == ()


MATHS = """<math display="block" href="https://example.org/"><mfrac><mi href="#x">a</mi><mn>2</mn></mfrac>
<msqrt><mi mathvariant="normal" onclick="x">b</mi></msqrt><mglyph src="https://example.org/x.png"/>
<semantics><mi>x</mi><annotation-xml encoding="text/html"><img src="x"></annotation-xml></semantics></math>"""


def test_mathematics_is_kept_without_what_loads_or_leads_away() -> None:
    root = article(MATHS)
    assert [one.tag for one in root.find(".//math").iter()] == [
        "math", "mfrac", "mi", "mn", "msqrt", "mi", "semantics", "mi",
    ]  # fmt: skip
    assert root.find(".//math").attrib == {"display": "block"}
    assert root.xpath(".//mi/@mathvariant") == ["normal"]
    assert not root.xpath(".//math//@href | .//math//@src | .//@onclick")


def test_the_source_of_a_formula_is_not_printed_beside_it() -> None:
    given = '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\xi_0</annotation></semantics></math>'
    assert words(article(given)) == "x"


def test_the_side_of_a_column_is_a_class() -> None:
    root = article("| a | b | c | d |\n|:--|--:|:-:|---|\n| x | 1 | y | z |")
    for tag in ("th", "td"):
        assert [cell.get("class") for cell in root.iter(tag)] == [None, "num", "middle", None]
    assert not root.xpath(".//@style | .//@align")


@pytest.mark.parametrize(
    "text",
    ["Main", "S claims", "s-rerun", "Claim merge", "Record 1", "Exhibit a", "Chart x", "Search me", "Day 3", "Ask tag"],
)
def test_a_heading_takes_no_id_of_the_frame(text: str) -> None:
    root = article(f"## {text}\n\n## {text}\n\n### Mainly")
    expected = "h-" + text.lower().replace(" ", "-")
    assert root.xpath(".//h2/@id") == [expected, f"{expected}_1"]
    assert root.xpath(".//h2/a/@href") == [f"#{expected}", f"#{expected}_1"]
    assert root.xpath(".//h3/@id") == ["mainly"]


TAKEN = ['<p id="main">x</p>', '<a id="claim-merge">x</a>', "text {: #s-claims }", "## X {#main}", "## X {#day-1}"]


@pytest.mark.parametrize("body", TAKEN)
def test_no_markup_takes_an_id_of_the_frame(body: str) -> None:
    assert not article(body).xpath(".//@id")


def test_every_id_of_a_page_is_given_once() -> None:
    files = small_files() | {PATH: entry("\n\n".join([*TAKEN, "## Main", "## S claims", "A.[^1]", "[^1]: B."]))}
    page = next(one.content.decode() for one in build_files(files).outputs if one.path == "builds/x/index.html")
    ids = html.document_fromstring(page).xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("image", ["<img>", '<img alt="x">', '<img src="">', '<img src="none.png" alt="a > b">'])
def test_an_image_without_a_source_leaves_nothing(image: str) -> None:
    root = article(f"Before {image} after.")
    assert not root.xpath(".//img")
    assert words(root) == "Before after."


def test_an_alternative_text_with_a_bracket_does_not_lose_the_image() -> None:
    root = article('<img alt="a > b" src="../sketch/figures/error.png"> and ![c > d](../sketch/figures/error.png)')
    assert root.xpath(".//img/@alt") == ["a > b", "c > d"]
