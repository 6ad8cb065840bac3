"""The page of a sub-milestone: what was planned, what shipped, what is in work."""

from labfolio.facts.progress import Milestone
from labfolio.present.edition import Edition
from labfolio.present.grouping import Group
from labfolio.present.listing import group_of
from labfolio.present.long_list import cut_groups
from labfolio.present.progress import milestone_row, planned
from labfolio.present.urls import milestone_url
from labfolio.present.views.common import Beside, Link, TitleBlock, TitleField
from labfolio.present.views.progress import MilestoneView


def milestone_page(edition: Edition, milestone: Milestone) -> MilestoneView:
    """The view of `/milestones/<number>/`."""
    page, progress = milestone_url(milestone.number), edition.progress
    row = milestone_row(edition, milestone, page)
    fields = [
        TitleField(label="Sub-milestone", value=f"{milestone.number} of {len(progress.milestones)}"),
        TitleField(label="Days", value=row.days),
        TitleField(label="From", value=row.first.text, date=row.first),
        TitleField(label="To", value=row.last.text, date=row.last),
        TitleField(label="Shipped", value=str(len(milestone.shipped))),
    ]
    if milestone.planned:
        kept = sum(1 for slug, entry in milestone.planned if entry and (slug, entry) not in milestone.missed)
        fields.append(TitleField(label="Of the plan", value=f"{kept} of {len(milestone.planned)}"))
    if row.hours:
        fields.append(TitleField(label="Hours", value=row.hours))
    first, last = milestone.days[0].date, milestone.days[-1].date
    done = {entry.path for entry in milestone.shipped}
    begun = [
        entry
        for entry in edition.portfolio.entries
        if entry.path not in done and (entry.front.started or entry.date) <= last and first <= entry.date
    ]
    shipped = tuple(reversed(milestone.shipped))
    groups = [Group(heading="Shipped", entries=shipped), Group(heading="Also in work", entries=tuple(begun))]
    groups, short = cut_groups(edition, page, groups, {})
    words = {"past": "It is over.", "current": "It is running.", "future": "It is still ahead."}
    return MilestoneView(
        block=TitleBlock(
            fields=tuple(fields),
            title=f"Sub-milestone {milestone.number}",
            result=milestone.goal or words[row.state],
        ),
        planned=tuple(planned(edition, milestone, page)),
        groups=tuple(group_of(edition, page, one) for one in groups if one.entries),
        empty=f"{row.empty}.",
        cut=short,
        previous=_beside(edition, milestone.number - 1, page, "Earlier"),
        next=_beside(edition, milestone.number + 1, page, "Later"),
    )


def _beside(edition: Edition, number: int, page: str, label: str) -> Beside | None:
    if not 1 <= number <= len(edition.progress.milestones):
        return None
    link = Link(text=f"Sub-milestone {number}", href=edition.href(milestone_url(number), page))
    return Beside(label=label, link=link)
