"""Progress as of a day: the day's number, the sub-milestone, what was shipped and in which pillar."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from labfolio.facts.hours import Hours, hours
from labfolio.facts.pace import Pace, pace
from labfolio.facts.portfolio import Portfolio
from labfolio.model.entry import KINDS, Entry, Kind
from labfolio.model.front_matter import Submission
from labfolio.model.log import Worked
from labfolio.model.program import Pillar, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class KindProgress:
    """What was shipped of a kind against its target and the pace to it (None where none is set)."""

    kind: Kind
    entries: tuple[Entry, ...]
    target: int | None
    pace: Pace | None

    @property
    def have(self) -> int:
        """How many count."""
        return len(self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarProgress:
    """What was shipped in a pillar and the hours that went into it.

    `share` is in percent of all shipped entries that name a pillar, `hours_share` of all hours that do.
    """

    pillar: Pillar
    entries: tuple[Entry, ...]
    share: float
    hours: float
    hours_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """One day of the programme: the entries shipped on it, the hours logged, and the pillar worked on.

    `pillar` is that of most hours of the day, without a log that of an entry in work, else None.
    """

    number: int
    date: date
    shipped: tuple[Entry, ...]
    pillar: str | None
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A sub-milestone: its days, what was shipped in them, and what was planned for it.

    `planned` pairs each planned slug with its entry (None where there is none that counts yet). A planned entry is
    missed once the sub-milestone has ended without it; it stays missed when it ships later.
    """

    number: int
    days: tuple[DayFacts, ...]
    goal: str
    planned: tuple[tuple[str, Entry | None], ...]
    over: bool

    @property
    def missed(self) -> tuple[tuple[str, Entry | None], ...]:
        """What was planned and did not ship by the last day."""
        last = self.days[-1].date
        return tuple(one for one in self.planned if self.over and (one[1] is None or one[1].date > last))

    @property
    def hours(self) -> float:
        """Hours logged in its days."""
        return math.fsum(day.hours for day in self.days)

    @property
    def shipped(self) -> tuple[Entry, ...]:
        """The entries shipped in its days, in order."""
        return tuple(entry for day in self.days for entry in day.shipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All facts of progress as of `today`.

    `day` is clamped to 0..days; `days` is empty without a start; `phase` is the part of the sub-milestone that today
    lies in, empty outside of the programme; `target_hours` and its pace are None where no hours are aimed at.
    """

    today: date
    program: Program
    state: Literal["none", "before", "running", "after"]
    day: int
    milestone: int
    days: tuple[DayFacts, ...]
    milestones: tuple[Milestone, ...]
    kinds: tuple[KindProgress, ...]
    pillars: tuple[PillarProgress, ...]
    phase: str
    hours: Hours
    hours_pace: Pace | None

    def day_of(self, moment: date) -> int | None:
        """The number of a calendar day in the programme, or None outside of it and in pauses."""
        return day_number(self.program, moment)


def counts(entry: Entry) -> bool:
    """Whether an entry counts toward its kind's target: shipped, and for a submission sent."""
    if isinstance(entry.front, Submission):
        return any(event.event == "submitted" for event in entry.front.events)
    return entry.status == "shipped"


def day_number(program: Program, moment: date) -> int | None:
    """The number of a calendar day from 1, pauses stepped over; None before, after and in a pause."""
    if program.start is None or moment < program.start or program.paused(moment):
        return None
    number = days_through(program, moment)
    return number if number <= program.days else None


def days_through(program: Program, moment: date) -> int:
    """How many days of the programme have begun by a calendar day, both ends included; 0 before the start."""
    if program.start is None or moment < program.start:
        return 0
    paused: set[int] = set()
    for pause in program.pauses:
        first, last = max(pause.from_, program.start), min(pause.to, moment)
        paused.update(range(first.toordinal(), last.toordinal() + 1))
    return (moment - program.start).days + 1 - len(paused)


def progress(portfolio: Portfolio, today: date, log: Sequence[Worked] = ()) -> Progress:
    """Progress as of a day, for any day before, in and after the programme; `log` holds the lines of the daily log."""
    program = portfolio.program
    calendar = program.calendar()
    through = days_through(program, today)
    day = min(through, program.days) if calendar else 0
    state: Literal["none", "before", "running", "after"] = "running"
    if not calendar:
        state = "none"
    elif today < calendar[0]:
        state = "before"
    elif today > calendar[-1]:
        state = "after"
    known = hours(log, program, today)
    days = tuple(_days(portfolio, calendar, today, log, known))
    length = program.milestone_days
    wanted = program.targets.hours
    return Progress(
        today=today,
        program=program,
        state=state,
        day=day,
        milestone=-(-day // length),
        days=days,
        milestones=tuple(_milestones(portfolio, days, today)),
        kinds=tuple(_kinds(portfolio, day, calendar)),
        pillars=tuple(_pillars(portfolio, known)),
        phase=_phase(program, day) if state == "running" else "",
        hours=known,
        hours_pace=pace(known.total, wanted, day, calendar, length, "hour") if wanted and calendar else None,
    )


def _phase(program: Program, day: int) -> str:
    """The part of the sub-milestone that a day lies in; the parts are of equal length, the earlier ones longer."""
    place = (day - 1) % program.milestone_days
    return program.phases[place * len(program.phases) // program.milestone_days] if program.phases and day else ""


def _milestones(portfolio: Portfolio, days: Sequence[DayFacts], today: date) -> Iterable[Milestone]:
    length, known = portfolio.program.milestone_days, portfolio.by_slug()
    plans = {plan.number: plan for plan in portfolio.program.milestones}
    for index in range(0, len(days), length):
        number = index // length + 1
        own, plan = days[index : index + length], plans.get(number)
        slugs = plan.plan if plan else ()
        yield Milestone(
            number=number,
            days=tuple(own),
            goal=plan.goal or "" if plan else "",
            planned=tuple((slug, _counted(known.get(slug))) for slug in slugs),
            over=own[-1].date < today,
        )


def _counted(entry: Entry | None) -> Entry | None:
    return entry if entry is not None and counts(entry) else None


def _days(
    portfolio: Portfolio, calendar: tuple[date, ...], today: date, log: Sequence[Worked], known: Hours
) -> Iterable[DayFacts]:
    logged = _logged_pillars(log, today)
    shipped: dict[date, list[Entry]] = {}
    working: dict[date, tuple[date, str]] = {}
    for entry in reversed(portfolio.entries):
        if counts(entry):
            shipped.setdefault(entry.date, []).append(entry)
        if entry.front.pillar and calendar:
            began = entry.front.started or entry.date
            first, last = max(began, calendar[0]), min(entry.date, today, calendar[-1])
            for ordinal in range(first.toordinal(), last.toordinal() + 1):
                moment = date.fromordinal(ordinal)
                # Of several entries in work the one begun last is shown.
                if moment not in working or working[moment][0] <= began:
                    working[moment] = (began, entry.front.pillar)
    for number, moment in enumerate(calendar, start=1):
        pillar = logged.get(moment) or (working[moment][1] if moment in working and not log else None)
        yield DayFacts(
            number=number,
            date=moment,
            shipped=tuple(shipped.get(moment, ())),
            pillar=pillar,
            hours=known.days.get(moment, 0.0),
        )


def _logged_pillars(log: Sequence[Worked], today: date) -> dict[date, str]:
    """The pillar with the most hours of each day."""
    sums: dict[date, dict[str, float]] = {}
    for one in log:
        if one.pillar is not None and one.date <= today:
            day = sums.setdefault(one.date, {})
            day[one.pillar] = day.get(one.pillar, 0.0) + one.hours
    return {day: max(parts, key=lambda pillar: (parts[pillar], pillar)) for day, parts in sums.items()}


def _kinds(portfolio: Portfolio, day: int, calendar: tuple[date, ...]) -> Iterable[KindProgress]:
    targets, length = portfolio.program.targets, portfolio.program.milestone_days
    for kind in KINDS:
        target = getattr(targets, kind.section, None)
        entries = tuple(entry for entry in portfolio.of(kind) if counts(entry))
        forecast = None
        if target is not None and calendar:
            forecast = pace(len(entries), target, day, calendar, length, kind.noun)
        yield KindProgress(kind=kind, entries=entries, target=target, pace=forecast)


def _pillars(portfolio: Portfolio, known: Hours) -> Iterable[PillarProgress]:
    ids = {pillar.id for pillar in portfolio.program.pillars}
    shipped = [entry for entry in portfolio.entries if counts(entry) and entry.front.pillar in ids]
    for pillar in portfolio.program.pillars:
        entries = tuple(entry for entry in shipped if entry.front.pillar == pillar.id)
        share = 100 * len(entries) / len(shipped) if shipped else 0.0
        own, named = known.pillars.get(pillar.id, 0.0), math.fsum(known.pillars.values())
        yield PillarProgress(
            pillar=pillar,
            entries=entries,
            share=share,
            hours=own,
            hours_share=100 * own / named if named else 0.0,
        )
