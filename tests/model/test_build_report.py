"""What a build said comes back as it was."""

import json

import pytest

from labfolio.model.allowance import Allowed
from labfolio.model.build_report import BuildReport, report_of
from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.fix import Edit, Fix
from labfolio.model.site import LeftOut
from labfolio.model.source import Position

PLAIN = Diagnostic(rule="dead-link", level=Level.WARNING, path="builds/\udcff.md", message="Gone.")
FULL = Diagnostic(
    rule="unknown-key",
    level=Level.NOTE,
    path="builds/x.md",
    message="It is 'é'.",
    help="Write it.",
    position=Position(line=3, column=4, width=5),
    source="a: é",
    fix=Fix("write 'a'", (Edit(3, 4, "é", "e"), Edit(4, 1, "", "x\n"))),
)


def test_a_report_survives_a_file() -> None:
    report = BuildReport(
        diagnostics=(PLAIN, FULL),
        left_out=(LeftOut(path="builds/d.md", reason="it is a draft"),),
        allowed=(Allowed(diagnostic=FULL, reason="It is meant."),),
        number=7,
    )
    assert report_of(json.loads(json.dumps(report.as_data()))) == report


@pytest.mark.parametrize("data", [{}, {"diagnostics": [{}]}, {"diagnostics": [], "left_out": [{"x": 1}]}])
def test_anything_else_is_none(data: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        report_of(data)
