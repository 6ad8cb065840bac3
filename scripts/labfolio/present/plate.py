"""The counter and the plate: the programme as of a day, in words and as a grid."""

import json

from labfolio.facts.progress import Progress
from labfolio.model.wording import day_text, plural
from labfolio.present.edition import Edition
from labfolio.present.rows import tag_of
from labfolio.present.views.common import Link, as_date
from labfolio.present.views.progress import Count, Counter, PillarCount, Plate, PlateCell


def counter(progress: Progress) -> Counter | None:
    """The day counter, None without a programme."""
    program = progress.program
    if not progress.days or program.start is None:
        return None
    last = progress.days[-1].date
    lines = {
        "before": f"Starts on {day_text(program.start)}.",
        "running": f"Last day {day_text(last)}. Counted from {day_text(program.start)}.",
        "after": f"Ended on {day_text(last)}.",
    }
    milestone = f"Sub-milestone {progress.milestone} of {len(progress.milestones)}"
    return Counter(
        number=progress.day,
        days=program.days,
        state=progress.state,
        line=lines[progress.state],
        milestone=milestone if progress.day else "",
        start=as_date(program.start),
        end=as_date(last),
        as_of=as_date(progress.today),
        zone=program.timezone,
        milestone_days=program.milestone_days,
        pauses=json.dumps([[pause.from_.isoformat(), pause.to.isoformat()] for pause in program.pauses]),
    )


def plate(edition: Edition, page: str) -> Plate | None:
    """The grid of days: a column a sub-milestone, a row a day of it."""
    progress = edition.progress
    if not progress.days:
        return None
    length = progress.program.milestone_days
    hatches = {pillar.id: f"h{index % 8 + 1}" for index, pillar in enumerate(progress.program.pillars)}
    cells = []
    for day in progress.days:
        words = ["shipped"] if day.shipped else []
        future = day.date > progress.today
        if not day.shipped:
            words = [hatches[day.pillar]] if day.pillar in hatches and not future else ["open"]
        if day.number == progress.day and progress.state == "running":
            words.append("today")
        index = day.number - 1
        cells.append(PlateCell(day=day.number, x=index // length, y=index % length, css=" ".join(words)))
    shipping = sum(bool(day.shipped) for day in progress.days)
    columns = len(progress.milestones)
    return Plate(
        columns=columns,
        rows=min(length, progress.program.days),
        cells=tuple(cells),
        sentence=f"Day {progress.day} of {progress.program.days}: something was shipped on {plural(shipping, 'day')}.",
        caption=f"One column per sub-milestone of {plural(length, 'day')}. Hatch: {_hatch(progress)}."
        " Solid green: something shipped. Outline: nothing recorded, or still ahead. Red: today.",
        table=Link(text="As a table", href=edition.href("progress/", page) + "#sub-milestones"),
    )


def _hatch(progress: Progress) -> str:
    return "the pillar with most hours of the day" if progress.hours.total else "the pillar of an entry in work"


def kind_counts(edition: Edition, page: str) -> tuple[Count, ...]:
    """Have and target of every kind that has a target or an entry; the notebook only where it has posts."""
    return tuple(
        Count(name=one.kind.plural, have=one.have, target=one.target, href=edition.href(f"{one.kind.section}/", page))
        for one in edition.progress.kinds
        if one.target is not None or edition.portfolio.of(one.kind)
    )


def pillar_counts(edition: Edition, page: str) -> tuple[PillarCount, ...]:
    """Entries shipped by pillar, their share and the planned one; each leads to its list."""
    return tuple(
        PillarCount(
            pillar=tag_of(one.pillar, index),
            entries=plural(len(one.entries), "entry"),
            share=f"{one.share:.0f}% of shipped, {one.pillar.share:g}% planned",
            href=edition.href(f"pillars/{one.pillar.id}/", page),
        )
        for index, one in enumerate(edition.progress.pillars)
    )
