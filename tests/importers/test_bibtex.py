"""Bibliographies of reference managers: records, notes still to be written, and what is left out."""

import json
from dataclasses import replace

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from labfolio.importers.bibtex import read
from labfolio.importers.carried import Import
from labfolio.parse.bibliography import read_bibliography
from tests.importers.into_small import after, built, empty, given, holds, said, sample, target

UNREAD = "this entry cannot be read: unexpectedly reached end of file"
KNOWN = "@article{rahimi2007random, title={Random Features}, doi={10.1000/a}}\n"


def bibliography(result: Import) -> str:
    return next((one.content.decode() for one in result.files if one.grows), "")


def notes(result: Import) -> list[str]:
    return [one.path for one in result.files if not one.grows]


@pytest.mark.parametrize("name", ["bibtex", "zotero"])
def test_sample(name: str) -> None:
    result = read(sample(name), target())
    holds(name, result)
    assert built(result).outputs


@pytest.mark.parametrize("name", ["bibtex", "zotero"])
def test_second_import_changes_nothing(name: str) -> None:
    first = read(sample(name), target())
    second = read(sample(name), target(after(first)))
    assert second.files == ()
    assert len(second.known) == len(notes(first)) + (name == "bibtex")  # rahimi2007random had a note before


@pytest.mark.parametrize("name", ["bibtex", "zotero"])
def test_nothing_of_a_machine_is_carried(name: str) -> None:
    text = b"".join(one.content for one in read(sample(name), target()).files).decode()
    assert all(word not in text for word in ("/Users", "C:", "storage", "zotero.org", "Ask Tom", "before the talk"))


def test_records_keep_their_source() -> None:
    grown = bibliography(read(sample("bibtex"), target()))
    assert grown.startswith(target().papers)
    assert r"title = {{Sketches of 50\% of $\mathbb{R}^n$: r{\'e}sum{\'e}}}" in grown
    assert "  month = jun,\n  year = 2021,\n" in grown


def test_what_is_known_is_left_alone() -> None:
    site = replace(empty(), papers=KNOWN)
    other_fields = "@article{rahimi2007random, title={Other}}"
    result = read(given({"a.bib": other_fields}), site)
    assert bibliography(result) == ""
    assert said(result) == [
        "a.bib:1: 'rahimi2007random' stands in content/papers.bib with other fields, which are left as they are"
    ]
    same_work = "\n@misc{RR07, title={Random features}, doi={https://doi.org/10.1000/A}}"
    result = read(given({"a.bib": same_work}), site)
    assert notes(result) == ["content/papers/rahimi2007random.md"]
    assert said(result) == ["a.bib:2: 'RR07' is the work that 'rahimi2007random' already is; its record is not added"]


def test_paper_that_has_a_note_under_another_name() -> None:
    site = replace(empty(), papers=KNOWN, noted=frozenset({"rahimi2007random"}))
    assert read(given({"a.bib": KNOWN}), site).files == ()


@pytest.mark.parametrize(
    ("key", "taken", "path"),
    [
        ("smith2020", {}, "content/papers/smith2020.md"),
        ("DBLP:conf/x/Y", {}, "content/papers/dblp-conf-x-y.md"),
        ("smith2020", {"smith2020": "content/notebook/smith2020.md"}, "content/papers/smith2020-2.md"),
        ("Smith2020", {"smith2020": "content/papers/smith2020.md"}, None),
        ("smith2020", {"smith2020": "content/papers/smith2020/index.md"}, None),
        ("vaswaniAttention2017", {}, "content/papers/vaswaniattention2017.md"),
        ("index", {}, "content/papers/index-1bc04b.md"),
        ("..", {}, "content/papers/entry-5ec1f7.md"),
        ("../../../etc/passwd", {}, "content/papers/etc-passwd.md"),
        ("Ünal2020", {}, "content/papers/unal2020.md"),
    ],
)
def test_name_of_a_note(key: str, taken: dict[str, str], path: str | None) -> None:
    result = read(given({"a.bib": f"@misc{{{key}, title={{X}}}}"}), replace(empty(), slugs=taken))
    assert notes(result) == ([path] if path else [])


def test_note_of_that_name_that_names_no_paper() -> None:
    site = replace(empty(), slugs={"adam": "content/papers/adam.md"})
    result = read(given({"a.bib": "\n@misc{adam, title={Adam}}"}), site)
    assert notes(result) == []
    assert said(result) == [
        "a.bib:2: 'adam' gets no note: content/papers/adam.md stands already and does not name it in `paper`"
    ]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (r"{Learning $f:\mathcal{X}\to Y$ at home}", True),
        ("{https://ada.example/home/ada/x}", True),
        (r"{C:\Users\ada\x.pdf}", False),
        ("{Read /home/ada/x.pdf}", False),
        ("{file:///x.pdf}", False),
    ],
)
def test_machine_paths(value: str, kept: bool) -> None:
    grown = bibliography(read(given({"a.bib": f"@misc{{a, title={{A}}, note={value}}}"}), empty()))
    assert (f"  note = {value},\n" in grown) is kept


