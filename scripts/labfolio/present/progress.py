"""The progress page: the plate, targets with their pace, pillars, standard, makeup, and the sub-milestones."""

import math
from collections.abc import Iterable

from labfolio.facts.pace import Pace
from labfolio.facts.progress import Milestone, PillarProgress, Progress
from labfolio.facts.standard import Condition
from labfolio.model.entry import BUILD, KINDS, PAPER, REPRODUCTION, SUBMISSION, Entry
from labfolio.model.wording import amount, day_text, number, plural, signed
from labfolio.present import calendar_parts
from labfolio.present.checklist import least_complete
from labfolio.present.edition import Edition
from labfolio.present.lineage_page import lineage_link
from labfolio.present.makeup import makeup
from labfolio.present.plate import counter, plate
from labfolio.present.rows import tag_of
from labfolio.present.urls import milestone_url
from labfolio.present.views.common import Link, Mark, TitleBlock, TitleField, as_date
from labfolio.present.views.pages import NotFoundView
from labfolio.present.views.progress import ConditionRow, MilestoneRow, PillarRow, Planned, ProgressView, TargetRow

URL = "progress/"
# A name in a line takes a fifth of a row.
_NAMES = 5

MET = Mark(shape="disc", word="Met", tone="held")
NOT_MET = Mark(shape="ring", word="Not met", tone="quiet")
_PLANNED = {
    "shipped": Mark(shape="disc", word="Shipped", tone="held"),
    "late": Mark(shape="half", word="Shipped late", tone="part"),
    "missed": Mark(shape="cross", word="Missed", tone="quiet"),
    "open": Mark(shape="bar", word="Planned", tone="quiet"),
}
# A condition's name -> its words and the page whose list it counts.
_CONDITIONS = {
    "builds": ("Builds shipped", f"{BUILD.section}/"),
    "reproductions": ("Reproductions shipped", f"{REPRODUCTION.section}/"),
    "papers": ("Paper notes written", f"{PAPER.section}/"),
    "submissions": ("Submissions sent", f"{SUBMISSION.section}/"),
    "claims_reproduced": ("Claims of papers that held", "claims/#reproduced"),
    "goals_met": ("Goals of builds that were met", "claims/#reproduced"),
    "completeness": ("Checklist of the least complete entry", f"{REPRODUCTION.section}/"),
    "hours": ("Hours logged", f"{URL}#sub-milestones"),
    "days_logged": ("Days logged", f"{URL}#sub-milestones"),
}


def progress_page(edition: Edition) -> ProgressView:
    """The view of the progress page."""
    progress = edition.progress
    logged = progress.hours.total > 0
    return ProgressView(
        block=TitleBlock(fields=tuple(_fields(progress)), title="Progress", result=_sentence(progress)),
        note=edition.portfolio.program.note or "",
        counter=counter(progress),
        plate=plate(edition, URL),
        targets=tuple(_targets(edition)),
        pillars=tuple(_pillar(edition, index, one, logged) for index, one in enumerate(progress.pillars)),
        share_of="hours" if logged else "entries",
        hours=_hours(progress) if logged else "",
        standard=standard(edition, URL),
        makeup=makeup(edition, URL),
        milestones=tuple(milestone_row(edition, one, URL, _room(progress)) for one in progress.milestones),
        planned=any(one.planned for one in progress.milestones),
        logged=logged,
        links=(
            Link(text="Transcript", href=edition.href("transcript/", URL)),
            *([lineage_link(edition, URL)] if edition.lineage.edges else []),
            Link(text="progress.json", href=edition.href("progress.json", URL)),
            Link(text="Badge", href=edition.href("progress.svg", URL)),
        ),
        empty="No programme yet. Write start and days into content/program.yml.",
    )


