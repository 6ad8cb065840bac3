"""Records as text: keys, escapes, and the file that grows."""

import pytest

from labfolio.parse.bibliography import read_bibliography
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
