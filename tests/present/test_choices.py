"""What lists can be asked: every answer leads to a page with exactly the entries that fit."""

import posixpath
from urllib.parse import unquote

import pytest
from lxml import html

from labfolio.facts.verdicts import VERDICTS
from labfolio.model.entry import KINDS
from labfolio.model.front_matter import PaperNote
from labfolio.model.section import PAPER as QUESTIONS
from labfolio.present.urls import ARRANGING, STATUSES, made_urls, tag_slug
from tests.site import build_files, entry, small_files

PILLARS = ("swe", "re", "ml", "ds")
FOLDERS = {
    "builds": "builds", "reproductions": "content/reproductions", "papers": "content/papers",
    "notebook": "content/notebook", "submissions": "content/submissions",
}  # fmt: skip
CLAIM = "\n  - {claim: a, locator: t, reported: 1, tolerance: 0.1, measured: {file: a.csv, value: v}}"
ANSWERS = "".join(f"## {one.heading}\n\nIt is as it is.\n\n" for one in QUESTIONS)
RUNS = {"good": "0,1\n1,1.01\n2,0.99\n", "bad": "0,2\n1,2.01\n2,1.99\n", "wide": "0,0.5\n1,1.5\n2,1\n"}


def reading(number: int) -> dict[str, str]:
    """What a paper note says of its reading."""
    paper = ("rahimi2007random", "mueller2020note", "")[number % 3]
    given = {"paper": paper, "read": ("skim", "full", "")[number % 3], "decision": ("watch", "", "skip")[number % 3]}
    return {name: value for name, value in given.items() if value}


def big_files() -> dict[str, bytes]:
    """Entries of every kind over statuses, pillars, topics, two years and, for reproductions, verdicts."""
    files = small_files()
    for kind, folder in FOLDERS.items():
        for number in range(9):
            given = {
                "title": f"{kind} {number}",
                "date": f"202{5 + number % 2}-0{3 + number % 5}-1{number}",
                "status": STATUSES[number % 4],
                "why": "because",
                "tags": ["[Alpha]", "[alpha, Beta Gamma]", "[]", "[C++, ALPHA]"][number % 4],
            }
            given |= {"pillar": PILLARS[number % 3]} if number % 3 else {}
            given |= reading(number) if kind == "papers" else {}
            files[f"{folder}/{kind[0]}{number}.md"] = entry(ANSWERS if number == 4 else "Text.", **given)
    for name, runs in RUNS.items():
        fields = {"title": name, "status": "shipped", "limitations": "one", "pillar": "swe", "claims": CLAIM}
        files[f"content/reproductions/{name}/index.md"] = entry(**fields)
        files[f"content/reproductions/{name}/a.csv"] = f"seed,v\n{runs}".encode()
    return files


RESULT = build_files(big_files())
EDITION = RESULT.edition
PAGES = {
    one.path.removesuffix("index.html"): html.document_fromstring(one.content.decode())
    for one in RESULT.outputs
    if one.path.split("/")[0] in FOLDERS or one.path.startswith("topics/")
    if one.path.endswith("index.html")
}
LISTS = [url for url, page in PAGES.items() if page.xpath("//div[contains(@class, 'listing')]")]


def rows(url: str) -> list[html.HtmlElement]:
    return PAGES[url].xpath("//li[@data-status] | //tr[@data-status]")


def ids(url: str) -> list[str]:
    return [row.get("id") for row in rows(url)]


def sheets(kind: str, **wanted: str) -> set[str]:
    """The ids of the entries that answer as wanted, from their front matter."""
    found = set()
    for one in EDITION.portfolio.entries:
        judged = EDITION.outcome(one) if one.status == "shipped" and kind == "reproductions" else None
        answers = {
            "pillar": {one.front.pillar}, "status": {one.status}, "year": {str(one.date.year)},
            "tag": {tag_slug(tag) for tag in one.front.tags}, "verdict": {judged},
        }  # fmt: skip
        if isinstance(one.front, PaperNote):
            state = "answered" if "as it is" in one.body else "open"
            answers |= {"depth": {one.front.read}, "decision": {one.front.decision}}
            answers |= {"questions": {state if one.status != "planned" else None}}
        if one.kind.section == kind and all(value in answers[name] for name, value in wanted.items()):
            found.add(EDITION.portfolio.id_of(one))
    return found


