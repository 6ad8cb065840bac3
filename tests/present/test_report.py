"""How grave a fault is, in words: an error and a warning are counted, a note speaks for itself and stops nothing."""

from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.rules import fault
from labfolio.present.report import closing, concise, github

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
