"""The progress page and the page for addresses that do not exist."""

from collections.abc import Iterable

from labfolio.facts.progress import Milestone, Progress
from labfolio.model.entry import KINDS
from labfolio.present.edition import Edition
from labfolio.present.plate import counter, kind_counts, pillar_counts, plate
from labfolio.present.views import Link, MilestoneRow, NotFoundView, ProgressView, TitleBlock, TitleField
from labfolio.present.wording import as_date, day_text

URL = "progress/"


def progress_page(edition: Edition) -> ProgressView:
    """The view of the progress page."""
    progress = edition.progress
    return ProgressView(
        block=TitleBlock(fields=tuple(_fields(progress)), title="Progress", result=_sentence(progress)),
        note=edition.portfolio.program.note or "",
        counter=counter(progress),
        plate=plate(edition, URL),
        counts=kind_counts(edition, URL),
        pillars=pillar_counts(edition, URL),
        milestones=tuple(_milestone(edition, one) for one in progress.milestones),
        empty="No programme yet. Write start and days into content/program.yml.",
    )


def _fields(progress: Progress) -> Iterable[TitleField]:
    if progress.days:
        yield TitleField(label="Day", value=f"{progress.day} of {progress.program.days}")
        if progress.day:
            yield TitleField(label="Sub-milestone", value=f"{progress.milestone} of {len(progress.milestones)}")
        yield TitleField(label="Last day", value=day_text(progress.days[-1].date))
    yield TitleField(label="As of", value=day_text(progress.today), date=as_date(progress.today))


def _sentence(progress: Progress) -> str:
    """What was shipped against what was aimed at, in words that state and do not judge."""
    parts = [
        f"{one.have} of {one.target} {one.kind.plural.lower()}" for one in progress.kinds if one.target is not None
    ]
    return f"Shipped so far: {', '.join(parts)}." if parts else "Counted from the entries themselves."


def _milestone(edition: Edition, milestone: Milestone) -> MilestoneRow:
    progress = edition.progress
    first, last = milestone.days[0], milestone.days[-1]
    state = "future" if first.date > progress.today else "past" if last.date < progress.today else "current"
    return MilestoneRow(
        number=milestone.number,
        anchor=f"milestone-{milestone.number}",
        first=as_date(first.date),
        last=as_date(last.date),
        days=f"{first.number} to {last.number}" if first is not last else str(first.number),
        state=state,
        shipped=tuple(Link(text=entry.front.title, href=edition.href(entry.url, URL)) for entry in milestone.shipped),
        empty={"past": "Nothing shipped", "current": "In progress", "future": "Ahead"}[state],
    )


def not_found(edition: Edition) -> NotFoundView:
    """The view of the 404 page. It is served at any depth, so its links begin at the site's base path."""
    base = edition.settings.base_path
    links = [Link(text="Home", href=base)]
    links += [Link(text=kind.plural, href=f"{base}{kind.section}/") for kind in KINDS if edition.portfolio.of(kind)]
    links.append(Link(text="Progress", href=f"{base}progress/"))
    field = TitleField(label="Sheet", value="404")
    block = TitleBlock(fields=(field,), title="Sheet not found", result="No page has this address.")
    return NotFoundView(block=block, links=tuple(links))