def answers_of(url: str) -> dict[str, str]:
    parts = url.strip("/").split("/")[1:]
    return {name: value for name, value in zip(parts[::2], parts[1::2], strict=True) if name not in ARRANGING}


def links(url: str) -> list[tuple[str, html.HtmlElement, str]]:
    """Each answer on a list: its question, its link, and where that leads."""
    return [
        (question.get("data-question"), link, lead(url, link.get("href")))
        for question in PAGES[url].xpath("//div[@data-question]")
        for link in question.iter("a")
    ]


def part_of(url: str, anchor: str) -> list[html.HtmlElement]:
    """The rows of a group."""
    return PAGES[url].xpath(f"//tbody[.//th[@id='{anchor}']]/tr[@data-status]")


def lead(url: str, href: str) -> str:
    path = posixpath.normpath(posixpath.join(url, unquote(href.partition("#")[0])))
    return "" if path == "." else f"{path}/"


def test_the_generated_site_asks_every_question() -> None:
    assert not [one.message for one in RESULT.diagnostics if one.level == "error"]
    asked = {name for name, _, _ in links("reproductions/")}
    assert asked == {"verdict", "pillar", "status", "tag", "year", "order"}
    assert all({name for name, _, _ in links(f"{kind}/")} >= {"pillar", "status", "tag"} for kind in FOLDERS)
    asked = {name for name, _, _ in links("papers/")}
    assert asked == {"pillar", "status", "depth", "questions", "decision", "tag", "year", "group", "order"}


@pytest.mark.parametrize("kind", FOLDERS)
def test_the_count_behind_each_answer_is_the_number_of_rows_that_it_leads_to(kind: str) -> None:
    for url in (one for one in LISTS if one.startswith(f"{kind}/")):
        for question, link, target in links(url):
            assert target in PAGES, (url, link.get("href"))
            count, value = link.findtext("span"), link.get("data-answer")
            if part := link.get("href").partition("#")[2]:
                assert (target, count) == (f"papers/group/{question}/", str(len(part_of(target, part))))
                continue
            assert count == (None if question in ARRANGING else str(len(rows(target)))), (url, target)
            assert not value or f"/{question}/{value}/" in f"/{target}", (url, target)


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_list_holds_exactly_the_entries_that_fit(kind: str) -> None:
    for url in (one for one in LISTS if one.startswith(f"{kind}/")):
        shown = ids(url)
        assert len(shown) == len(set(shown))
        assert set(shown) == sheets(kind, **answers_of(url)), url


def test_the_current_answer_is_marked_on_every_question() -> None:
    for url in (one for one in LISTS if one.split("/")[0] in FOLDERS):
        parts = url.strip("/").split("/")
        given = answers_of(url) | {name: parts[2] for name in ARRANGING if name in parts[1:2]}
        current: dict[str, list[str]] = {}
        for question, link, _ in links(url):
            current.setdefault(question, [])
            current[question] += [link.get("data-answer")] if link.get("aria-current") == "true" else []
        assert current == {question: [given.get(question, "")] for question in current}, url
        assert set(given) <= set(current)


def test_a_rare_topic_is_marked_on_its_own_page_too() -> None:
    files = small_files()
    for number in range(28):
        files[f"builds/n{number}.md"] = entry(tags=f"[common{number % 14}]")
    files["builds/rare.md"] = entry(tags="[Rare Thing]")
    outputs = {one.path: one.content.decode("utf-8", "replace") for one in build_files(files).outputs}
    page = html.document_fromstring(outputs["builds/tag/rare-thing/index.html"])
    assert page.xpath("//div[@data-question='tag']//a[@aria-current]/@data-answer") == ["rare-thing"]
    assert page.findtext(".//h1") == "Builds: Rare Thing"


