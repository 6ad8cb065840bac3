"""Faults in words and for programs: what counts, what a line may hold, what --fix could do."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.fix import Edit, Fix
from labfolio.model.rules import fault
from labfolio.model.source import Position
from labfolio.present.report import as_json, closing, concise, full, github, pointed

NOTE = fault("falling-counter", "content/permalinks.yml", "one less")
WARNING = fault("lost-heading", "builds/x.md", "one less")


def test_a_note_stops_nothing_and_is_not_counted() -> None:
    assert not has_errors((NOTE,), strict=True)
    assert has_errors((NOTE, WARNING), strict=True)
    assert closing((NOTE,), ()) == ""
    assert closing((NOTE, WARNING), ()) == "0 errors, 1 warning"


def test_a_note_has_its_word_in_each_format() -> None:
    def words(one: Diagnostic) -> tuple[str, str]:
        return concise(one).split(": ")[1], github(one).split(" ")[0]

    assert words(NOTE) == ("note[falling-counter]", "::notice")
    assert words(WARNING) == ("warning[lost-heading]", "::warning")


def fixable() -> Diagnostic:
    """A fault that --fix mends."""
    fix = Fix("write 'status'", (Edit(2, 1, "staus", "status"),))
    place = Position(line=2, column=1, width=5)
    return fault("unknown-key", "builds/x.md", "unknown field", "Write status", place, "---\nstaus: done", fix)


def test_full_ends_with_what_fix_can_do() -> None:
    assert full(fixable()).split("\n") == [
        "builds/x.md:2:1: error[unknown-key]: unknown field",
        "  2 | staus: done",
        "    | ^^^^^",
        "  help: Write status",
        "  fix: labfolio check --fix can write 'status'",
    ]
    assert closing((fixable(), WARNING), ()) == "1 error, 1 warning\n1 can be mended with labfolio check --fix"


def test_json_has_the_end_and_the_fix() -> None:
    found = json.loads(as_json((fixable(), NOTE), ()))["diagnostics"]
    assert found[0]["fix"] == {
        "what": "write 'status'",
        "edits": [{"line": 2, "column": 1, "old": "staus", "new": "status"}],
    }
    assert (found[0]["rule"], found[0]["column"], found[0]["end_column"]) == ("unknown-key", 1, 6)
    assert found[1]["fix"] is None


def test_no_name_or_value_can_pass_for_another_line_or_property() -> None:
    one = fault("dead-link", "builds/a,b: c\n%.md", "'x\n::error::y\x1b[31m' leads nowhere\u2028")
    shown = concise(one)
    assert shown == ("builds/a,b: c\\n%.md:1:1: warning[dead-link]: 'x\\n::error::y\\x1b[31m' leads nowhere\\u2028")
    assert full(one).split("\n")[0] == shown
    assert github(one) == (
        "::warning title=dead-link,file=builds/a%2Cb%3A c%0A%25.md,line=1,col=1::"
        "'x%0A::error::y\\x1b[31m' leads nowhere\\u2028"
    )


@given(st.text(), st.text())
def test_no_fault_is_more_than_a_line_or_holds_what_a_terminal_obeys(path: str, message: str) -> None:
    one = fault("dead-link", path, message)
    shown = concise(one)
    assert not any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in shown)
    assert not set("\r\n") & set(github(one))
    found = json.loads(as_json((one,), ()))["diagnostics"][0]
    assert (found["path"], found["message"]) == (path, message)


def test_of_a_long_line_the_part_is_shown_that_the_fault_begins_in() -> None:
    line = "a" * 300 + "[bad](x.md)" + "b" * 100_000
    one = fault("dead-link", "x.md", "it leads nowhere", position=Position(line=1, column=307, width=4), text=line)
    shown, caret = pointed(one)
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "x.md"
    assert (shown[0], shown[-1]) == ("…", "…")
    assert len(shown) == 242


@pytest.mark.parametrize("width", [1, 5, 500])
def test_a_fault_at_the_end_of_a_line_is_pointed_at(width: int) -> None:
    one = fault("dead-link", "x.md", "", position=Position(line=1, column=8, width=width), text="a\tb \u202ecd")
    assert pointed(one) == ("a b \\u202ecd", " " * 12 + "^")
