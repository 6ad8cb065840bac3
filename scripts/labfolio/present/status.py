"""`labfolio status`: the progress page in the terminal, with what is next, what is weakest and what is left out."""

from collections.abc import Iterable
from typing import Any

from labfolio.model.entry import Entry
from labfolio.model.site import LeftOut
from labfolio.model.wording import amount
from labfolio.present.edition import Edition
from labfolio.present.progress import least_complete
from labfolio.present.progress_files import progress_shape

_BAR, _SHOWN = 20, 5


def as_data(edition: Edition, left_out: Iterable[LeftOut]) -> dict[str, Any]:
    """The shape of `progress.json` with `next`, `weakest` and `left_out` beside."""
    found = progress_shape(edition).model_dump()
    found["next"] = [
        {"slug": entry.slug, "title": entry.front.title, "status": entry.status} for entry in _next(edition)
    ]
    weakest = least_complete(edition)[:_SHOWN]
    found["weakest"] = [{"slug": entry.slug, "completeness": round(100 * share)} for entry, share in weakest]
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


def _closing(edition: Edition, left_out: Iterable[LeftOut]) -> Iterable[str]:
    if following := _next(edition):
        yield from ("", "Next:")
        yield from (f"  {entry.status:9} {entry.front.title}" for entry in following)
    if weakest := least_complete(edition)[:_SHOWN]:
        yield from ("", "Least complete:")
        yield from (
            f"  {100 * share:3.0f}%  {edition.portfolio.id_of(entry)} {entry.front.title}" for entry, share in weakest
        )
    if items := list(left_out):
        yield from ("", "Left out:")
        yield from (f"  {item.path}: {item.reason}" for item in items)


def _bar(have: float, target: int | None) -> str:
    if not target:
        return " " * (_BAR + 2)
    full = min(_BAR, int(_BAR * have / target))
    return "[" + "#" * full + "." * (_BAR - full) + "]"


def _next(edition: Edition) -> list[Entry]:
    """What is in work, then what is planned, the oldest first."""
    waiting = [entry for entry in reversed(edition.portfolio.entries) if entry.status in ("building", "planned")]
    return sorted(waiting, key=lambda entry: entry.status != "building")[:_SHOWN]