@pytest.mark.parametrize("kind", FOLDERS)
def test_the_oldest_order_begins_with_the_oldest_of_each_group(kind: str) -> None:
    page, url = PAGES[f"{kind}/order/oldest/"], f"{kind}/order/oldest/"
    assert sorted(ids(url)) == sorted(ids(f"{kind}/"))
    groups = page.xpath("//*[contains(concat(' ', @class, ' '), ' group ')]")
    dates = [(group.get("data-dated"), group.xpath(".//time/@datetime")) for group in groups]
    for _, own in dates:
        assert own == sorted(own), url
    dated = [day for mark, own in dates if mark is not None for day in own]
    assert dated == sorted(dated)


def test_the_oldest_order_turns_every_dated_list_round() -> None:
    dated = "//*[@data-dated]//*[@data-status]/@id"
    assert PAGES["notebook/order/oldest/"].xpath(dated) == PAGES["notebook/"].xpath(dated)[::-1]


def test_pages_of_pillars_statuses_and_verdicts_exist_without_an_entry() -> None:
    files = {path: data for path, data in small_files().items() if not path.endswith(".md") or path.count("/") < 2}
    files = {path: data for path, data in files.items() if not path.startswith("builds/")}
    files["content/program.yml"] = files["content/program.yml"].replace(b"featured: [sketch, rate]", b"")
    files["content/about.md"] = b"# About\n"
    result = build_files(files)
    pages = {one.path: one.content.decode() for one in result.outputs if one.path.endswith(".html")}
    for kind in KINDS:
        for rest in (*(f"pillar/{one}" for one in PILLARS), *(f"status/{one}" for one in STATUSES), "order/oldest"):
            assert f"No {kind.noun} is here at present." in pages[f"{kind.section}/{rest}/index.html"]
        assert 'class="choices"' not in pages[f"{kind.section}/index.html"]
    for verdict in VERDICTS:
        assert f"reproductions/verdict/{verdict}/index.html" in pages
        assert all(f"reproductions/verdict/{verdict}/pillar/{one}/index.html" in pages for one in PILLARS)


def test_every_list_is_an_address_that_links_may_name() -> None:
    assert set(LISTS) <= made_urls(EDITION.portfolio)
    body = (
        "[a](../../builds/tag/alpha/) [b](../../reproductions/verdict/untested/pillar/ds/) [c](../../papers/year/2026/)"
    )
    result = build_files(big_files() | {"builds/x/index.md": entry(body)})
    assert not [one for one in result.diagnostics if one.rule == "dead-link"]


def test_tags_that_differ_in_case_share_one_page() -> None:
    shown = {row.get("data-tag") for row in rows("builds/tag/alpha/")}
    assert shown == {"alpha", "alpha beta-gamma", "alpha cplusplus"}
    assert [url for url in LISTS if url.lower().startswith("builds/tag/a")] == ["builds/tag/alpha/"]
    assert len(PAGES["topics/alpha/"].xpath("//li[@class='row'] | //td/..")) == len(sheets("builds", tag="alpha")) * 5


@pytest.mark.parametrize(
    ("tag", "slug"),
    [
        ("Alpha", "alpha"), ("Beta  Gamma", "beta-gamma"), ("C++", "cplusplus"), ("C#", "csharp"), ("a/b", "a-b"),
        ("../x", "x"), ("v1.2", "v1.2"), ("snake_case", "snake_case"),
    ],
)  # fmt: skip
def test_a_tag_in_an_address(tag: str, slug: str) -> None:
    assert tag_slug(tag) == slug


def test_two_topics_in_another_script_are_two() -> None:
    assert tag_slug("統計") != tag_slug("因果")


def test_a_row_says_what_its_entry_answers() -> None:
    known = {EDITION.portfolio.id_of(one): one for one in EDITION.portfolio.entries}
    for kind in FOLDERS:
        for row in rows(f"{kind}/"):
            own = known[row.get("id")]
            assert row.get("data-status") == own.status
            assert row.get("data-year") == str(own.date.year)
            assert row.get("data-pillar") == own.front.pillar
            assert (row.get("data-tag") or "").split() == sorted({tag_slug(tag) for tag in own.front.tags})
            shipped = own.status == "shipped" and kind == "reproductions"
            assert row.get("data-verdict") == (EDITION.outcome(own) if shipped else None)


