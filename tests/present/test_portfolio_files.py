"""The portfolio for programs: every output fits its schema, and its addresses lead somewhere."""

import json

import jsonschema
import pytest
import yaml

from tests.conftest import ROOT
from tests.site import build_files, entry, small_files

FILES = {output.path: output.content for output in build_files(small_files()).outputs}
HOME = "https://ada.example/"


def read(name: str, files: dict[str, bytes] = FILES) -> dict[str, object]:
    return json.loads(files[name])


@pytest.mark.parametrize("name", ["portfolio", "papers", "resume"])
@pytest.mark.parametrize(
    "sources", [small_files(), {}, {"builds/x.md": entry(title='"</script> \u2028 &"', status="shipped")}]
)
def test_it_fits_its_schema(name: str, sources: dict[str, bytes]) -> None:
    schema = json.loads((ROOT / "docs" / "schema" / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    outputs = {output.path: output.content for output in build_files(sources).outputs}
    jsonschema.validate(read(f"{name}.json", outputs), schema)


def test_every_entry_is_in_it_with_what_its_page_says() -> None:
    given = {one["slug"]: one for one in read("portfolio.json")["entries"]}
    rate, sketch = given["rate"], given["sketch"]
    assert (rate["id"], rate["outcome"], len(rate["claims"])) == ("R01", "partial", 2)
    assert sketch["based_on"] == ["rate"]
    assert sketch["papers"]
    for one in given.values():
        for name in ("url", "markdown"):
            path = one[name].removeprefix(HOME)
            assert (path + "index.html" if path.endswith("/") else path) in FILES
        for claim in one["claims"]:
            page, _, anchor = claim["url"].removeprefix(HOME).partition("#")
            assert f'id="{anchor}"' in FILES[page + "index.html"].decode()


def test_papers_are_found_by_what_others_call_them() -> None:
    given = read("papers.json")
    keys = {one["key"]: one for one in given["papers"]}
    assert given["by_arxiv"] == {one["arxiv"]: key for key, one in keys.items() if one["arxiv"]}
    assert all(url.removeprefix(HOME) + "index.html" in FILES for one in keys.values() for url in one["entries"])


def test_an_authors_own_files_take_the_place_of_made_ones() -> None:
    sources = small_files() | {"content/robots.txt": b"mine\n", "content/.well-known/security.txt": b"Contact: x\n"}
    outputs = {output.path: output.content for output in build_files(sources).outputs}
    assert outputs["robots.txt"] == b"mine\n"
    assert outputs[".well-known/security.txt"] == b"Contact: x\n"
    assert b"Sitemap: https://ada.example/sitemap.xml" in FILES["robots.txt"]


def test_the_citation_file_is_yaml_of_its_version() -> None:
    given = yaml.safe_load(FILES["CITATION.cff"])
    assert (given["cff-version"], given["title"], given["url"]) == ("1.2.0", "ada.example", HOME)
    assert given["authors"] == [{"name": "Ada Example"}]


def test_nothing_of_a_draft_or_a_future_entry_is_in_any_byte() -> None:
    for path, content in FILES.items():
        for canary in (b"CANARYDRAFT", b"CANARYFUTURE"):
            assert canary not in content, path
            assert canary.lower().decode() not in path.lower()
