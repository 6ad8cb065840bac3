"""What machines read of a page."""

import json

import pytest
from lxml import html

from tests.site import build_files, entry, small_files

RESULT = build_files(small_files())
FILES = {output.path: output.content.decode("utf-8", "replace") for output in RESULT.outputs}
HOME = "https://ada.example/"


def page(path: str, files: dict[str, str] = FILES) -> html.HtmlElement:
    return html.document_fromstring(files[path])


def graph(path: str, files: dict[str, str] = FILES) -> list[dict[str, object]]:
    (script,) = page(path, files).xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)["@graph"]


def addresses(value: object) -> list[str]:
    """Every address of the site itself in linked data."""
    if isinstance(value, dict):
        return [found for inner in value.values() for found in addresses(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in addresses(inner)]
    return [value] if isinstance(value, str) and value.startswith(HOME) else []


def test_every_address_in_linked_data_resolves_within_the_site() -> None:
    pages = [path for path in FILES if path.endswith("index.html") and "ld+json" in FILES[path]]
    assert len(pages) > 6
    for path in pages:
        for address in addresses(graph(path)):
            target, _, anchor = address.removeprefix(HOME).partition("#")
            assert f"{target}index.html" in FILES, address
            assert anchor in ("", "author") or f'id="{anchor}"' in FILES[f"{target}index.html"], address


@pytest.mark.parametrize(
    ("path", "type"),
    [
        ("reproductions/rate/", "ScholarlyArticle"),
        ("builds/sketch/", "TechArticle"),
        ("notebook/first/", "BlogPosting"),
    ],
)
def test_each_kind_has_its_type(path: str, type: str) -> None:
    article = graph(f"{path}index.html")[0]
    assert (article["@type"], article["@id"]) == (type, HOME + path)


def test_each_judged_claim_is_a_review_with_its_verdict() -> None:
    reviews = [one for one in graph("reproductions/rate/index.html") if one["@type"] == "ClaimReview"]
    assert [one["reviewRating"]["alternateName"] for one in reviews] == ["Replicated", "Not replicated"]


def test_home_says_whose_site_it_is() -> None:
    (site,) = graph("index.html")
    assert (site["@type"], site["author"]["name"]) == ("WebSite", "Ada Example")


def test_reference_programs_save_work_as_reports_and_never_a_note_on_a_paper() -> None:
    for path in ("reproductions/rate/", "builds/sketch/"):
        found = page(f"{path}index.html").xpath("//meta[starts-with(@name, 'citation_')]/@name")
        assert {"citation_title", "citation_author", "citation_publication_date"} <= set(found)
        assert "citation_technical_report_institution" in found
    for path in FILES:
        if path.startswith(("papers/", "notebook/")) and path.endswith("index.html"):
            assert not page(path).xpath("//meta[starts-with(@name, 'citation_')]")


def test_every_page_has_a_title_a_description_and_an_address_for_cards() -> None:
    for path in FILES:
        if path.endswith("index.html"):
            given = {one.get("property"): one.get("content") for one in page(path).xpath("//meta[@property]")}
            assert given["og:url"] == HOME + path.removesuffix("index.html")
            assert given["og:title"]
            assert given["og:description"]


@pytest.mark.parametrize("title", ["</script><script>x</script>", "a\u2028b\u2029c", '"quoted" & <b>'])
def test_no_title_ends_the_data_early(title: str) -> None:
    files = small_files() | {"builds/x.md": entry(title=json.dumps(title), status="shipped")}
    outputs = {output.path: output.content.decode("utf-8", "replace") for output in build_files(files).outputs}
    article = graph("builds/x/index.html", outputs)[0]
    assert article["headline"] == title
    (script,) = page("builds/x/index.html", outputs).xpath("//script[@type='application/ld+json']")
    assert not set("<>&\u2028\u2029") & set(script.text)