def test_the_verdicts_of_the_generated_site_differ() -> None:
    verdicts = {row.get("data-verdict") for row in rows("reproductions/")}
    assert verdicts >= {"reproduced", "not-reproduced", "inconclusive", None}
    assert ids("reproductions/verdict/reproduced/pillar/swe/") == list(
        sheets("reproductions", verdict="reproduced", pillar="swe")
    )


def test_only_a_whole_list_can_be_filtered_in_place() -> None:
    whole = [url for url in LISTS if PAGES[url].xpath("//div[@data-whole]")]
    grouped = [f"papers/group/{one}/" for one in ("topic", "published", "venue")]
    assert sorted(whole) == sorted([*(f"{kind}/" for kind in FOLDERS), *grouped])


def test_a_narrowed_page_says_what_it_shows() -> None:
    page = PAGES["reproductions/verdict/not-reproduced/pillar/swe/"]
    assert page.findtext(".//h1") == "Reproductions: Not reproduced, Software engineering"
    fields = {dt.text_content().strip(): dt.getnext().text_content().strip() for dt in page.iter("dt")}
    assert fields["Here"] == "1 reproduction"
    assert fields["Verdict"] == "Not reproduced"
    assert fields["Pillar"] == "Software engineering"
    assert fields["Claims that held"] == "0 of 1"


def headings(url: str) -> dict[str, list[str]]:
    """The ids of the rows of a list of papers, by the heading that they stand under."""
    groups = PAGES[url].xpath("//tbody")
    return {
        group.find(".//th").text_content(): [row.get("id") for row in group.iter("tr") if row.get("id")]
        for group in groups
    }


def test_papers_are_grouped_by_topic_year_and_venue_and_each_stands_once() -> None:
    everything = sorted(ids("papers/"))
    queue = headings("papers/")["Reading queue"]
    for way in ("topic", "published", "venue"):
        found = headings(f"papers/group/{way}/")
        assert sorted(id for group in found.values() for id in group) == everything
        assert found["Reading queue"] == queue
    assert list(headings("papers/group/topic/")) == ["alpha", "C++", "kernels", "Reading queue"]
    assert list(headings("papers/group/published/")) == ["2020", "2007", "Without a year", "Reading queue"]
    assert list(headings("papers/group/venue/")) == ["NeurIPS", "Without a venue", "Reading queue"]
    link = PAGES["papers/group/topic/"].xpath("//th[@id='in-alpha']/a/@href")
    assert [lead("papers/group/topic/", one) for one in link] == ["topics/alpha/"]


def test_the_reading_queue_stands_in_its_authors_order() -> None:
    files = small_files()
    for slug, day, place in (("a", 9, ""), ("b", 2, ""), ("c", 5, "2"), ("d", 7, "1"), ("e", 9, "2")):
        given = {"title": slug, "date": f"2026-03-0{day}", "status": "planned", "why": f"For {slug}."}
        files[f"content/papers/{slug}.md"] = entry("", **given, **({"queue": place} if place else {}))
    outputs = {one.path: one.content for one in build_files(files).outputs}
    for url in ("papers/", "papers/order/oldest/", "papers/group/topic/", "papers/status/planned/"):
        page = html.document_fromstring(outputs[f"{url}index.html"].decode())
        rows = page.xpath("//tbody[@data-fixed]//th[@scope='row']")
        assert [row.findtext("a") for row in rows] == ["d", "c", "e", "b", "A note on Bloom filters", "a"], url
        assert rows[0].findtext("p") == "For d."
    planned = html.document_fromstring(outputs["papers/d/index.html"].decode())
    assert planned.xpath("string(//p[@class='why'])") == "Planned. For d."
    assert "Not answered yet" not in planned.text_content()


def test_a_row_of_papers_names_the_work_and_what_grew_out_of_it() -> None:
    row = PAGES["papers/"].xpath("//tr[@id='P001']")[0]
    assert row.findtext(".//small") == "Rahimi and Recht, NeurIPS"
    cells = [cell.text_content() for cell in row.iter("td")]
    assert cells == ["P001", "2007", " ML", "Read in full", "2 of 7", "Reproduce", cells[6], "2 Mar 2026"]
    assert row.xpath("td[7]/a/@href")[0].startswith("../")
