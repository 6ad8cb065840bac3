"""The page of the lineage: no label on another, every link drawn once, and a table that says the same."""

import json
import random
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import html

from labfolio.build import Result, build
from labfolio.facts.lineage_graph import LineageGraph, lineage_graph
from labfolio.model.entry import BUILD, KINDS, PAPER, Entry
from labfolio.model.scalars import STAGES
from labfolio.present.card.faces import Face, face
from labfolio.present.cards import leave_out
from labfolio.present.charts.layered import layered
from labfolio.present.charts.letters import label_width
from labfolio.present.lineage_drawing import BOX, sketch
from labfolio.schema.json_schema import json_schema
from tests.conftest import TODAY
from tests.facts.test_lineage import one, portfolio
from tests.site import build_files, entry, small_files, source_tree, theme
from tests.site import settings as site_settings
from tests.strategies import in_ci

PAGE = "lineage/index.html"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
Box = tuple[float, float, float, float]


@st.composite
def lineages(draw: st.DrawFn) -> LineageGraph:
    """The graph of up to 200 entries of all kinds and stages, each based on earlier ones at random."""
    count, joined = draw(st.integers(2, 200)), draw(st.floats(0, 1))
    chance = random.Random(draw(st.integers(0, 2**32)))
    entries: list[Entry] = []
    for number in range(count):
        before = entries[-draw_span(chance) :]
        bases = chance.sample(before, min(len(before), chance.randint(1, 4))) if chance.random() < joined else []
        entries.append(
            one(
                f"e{number}",
                chance.choice(KINDS),
                number,
                based_on=tuple(base.slug for base in bases),
                paper=tuple(chance.sample("abcdefgh", chance.randint(0, 1))),
                stage=chance.choice([None, None, None, *STAGES]),
            )
        )
    return lineage_graph(portfolio(entries))


def draw_span(chance: random.Random) -> int:
    """How far back an entry looks: most look at what was made lately."""
    return chance.choice((3, 10, 200))


def boxes_of(graph: LineageGraph) -> dict[str, Box]:
    drawn = sketch(graph.chains, graph.edges, graph.stages)
    return {path: (x, y, x + BOX[0], y + BOX[1]) for path, (x, y) in drawn.boxes.items()}


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@in_ci(60)
@given(lineages())
def test_no_box_is_on_another_and_none_leaves_the_drawing(graph: LineageGraph) -> None:
    drawn = sketch(graph.chains, graph.edges, graph.stages)
    boxes = boxes_of(graph)
    assert boxes.keys() == graph.entries.keys()
    for left, top, right, bottom in boxes.values():
        assert min(left, top) >= 0
        assert right <= drawn.width
        assert bottom <= drawn.height
    by_column: dict[float, list[Box]] = {}
    for path, box in boxes.items():
        by_column.setdefault(box[0], []).append(box)
        heads = {stage: x for stage, x, _ in drawn.heads}
        assert heads[graph.stages[path]] == box[0], "a box stands in the column of its stage"
    for column in by_column.values():
        assert all(upper[3] < lower[1] for upper, lower in pairwise(sorted(column, key=lambda box: box[1])))
    assert all(left + BOX[0] < right for left, right in pairwise(sorted(by_column)))
    for _, x, y in drawn.heads:
        assert all(apart((x, y - 14, x + 100, y + 4), box) for box in boxes.values())


