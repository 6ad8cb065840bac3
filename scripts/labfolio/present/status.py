"""`labfolio status`: the progress page in the terminal, with what is next, what is weakest and what is left out.

Of one entry it gives the whole checklist.
"""

import math
from collections.abc import Iterable
from typing import Any

from labfolio.facts.checklist import share
from labfolio.facts.reading_queue import reading_queue
from labfolio.model.entry import PAPER, Entry
from labfolio.model.site import LeftOut
from labfolio.model.wording import amount
from labfolio.present.checklist import least_complete, missing
from labfolio.present.edition import Edition
from labfolio.present.progress_files import progress_shape

_BAR, _SHOWN, _NAMED = 20, 5, 2


def as_data(edition: Edition, left_out: Iterable[LeftOut]) -> dict[str, Any]:
    """The shape of `progress.json` with `next`, `weakest` and `left_out` beside."""
    found = progress_shape(edition).model_dump()
    found["next"] = [
        {"slug": entry.slug, "title": entry.front.title, "status": entry.status} for entry in _next(edition)
    ]
    found["weakest"] = [
        {**_named(edition, entry), "missing": missing(edition, entry)} for entry, _ in least_complete(edition)
    ]
    found["left_out"] = [{"path": item.path, "reason": item.reason} for item in left_out]
    return found


def as_text(edition: Edition, left_out: Iterable[LeftOut]) -> Iterable[str]:
    """The same in lines of plain text."""
    progress = edition.progress
    if progress.days:
        phase = f", {progress.phase}" if progress.phase else ""
        yield (
            f"Day {progress.day} of {len(progress.days)}, sub-milestone {progress.milestone} of"
            f" {len(progress.milestones)}{phase}  (as of {progress.today.isoformat()})"
        )
    else:
        yield f"No programme  (as of {progress.today.isoformat()})"
    yield ""
    rows = [(one.kind.plural, float(one.have), one.target, one.pace) for one in progress.kinds]
    if progress.program.targets.hours is not None or progress.hours.total:
        rows.append(("Hours", progress.hours.total, progress.program.targets.hours, progress.hours_pace))
    for name, have, target, pace in rows:
        if target is None and not have:
            continue
        of = f"{amount(have)} of {target}" if target else amount(have)
        needed = f"{amount(pace.needed)} a sub-milestone needed" if pace and pace.needed is not None else ""
        yield f"  {name:14} {_bar(have, target)} {of:12} {needed}".rstrip()
    if progress.pillars:
        yield ""
    logged = progress.hours.total > 0
    for one in progress.pillars:
        share = one.hours_share if logged else one.share
        unit = "of hours" if logged else "of entries"
        yield f"  {one.pillar.name:24} {share:3.0f}% {unit}, planned {one.pillar.share:g}%"
    yield from _closing(edition, left_out)


def entry_data(edition: Edition, entry: Entry) -> dict[str, Any]:
    """One entry with its whole checklist."""
    points = [{"asks": point.asks, "done": point.done} for point in edition.checklists[entry.path]]
    return {**_named(edition, entry), "points": points}


def entry_text(edition: Edition, entry: Entry) -> Iterable[str]:
    """The same in lines of plain text, in the checklist's order."""
    points = edition.checklists[entry.path]
    state = f"{entry.status}, a draft" if entry.front.draft else entry.status
    yield f"{edition.portfolio.id_of(entry)} {entry.front.title}  ({state})"
    yield f"{sum(point.done for point in points)} of {len(points)} points, {_percent(share(points))}"
    yield ""
    yield from (f"  [{'x' if point.done else ' '}] {point.asks}" for point in points)


def _named(edition: Edition, entry: Entry) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "id": edition.portfolio.id_of(entry),
        "title": entry.front.title,
        "completeness": math.floor(100 * share(edition.checklists[entry.path])),
    }


def _percent(part: float) -> str:
    """Rounded down: only what is whole is 100%."""
    return f"{math.floor(100 * part)}%"


def _first_missing(edition: Edition, entry: Entry) -> str:
    return "; ".join(missing(edition, entry)[:_NAMED])


def _closing(edition: Edition, left_out: Iterable[LeftOut]) -> Iterable[str]:
    if following := _next(edition):
        yield from ("", "Next:")
        for entry in following:
            lacks = f": {_first_missing(edition, entry)}" if entry.status == "building" else ""
            yield f"  {entry.status:9} {entry.front.title}{lacks}"
    if weakest := least_complete(edition):
        yield from ("", "Least complete, with what is missing first:")
        for entry, part in weakest[:_SHOWN]:
            sheet = f"{edition.portfolio.id_of(entry)} {entry.front.title}"
            yield f"  {_percent(part):>4}  {sheet}: {_first_missing(edition, entry)}"
    if len(weakest) > _SHOWN:
        yield f"        and {len(weakest) - _SHOWN} more: labfolio status --json"
    if items := list(left_out):
        yield from ("", "Left out:")
        yield from (f"  {item.path}: {item.reason}" for item in items)


def _bar(have: float, target: int | None) -> str:
    if not target:
        return " " * (_BAR + 2)
    full = min(_BAR, int(_BAR * have / target))
    return "[" + "#" * full + "." * (_BAR - full) + "]"


def _next(edition: Edition) -> list[Entry]:
    """What is in work, then what is planned, the oldest first, papers in the order of their queue."""
    waiting = [entry for entry in reversed(edition.portfolio.entries) if entry.status in ("building", "planned")]
    queue = iter(reading_queue(waiting))
    waiting = [next(queue) if entry.status == "planned" and entry.kind is PAPER else entry for entry in waiting]
    return sorted(waiting, key=lambda entry: entry.status != "building")[:_SHOWN]