def test_keys_that_make_the_same_name() -> None:
    source = given({"a.bib": "@misc{a:b, title={X}}\n@misc{a/b, title={Y}}"})
    first = read(source, empty())
    assert notes(first) == ["content/papers/a-b-2.md", "content/papers/a-b.md"]
    slugs = {"a-b": "content/papers/a-b.md", "a-b-2": "content/papers/a-b-2.md"}
    assert read(source, replace(empty(), papers=bibliography(first), slugs=slugs)).files == ()


def test_works_without_keys_are_told_apart() -> None:
    item = {"type": "article-journal", "author": [{"family": "Lee"}], "issued": {"date-parts": [[2020]]}}
    items = [{**item, "title": "Deep sets"}, {**item, "title": "Deep nets"}]
    source = given({"a.json": json.dumps(items)})
    first = read(source, empty())
    assert notes(first) == ["content/papers/lee2020deep.md", "content/papers/lee2020deepa.md"]
    slugs = {"lee2020deep": "content/papers/lee2020deep.md", "lee2020deepa": "content/papers/lee2020deepa.md"}
    assert read(source, replace(empty(), papers=bibliography(first), slugs=slugs)).files == ()


def test_a_bibliography_with_faults_does_not_grow() -> None:
    result = read(given({"a.bib": "@misc{a, title={A}}"}), replace(empty(), papers="\n@misc{b, title={B"))
    assert result.files == ()
    assert said(result) == [f"a.bib:1: content/papers.bib:2: {UNREAD}; nothing is imported until it is mended"]


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.bib", b"\xff\xfe", "a.bib:1: byte 0 is not valid UTF-8 (0xff)"),
        ("a.bib", b"@misc{a, title={\x00}}", "a.bib:1: U+0000 is a control character"),
        ("a.bib", b"", "a.bib:1: holds no record of BibTeX"),
        ("a.bib", b"x" * 6_000_000, "a.bib:1: the file has 6,000,000 bytes; the limit is 5,242,880"),
        ("a.bib", b"@misc{a, t={" + b"{" * 100_000, f"a.bib:1: {UNREAD}"),
        ("a.json", b"", "a.json:1: is not CSL-JSON from here on: a list is expected"),
        ("a.json", b'{"nbformat": 4}', "a.json:1: is not CSL-JSON from here on: a list is expected"),
        ("a.json", b'[{"title": "A"},\n]', "a.json:1: is not CSL-JSON from here on: ',' or an end is expected"),
        ("a.json", b'[{"title": "A"} {}]', "a.json:1: is not CSL-JSON from here on: ',' or an end is expected"),
        ("a.json", b'[\n{"title": ', "a.json:2: is not CSL-JSON from here on: expecting value"),
        ("a.json", b"[" * 200_000, "a.json:1: is not CSL-JSON from here on: it is nested too deeply"),
        ("a.json", b"[1, null, []]", "a.json:1: is no item of CSL-JSON"),
        ("files/1/a.pdf", b"%PDF", "files/1/a.pdf:1: is neither BibTeX nor CSL-JSON; attachments are not carried"),
    ],
)  # fmt: skip
def test_hostile_files(name: str, data: bytes, line: str) -> None:
    result = read(given({name: data}), target())
    assert said(result)[0] == line


@pytest.mark.parametrize(
    "item",
    [
        {"title": ["x"], "type": {"a": 1}},
        {"title": "x", "author": "Ada", "issued": {"date-parts": [["x"]]}},
        {"title": "x", "author": [1, {"family": {}}, {}], "issued": {"date-parts": []}, "id": {"a": 1}},
        {"title": "x", "issued": {"date-parts": [[None, 13]]}, "a b": "c", "URL": "{}\\"},
        {"title": "x", "issued": None, "author": [{"family": "a}b", "given": "c"}]},
        {"title": "\ud800 x", "id": "a\u202eb"},
    ],
)
def test_odd_items(item: dict[str, object]) -> None:
    result = read(given({"a.json": json.dumps([item])}), target())
    assert not read_bibliography("", bibliography(result))[1]
    assert built(result).outputs
    assert len(notes(result)) == (0 if item["title"] == ["x"] else 1)


@any_of(title=st.text(min_size=1), key=st.text(), words=st.text())
def test_any_item_gives_a_sound_site(title: str, key: str, words: str) -> None:
    items = [{"id": key, "type": "book", "title": title, "keyword": words, "publisher": words, "custom": title}]
    result = read(given({"a.json": json.dumps(items)}), empty())
    assert not read_bibliography("", bibliography(result))[1]
    for one in result.files:
        assert one.path.startswith("content/papers")
        assert ".." not in one.path.split("/")
