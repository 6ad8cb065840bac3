"""Saved records of arXiv, and what is no record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.parse.arxiv import ArxivRecord, read_arxiv
from labfolio.parse.bibliography import arxiv_id, read_bibliography
from tests.conftest import ROOT

FEED = (ROOT / "tests" / "parse" / "samples" / "two-papers.atom").read_text()
EXPORTED = r"""@misc{vaswani2023attentionneed,
      title={Attention Is All You Need},
      author={Ashish Vaswani and {\L}ukasz Kaiser},
      year={2023},
      eprint={1706.03762},
      archivePrefix={arXiv},
      primaryClass={cs.CL},
      url={https://arxiv.org/abs/1706.03762},
}"""
NO_PAPER = "the record holds no paper; arXiv gives a feed with no entry where it does not know the identifier"
OPEN = '<feed xmlns="http://www.w3.org/2005/Atom">'


def read(text: str, id: str = "") -> ArxivRecord:
    found = read_arxiv(text, id)
    assert isinstance(found, ArxivRecord), found
    return found


@pytest.mark.parametrize(
    "id", ["1706.03762", "1706.03762v2", "arXiv:1706.03762", "https://arxiv.org/pdf/1706.03762v7.pdf"]
)
def test_atom(id: str) -> None:
    found = read(FEED, id)
    assert found.bibtex == (
        "@misc{vaswani2017attention,\n"
        "  title = {Attention Is All You Need},\n"
        "  author = {Vaswani, Ashish and Kaiser, Łukasz and van der Maaten, Laurens},\n"
        "  year = {2017},\n"
        "  primaryClass = {cs.CL},\n"
        "  eprint = {1706.03762},\n"
        "  archivePrefix = {arXiv},\n"
        "}"
    )
    assert found.record.authors == ("Ashish Vaswani", "Łukasz Kaiser", "Laurens van der Maaten")
    assert (found.record.arxiv, found.primary_class, found.journal_ref) == ("1706.03762", "cs.CL", "")


def test_published_in_a_journal() -> None:
    found = read(FEED, "hep-th/9901001")
    assert found.record.key == "hooft1999theories"
    assert found.record.title == "On N=2 theories & 50% of ℤ_2"
    assert found.record.authors == ("G. 't Hooft", "The ATLAS and CMS Collaborations")
    assert (found.record.doi, found.journal_ref) == ("10.1103/PhysRevD.60.065004", "Phys.Rev. D60 (1999) 065004")
    assert found.bibtex.startswith("@article{hooft1999theories,")


def test_bibtex_of_its_page() -> None:
    found = read(EXPORTED)
    assert found.record.key == "vaswani2023attention"
    assert found.record.authors == ("Ashish Vaswani", "Łukasz Kaiser")
    assert found.primary_class == "cs.CL"


def test_key_that_is_taken() -> None:
    found = read_arxiv(FEED, "1706.03762", {"vaswani2017attention"})
    assert isinstance(found, ArxivRecord)
    assert found.record.key == "vaswani2017attentiona"


@pytest.mark.parametrize(
    ("text", "id", "reason"),
    [
        (FEED, "2001.00001", "the record is of 1706.03762, hep-th/9901001, not of 2001.00001"),
        (FEED, "", "the record is of 1706.03762, hep-th/9901001; say which"),
        (FEED, "attention", "'attention' is no arXiv identifier; write it as 1706.03762 or hep-th/9901001"),
        ("", "", "the record is empty"),
        ("x", "", "the record is neither arXiv's Atom nor its BibTeX"),
        ("@misc{a, title={x}}", "", "the record is neither arXiv's Atom nor its BibTeX"),
        ("@misc{a, title={x", "", "this entry cannot be read: unexpectedly reached end of file"),
        ("@misc{a, eprint={1706.03762}}", "", "the record has no title"),
        ("<a", "", "the record is not well-formed XML (line 1)"),
        ("<a>" * 100_000, "", "the record is not well-formed XML (line 1)"),
        ("<html/>", "", NO_PAPER),
        (OPEN + "<entry><id>x</id></entry></feed>", "", "the record names no arXiv identifier"),
        (
            '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + OPEN + "<entry>&x;</entry></feed>",
            "",
            "the record declares a document type, which arXiv's Atom does not; save it again from the API",
        ),
        (
            OPEN + "<entry><id>http://arxiv.org/api/errors#bad</id><summary>wrong id</summary></entry></feed>",
            "",
            "arXiv answered with an error: wrong id",
        ),
    ],
)  # fmt: skip
def test_no_record(text: str, id: str, reason: str) -> None:
    assert read_arxiv(text, id) == reason


@given(title=st.text(min_size=1), name=st.text(min_size=1))
def test_any_title_can_be_read_back(title: str, name: str) -> None:
    from xml.sax.saxutils import escape

    text = (
        f"{OPEN}<entry><id>http://arxiv.org/abs/1706.03762v1</id><published>2017-06-12</published>"
        f"<title>{escape(title)}</title><author><name>{escape(name)}</name></author></entry></feed>"
    )
    found = read_arxiv(text, "")
    if isinstance(found, ArxivRecord):
        records, faults = read_bibliography("papers.bib", found.bibtex)
        assert not faults
        assert records == {found.record.key: found.record}


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("arXiv:1706.03762v5 [cs]", "1706.03762"), ("10.48550/arXiv.1706.03762", "1706.03762"),
        ("http://arxiv.org/pdf/hep-th/9901001v2.pdf", "hep-th/9901001"), ("math.GT/0309136", "math.GT/0309136"),
        ("10.1145/362686.362692", ""), ("", ""), ("2017", ""),
    ],
)  # fmt: skip
def test_identifier(text: str, id: str) -> None:
    assert arxiv_id(text) == id
