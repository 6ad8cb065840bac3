"""Diagnostics for a terminal, an editor or a build service."""

import json
from collections.abc import Iterable
from typing import Any

from labfolio.model.allowance import Allowed
from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.private_text import masked
from labfolio.model.site import LeftOut
from labfolio.model.unseen import one_line

# How much of a source line is shown, and how much of that stands before the fault, in characters.
_LONGEST, _BEFORE = 240, 80


def full(diagnostic: Diagnostic) -> str:
    """Address, level, rule and sentence; the source line with a caret; the mend."""
    lines = [concise(diagnostic)]
    if diagnostic.source:
        number = str(diagnostic.position.line)
        source, caret = pointed(diagnostic)
        lines += [f"  {number} | {source}", f"  {' ' * len(number)} | {caret}"]
    if diagnostic.help:
        lines.append(f"  help: {one_line(diagnostic.help)}")
    if diagnostic.fix:
        lines.append(f"  fix: labfolio check --fix can {one_line(diagnostic.fix.what)}")
    return "\n".join(lines)


def pointed(diagnostic: Diagnostic) -> tuple[str, str]:
    """The source line, what is not seen in it written as escapes, and the line below it that points at the fault.

    Of a long line that part is shown which the fault begins in.
    """
    given, start = diagnostic.source.replace("\t", " "), diagnostic.position.column - 1
    end = start + diagnostic.position.width
    first = max(0, min(start, len(given)) - _BEFORE) if len(given) > _LONGEST else 0
    last = first + _LONGEST
    before = "…" * (first > 0)
    shown = before + one_line(given[first:last]) + "…" * (last < len(given))
    column = len(before) + len(one_line(given[first:start])) + max(0, start - len(given))
    width = max(1, len(one_line(given[start : min(end, last)])))
    return shown, " " * column + "^" * width


def concise(diagnostic: Diagnostic) -> str:
    """One line a fault, whatever a file's name or a value holds."""
    return one_line(f"{diagnostic.place}: {diagnostic.level}[{diagnostic.rule}]: {diagnostic.message}")


def github(diagnostic: Diagnostic) -> str:
    """A workflow command, shown beside the line in a pull request."""

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def attribute(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    where = (
        f"file={attribute(masked(diagnostic.path))},line={diagnostic.position.line},col={diagnostic.position.column}"
    )
    command = "notice" if diagnostic.level is Level.NOTE else diagnostic.level.value
    return f"::{command} title={attribute(diagnostic.rule)},{where}::{one_line(escaped(diagnostic.message))}"


def as_json(
    diagnostics: Iterable[Diagnostic],
    left_out: Iterable[LeftOut],
    allowed: Iterable[Allowed] = (),
    fixed: Iterable[Diagnostic] = (),
) -> str:
    """Everything found, mended, allowed and left out, version 1 of the shape. `end_column` is the first one after."""
    return json.dumps(
        {
            "version": 1,
            "diagnostics": [_fault(one) for one in diagnostics],
            "fixed": [_fault(one) for one in fixed],
            "allowed": [{**_fault(one.diagnostic), "reason": one.reason} for one in allowed],
            "left_out": [{"path": masked(one.path), "reason": one.reason} for one in left_out],
        },
        indent=2,
    )


def _fault(one: Diagnostic) -> dict[str, Any]:
    edits = [{"line": e.line, "column": e.column, "old": e.old, "new": e.new} for e in one.fix.edits] if one.fix else []
    return {
        "path": masked(one.path),
        "line": one.position.line,
        "column": one.position.column,
        "end_column": one.position.column + one.position.width,
        "level": one.level.value,
        "rule": one.rule,
        "message": one.message,
        "help": one.help,
        "fix": {"what": one.fix.what, "edits": edits} if one.fix else None,
    }


def number_of(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`, or an empty text; notes are not counted."""
    levels = [one.level for one in diagnostics]
    errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARNING)
    return sum_of(errors, warnings) if errors or warnings else ""


def closing(diagnostics: Iterable[Diagnostic], left_out: Iterable[LeftOut], allowed: Iterable[Allowed] = ()) -> str:
    """What was left out and what stands by an allowance, a line each, then the number of errors and warnings.

    Notes speak for themselves.
    """
    given = list(diagnostics)
    lines = [one_line(f"left out: {masked(item.path)}: {item.reason}") for item in left_out]
    lines += [one_line(f"allowed: {one.diagnostic.path}: {one.diagnostic.rule}: {one.reason}") for one in allowed]
    if number := number_of(given):
        lines.append(number)
    if fixable := sum(one.fix is not None for one in given):
        lines.append(f"{fixable} can be mended with labfolio check --fix")
    return "\n".join(lines)


def sum_of(errors: int, warnings: int) -> str:
    """`2 errors, 1 warning`."""
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
