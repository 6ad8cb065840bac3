"""What an entry's page says of the entries around it, and of its own revisions."""

from lxml import html

from labfolio.present.relations import IN_STRIP
from tests.site import build_files, entry, small_files

REVISED = "\n  - {date: 2026-05-01, what: Corrected & checked.}\n  - {date: 2026-04-01, what: Measured again.}"


def pages(**files: bytes) -> dict[str, html.HtmlElement]:
    """The pages of the small site with builds of these names, by slug."""
    given = {f"builds/{name}.md": data for name, data in files.items()}
    result = build_files(small_files() | given)
    assert result.outputs, [one.message for one in result.diagnostics]
    return {
        one.path.split("/")[1]: html.document_fromstring(one.content.decode())
        for one in result.outputs
        if one.path.endswith("/index.html") and one.path.count("/") == 2
    }


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def stages(page: html.HtmlElement) -> dict[str, list[str]]:
    return {
        words(stage.find("p")): [words(one) for one in stage.iter("li") if one is not stage]
        for stage in page.xpath("//nav[@class='lineage']//li[@class='stage']")
    }


def related(page: html.HtmlElement) -> dict[str, list[str]]:
    return {
        words(part.find("h2")): [words(one) for one in part.iter("li")]
        for part in page.xpath("//aside[@class='relations']/div")
        if part.xpath(".//li")
    }


SMALL = pages()


def test_the_strip_runs_from_reading_to_extending() -> None:
    found = pages(
        x=entry(based_on="[rate]", paper="rahimi2007random", title="Another", date="2026-06-01", status="shipped")
    )
    assert stages(found["rate"]) == {
        "Reading": ["P001 Random features: trade a kernel for a projection on its paper"],
        "Implementing": ["R01 The error falls as promised Partly"],
        "Optimizing": ["B01 A mergeable sketch Shipped grew out of it", "B03 Another Shipped grew out of it"],
    }
    assert list(stages(found["x"])) == ["Reading", "Implementing", "Optimizing"]
    assert stages(found["x"])["Implementing"] == ["R01 The error falls as promised Partly it grew out of this"]


def test_the_strip_links_to_every_entry_but_its_own() -> None:
    page = SMALL["rate"]
    (current,) = page.xpath("//nav[@class='lineage']//li[@aria-current='page']")
    assert words(current).startswith("R01")
    assert current.find("a") is None
    assert page.xpath("//nav[@class='lineage']//li//a/@href") == [
        "../../papers/rahimi2007random/", "../../builds/sketch/",
    ]  # fmt: skip


def test_the_strip_shows_the_whole_chain_and_how_far_each_is() -> None:
    found = pages(
        v=entry(title="V"), w=entry(based_on="[v]", title="W"), x=entry(based_on="[w]", title="X", stage="optimizing"),
        y=entry(based_on="[x]", title="Y"), z=entry(based_on="[y]", title="Z", status="abandoned", why="No gain."),
    )  # fmt: skip
    shown = stages(found["x"])
    assert list(shown) == ["Implementing", "Optimizing", "Extending"]
    said = [" ".join(one.split()[1:]) for group in shown.values() for one in group]
    assert said == [
        "V In work further back", "W In work it grew out of this", "X In work", "Y In work grew out of it",
        "Z Abandoned further on",
    ]  # fmt: skip


def test_the_strip_leads_to_the_row_of_the_lineage() -> None:
    (more,) = SMALL["rate"].xpath("//nav[@class='lineage']/p/a")
    assert (words(more), more.get("href")) == ("The whole lineage", "../../lineage/#R01")


def test_a_strip_is_bounded_and_says_what_is_left() -> None:
    found = pages(base=entry(title="Base"), **{f"x{n}": entry(based_on="[base]", title=f"X{n}") for n in range(40)})
    assert sum(map(len, stages(found["base"]).values())) == IN_STRIP
    (more,) = found["base"].xpath("//nav[@class='lineage']/p/a")
    assert words(more) == f"{41 - IN_STRIP} more entries in the lineage"
    assert "X3" in " ".join(stages(found["x3"])["Optimizing"])


def test_an_entry_that_stands_alone_has_no_strip() -> None:
    assert not stages(SMALL["dropped"])
    assert not stages(SMALL["workshop"])


