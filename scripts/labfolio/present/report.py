"""Diagnostics for a terminal, an editor or a build service."""

import json
from collections.abc import Iterable

from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.site import LeftOut


def full(diagnostic: Diagnostic) -> str:
    """Address, level, rule and sentence; the source line with a caret; the mend."""
    lines = [f"{diagnostic.place}: {diagnostic.level}[{diagnostic.rule}]: {diagnostic.message}"]
    if diagnostic.source:
        number = str(diagnostic.position.line)
        source = diagnostic.source.replace("\t", " ")
        column = diagnostic.position.column - 1
        width = max(1, min(diagnostic.position.width, len(source) - column))
        lines += [f"  {number} | {source}", f"  {' ' * len(number)} | {' ' * column}{'^' * width}"]
    if diagnostic.help:
        lines.append(f"  help: {diagnostic.help}")
    return "\n".join(lines)


def concise(diagnostic: Diagnostic) -> str:
    """One line a fault."""
    return f"{diagnostic.place}: {diagnostic.level}[{diagnostic.rule}]: {diagnostic.message}"


def github(diagnostic: Diagnostic) -> str:
    """A workflow command, shown beside the line in a pull request."""

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    where = f"file={diagnostic.path},line={diagnostic.position.line},col={diagnostic.position.column}"
    command = "notice" if diagnostic.level is Level.NOTE else diagnostic.level.value
    return f"::{command} title={diagnostic.rule},{where}::{escaped(diagnostic.message)}"


def as_json(diagnostics: Iterable[Diagnostic], left_out: Iterable[LeftOut]) -> str:
    """Everything found and everything left out, version 1 of the shape."""
    return json.dumps(
        {
            "version": 1,
            "diagnostics": [
                {
                    "path": one.path,
                    "line": one.position.line,
                    "column": one.position.column,
                    "level": one.level.value,
                    "rule": one.rule,
                    "message": one.message,
                    "help": one.help,
                }
                for one in diagnostics
            ],
            "left_out": [{"path": one.path, "reason": one.reason} for one in left_out],
        },
        indent=2,
    )


def closing(diagnostics: Iterable[Diagnostic], left_out: Iterable[LeftOut]) -> str:
    """What was left out, a line each, then the number of errors and warnings; notes speak for themselves."""
    given = list(diagnostics)
    lines = [f"left out: {item.path}: {item.reason}" for item in left_out]
    errors = sum(one.level is Level.ERROR for one in given)
    warnings = sum(one.level is Level.WARNING for one in given)
    if errors or warnings:
        lines.append(f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}")
    return "\n".join(lines)
