"""`/progress.json` and `/progress.svg`: the counters for programs and for the top of a README."""

from markupsafe import escape

from labfolio.facts.pace import Pace
from labfolio.facts.verdicts import VERDICTS
from labfolio.model.progress_file import (
    VERSION,
    ConditionCount,
    HoursCount,
    KindCount,
    PillarCount,
    ProgressFile,
)
from labfolio.model.site import Output
from labfolio.present.edition import Edition

_LETTER, _PAD, _HEIGHT = 7.4, 10, 28


def progress_json(edition: Edition) -> Output:
    """The file."""
    text = progress_shape(edition).model_dump_json(indent=1)
    return Output(path="progress.json", content=(text + "\n").encode(), source="progress")


def progress_shape(edition: Edition) -> ProgressFile:
    """The counters as they are published."""
    progress, program = edition.progress, edition.portfolio.program
    kinds = {one.kind.section: _count(one.have, one.target, one.pace) for one in progress.kinds}
    if program.targets.hours is not None or progress.hours.total:
        kinds["hours"] = _count(progress.hours.total, program.targets.hours, progress.hours_pace)
    logged = progress.hours.total > 0
    outcomes = [one.judgement.outcome for claims in edition.claims.values() for one in claims]
    known = progress.hours
    return ProgressFile(
        version=VERSION,
        site=edition.settings.site_url,
        as_of=progress.today.isoformat(),
        state=progress.state,
        start=progress.days[0].date.isoformat() if progress.days else None,
        end=progress.days[-1].date.isoformat() if progress.days else None,
        day=progress.day,
        days=len(progress.days),
        milestone=progress.milestone,
        milestones=len(progress.milestones),
        phase=progress.phase,
        kinds=kinds,
        pillars=[
            PillarCount(
                id=one.pillar.id,
                name=one.pillar.name,
                entries=len(one.entries),
                hours=round(one.hours, 2),
                share=round(one.hours_share if logged else one.share, 2),
                planned=one.pillar.share,
            )
            for one in progress.pillars
        ],
        claims={verdict: outcomes.count(verdict) for verdict in VERDICTS},
        hours=HoursCount(
            total=round(known.total, 2),
            days_logged=len(known.days),
            streak=known.streak,
            longest=known.longest,
            weeks={f"{year}-W{week:02}": round(value, 2) for (year, week), value in known.weeks.items()},
            intensity={name: round(value, 2) for name, value in known.intensities.items()},
            activity={name: round(value, 2) for name, value in known.activities.items()},
        ),
        standard=[
            ConditionCount(name=one.name, want=one.want, have=round(one.have, 2), met=one.met)
            for one in edition.conditions
        ],
    )


def _count(have: float, target: float | None, pace: Pace | None) -> KindCount:
    return KindCount(
        have=round(have, 2),
        target=target,
        needed=round(pace.needed, 2) if pace and pace.needed is not None else None,
        so_far=round(pace.so_far, 2) if pace and pace.so_far is not None else None,
        forecast=pace.finish.isoformat() if pace and pace.finish else None,
        basis=pace.basis if pace else "",
    )


def badge(edition: Edition) -> Output:
    """A picture of the counters in one line, in the colours of the page that shows it: light or dark."""
    progress = edition.progress
    parts = [f"day {progress.day} of {len(progress.days)}"] if progress.days else []
    parts += [f"{one.have}/{one.target} {one.kind.plural.lower()}" for one in progress.kinds if one.target]
    parts = parts or [f"{sum(one.have for one in progress.kinds)} entries"]
    widths = [round(len(part) * _LETTER) + 2 * _PAD for part in parts]
    title = escape(f"{edition.settings.site_name}: {', '.join(parts)}")
    cells, x = [], 0
    for part, width in zip(parts, widths, strict=True):
        cells.append(f'<text x="{x + width / 2:g}" y="18">{escape(part)}</text>')
        cells += [f'<path d="M{x + width} 0v{_HEIGHT}"/>'] if part is not parts[-1] else []
        x += width
    style = (
        "rect{fill:#eff4ea;stroke:#76846e}path{stroke:#76846e}"
        "text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#151d18;text-anchor:middle}"
        "@media(prefers-color-scheme:dark){rect{fill:#171e19;stroke:#6f7e73}path{stroke:#6f7e73}text{fill:#e6ece5}}"
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{x}" height="{_HEIGHT}" viewBox="0 0 {x} {_HEIGHT}"'
        f' role="img" aria-labelledby="t"><title id="t">{title}</title><style>{style}</style>'
        f'<rect x=".5" y=".5" width="{x - 1}" height="{_HEIGHT - 1}"/>{"".join(cells)}</svg>\n'
    )
    return Output(path="progress.svg", content=svg.encode(), source="badge")
