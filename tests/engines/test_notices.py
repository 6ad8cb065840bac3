"""What a preview says: each fault once, until it changes or comes back."""

from dataclasses import replace

from labfolio.engines.notices import Told, number_of, rebuilt
from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.source import Position

ERROR = Diagnostic(rule="unknown-key", level=Level.ERROR, path="builds/x.md", message="unknown", source="staus: x")
WARNING = Diagnostic(
    rule="dead-link", level=Level.WARNING, path="builds/y.md", message="leads nowhere", source="[a](b)"
)
NOTE = Diagnostic(rule="moved", level=Level.NOTE, path="builds/z.md", message="moved")


def test_a_fault_is_news_once() -> None:
    told = Told()
    assert told.news([ERROR, WARNING]) == ((ERROR, WARNING), False)
    assert told.news([ERROR, WARNING]) == ((), False)
    lower = replace(ERROR, position=Position(line=9, column=1))
    assert told.news([lower, WARNING]) == ((), False), "a line above moved it"
    other = replace(ERROR, source="statu: x")
    assert told.news([other, WARNING]) == ((other,), False)
    assert told.news([WARNING]) == ((), True)
    assert told.news([WARNING]) == ((), False)
    assert told.news([ERROR, WARNING]) == ((ERROR,), False), "what comes back is told again"


def test_what_a_build_that_ended_early_does_not_find_is_not_gone() -> None:
    told = Told()
    told.news([WARNING])
    assert told.news([ERROR], whole=False) == ((ERROR,), False)
    assert told.news([WARNING]) == ((), True)


def test_one_line_a_build() -> None:
    assert rebuilt(["a.md"], (), False, "built in 0.9 s") == "a.md changed: built in 0.9 s"
    assert (
        rebuilt({"b.md", "a.md", "c.md"}, (), True, "built in 0.9 s")
        == "mended: a.md and 2 more changed, built in 0.9 s"
    )
    assert rebuilt(["a.md"], (ERROR,), False, "1 error, 0 warnings").splitlines() == [
        "builds/x.md:1:1: error[unknown-key]: unknown",
        "  1 | staus: x",
        "    | ^",
        "",
        "a.md changed: 1 error, 0 warnings",
    ]
    assert number_of((ERROR, WARNING, WARNING, NOTE)) == "1 error, 2 warnings"
    assert number_of(()) == ""