def test_what_the_strip_shows_is_not_said_again() -> None:
    page = SMALL["sketch"]
    assert stages(page)["Implementing"] == ["R01 The error falls as promised Partly it grew out of this"]
    said = " ".join(one for shown in related(page).values() for one in shown)
    assert "The error falls as promised" not in said
    assert related(page)["Cited by"] == ["N01 Intervals, not points"]


def test_citations_and_topics_are_listed_with_their_headings() -> None:
    files = {
        "x": entry("See [y](y.md).", tags="[one]", title="First"),
        "y": entry(title="Second"),
        "z": entry(tags="[one]", title="Third"),
    }
    found = pages(**files)
    for name, heading, title in (
        ("x", "Cites", "Second"), ("y", "Cited by", "First"), ("z", "On the same topics", "First"),
        ("x", "On the same topics", "Third"),
    ):  # fmt: skip
        (shown,) = related(found[name])[heading]
        assert shown.endswith(title)
    assert "Cites" not in related(found["z"])


def test_a_neighbour_in_time_says_its_sub_milestone() -> None:
    page = SMALL["dropped"]
    (earlier,) = page.xpath("//a[@rel='prev']")
    assert words(earlier) == "Earlier, sub-milestone 5 B01 A mergeable sketch"
    assert earlier.get("href") == "../sketch/"
    assert not page.xpath("//a[@rel='next']")
    assert words(SMALL["sketch"].xpath("//a[@rel='next']")[0]).startswith("Later, sub-milestone 6 B02 A cache")
    assert not SMALL["first"].xpath("//nav[@class='previous-next']")


def test_a_neighbour_outside_the_programme_has_no_sub_milestone() -> None:
    page = pages(x=entry(date="2025-01-01", title="Old"))["sketch"]
    assert words(page.xpath("//a[@rel='prev']")[0].find("span")) == "Earlier"


def test_neighbours_in_time_form_one_chain() -> None:
    found = pages(**{f"x{n}": entry(date="2026-05-05", title=f"Same day {n}") for n in range(4)})
    before = {name: page.xpath("//a[@rel='prev']/@href") for name, page in found.items()}
    after = {name: page.xpath("//a[@rel='next']/@href") for name, page in found.items()}
    for name, hrefs in before.items():
        for href in hrefs:
            assert after[href.strip("./")] == [f"../{name}/"]


def test_revisions_stand_in_order_of_time_after_the_publication() -> None:
    page = pages(x=entry(revisions=REVISED))["x"]
    shown = [words(one) for one in page.xpath("//section[@class='revisions']//li")]
    assert shown == [
        "Rev 1 3 Mar 2026 Published.", "Rev 2 1 Apr 2026 Measured again.", "Rev 3 1 May 2026 Corrected & checked.",
    ]  # fmt: skip
    assert page.xpath("//section[@class='revisions']//time/@datetime") == ["2026-03-03", "2026-04-01", "2026-05-01"]


def test_the_title_block_leads_to_the_revisions() -> None:
    page = pages(x=entry(revisions=REVISED))["x"]
    (field,) = page.xpath("//dt[normalize-space()='Rev']/following-sibling::dd[1]")
    assert words(field) == "3"
    assert field.xpath(".//a/@href") == ["#s-revisions"]
    assert page.xpath("//h2[@id='s-revisions']")


def test_an_entry_that_was_not_revised_says_nothing_of_it() -> None:
    page = SMALL["sketch"]
    assert not page.xpath("//*[@id='s-revisions'] | //dt[normalize-space()='Rev'] | //dt[normalize-space()='Updated']")


def updated(**fields: str) -> list[str]:
    page = pages(x=entry(**fields))["x"]
    return [words(one) for one in page.xpath("//dt[normalize-space()='Updated']/following-sibling::dd[1]")]


def test_the_day_of_the_last_change() -> None:
    assert updated(revisions=REVISED) == ["1 May 2026"]
    assert updated(updated="2026-06-01", revisions=REVISED) == ["1 Jun 2026"]
    assert updated(updated="2026-06-01") == ["1 Jun 2026"]


def test_a_later_revision_is_the_last_change_whatever_was_stated_before() -> None:
    assert updated(updated="2026-04-10", revisions=REVISED) == ["1 May 2026"]


def test_the_sitemap_says_the_day_of_the_last_revision() -> None:
    result = build_files(small_files() | {"builds/x.md": entry(revisions=REVISED)})
    sitemap = next(one.content.decode() for one in result.outputs if one.path == "sitemap.xml")
    assert "<loc>https://ada.example/builds/x/</loc><lastmod>2026-05-01</lastmod>" in sitemap
