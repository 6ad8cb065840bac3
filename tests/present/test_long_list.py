"""Lists too long for a page: with room for few rows a small site is as a large one."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

from labfolio.build import Result
from labfolio.model.entry import KINDS, Kind
from labfolio.present import calendar_parts
from labfolio.present.families import families_of
from labfolio.present.urls import made_urls
from tests.present.test_choices import CLAIM, FOLDERS, RUNS
from tests.site import LEDGER_PATH, build_files, entry, published_files, small_files

ROOM = 4


def files() -> dict[str, bytes]:
    """Twelve entries of every kind over two years; five papers of one day, and three works that grew out of papers."""
    made = small_files()
    for section, folder in FOLDERS.items():
        for number in range(12):
            day = f"202{5 + number % 2}-0{1 + number % 3}-1{number % 5}" if number < 7 else "2026-03-03"
            given = {"title": f"{section} {number}", "date": day, "tags": "[probes, sketches]", "pillar": "re"}
            if section in ("builds", "reproductions"):
                given |= {"status": "shipped", "limitations": "One machine.", "claims": CLAIM}
            if section == "papers":
                given |= {"status": "planned", "why": "For later."} if number % 4 == 3 else {"read": "skim"}
            if section == "builds" and number:
                given |= {"based_on": f"[builds-x{number - 1}]"}
            if section == "notebook":
                given.pop("pillar")
            if section == "submissions":
                given |= {"venue": "A Workshop", "events": f"[{{event: submitted, date: {day}}}]"}
            slug = f"{section}-x{number}"
            path = f"{folder}/{slug}/index.md" if section in ("builds", "reproductions") else f"{folder}/{slug}.md"
            made[path] = entry("What was done.", **given)
            if section in ("builds", "reproductions"):
                made[f"{folder}/{slug}/a.csv"] = f"seed,v\n{RUNS[('good', 'bad', 'wide')[number % 3]]}".encode()
    return made


@pytest.fixture(scope="module")
def whole() -> Result:
    """The site with room for all rows."""
    return built(files())


@pytest.fixture(scope="module")
def short() -> Iterator[Result]:
    """The same site with room for four."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calendar_parts, "ROWS", ROOM)
        yield built(files())


def built(given: Mapping[str, bytes]) -> Result:
    result = build_files(given)
    assert result.outputs, [one.message for one in result.diagnostics if one.level == "error"]
    return result


def pages(result: Result) -> dict[str, html.HtmlElement]:
    """Every page by its URL."""
    found = {one.path: one.content for one in result.outputs if one.path.endswith("index.html")}
    return {path.removesuffix("index.html"): html.fromstring(content.decode()) for path, content in found.items()}


def links(page: html.HtmlElement, url: str) -> dict[str, str]:
    """The pages of the site that a page's content leads to, with the anchor there."""
    found = {}
    for href in page.xpath("//main//a/@href"):
        if "://" not in href:
            address, _, anchor = urljoin(f"/{url}", href).partition("#")
            found[unquote(address).lstrip("/")] = anchor
    return found


def rows(page: html.HtmlElement) -> int:
    return len(page.xpath("//*[contains(concat(' ', @class, ' '), ' row ') or @class='post'] | //tbody/tr[@id]"))


def test_a_site_with_room_for_its_rows_says_nothing_of_parts(whole: Result) -> None:
    assert not any("/month/" in one.path or one.path.startswith("claims/year/") for one in whole.outputs)
    told = "//*[contains(@class, 'note cut')] | //*[@id='parts']"
    assert not [url for url, page in pages(whole).items() if page.xpath(told)]


def test_every_page_of_the_whole_site_is_in_the_short_one(whole: Result, short: Result) -> None:
    assert {one.path for one in whole.outputs} <= {one.path for one in short.outputs}


def test_no_list_has_more_rows_than_there_is_room_for(short: Result) -> None:
    kinds = len(KINDS)
    for url, page in pages(short).items():
        if url.split("/")[0] in FOLDERS and page.xpath("//*[contains(@class, 'listing-')]"):
            # Entries of one day that begin alike are not divided, nor are groups to fewer than one entry each.
            undivided = "letter/" in url or "group/" in url
            assert undivided or rows(page) <= ROOM, url
        if url.startswith(("topics/", "pillars/", "milestones/")):
            assert rows(page) <= max(ROOM, kinds), url


def test_two_links_below_a_list_stand_apart(short: Result) -> None:
    notes = [note for page in pages(short).values() for note in page.xpath("//p[contains(@class, 'cut')]")]
    two = {note.text_content() for note in notes if len(note.findall("a")) == 2}
    assert any(said.endswith(" All of them by date · The whole list") for said in two)
    assert all(said.count(" · ") == 1 for said in two)


