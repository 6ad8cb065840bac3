"""How an entry is cited: BibTeX that BibTeX reads, CSL-JSON that a reference manager takes."""

import json
import re

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from pylatexenc.latex2text import LatexNodes2Text

from labfolio.present.citing import bibtex, csl
from labfolio.present.edition import Edition
from tests.site import build_files, entry, small_files
from tests.strategies import in_ci

REVISED = "\n  - {date: 2026-04-01, what: Measured again.}\n  - {date: 2026-05-01, what: Corrected.}"
SMALL = build_files(small_files()).edition


def edition(path: str = "builds/x.md", author: str = "Ada Example", **fields: str) -> Edition:
    files = small_files() | {path: entry(**fields)}
    program = files["content/program.yml"].decode().replace("Ada Example}", json.dumps(author) + "}")
    result = build_files(files | {"content/program.yml": program.encode()})
    assert result.outputs, [one.message for one in result.diagnostics]
    return result.edition


def cited(given: Edition, slug: str = "x") -> tuple[str, dict[str, str]]:
    """The kind of the one BibTeX record, and its fields in words, the key among them."""
    library = bibtexparser.parse_string(bibtex(given, given.portfolio.by_slug()[slug]))
    assert not library.failed_blocks
    (record,) = library.entries
    return record.entry_type, {"key": record.key} | {field.key: plain(field.value) for field in record.fields}


def plain(value: str) -> str:
    """LaTeX in words; pylatexenc gives the letter that is a raised circumflex."""
    return str(LatexNodes2Text(keep_braced_groups=False).latex_to_text(value)).replace(
        "\N{MODIFIER LETTER CIRCUMFLEX ACCENT}", "^"
    )


@pytest.mark.parametrize(
    "title",
    [
        "A plain one",
        "50% faster & better",
        "snake_case #1 for $5",
        "home ~ x^2",
        r"a \ b",
        "Sets {a} and {b}",
        "Müller, Erdős and Łukasiewicz on Ω",
        "Commas, and and and",
        r"all of it: % & _ # { } ~ ^ \ $",
    ],
)
def test_a_title_comes_back_from_bibtex(title: str) -> None:
    kind, fields = cited(edition(title=json.dumps(title), status="shipped"))
    assert (kind, fields["title"]) == ("techreport", title)


@pytest.mark.parametrize("title", ["Open { alone", "Closed } alone", "} both {"])
def test_bibtex_counts_as_many_braces_opened_as_closed(title: str) -> None:
    """BibTeX counts a brace after a backslash too."""
    given = edition(title=json.dumps(title))
    depth = 0
    for char in bibtex(given, given.portfolio.by_slug()["x"]):
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0


@in_ci(100)
@given(st.text(alphabet=st.sampled_from("ab {}%&_#~^\\$,=\"@'éß"), min_size=1, max_size=30))
def test_no_title_breaks_the_record(title: str) -> None:
    entries = SMALL.portfolio.by_slug()
    found = entries["sketch"].front.model_copy(update={"title": title})
    text = bibtex(SMALL, type(entries["sketch"])(
        kind=entries["sketch"].kind, slug="sketch", path=entries["sketch"].path, front=found, text="", body=""
    ))  # fmt: skip
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert [field.key for field in library.entries[0].fields][:3] == ["author", "title", "institution"]


def test_what_a_record_says() -> None:
    kind, fields = cited(SMALL, "sketch")
    assert kind == "techreport"
    assert fields == {
        "key": "example2026sketch", "author": "Ada Example", "title": "A mergeable sketch",
        "institution": "ada.example", "type": "Build report", "number": "B01", "year": "2026", "month": "4",
        "url": "https://ada.example/builds/sketch/",
    }  # fmt: skip
    assert cited(SMALL, "rate")[1]["type"] == "Reproduction report"


@pytest.mark.parametrize("slug", ["first", "workshop"])
def test_notes_and_submissions_have_no_institution(slug: str) -> None:
    kind, fields = cited(SMALL, slug)
    assert kind == "misc"
    assert "institution" not in fields
    assert fields["howpublished"] == "ada.example"


@pytest.mark.parametrize(
    ("author", "key"),
    [
        ("Ada Example", "example2026x"),
        ("Jürgen Müller-Lüdenscheidt", "mullerludenscheidt2026x"),
        ("李明", "2026x"),
        ("The Ada Group", "group2026x"),
        ("Ada", "ada2026x"),
    ],
)
def test_the_key_is_ascii_and_the_author_is_kept(author: str, key: str) -> None:
    given = edition(author=author)
    _, fields = cited(given)
    assert (fields["key"], fields["author"]) == (key, author)
    record = bibtex(given, given.portfolio.by_slug()["x"])
    assert (f"{{{{{author}}}}}" in record) == (" " not in author or author.startswith("The "))


def test_csl_json_has_what_the_schema_requires() -> None:
    for one in SMALL.portfolio.entries:
        if one.kind.name == "paper":
            continue
        (item,) = json.loads(csl(SMALL, one))
        assert item["id"] == f"example2026{one.slug}"
        assert item["type"] == ("post-weblog" if one.kind.name == "note" else "report")
        assert item["title"] == one.front.title
        assert item["author"] == [{"literal": "Ada Example"}]
        assert item["issued"] == {"date-parts": [[one.date.year, one.date.month, one.date.day]]}
        assert item["URL"] == f"https://ada.example/{one.url}"
        assert all(item.values())


def test_a_note_on_a_paper_is_not_cited() -> None:
    note = SMALL.portfolio.by_slug()["rahimi2007random"]
    assert (bibtex(SMALL, note), csl(SMALL, note)) == ("", "")
    outputs = {one.path: one.content.decode("utf-8", "replace") for one in build_files(small_files()).outputs}
    assert "Cite this" not in outputs["papers/rahimi2007random/index.html"]
    assert "Cite this" in outputs["builds/sketch/index.html"]


def test_the_revision_and_the_doi_are_in_it() -> None:
    given = edition(revisions=REVISED, doi="10.5281/zenodo.1234567")
    _, fields = cited(given)
    (item,) = json.loads(csl(given, given.portfolio.by_slug()["x"]))
    assert (fields["note"], item["version"]) == ("Revision 3", "3")
    assert fields["doi"] == item["DOI"] == "10.5281/zenodo.1234567"
    assert not {"note", "doi"} & set(cited(SMALL, "sketch")[1])


def test_the_page_shows_both_as_text() -> None:
    title = "<script>alert(1)</script> & {x}"
    result = build_files(small_files() | {"builds/x.md": entry(title=json.dumps(title))})
    page = next(one.content.decode() for one in result.outputs if one.path == "builds/x/index.html")
    root = html.document_fromstring(page)
    shown = root.xpath("//details[@class='cite']//code")
    assert [name.text for name in root.xpath("//p[@class='cite-name']")] == ["BibTeX", "CSL-JSON"]
    own = result.edition.portfolio.by_slug()["x"]
    assert [code.text_content() for code in shown] == [bibtex(result.edition, own), csl(result.edition, own)]
    assert json.loads(shown[1].text_content())[0]["title"] == title
    assert re.match(r"@techreport\{example2026x,\n", shown[0].text_content())
