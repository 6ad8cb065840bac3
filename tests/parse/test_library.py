"""A bibliography of many records and of several files."""

import json

from benchmarks.bibliography import bibliography

from labfolio.parse.library import read_library
from tests.site import build_files, entry, small_files

ZOTERO = json.dumps(
    [
        {
            "id": "http://zotero.org/users/1/items/AB",
            "citation-key": "luther2001dream",
            "type": "article-journal",
            "title": "A <i>Dream</i> & more",
            "author": [
                {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
                {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
                {"literal": "The ATLAS Collaboration"},
            ],
            "issued": {"date-parts": [[2001, 5]]},
            "DOI": "10.1000/1",
        },
        {"id": "AB12", "type": "book", "title": "B"},
        {"id": "http://zotero.org/users/1/items/AC", "type": "book", "title": "C"},
        {"id": "AB12", "type": "book", "title": "D"},
        "nothing",
    ],
    indent=1,
)


def test_five_hundred_records_and_three_faults() -> None:
    text = bibliography()
    works, found = read_library([("papers.bib", text)])
    lines = text.split("\n")
    assert len(works) == 497
    assert [(one.position.line, one.message) for one in found] == [
        (602, "a brace is opened here and not closed before the next field"),
        (1201, "'work199' is given twice"),
        (1801, "'work299' is given twice"),
    ]
    assert lines[601] == "  title = {On {B}loom Filters and $k=100$,"
    assert (lines[1200], lines[1800]) == ("@article{work199,", "@article{work299,")
    assert works["work199"].title == "On Bloom Filters and k=199"
    assert works["work1"].authors == ("Éric Fusy", "The ATLAS Collaboration", "et al.")


def test_a_key_of_two_files_is_told_at_the_second() -> None:
    files = [("a.bib", "@misc{one, title={A}}\n"), ("b.bib", "@misc{two, title={B}}\n@misc{one, title={C}}\n")]
    works, found = read_library(files)
    assert [(one.path, one.position.line, one.position.column, one.message) for one in found] == [
        ("b.bib", 2, 7, "'one' is given twice: a.bib has it too")
    ]
    assert works["one"].title == "A"


def test_a_library_of_zotero() -> None:
    works, found = read_library([("zotero.json", ZOTERO)])
    assert list(works) == ["luther2001dream", "AB12"]
    work = works["luther2001dream"]
    assert work.title == "A Dream & more"
    assert work.authors == ("Martin Luther King Jr.", "Vincent van Gogh", "The ATLAS Collaboration")
    assert work.families == ("King", "van Gogh", "The ATLAS Collaboration")
    assert (work.year, work.doi) == ("2001", "10.1000/1")
    assert [one.message for one in found] == [
        "this has no citation-key or id that a text could cite",
        "this gives 'AB12' a second time",
        "this is no item of CSL-JSON",
    ]
    assert [ZOTERO.split("\n")[one.position.line - 1].strip() for one in found] == ["{", "{", '"nothing"']


def test_a_broken_library_is_told_with_its_line() -> None:
    _, found = read_library([("zotero.json", '[\n{"id": "a1", "title": "A"},\n{"id": \n}]')])
    assert [(one.position.line, one.message[:22]) for one in found] == [(4, "this is not CSL-JSON f")]


def test_what_is_no_bibliography_ends_soon() -> None:
    _, found = read_library([("papers.bib", "@misc{a,\n x = {\n" * 3000)])
    assert len(found) == 51
    assert found[-1].message == "2950 more entries from here on cannot be read"


def test_several_files_in_a_programme() -> None:
    files = small_files()
    files["content/program.yml"] += b"\nbibliography: [papers.bib, more/zotero.json, none.bib]\n"
    files["content/more/zotero.json"] = ZOTERO.replace('"nothing"', "{}").encode()
    files["builds/x.md"] = entry(paper="[luther2001dream, rahimi2007random]")
    said = [one for one in build_files(files).diagnostics if one.path != "content/contract.md"]
    assert [(one.path, one.rule) for one in said if one.path.endswith("program.yml")] == [
        ("content/program.yml", "missing-file")
    ]
    assert "unknown-reference" not in {one.rule for one in said}