def test_every_link_leads_to_a_page_and_an_anchor_that_are_there(short: Result) -> None:
    known = pages(short)
    paths, own = {one.path for one in short.outputs}, {one.url for one in short.edition.portfolio.free_pages}
    for url, page in known.items():
        for target, anchor in links(page, url).items():
            if target in known:
                assert not anchor or known[target].xpath("//*[@id=$id]", id=anchor), (url, target, anchor)
            else:
                assert target in paths or target in own, (url, target)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_entry_is_few_steps_from_the_list_of_its_kind(short: Result, kind: Kind) -> None:
    known, start = pages(short), f"{kind.section}/"
    seen, edge = {start}, [start]
    # By year or month, by day, by letter where one day has too many, to the entry.
    for _ in range(4):
        edge = [
            target
            for url in edge
            for target in links(known[url], url)
            if target in known and target.startswith((f"{start}year/", start)) and target not in seen
        ]
        edge = [url for url in dict.fromkeys(edge) if "/tag/" not in url and "/status/" not in url]
        seen |= set(edge)
    assert {one.url for one in short.edition.portfolio.of(kind)} <= seen


def test_parts_hold_exactly_what_they_are_named_after(short: Result) -> None:
    known = pages(short)
    papers = [one for one in short.edition.portfolio.entries if one.kind.section == "papers"]
    march = {one.url for one in papers if (one.date.year, one.date.month) == (2026, 3)}
    assert len(march) > ROOM
    held = set[str]()
    for url, page in known.items():
        if url.startswith("papers/year/2026/month/03/day/") and "/letter/" not in url:
            held |= {target for target in links(page, url) if target in march}
    assert held | {target for url in known if "/03/letter/" in url for target in links(known[url], url)} >= march


def test_a_long_list_is_not_narrowed_in_place_and_says_how_much_is_here(short: Result) -> None:
    page = pages(short)["papers/"]
    assert not page.xpath("//*[@data-whole]")
    total = sum(one.kind.section == "papers" for one in short.edition.portfolio.entries)
    assert page.xpath("string(//*[contains(@class, 'note cut')])").startswith(f"The newest 4 of {total} paper notes.")


def test_the_neighbours_of_a_part_are_those_in_time(short: Result) -> None:
    known = pages(short)
    parts = sorted(url for url in known if url.startswith("builds/year/2026/month/") and url.count("/") == 5)
    assert len(parts) > 1
    for before, after in pairwise(parts):
        assert urljoin(f"/{after}", known[after].xpath("//a[@rel='prev']/@href")[0]) == f"/{before}"
        assert urljoin(f"/{before}", known[before].xpath("//a[@rel='next']/@href")[0]) == f"/{after}"


def test_new_entries_change_no_address_and_what_is_gone_leads_on(
    short: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_parts, "ROWS", ROOM)
    given = published_files(files())
    ledger = given[LEDGER_PATH].decode()
    assert "papers/year/2026/month/03/day/03/" in ledger
    assert "claims/year/2026/" in ledger
    more = {**given, "content/papers/one-more.md": entry(title="One more", date="2026-10-01")}
    later = built(more)
    assert {one.path for one in short.outputs} <= {one.path for one in later.outputs}
    # Once there is room again, each part leads to the narrowest list that has what it had.
    monkeypatch.setattr(calendar_parts, "ROWS", 200)
    ends = built(given).edition.answers.ends()
    assert ends["papers/year/2026/month/03/day/03/"] == "papers/year/2026/"
    assert ends["papers/tag/probes/year/2026/"] == "papers/tag/probes/"
    assert ends["claims/year/2026/"] == "claims/"


def test_made_addresses_are_those_of_pages_and_each_file_is_of_one_family(
    short: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_parts, "ROWS", ROOM)
    paths = {one.path for one in short.outputs}
    made = [url for url in made_urls(short.edition.portfolio) if url.endswith("/")]
    assert {f"{url}index.html" for url in made} <= paths
    assert [one for one in paths if len(families_of(one)) != 1] == []


def test_the_lineage_draws_its_newest_part(short: Result) -> None:
    page = pages(short)["lineage/"]
    assert "The newest" not in pages(built(small_files()))["lineage/"].text_content()
    drawn = page.xpath("//*[@id='table']/following::table[1]/tbody/tr")
    assert 0 < len(drawn) <= 100


def test_a_part_in_words_and_as_an_address() -> None:
    given = [one for one in build_files(small_files()).edition.portfolio.entries for _ in range(300)]
    parts = calendar_parts.calendar_parts(given)
    assert sum(one.count for one in parts) == len(given)
    first = next(one for one in calendar_parts.every_part(parts) if len(one.names) == 3)
    moment = date(*(int(name) for name in first.names))
    assert first.url == f"year/{moment.year}/month/{moment:%m}/day/{moment:%d}/"
    assert first.words == f"{moment.day} {moment:%b} {moment.year}"
