"""The portfolio as the library gives it out: facts under the public names, and nothing of how they were found."""

import math
from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import Any

from labfolio.facts.claims import Judged
from labfolio.facts.pace import Pace
from labfolio.facts.portfolio import Portfolio
from labfolio.facts.progress import Progress
from labfolio.facts.verdicts import page_outcome
from labfolio.model import library
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Entry
from labfolio.model.private_text import masked
from labfolio.model.site import Settings
from labfolio.model.unseen import one_line
from labfolio.present.prose import filled, of_all, values_of

_HELD = ("reproduced", "exceeded")


def given_out(
    settings: Settings,
    portfolio: Portfolio,
    claims: Mapping[str, tuple[Judged, ...]],
    progress: Progress,
    diagnostics: Iterable[Diagnostic],
) -> library.Portfolio:
    """The portfolio under its public names; `claims` are those of each entry by its source path."""
    return library.Portfolio(
        name=settings.site_name,
        url=settings.site_url,
        today=progress.today,
        entries=tuple(_entry(settings, portfolio, entry, claims) for entry in portfolio.entries),
        progress=_progress(progress),
        diagnostics=told(diagnostics),
    )


def with_values(
    portfolio: Portfolio, claims: Mapping[str, tuple[Judged, ...]]
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The entries with computed numbers in their front matter, and what asks for a number that is not there."""
    known = of_all(portfolio.entries, claims)
    made = [filled(entry, ChainMap(known, values_of(entry, claims.get(entry.path, ())))) for entry in portfolio.entries]
    return tuple(entry for entry, _ in made), tuple(one for _, found in made for one in found)


def told(diagnostics: Iterable[Diagnostic]) -> tuple[library.Diagnostic, ...]:
    """Diagnostics under their public names, each text in one line."""
    return tuple(
        library.Diagnostic(
            rule=one.rule,
            level=one.level.value,
            path=one_line(masked(one.path)),
            line=one.position.line,
            column=one.position.column,
            message=one_line(one.message),
            help=one_line(one.help),
        )
        for one in diagnostics
    )


def _entry(
    settings: Settings, portfolio: Portfolio, entry: Entry, claims: Mapping[str, tuple[Judged, ...]]
) -> library.Entry:
    front, own = entry.front, claims.get(entry.path, ())
    return library.Entry(
        id=portfolio.id_of(entry),
        slug=entry.slug,
        kind=entry.kind.name,
        title=front.title,
        date=entry.date,
        updated=entry.changed,
        status=entry.status,
        summary=front.summary or "",
        pillar=front.pillar,
        tags=tuple(front.tags),
        papers=tuple(front.paper),
        based_on=tuple(front.based_on),
        path=entry.path,
        url=settings.site_url + entry.url,
        verdict=page_outcome(one.judgement.outcome for one in own) if own else None,
        claims=tuple(_claim(entry, one) for one in own),
    )


def _claim(entry: Entry, one: Judged) -> library.Claim:
    claim, judgement = one.claim, one.judgement
    return library.Claim(
        entry=entry.slug,
        id=one.id,
        claim=claim.claim,
        metric=claim.metric,
        unit=claim.unit,
        dataset=claim.dataset,
        split=claim.split,
        locator=claim.locator,
        reported=claim.reported,
        target=claim.target,
        goal=claim.goal,
        expect=claim.expect,
        better=claim.better,
        tolerance=judgement.tolerance,
        baseline=claim.baseline,
        verdict=judgement.outcome,
        held=judgement.outcome in _HELD,
        reason=judgement.reason,
        files=one.paths,
        values=tuple(
            library.Value(replicate=value.replicate, value=_number(value.value), file=value.file, line=value.line)
            for value in one.values
        ),
        **_measured(one),
    )


def _measured(one: Judged) -> dict[str, Any]:
    """The fields of a claim that its result files give."""
    found = one.judgement.spread
    return {
        "measured": _number(found.value),
        "sd": _number(found.sd),
        "n": found.n,
        "low": _number(found.own_low),
        "high": _number(found.own_high),
        "difference": _number(one.judgement.delta),
    }


def _progress(progress: Progress) -> library.Progress:
    return library.Progress(
        state=progress.state,
        start=progress.days[0].date if progress.days else None,
        end=progress.days[-1].date if progress.days else None,
        day=progress.day,
        days=len(progress.days),
        milestone=progress.milestone,
        milestones=len(progress.milestones),
        targets=tuple(_targets(progress)),
        pillars=tuple(
            library.Pillar(
                id=one.pillar.id,
                name=one.pillar.name,
                planned=one.pillar.share,
                entries=len(one.entries),
                share=one.share,
                hours=one.hours,
                hours_share=one.hours_share,
            )
            for one in progress.pillars
        ),
    )


def _targets(progress: Progress) -> Iterable[library.Target]:
    yield from (_target(one.kind.section, one.have, one.target, one.pace) for one in progress.kinds)
    wanted, total = progress.program.targets.hours, progress.hours.total
    if wanted is not None or total:
        yield _target("hours", total, wanted, progress.hours_pace)


def _target(name: str, have: float, target: int | None, pace: Pace | None) -> library.Target:
    return library.Target(
        name=name,
        have=have,
        target=target,
        needed=pace.needed if pace else None,
        so_far=pace.so_far if pace else None,
        forecast=pace.finish if pace else None,
    )


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
