"""Which warnings their author lets stand, and which allowances allow nothing."""

from collections.abc import Iterable, Mapping, Sequence

from labfolio.model.allowance import Allowance, Allowed
from labfolio.model.diagnostic import Diagnostic, Level, in_order
from labfolio.model.entry import Entry, FreeText, Keys
from labfolio.model.rules import UNUSED, fault
from labfolio.model.scalars import Allow
from labfolio.model.source import START, Position


def allowances_of(source: Entry | FreeText, *, published: bool) -> tuple[Allowance, ...]:
    """What the front matter of an entry or page allows: in its file and, for an entry, in the files beside it."""
    files: tuple[str, ...] = (source.path,)
    if isinstance(source, Entry) and source.path.endswith("/index.md"):
        files = (source.path, source.path.removesuffix("index.md"))
    allow = source.front.allow if isinstance(source, Entry) else source.allow
    return stated(allow, source.path, files, source.positions, source.text, judged=published)


def stated(
    allow: Allow,
    path: str,
    files: tuple[str, ...],
    positions: Mapping[Keys, Position],
    text: str,
    *,
    judged: bool = True,
) -> tuple[Allowance, ...]:
    """The field `allow` of a file, each rule with its place."""
    return tuple(
        Allowance(
            rule=rule,
            reason=reason,
            path=path,
            files=files,
            position=_place(rule, positions.get(("allow", rule), START), text),
            text=text,
            judged=judged,
        )
        for rule, reason in allow.items()
    )


def allow(
    diagnostics: Sequence[Diagnostic], allowances: Iterable[Allowance], *, whole: bool
) -> tuple[tuple[Diagnostic, ...], tuple[Allowed, ...]]:
    """What is left to tell, and what stands by an allowance.

    `whole` says that everything was looked at: only then is an allowance that allows nothing told.
    """
    given = tuple(allowances)
    kept, allowed, used = [], [], set()
    for one in diagnostics:
        by = next((allowance for allowance in given if allowance.covers(one)), None)
        if by is None or one.level is not Level.WARNING:
            kept.append(one)
            continue
        allowed.append(Allowed(diagnostic=one, reason=by.reason))
        used.add(by)
    if whole:
        kept += [_unused(one) for one in given if one.judged and one not in used]
    return in_order(tuple(kept)), tuple(allowed)


def _unused(one: Allowance) -> Diagnostic:
    message = f"allow: nothing in {one.files[-1]} breaks '{one.rule}'"
    return fault(UNUSED, one.path, message, "Remove it.", one.position, one.text)


def _place(rule: str, value: Position, text: str) -> Position:
    """Where the rule's name stands: before its reason, in its line or above it."""
    lines = text.split("\n")
    for number in range(min(value.line, len(lines)), 0, -1):
        line = lines[number - 1]
        at = line.rfind(rule, 0, value.column if number == value.line else len(line))
        if at >= 0:
            return Position(line=number, column=at + 1, width=len(rule))
    return value
