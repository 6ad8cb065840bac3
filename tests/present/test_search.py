"""What a reader's search is given: the list of entries, and the facts that an index of every word filters by."""

import json
import re

import pytest
from lxml import html

from tests.site import build_files, entry, small_files

RESULT = build_files(small_files())
OUTPUTS = {one.path: one.content for one in RESULT.outputs}


def listed(outputs: dict[str, bytes] = OUTPUTS) -> dict[str, dict[str, object]]:
    """The rows by URL."""
    data = json.loads(outputs["search-list.json"])
    assert data["version"] == 1
    assert len({row["url"] for row in data["pages"]}) == len(data["pages"])
    return {row["url"]: row for row in data["pages"]}


def facts(page: bytes) -> tuple[dict[str, str], list[str]]:
    """What Pagefind reads from a page's attributes: what a result shows, and the words that it is narrowed by."""
    (body,) = html.document_fromstring(page.decode()).xpath("//*[@data-pagefind-body]")

    def read(attribute: str) -> dict[str, str]:
        pairs = [one.strip().rstrip("]").split("[") for one in body.get(attribute).split(",")]
        return {name: body.get(source) for name, source in pairs}

    (words,) = body.xpath(".//*[@data-pagefind-index-attrs='data-facts']/@data-facts")
    return read("data-pagefind-meta"), words.split()


def _as_hex(sign: re.Match[str]) -> str:
    return f"{ord(sign[0]):x}"


def test_every_entry_and_every_page_of_the_authors_own_is_listed() -> None:
    portfolio = RESULT.edition.portfolio
    own = {one.url for one in portfolio.entries} | {one.url for one in portfolio.free_pages}
    assert set(listed()) == own
    assert b"CANARYDRAFT" not in OUTPUTS["search-list.json"]
    assert b"CANARYFUTURE" not in OUTPUTS["search-list.json"]


def test_a_row_says_what_its_page_says() -> None:
    assert listed()["builds/sketch/"] == {
        "url": "builds/sketch/", "sheet": "B01", "kind": "Builds", "title": "A mergeable sketch",
        "result": "Counts distinct items in a kilobyte.", "mark": "Shipped", "pillar": "Software engineering",
        "year": "2026", "tags": ["sketches"],
    }  # fmt: skip
    assert listed()["reproductions/rate/"]["mark"] == "Partly"
    assert listed()["notebook/first/"]["mark"] == listed()["notebook/first/"]["pillar"] == ""


def test_a_page_of_the_authors_own_is_listed_with_its_description() -> None:
    assert listed()["contract/"] == {
        "url": "contract/", "kind": "Pages", "title": "The contract", "result": "What is promised.",
    }  # fmt: skip
    assert listed()["about/"]["result"].startswith("Ada measures.")


def test_the_filters_are_the_values_of_the_list_sorted() -> None:
    rows = listed().values()
    given = json.loads(OUTPUTS["search-filters.json"])
    assert given["version"] == 1
    assert given["number"] == len(rows)
    named = {"kind": "kind", "pillar": "pillar", "verdict": "mark", "year": "year"}
    assert given["filters"] == {
        name: sorted({row[field] for row in rows if row.get(field)}) for name, field in named.items()
    }
    assert {"Builds", "Pages"} <= set(given["filters"]["kind"])
    assert "" not in given["filters"]["verdict"]


def test_filters_name_only_what_there_is() -> None:
    program = small_files()["content/program.yml"].partition(b"featured:")[0]
    files = {"content/program.yml": program, "content/notebook/x.md": entry()}
    outputs = {one.path: one.content for one in build_files(files).outputs}
    assert json.loads(outputs["search-filters.json"]) == {
        "version": 1, "number": 1, "filters": {"kind": ["Notebook"], "pillar": [], "verdict": [], "year": ["2026"]},
    }  # fmt: skip


def test_the_list_is_utf_8_and_the_same_on_every_run() -> None:
    files = small_files() | {"builds/x.md": entry(title="Größe </script> \N{GREEK SMALL LETTER MU}")}
    first, second = (
        next(one.content for one in build_files(given).outputs if one.path == "search-list.json")
        for given in (files, dict(reversed(files.items())))
    )
    assert first == second
    assert listed({"search-list.json": first})["builds/x/"]["title"] == "Größe </script> μ"


def test_the_index_is_told_what_the_list_says() -> None:
    for url, row in listed().items():
        if row["kind"] == "Pages":
            continue
        meta, narrowed = facts(OUTPUTS[f"{url}index.html"])
        shown = {"kind": row["kind"], "sheet": row["sheet"], "mark": row["mark"]}
        asked = {"kind": row["kind"], "verdict": row["mark"], "pillar": row["pillar"], "year": row["year"]}
        assert meta == {name: value for name, value in shown.items() if value}
        plain = {
            name: re.sub("[^a-z0-9]", lambda sign: f"{ord(sign[0]):x}", value.lower()) for name, value in asked.items()
        }
        assert narrowed == [f"x{name}{value}z" for name, value in plain.items() if value]


@pytest.mark.parametrize("path", ["index.html", "builds/index.html", "builds/status/shipped/index.html", "404.html"])
def test_lists_are_not_searched(path: str) -> None:
    assert b"data-pagefind-body" not in OUTPUTS[path]


def test_a_name_with_quotes_is_one_attribute() -> None:
    files = small_files()
    files["content/program.yml"] = files["content/program.yml"].replace(
        b"name: Software engineering", b"name: 'Soft\" onclick=\"x, [y]'"
    )
    outputs = {one.path: one.content for one in build_files(files).outputs}
    _, narrowed = facts(outputs["builds/sketch/index.html"])
    assert "xpillarsoft2220onclick3d22x2c205by5dz" in narrowed
    assert listed(outputs)["builds/sketch/"]["pillar"] == 'Soft" onclick="x, [y]'


def test_every_page_names_where_search_finds_its_answers() -> None:
    for path in ("index.html", "builds/sketch/index.html", "404.html"):
        (button,) = html.document_fromstring(OUTPUTS[path].decode()).xpath("//button[@class='search-open']")
        assert button.get("data-index") == "list"
        script = button.get("data-script").partition("?")[0]
        assert script in OUTPUTS
    assert button.get("data-root") == "/"