def _room(progress: Progress) -> int | None:
    """How many entries each sub-milestone may name, None where the page has room for all."""
    room = _NAMES * calendar_parts.ROWS
    shipped = sum(len(one.shipped) for one in progress.milestones)
    return max(1, room // len(progress.milestones)) if shipped > room else None


def _fields(progress: Progress) -> Iterable[TitleField]:
    """Day and sub-milestone stand in the counter below, which a script keeps right, and the counts in the sentence."""
    if progress.phase:
        yield TitleField(label="Phase", value=progress.phase.capitalize())
    if progress.hours.total:
        yield TitleField(label="Hours", value=amount(progress.hours.total), href="#pillars")
    yield TitleField(label="As of", value=day_text(progress.today), date=as_date(progress.today))


def _sentence(progress: Progress) -> str:
    """What was shipped against what was aimed at, in words that state and do not judge."""
    parts = [
        f"{one.have} of {one.target} {one.kind.plural.lower()}" for one in progress.kinds if one.target is not None
    ]
    return f"Shipped so far: {', '.join(parts)}." if parts else "Counted from the entries themselves."


def _hours(progress: Progress) -> str:
    """The log in a sentence."""
    known = progress.hours
    days = plural(len(known.days), "day")
    streak = f" The current streak is {plural(known.streak, 'day')}, the longest {known.longest}." if known.days else ""
    return f"{amount(known.total)} hours on {days}, from the daily log.{streak}"


def _targets(edition: Edition) -> Iterable[TargetRow]:
    progress = edition.progress
    for one in progress.kinds:
        if one.target is not None or edition.portfolio.of(one.kind):
            name = Link(text=one.kind.plural, href=edition.href(f"{one.kind.section}/", URL))
            yield _target(name, str(one.have), str(one.target) if one.target is not None else "none", one.pace)
    if (wanted := progress.program.targets.hours) is not None:
        name = Link(text="Hours", href="#sub-milestones")
        yield _target(name, amount(progress.hours.total), str(wanted), progress.hours_pace)


def _target(name: Link, have: str, target: str, pace: Pace | None) -> TargetRow:
    return TargetRow(
        name=name,
        have=have,
        target=target,
        needed=amount(pace.needed) if pace and pace.needed is not None else "",
        so_far=amount(pace.so_far) if pace and pace.so_far is not None else "",
        forecast=day_text(pace.finish) if pace and pace.finish else "",
        basis=pace.basis if pace else "",
    )


def _pillar(edition: Edition, index: int, one: PillarProgress, logged: bool) -> PillarRow:
    share = one.hours_share if logged else one.share
    return PillarRow(
        pillar=tag_of(one.pillar, index),
        href=edition.href(f"pillars/{one.pillar.id}/", URL),
        entries=str(len(one.entries)),
        hours=amount(one.hours) if logged else "",
        share=f"{share:.0f}%",
        planned=f"{one.pillar.share:g}%",
        difference=f"{signed(number(round(share - one.pillar.share)))} pp",
    )


def standard(edition: Edition, page: str) -> tuple[ConditionRow, ...]:
    """The conditions of the graduation standard, each leading to the list that it counts."""
    return tuple(_condition(edition, one, page) for one in edition.conditions)


def _condition(edition: Edition, one: Condition, page: str) -> ConditionRow:
    words, target = _CONDITIONS[one.name]
    if one.name == "completeness":
        weakest = least_complete(edition, (BUILD, REPRODUCTION))
        target = f"{weakest[0][0].url}#s-checklist" if weakest else target
    # What falls short must not be rounded up to what is wanted.
    have, want = amount(math.floor(one.have * 10) / 10), amount(one.want)
    url, _, fragment = target.partition("#")
    href = edition.href(url, page) + (f"#{fragment}" if fragment else "")
    return ConditionRow(
        name=Link(text=words, href=href),
        have=f"{have}%, at least {want}%" if one.name == "completeness" else f"{have} of {want}",
        mark=MET if one.met else NOT_MET,
    )


def milestone_row(edition: Edition, milestone: Milestone, page: str, most: int | None = None) -> MilestoneRow:
    """A sub-milestone as a row on the page `page`, which names at `most` so many of the entries shipped in it."""
    progress = edition.progress
    first, last = milestone.days[0], milestone.days[-1]
    kept = milestone.shipped[:most]
    rest = len(milestone.shipped) - len(kept)
    state = "future" if first.date > progress.today else "past" if last.date < progress.today else "current"
    return MilestoneRow(
        name=Link(text=str(milestone.number), href=edition.href(milestone_url(milestone.number), page)),
        anchor=f"milestone-{milestone.number}",
        first=as_date(first.date),
        last=as_date(last.date),
        days=f"{first.number} to {last.number}" if first is not last else str(first.number),
        state=state,
        planned=tuple(planned(edition, milestone, page)),
        shipped=tuple(Link(text=entry.front.title, href=edition.href(entry.url, page)) for entry in kept),
        hours=amount(milestone.hours) if milestone.hours else "",
        empty={"past": "Nothing shipped", "current": "In progress", "future": "Ahead"}[state],
        more=Link(text=f"{rest} more", href=edition.href(milestone_url(milestone.number), page)) if rest else None,
    )


def planned(edition: Edition, milestone: Milestone, page: str) -> Iterable[Planned]:
    """What was planned for a sub-milestone and what became of it; a miss stays one when the entry ships later."""
    known = edition.portfolio.by_slug()
    for slug, entry in milestone.planned:
        missed = any(slug == name for name, _ in milestone.missed)
        word = ("late" if missed else "shipped") if entry else "missed" if missed else "open"
        yield Planned(link=_entry_link(edition, known.get(slug), slug, page), mark=_PLANNED[word])


def _entry_link(edition: Edition, entry: Entry | None, slug: str, page: str) -> Link:
    if entry is None:
        return Link(text=slug)
    return Link(text=entry.front.title, href=edition.href(entry.url, page))


def not_found(edition: Edition) -> NotFoundView:
    """The view of the 404 page. It is served at any depth, so its links begin at the site's base path."""
    base = edition.settings.base_path
    links = [Link(text="Home", href=base)]
    links += [Link(text=kind.plural, href=f"{base}{kind.section}/") for kind in KINDS if edition.portfolio.of(kind)]
    links.append(Link(text="Progress", href=f"{base}progress/"))
    field = TitleField(label="Sheet", value="404")
    block = TitleBlock(fields=(field,), title="Sheet not found", result="No page has this address.")
    return NotFoundView(block=block, links=tuple(links))
