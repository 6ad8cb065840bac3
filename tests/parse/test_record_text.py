"""Records as text: keys, escapes, and the file that grows."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from labfolio.parse.bibliography import read_bibliography
from labfolio.parse.latex import plain_latex
from labfolio.parse.names import read_names
from labfolio.parse.record_text import append_record, citation_key, latex, record_text
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("authors", "year", "title", "key"),
    [
        (["Ali Rahimi", "Benjamin Recht"], "2007", "Random Features for Large-Scale", "rahimi2007random"),
        (["Philippe Flajolet"], "2007", "HyperLogLog: the analysis", "flajolet2007hyperloglog"),
        (["Laurens van der Maaten"], "2008", "Visualizing data", "maaten2008visualizing"),
        (["Jörg Müller Jr."], "", "On the Bloom filter", "mullerbloom"),
        (["Søren Kierkegård"], "1843", "Enten – Eller", "kierkegard1843enten"),
        ([], "2020", "A", "anon2020a"),
        (["王"], "2020", "深度", "anon2020"),
    ],
)
def test_key(authors: list[str], year: str, title: str, key: str) -> None:
    assert citation_key(authors, year, title) == key


def test_key_is_new() -> None:
    taken = {"a2020b"} | {f"a2020b{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"}
    assert citation_key(["A"], "2020", "B b", taken) == "a2020b-2"


def test_keys_of_the_demo() -> None:
    records, _ = read_bibliography("", (ROOT / "content" / "papers.bib").read_text())
    made = {key for key, one in records.items() if citation_key(one.authors, one.year, one.title) == key}
    # `How Many Random Seeds?` and `The Lottery Ticket` and a few more were named by hand.
    assert len(made) > len(records) / 2


def test_escapes_are_read_back() -> None:
    text = "50% of A_1 & {B} #1 costs $3 ~ \\x"
    records, faults = read_bibliography("", record_text("misc", "k", {"title": f"{{{latex(text)}}}", "note": ""}))
    assert not faults
    assert records["k"].title == text


@pytest.mark.parametrize(
    ("papers", "grown"),
    [
        ("", "@misc{a,\n}\n"),
        ("@misc{b,\n}", "@misc{b,\n}\n\n@misc{a,\n}\n"),
        ("@misc{b,\n}\n\n\n", "@misc{b,\n}\n\n@misc{a,\n}\n"),
        ("@misc{b,\r\n}\r\n", "@misc{b,\r\n}\r\n\r\n@misc{a,\r\n}\r\n"),
    ],
)
def test_appended(papers: str, grown: str) -> None:
    assert append_record(papers, "@misc{a,\n}\n") == grown


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="`'\"-<>?!"), max_size=30))
@example("100% of $5 & #1_a ~ ^ {x} \\ y")
def test_an_escaped_text_is_read_as_it_was(text: str) -> None:
    assert plain_latex(latex(text)) == " ".join(text.split())


CUT = ["\\sqrt[", "\\frac", "\\begin{array}{c", "\\begin{pmatrix}\\end{pmatrix}", "\\href{", "$x\\'$"]


@pytest.mark.parametrize("value", CUT)
def test_a_command_that_lacks_something_raises_and_prints_nothing(
    value: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert plain_latex(f"On {value}").startswith("On")
    assert not capfd.readouterr().err


FAMILIES = st.text("ab", min_size=1, max_size=5).map(str.title)
GIVEN = st.text("cd", min_size=1, max_size=5).map(str.title)


@given(st.lists(st.tuples(GIVEN, FAMILIES), min_size=1, max_size=5))
def test_names_are_read_in_either_order(people: list[tuple[str, str]]) -> None:
    wanted = [(f"{first} {last}", last) for first, last in people]
    for form in ("{1}, {0}", "{0} {1}"):
        written = " and ".join(form.format(*names) for names in people)
        assert [(name.whole, name.family) for name in read_names(written)] == wanted


@given(st.lists(st.text(max_size=12), max_size=3), st.text("12", max_size=4), st.text(max_size=20), st.integers(0, 40))
def test_a_key_is_new_and_can_be_cited(authors: list[str], year: str, title: str, many: int) -> None:
    taken: list[str] = []
    for _ in range(many % 5 + 1):
        taken.append(citation_key(authors, year, title, taken))
    assert len(set(taken)) == len(taken)
    assert all(re.fullmatch("[a-z0-9-]+", key) for key in taken)
