"""How a text names the works that it cites, and the list of a page."""

import pytest

from labfolio.markdown.works import Bibliography, addresses, credited, listed
from labfolio.parse.bibliography import Record, read_bibliography

WORKS = read_bibliography(
    "papers.bib",
    r"""
@misc{one, title={Alone}, author={van den Oord, Aaron}, year=2018}
@misc{two, title={Pair}, author={Rahimi, Ali and Recht, Benjamin}, year=2007}
@misc{more, title={Many}, author={Fusy, {\'E}ric and B, A and C, D}, year=2007}
@misc{open, title={Open}, author={Rahimi, Ali and others}, year=2007}
@misc{group, title={Mass}, author={{The ATLAS Collaboration}}, year=2012}
@misc{late, title={Zebra}, author={Rahimi, Ali and Recht, Benjamin}, year=2007, doi={10.1000/1}, eprint={1506.02785}}
@misc{dateless, title={No day}, author={Plato}}
@misc{nobody, title={A report}, url={https://example.org/r}}
@misc{bare}
""",
)[0]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("one", "van den Oord"),
        ("two", "Rahimi and Recht"),
        ("more", "Fusy et al."),
        ("open", "Rahimi et al."),
        ("group", "The ATLAS Collaboration"),
        ("nobody", "A report"),
        ("bare", "bare"),
    ],
)
def test_who_is_named(key: str, name: str) -> None:
    assert credited(WORKS[key]) == name


def test_works_that_read_alike_get_letters() -> None:
    found = listed(Bibliography(works=WORKS), ["late"], {"two": ("cite-two-1",), "one": ()}, "builds/x/")
    assert [(one.record.key, one.year, one.places) for one in found] == [
        ("two", "2007a", ("cite-two-1",)),
        ("late", "2007b", ()),
        ("one", "2018", ()),
    ]
    assert found[0].text == "Ali Rahimi, Benjamin Recht. Pair. 2007a."


def test_numbers_go_by_the_text() -> None:
    bibliography = Bibliography(works=WORKS, form="numbered")
    found = listed(bibliography, ["one", "more"], {"two": (), "more": ()}, "builds/x/")
    assert [(one.number, one.record.key) for one in found] == [("1", "two"), ("2", "more"), ("3", "one")]


def test_a_note_does_not_lead_to_its_own_page() -> None:
    bibliography = Bibliography(works=WORKS, notes={"one": "papers/one/"})
    assert [listed(bibliography, ["one"], {}, page)[0].note for page in ("papers/one/", "builds/x/")] == [
        "",
        "papers/one/",
    ]


def test_more_works_than_letters() -> None:
    works = {f"k{n}": record(f"k{n}") for n in range(30)}
    found = listed(Bibliography(works=works), list(works), {}, "")
    assert [one.letter for one in found][24:28] == ["y", "z", "aa", "ab"]


def record(key: str) -> Record:
    return Record(
        key=key, title=key, authors=("A B",), families=("B",), year="2000", venue="", doi="", arxiv="", url=""
    )


def test_where_a_work_is_read() -> None:
    assert addresses(WORKS["late"]) == (
        ("doi:10.1000/1", "https://doi.org/10.1000/1"),
        ("arXiv:1506.02785", "https://arxiv.org/abs/1506.02785"),
    )
    assert addresses(WORKS["nobody"]) == (("Link", "https://example.org/r"),)
    assert listed(Bibliography(works=WORKS), ["dateless"], {}, "")[0].year == "n.d."