@in_ci(60)
@given(lineages())
def test_every_edge_is_drawn_once_from_box_to_box_and_through_none(graph: LineageGraph) -> None:
    drawn = sketch(graph.chains, graph.edges, graph.stages)
    boxes = boxes_of(graph)
    assert len(drawn.paths) == len(set(drawn.paths)) == len(graph.edges)
    for edge, path in zip(graph.edges, drawn.paths, strict=True):
        points = walked(path)
        assert on_side(points[0], boxes[edge.source], 0), (path, boxes[edge.source])
        assert on_side(points[-1], boxes[edge.target], 1), (path, boxes[edge.target])
        assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in points)
        for (x, y), (to_x, to_y) in pairwise(points):
            line = (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
            for box in boxes.values():
                inner = (box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1)
                assert apart(line, inner), (path, box)


def on_side(point: tuple[float, float], box: Box, off: float) -> bool:
    return point[0] in (box[0] - off, box[2] + off) and box[1] < point[1] < box[3]


def walked(path: str) -> list[tuple[float, float]]:
    """The corners of a path; of a curve the ends, between which it stays in the space between two columns."""
    points: list[tuple[float, float]] = []
    for command, text in re.findall(r"([A-Z])([^A-Z]*)", path):
        numbers = [float(number) for number in NUMBER.findall(text)]
        if command == "H":
            points.append((numbers[0], points[-1][1]))
        elif command == "V":
            points.append((points[-1][0], numbers[0]))
        elif command == "C":
            low, high = sorted((points[-1][0], numbers[4]))
            assert all(low <= x <= high for x in numbers[0:4:2])
            points.append((numbers[4], numbers[5]))
        else:
            points.append((numbers[-2], numbers[-1]))
    return points


@in_ci(20)
@given(lineages())
def test_the_same_lineage_is_the_same_drawing(graph: LineageGraph) -> None:
    shuffled = list(graph.entries.values())
    random.Random(1).shuffle(shuffled)
    again = lineage_graph(portfolio(shuffled))
    assert sketch(again.chains, again.edges, again.stages) == sketch(graph.chains, graph.edges, graph.stages)


def test_a_chain_is_a_straight_line() -> None:
    found = layered([0, 1, 2, 3], [(0, 1), (1, 2), (2, 3)], 46, 12)
    assert len(set(found.nodes)) == 1


def test_crossings_that_need_not_be_are_none() -> None:
    found = layered([0, 0, 0, 1, 1, 1], [(0, 5), (1, 4), (2, 3)], 46, 12)
    order = sorted(range(3), key=lambda node: found.nodes[node])
    assert [found.nodes[5 - node] for node in order] == sorted(found.nodes[3:])


def test_an_edge_has_a_lane_in_each_column_that_it_passes() -> None:
    found = layered([0, 3, 1, 2], [(0, 1), (1, 0), (0, 2), (2, 3)], 46, 12)
    assert [len(found.lanes[number]) for number in range(4)] == [2, 2, 0, 0]


def test_very_many_edges_within_a_stage_do_not_widen_the_drawing_without_end() -> None:
    rays = [one(f"e{number}", day=1, based_on=("hub",), stage="extending") for number in range(400)]
    graph = lineage_graph(portfolio([one("hub", stage="extending"), *rays]))
    assert sketch(graph.chains, graph.edges, graph.stages).width < 1500


# What is printed in a box, set in the faces that pages have.


def faces() -> dict[str, Face]:
    def of(name: str, weight: int) -> Face:
        return face((theme().assets[f"assets/fonts/{name}-latin-{weight}-normal.woff2"],), weight)

    label = "ibm-plex-sans-condensed"
    return {"label": of(label, 400), "bold": of(label, 600), "mono": of("ibm-plex-mono", 400)}


def test_widths_are_those_of_the_face() -> None:
    known = "".join(map(chr, range(32, 127))) + "äöüßéèñçøåÄÖÜÉ–—‘’“”…·"
    for letter in known:
        assert label_width(letter, 1000) == pytest.approx(faces()["label"].width(letter, 1000), abs=1), letter
    for words in ("Not reproduced", "Draft: not published", "Camera ready", "Wwmm %@ MM", "Appears on 2027-01-01"):
        assert label_width(words, 13, bold=True) >= faces()["bold"].width(words, 13), words


def wide_names() -> dict[str, bytes]:
    """Entries whose titles are long, wide, foreign or unbroken, each based on the one before."""
    titles = [
        "W" * 90, "mmmm " * 20, "i" * 200, "A title of two words or so", "知識蒸留" * 20, "Ünïcödé " * 12,
        "x" * 33 + " y", "@%@% " * 20, "\U0001f600 " * 9, "&lt;b&gt; <b> \u202e evil " * 3,
    ]  # fmt: skip
    return {
        f"builds/w{number}.md": entry(
            title=json.dumps(title, ensure_ascii=False),
            date=f"{date(2026, 3, 1) + timedelta(days=number)}",
            based_on=f"[w{number - 1}]" if number else "[]",
            status="abandoned" if number % 3 else "shipped",
            why="No gain.",
        )
        for number, title in enumerate(titles)
    }


def page_of(files: dict[str, bytes]) -> html.HtmlElement:
    result = build_files(small_files() | files)
    assert result.outputs, [one.message for one in result.diagnostics]
    return tree_of(result)


def tree_of(result: Result) -> html.HtmlElement:
    return html.document_fromstring(next(one.content for one in result.outputs if one.path == PAGE).decode())


def test_every_word_stays_in_its_box() -> None:
    page = page_of(wide_names())
    links = page.xpath("//svg[@class='lineage-drawing']//a")
    assert len(links) >= 12
    for link in links:
        (rect,) = link.xpath("./rect")
        width, sheet = float(rect.get("width")), link.xpath("./text[@class='lineage-id']")[0]
        sheet_end = float(sheet.get("x")) + faces()["mono"].width(sheet.text, 13)
        (title,) = link.xpath("./text[@class='lineage-title']")
        lacking = sum(not faces()["label"].has(letter) for letter in title.text)
        # Letters of another face are at most as wide as they are high.
        known = "".join(letter for letter in title.text if faces()["label"].has(letter))
        assert float(title.get("x")) + faces()["label"].width(known, 14) + 14 * lacking * 0.85 <= width, title.text
        for group in link.xpath("./g"):
            (word,) = group.xpath("./text")
            begins = float(NUMBER.findall(group.get("transform"))[0])
            assert sheet_end < begins
            assert begins + float(word.get("x")) + faces()["bold"].width(word.text, 13) <= width
        for word in link.xpath("./text[not(@class)]"):
            assert sheet_end < float(word.get("x"))
            assert float(word.get("x")) + faces()["label"].width(word.text, 13) <= width


def test_a_cut_title_is_told_whole() -> None:
    title = "HyperLogLog's error constant holds once every register has seen enough items"
    page = page_of({"builds/x.md": entry(title=json.dumps(title), based_on="[rate]")})
    (link,) = page.xpath("//svg//a[@href='../builds/x/']")
    shown = link.xpath("string(./text[@class='lineage-title'])")
    assert shown.endswith("\u2026")
    assert title.startswith(shown[:-1])
    assert link.xpath("string(./title)") == f"B02 {title}"


ABANDONED = {
    "builds/x.md": entry(title="Another", date="2026-06-01", based_on="[sketch]", status="abandoned", why="No gain.")
}


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_drawing_and_the_table_say_the_same() -> None:
    page = page_of(ABANDONED)
    rows = {
        row.get("id"): [words(cell) for cell in row] for row in page.xpath("//table[@class='lineage-table']/tbody/tr")
    }
    assert rows["R01"] == ["R01", "The error falls as promised Partly", "Implementing", "P001", "B01"]
    assert rows["B01"] == ["B01", "A mergeable sketch Shipped", "Optimizing", "P002 R01", "B03"]
    assert rows["B03"] == ["B03", "Another Abandoned", "Extending", "B01", ""]
    links = page.xpath("//svg[@class='lineage-drawing']//a")
    assert {words(link.find("text")): link.get("href") for link in links} == {
        row[0]: cell.get("href")
        for row, cell in zip(rows.values(), page.xpath("//table//th[@scope='row']/a"), strict=True)
    }
    drawn = page.xpath("//svg//g[starts-with(@class, 'lineage-edges')]/path")
    assert len(drawn) == sum(len(row[4].split()) for row in rows.values()) == 4
    assert len(page.xpath("//svg//g[contains(@class, 'lineage-papers')]/path")) == 2
    anchors = page.xpath("//table[@class='lineage-table']//td/a/@href")
    assert {anchor[1:] for anchor in anchors} <= rows.keys()


def test_the_drawing_has_a_name_and_a_description() -> None:
    page = page_of({})
    (drawing,) = page.xpath("//svg[@class='lineage-drawing']")
    assert (drawing.get("role"), drawing.get("aria-labelledby"), drawing.get("aria-describedby")) == (
        "group", "drawing-t", "drawing-d",
    )  # fmt: skip
    assert page.xpath("string(//*[@id='drawing-t'])") == "The lineage as a drawing"
    assert page.xpath("string(//*[@id='drawing-d'])").startswith(
        "4 entries in 1 chain, 2 at reading, 1 at implementing and 1 at optimizing."
    )


def test_abandoned_work_is_drawn_as_shipped_work_is() -> None:
    page = page_of(ABANDONED)
    shapes = {
        words(link.find("text")): (
            [(one.tag, one.get("class")) for one in link if one.tag != "g"],
            link.xpath("string(./g/text)"),
        )
        for link in page.xpath("//svg[@class='lineage-drawing']//a")
    }
    assert shapes["B01"][1] == "Shipped"
    assert shapes["B03"][1] == "Abandoned"
    assert shapes["B01"][0] == shapes["B03"][0]


def test_a_portfolio_without_a_link_says_what_would_be_here() -> None:
    for files in ({}, {"builds/x.md": entry()}, {"content/papers/x.md": entry()}):
        result = build_files(files)
        page = tree_of(result)
        assert not page.xpath("//svg[@class='lineage-drawing'] | //table")
        assert words(page.xpath("//p[@class='empty']")[0]).startswith("No entry grew out of another yet.")
        for other in result.outputs:
            if other.path.endswith(".html") and other.path != PAGE:
                assert b'lineage/"' not in other.content, "nothing leads to an empty page"


def test_the_page_is_reached_from_home_and_progress() -> None:
    result = build_files(small_files())
    pages = {one.path: one.content for one in result.outputs}
    assert b'href="./lineage/"' in pages["index.html"] or b'href="lineage/"' in pages["index.html"]
    assert b'href="../lineage/"' in pages["progress/index.html"]
    assert b"<loc>https://ada.example/lineage/</loc>" in pages["sitemap.xml"]


def data_of(result: Result) -> Any:
    return json.loads(next(one.content for one in result.outputs if one.path == "lineage.json"))


def test_the_data_are_the_graph() -> None:
    data = data_of(build_files(small_files() | {"builds/x.md": entry(title="Alone", stage="extending")}))
    Draft202012Validator(json.loads(json_schema("lineage"))).validate(data)
    nodes = {node["id"]: node for node in data["nodes"]}
    assert {(node["stage"], node["stated"], node["chain"]) for node in nodes.values() if node["title"] == "Alone"} == {
        ("extending", True, None)
    }
    assert (nodes["R01"]["stage"], nodes["R01"]["stated"], nodes["R01"]["chain"]) == ("implementing", False, 1)
    assert {(edge["source"], edge["target"], edge["reason"]) for edge in data["edges"]} == {
        ("P001", "R01", "paper"), ("R01", "B01", "based_on"), ("P002", "B01", "paper"),
    }  # fmt: skip


def test_drafts_are_in_a_preview_alone_and_marked() -> None:
    files = small_files() | {
        "builds/hidden.md": entry(title="Hidden", draft="yes", based_on="[sketch]"),
        "builds/later.md": entry(title="Later", date="2026-12-24", based_on="[hidden]"),
    }
    plain = build_files(files)
    assert tree_of(plain).text_content() == tree_of(build_files(small_files())).text_content()
    assert data_of(plain) == data_of(build_files(small_files()))
    preview = build(source_tree(files), site_settings(), theme(), TODAY, leave_out, preview=True)
    page = tree_of(preview)
    marked = {words(link.find("text[@class='lineage-title']")): words(link) for link in page.xpath("//svg//a")}
    assert "Draft" in marked["Hidden"]
    assert "Appears on 2026-12-24" in marked["Later"]
    rows = [words(row) for row in page.xpath("//table//th[@scope='row']")]
    assert "Hidden Draft: not published" in rows
    assert data_of(preview) == data_of(plain)
    fields = "//dl[@class='fields']"
    assert words(page.xpath(fields)[0]) == words(tree_of(plain).xpath(fields)[0]), "nothing of them counts"


def test_kinds_of_entries_without_a_mark_say_their_kind() -> None:
    page = page_of({"content/notebook/x.md": entry(title="A post", based_on="[sketch]")})
    said = {words(link.find("text")): words(link) for link in page.xpath("//svg[@class='lineage-drawing']//a")}
    assert "Notebook post" in said["N01"]
    assert f"{PAPER.noun.capitalize()}" in said["P001"]
    assert BUILD.noun.capitalize() not in said["B01"]


def test_200_entries_are_a_page_of_less_than_200_kilobytes() -> None:
    chance = random.Random(7)
    files: dict[str, bytes] = {}
    for number in range(200):
        folder = chance.choice(("builds", "builds", "content/notebook"))
        bases = sorted({f"e{chance.randrange(max(0, number - 30), number)}" for _ in range(2)}) if number else []
        files[f"{folder}/e{number}.md"] = entry(
            title=f"A title of the usual length that says what came of number {number}",
            date=f"{date(2026, 1, 1) + timedelta(days=number)}",
            based_on=f"[{', '.join(bases)}]",
        )
    result = build_files(files)
    assert len(result.edition.lineage.entries) == 200
    (page,) = [one.content for one in result.outputs if one.path == PAGE]
    assert len(page) < 200_000
