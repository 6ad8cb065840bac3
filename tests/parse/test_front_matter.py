"""Front matter: any text gives an entry or diagnostics, and what was written is what is read."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from labfolio.model.diagnostic import has_errors
from labfolio.model.entry import BUILD, KINDS, Kind
from labfolio.model.front_matter import Build, FreePage
from labfolio.model.program import Program
from labfolio.model.unseen import without_unseen
from labfolio.parse.front_matter import read_entry, read_free_page, split
from labfolio.parse.program import read_program
from labfolio.parse.settings import read_settings
from labfolio.parse.text import decode
from labfolio.parse.yaml_text import read_yaml
from tests.fuzz.readers import told
from tests.strategies import declared

ODD = st.sampled_from(
    ["---\n", "title: ", "date: 2026-03-03\n", "- ", "{", "[", "&a ", "*a", "? ", "!!x ", ": ", "#", '"', "'", "|\n"]
)
TEXT = st.lists(st.one_of(ODD, st.text(max_size=12)), max_size=20).map("".join)


@given(TEXT)
def test_any_text_is_an_entry_or_a_fault(text: str) -> None:
    for kind in KINDS:
        entry, found = read_entry(kind, "x", "builds/x.md", f"---\n{text}\n---\nBody")
        assert (entry is None) == has_errors(found)
    page, found = read_free_page("content/x.md", "x/", text)
    assert (page is None) == has_errors(found)


@given(TEXT)
def test_any_text_is_a_programme_and_settings_or_a_fault(text: str) -> None:
    read_program("content/program.yml", text)
    read_settings("mkdocs.yml", text, {})


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_fault(data: bytes) -> None:
    text, found = decode("x.md", data)
    assert not (found and text)
    assert found or text.encode() == data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


@given(
    st.text(
        alphabet=st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029\x85\ufeff"),
        min_size=1,
    )
)
def test_a_quoted_title_is_read_as_it_was_written(title: str) -> None:
    import json

    entry, found = read_entry(BUILD, "x", "x.md", f"---\ntitle: {json.dumps(title)}\ndate: 2026-03-03\n---\n")
    if entry is not None:
        assert entry.front.title == without_unseen(title).strip()
    else:
        assert found


def test_scalars_stay_as_they_were_written() -> None:
    text = "title: no\ndate: 2026-03-03\ncommit: 12e4567\ntags: [1.10, on, 012, 12:30:45]\nseeds: [0, 1, 2]\n"
    entry, found = read_entry(BUILD, "x", "x.md", f"---\n{text}---\n")
    assert not found
    assert entry is not None
    assert isinstance(entry.front, Build)
    assert (entry.front.title, entry.front.commit, entry.front.seeds) == ("no", "12e4567", ("0", "1", "2"))
    assert entry.front.tags == ("1.10", "on", "012", "12:30:45")


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    plain = "---\ntitle: x\ndate: 2026-03-03\n---\nBody\n"
    for data in (plain, plain.replace("\n", "\r\n"), plain.replace("\n", "\r"), "\ufeff" + plain):
        assert decode("x.md", data.encode()) == (plain, ())


def test_positions_lead_to_keys_and_values() -> None:
    read = read_yaml("x", "a: 1\nb:\n  - {c: 2}\n")
    assert read.value == {"a": "1", "b": [{"c": "2"}]}
    assert (read.positions["b", 0, "c"].line, read.positions["b", 0, "c"].column) == (3, 9)
    assert (read.keys["b", 0, "c"].line, read.keys["b", 0, "c"].column) == (3, 6)


def test_split() -> None:
    assert split("---\na: 1\n---\nText") == ("a: 1", "Text", 4, True)
    assert split("Text") == (None, "Text", 1, True)
    assert split("---\na: 1") == ("a: 1", "", 3, False)


def written(fields: dict[str, Any]) -> str:
    """Fields as YAML, which JSON is, one a line."""
    return "".join(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())


@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), declared(kind.declared))))
def test_any_value_of_any_field_is_read_or_told(given: tuple[Kind, dict[str, Any]]) -> None:
    kind, fields = given
    text = f"---\n{written(fields)}---\nBody"
    entry, found = read_entry(kind, "x", "builds/x.md", text)
    assert (entry is None) == has_errors(found)
    told(found, text.count("\n") + 1)
    assert read_entry(kind, "x", "builds/x.md", text) == (entry, found)


@given(st.sampled_from(("title", "date", "status", "tags", "summary")), st.text("#a2-:[", max_size=8))
def test_any_plain_value_before_a_comment_is_read_or_told(name: str, value: str) -> None:
    fields = {"title": "X", "date": "2026-03-03", name: f"{value} #rest"}
    text = "".join(f"{key}: {one}\n" for key, one in fields.items())
    entry, found = read_entry(BUILD, "x", "builds/x.md", f"---\n{text}---\nBody")
    assert (entry is None) == has_errors(found)


@given(declared(FreePage))
def test_any_value_of_a_page_is_read_or_told(fields: dict[str, Any]) -> None:
    text = f"---\n{written(fields)}---\nBody"
    page, found = read_free_page("content/x.md", "x/", text)
    assert (page is None) == has_errors(found)
    told(found, text.count("\n") + 1)


@given(declared(Program))
def test_any_value_of_the_programme_is_read_or_told(fields: dict[str, Any]) -> None:
    text = written(fields) or "{}"
    program, _, found = read_program("content/program.yml", text)
    assert program == Program() or not has_errors(found)
    told(found, text.count("\n") + 1)
