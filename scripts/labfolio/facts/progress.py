"""Progress as of a day: the day's number, the sub-milestone, what was shipped and in which pillar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from labfolio.facts.portfolio import Portfolio
from labfolio.model.entry import KINDS, Entry, Kind
from labfolio.model.front_matter import Submission
from labfolio.model.program import Pillar, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class KindProgress:
    """What was shipped of a kind against its target (None where none is set)."""

    kind: Kind
    entries: tuple[Entry, ...]
    target: int | None

    @property
    def have(self) -> int:
        """How many count."""
        return len(self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarProgress:
    """What was shipped in a pillar; `share` is in percent of all shipped entries that name a pillar."""

    pillar: Pillar
    entries: tuple[Entry, ...]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """One day of the programme: the entries shipped on it and the pillar in work (None where nothing is known)."""

    number: int
    date: date
    shipped: tuple[Entry, ...]
    pillar: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A sub-milestone: its days and what was shipped in them."""

    number: int
    days: tuple[DayFacts, ...]

    @property
    def shipped(self) -> tuple[Entry, ...]:
        """The entries shipped in its days, in order."""
        return tuple(entry for day in self.days for entry in day.shipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All facts of progress as of `today`. `day` is clamped to 0..days; `days` is empty without a start."""

    today: date
    program: Program
    state: Literal["none", "before", "running", "after"]
    day: int
    milestone: int
    days: tuple[DayFacts, ...]
    milestones: tuple[Milestone, ...]
    kinds: tuple[KindProgress, ...]
    pillars: tuple[PillarProgress, ...]

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


def progress(portfolio: Portfolio, today: date) -> Progress:
    """Progress as of a day, for any day before, in and after the programme."""
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
    days = tuple(_days(portfolio, calendar, today))
    length = program.milestone_days
    milestones = tuple(
        Milestone(number=index // length + 1, days=days[index : index + length])
        for index in range(0, len(days), length)
    )
    return Progress(
        today=today,
        program=program,
        state=state,
        day=day,
        milestone=-(-day // length),
        days=days,
        milestones=milestones,
        kinds=tuple(_kinds(portfolio)),
        pillars=tuple(_pillars(portfolio)),
    )


def _days(portfolio: Portfolio, calendar: tuple[date, ...], today: date) -> Iterable[DayFacts]:
    shipped: dict[date, list[Entry]] = {}
    working: dict[date, tuple[date, str]] = {}
    for entry in reversed(portfolio.entries):
        if counts(entry):
            shipped.setdefault(entry.date, []).append(entry)
        if entry.front.pillar:
            began = entry.front.started or entry.date
            for ordinal in range(began.toordinal(), min(entry.date, today).toordinal() + 1):
                moment = date.fromordinal(ordinal)
                # Of several entries in work the one begun last is shown.
                if moment not in working or working[moment][0] <= began:
                    working[moment] = (began, entry.front.pillar)
    for number, moment in enumerate(calendar, start=1):
        pillar = working[moment][1] if moment in working else None
        yield DayFacts(number=number, date=moment, shipped=tuple(shipped.get(moment, ())), pillar=pillar)


def _kinds(portfolio: Portfolio) -> Iterable[KindProgress]:
    targets = portfolio.program.targets
    for kind in KINDS:
        target = getattr(targets, kind.section, None)
        entries = tuple(entry for entry in portfolio.of(kind) if counts(entry))
        yield KindProgress(kind=kind, entries=entries, target=target)


def _pillars(portfolio: Portfolio) -> Iterable[PillarProgress]:
    known = {pillar.id for pillar in portfolio.program.pillars}
    shipped = [entry for entry in portfolio.entries if counts(entry) and entry.front.pillar in known]
    for pillar in portfolio.program.pillars:
        entries = tuple(entry for entry in shipped if entry.front.pillar == pillar.id)
        share = 100 * len(entries) / len(shipped) if shipped else 0.0
        yield PillarProgress(pillar=pillar, entries=entries, share=share)
