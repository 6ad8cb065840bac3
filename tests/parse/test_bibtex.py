"""BibTeX as people and programs write it."""

import logging

import pytest

from labfolio.parse.bibliography import read_bibliography
from labfolio.parse.bibtex import read_bibtex

ODD = r"""% a comment
@string{neurips = "Advances in " # nips}
@string{nips = {NeurIPS}}
@comment{jabref-meta: grouping}
@preamble{"\newcommand{\x}{y}"}
@Article{a:b_2017,
  Title = {X {\"o} "q"},
  journal = nips # { 30 \#1},
  month = jun, year = 2017,
  author = "A {"}B" # " and " # {{C and D}},
  publisher = acm,
}
@article{dup, title={A}}
@article{dup, title={B}}
@article{twice, title={P}, title={Q}}
@article{noeq, title {P}}
@article(round, title={R})
"""


def test_fields_as_written() -> None:
    records, _ = read_bibtex("p.bib", ODD)
    first = records[0]
    assert (first.kind, first.key, first.line, first.undefined) == ("article", "a:b_2017", 6, ("acm",))
    assert first.fields == {
        "title": r'{X {\"o} "q"}',
        "journal": r"{NeurIPS 30 \#1}",
        "month": "jun",
        "year": "2017",
        "author": '{A {"}B and {C and D}}',
        "publisher": "{acm}",
    }
    assert [one.key for one in records] == ["a:b_2017", "dup", "twice", "round"]


def test_faults_with_their_lines() -> None:
    _, faults = read_bibtex("p.bib", ODD)
    assert [(one.position.line, one.position.column, one.message) for one in faults] == [
        (14, 10, "'dup' is given twice"),
        (15, 28, "the field 'title' is given twice"),
        (16, 1, "this entry cannot be read: expected a `=` after entry key, but found `{`"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("@misc{a,\n  title = {A} # {B,\n  year = 2020\n}", 2, 17, "a brace is opened here and not closed"),
        ("@misc{a,\n` b,\n` title = {A = {B},\n}", 3, 11, "a brace is opened here and not closed"),
        ("@misc{a,\n  note = {A},\n  title =\n    {B,\n}", 4, 5, "a brace is opened here and not closed"),
        ("@misc{a, title={A}}\n@misc{\n  a, title={B}}", 2, 1, "'a' is given twice"),
    ],
    ids=["behind a whole value", "behind no field", "below its name", "a key below its entry's type"],
)
def test_a_fault_stands_in_the_file(text: str, line: int, column: int, message: str) -> None:
    _, (found,) = read_bibtex("p.bib", text)
    assert found.message.startswith(message)
    assert (found.position.line, found.position.column) == (line, column)
    assert found.position.column + found.position.width <= len(text.split("\n")[line - 1]) + 1


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("date = {2017-06}", "year", "2017"),
        ("year = {30-Mar-2020}", "year", "2020"),
        ("journaltitle = {JMLR}", "venue", "JMLR"),
        ("eprint = {arXiv:1901.11390}, eprinttype = {arxiv}", "arxiv", "1901.11390"),
        ("eprint = {12345678}, eprinttype = {pmid}", "arxiv", ""),
        ("eprint = {1506.02785}, archivePrefix = {arXiv}", "arxiv", "1506.02785"),
        ("number = {arXiv:1706.03762}", "arxiv", "1706.03762"),
        ("journal = {arXiv preprint arXiv:1706.03762}", "arxiv", "1706.03762"),
        ("doi = {10.48550/arXiv.1706.03762}", "arxiv", "1706.03762"),
        ("url = {http://arxiv.org/abs/1706.03762v1}", "arxiv", "1706.03762"),
        ("doi = {https://dx.doi.org/10.1145/362686.362692}", "doi", "10.1145/362686.362692"),
        ("number = {1706.03762}", "arxiv", ""),
    ],
)
def test_plain_words(fields: str, name: str, value: str) -> None:
    records, _ = read_bibliography("", f"@misc{{k, {fields}}}")
    assert getattr(records["k"], name) == value


def test_names() -> None:
    records, _ = read_bibliography("", r"@misc{k, author = {Fusy, {\'E}ric AND {A and B} and others}}")
    assert records["k"].authors == ("Éric Fusy", "A and B", "et al.")


def test_macros_do_not_outgrow_memory() -> None:
    doubled = "".join(f"@string{{a{one} = a{one - 1} # a{one - 1}}}\n" for one in range(1, 60))
    records, _ = read_bibtex("p.bib", f"@string{{a0 = {{xxxxxxxx}}}}\n{doubled}@misc{{k, title = a59}}")
    assert len(records[0].fields["title"]) < 200_000


def test_reading_again_leaves_nothing_behind() -> None:
    read_bibtex("p.bib", ODD)
    handlers = list(logging.getLogger("bibtexparser").handlers)
    read_bibtex("p.bib", ODD)
    assert logging.getLogger("bibtexparser").handlers == handlers
