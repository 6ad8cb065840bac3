"""Lists of entries: one page a kind, one a pillar."""

from collections.abc import Iterable
from datetime import date

from labfolio.facts.progress import counts
from labfolio.facts.verdicts import VERDICTS
from labfolio.model.entry import BUILD, KINDS, PAPER, REPRODUCTION, SUBMISSION, Entry, Kind
from labfolio.model.front_matter import Submission
from labfolio.model.program import Pillar
from labfolio.model.wording import amount, day_text, month_text, plural
from labfolio.present.choices import choices, fits
from labfolio.present.edition import Edition, narrowed_url
from labfolio.present.rows import OUTCOME_MARKS, entry_row, verdict_mark
from labfolio.present.views.common import RowGroup, TitleBlock, TitleField, as_date
from labfolio.present.views.pages import ListingView

_INTROS = {
    "build": "Every build, shipped or not; an abandoned one keeps its page and says why.",
    "reproduction": "Claims of papers, measured again. What did not hold is listed with what did.",
    "paper": "Notes on papers, each answering the same seven questions.",
    "note": "Dated notes.",
    "submission": "Papers sent out, with what became of them.",
}
_FOLDERS = {
    "build": "builds/<name>/index.md",
    "reproduction": "content/reproductions/<name>/index.md",
    "paper": "content/papers/<key>.md",
    "note": "content/notebook/<name>.md",
    "submission": "content/submissions/<name>.md",
}


def listing(edition: Edition, kind: Kind) -> ListingView:
    """The view of a kind's list."""
    page = f"{kind.section}/"
    entries = edition.portfolio.of(kind)
    progress = next(one for one in edition.progress.kinds if one.kind is kind)
    target = f" of {progress.target}" if progress.target is not None else ""
    done = "sent" if kind.name == "submission" else "read" if kind is PAPER else "shipped"
    fields = [
        TitleField(label="Published" if kind.name == "note" else done.capitalize(), value=f"{progress.have}{target}")
    ]
    for status, label in (("building", "In work"), ("planned", "Planned"), ("abandoned", "Abandoned")):
        if number := sum(entry.status == status for entry in entries):
            fields.append(TitleField(label=label, value=str(number)))
    if kind is REPRODUCTION:
        fields += verdict_fields(edition, entries, page)
    if finished := [entry for entry in entries if entry.status != "planned"]:
        fields.append(TitleField(label="Newest", value=day_text(finished[0].date), date=as_date(finished[0].date)))
    groups = _by_month(entries) if kind is not BUILD else _by_milestone(edition, entries)
    if kind is REPRODUCTION:
        groups = by_verdict(edition, entries)
    if kind is SUBMISSION:
        groups = _by_state(entries)
    return ListingView(
        block=TitleBlock(fields=tuple(fields), title=kind.plural, result=_INTROS[kind.name]),
        intro="",
        choices=choices(edition, page, "", "") if kind is REPRODUCTION and entries else (),
        groups=tuple(group_of(edition, page, *group) for group in groups),
        dense=kind is PAPER,
        empty=f"No {kind.noun}s yet. Write {_FOLDERS[kind.name]} with a title and a date.",
    )


def pillar_listing(edition: Edition, pillar: Pillar) -> ListingView:
    """The view of a pillar's list: the entries that count toward it, then the others."""
    page = f"pillars/{pillar.id}/"
    entries = [entry for entry in edition.portfolio.entries if entry.front.pillar == pillar.id]
    counted = [entry for entry in entries if counts(entry)]
    rest = [entry for entry in entries if not counts(entry)]
    fields = [
        TitleField(label="Shipped", value=plural(len(counted), "entry")),
        TitleField(label="Planned share", value=f"{pillar.share:g}%"),
    ]
    if logged := edition.progress.hours.pillars.get(pillar.id):
        fields.append(TitleField(label="Hours", value=amount(logged)))
    groups = [("Shipped", counted), ("Not shipped", rest)]
    return ListingView(
        block=TitleBlock(fields=tuple(fields), title=pillar.name, result="All entries of this pillar."),
        intro="",
        choices=(),
        groups=tuple(group_of(edition, page, heading, group) for heading, group in groups if group),
        dense=False,
        empty=f"No entry of this pillar yet. Write pillar: {pillar.id} in one.",
    )


def topic_listing(edition: Edition, page: str, name: str, entries: Iterable[Entry]) -> ListingView:
    """The view of a topic's list: every published entry that carries the tag, by kind."""
    given = list(entries)
    counted = sum(counts(entry) for entry in given)
    groups = [(kind.plural, [entry for entry in given if entry.kind is kind]) for kind in KINDS]
    return ListingView(
        block=TitleBlock(
            fields=(TitleField(label="Shipped", value=plural(counted, "entry")),),
            title=name[:1].upper() + name[1:],
            result="All entries on this topic.",
        ),
        intro="",
        choices=(),
        groups=tuple(group_of(edition, page, heading, group) for heading, group in groups if group),
        dense=False,
        empty="No entry on this topic.",
    )


def narrowed(edition: Edition, verdict: str, pillar: str) -> ListingView:
    """The reproductions with a verdict, of a pillar, or both."""
    page = narrowed_url(verdict, pillar)
    entries = [entry for entry in edition.portfolio.of(REPRODUCTION) if fits(edition, entry, verdict, pillar)]
    name = next((one.name for one in edition.portfolio.program.pillars if one.id == pillar), "")
    word = OUTCOME_MARKS[next(one for one in VERDICTS if one == verdict)].word if verdict else ""
    fields = [TitleField(label="Here", value=plural(len(entries), "reproduction"))]
    fields += [TitleField(label="Verdict", value=word)] if word else []
    fields += [TitleField(label="Pillar", value=name)] if name else []
    return ListingView(
        block=TitleBlock(
            fields=(*fields, *verdict_fields(edition, entries, page)),
            title=f"Reproductions: {', '.join(part for part in (word, name) if part)}",
            result=_INTROS["reproduction"],
        ),
        intro="",
        choices=choices(edition, page, verdict, pillar),
        groups=tuple(group_of(edition, page, *group) for group in by_verdict(edition, entries)),
        dense=False,
        empty="No reproduction is here at present.",
    )


def group_of(edition: Edition, page: str, heading: str, entries: Iterable[Entry]) -> RowGroup:
    """Entries under a heading."""
    anchor = "".join(c if c.isalnum() else "-" for c in heading.lower()).strip("-")
    return RowGroup(
        heading=heading, anchor=anchor, note="", rows=tuple(entry_row(edition, entry, page) for entry in entries)
    )


def verdict_fields(edition: Edition, entries: Iterable[Entry], page: str) -> list[TitleField]:
    """`5 of 7` claims that held, leading to the page of all claims; nothing where none was made."""
    judged = [one.judgement for entry in entries for one in edition.claims.get(entry.path, ())]
    held = sum(one.outcome in ("reproduced", "exceeded") for one in judged)
    href = edition.href("claims/", page)
    return [TitleField(label="Claims that held", value=f"{held} of {len(judged)}", href=href)] if judged else []


def _by_month(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """By month, newest first; what is only planned stands last, as a queue."""
    groups: dict[str, list[Entry]] = {}
    queue: list[Entry] = []
    for entry in entries:
        if entry.status == "planned":
            queue.append(entry)
        else:
            groups.setdefault(month_text(entry.date), []).append(entry)
    name = "Reading queue" if queue and queue[0].kind is PAPER else "Planned"
    return [*groups.items(), *([(name, queue)] if queue else [])]


def _by_milestone(edition: Edition, entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """In work first, then by sub-milestone, newest first, abandoned ones among them; planned last."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_milestone_heading(edition, entry), []).append(entry)
    first, last = groups.pop("In work", []), groups.pop("Planned", [])
    return [*([("In work", first)] if first else []), *groups.items(), *([("Planned", last)] if last else [])]


def _milestone_heading(edition: Edition, entry: Entry) -> str:
    if entry.status in ("building", "planned"):
        return {"building": "In work", "planned": "Planned"}[entry.status]
    day = edition.progress.day_of(entry.date)
    if day is None:
        return month_text(entry.date)
    length, days = edition.portfolio.program.milestone_days, edition.portfolio.program.days
    number = (day - 1) // length
    return f"Sub-milestone {number + 1} (days {number * length + 1} to {min((number + 1) * length, days)})"


# A submission's last event -> the heading that it stands under; what was turned down stands beside what was taken.
_STATES = {
    "": "Not sent yet",
    "submitted": "Under review",
    "reviews": "Under review",
    "rebuttal": "Under review",
    "accepted": "Accepted",
    "camera-ready": "Accepted",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
}


def _by_state(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """By state, in each the next deadline first."""
    groups: dict[str, list[Entry]] = {heading: [] for heading in dict.fromkeys(_STATES.values())}
    for entry in entries:
        front = entry.front
        assert isinstance(front, Submission)
        groups[_STATES[front.events[-1].event if front.events else ""]].append(entry)
    return [(heading, sorted(group, key=_deadline)) for heading, group in groups.items() if group]


def _deadline(entry: Entry) -> date:
    stated = entry.front.deadline if isinstance(entry.front, Submission) else None
    return stated or entry.date


def by_verdict(edition: Edition, entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Grouped by verdict in the rule's order; unfinished ones after it."""
    groups: dict[str, list[Entry]] = {}
    order = ("reproduced", "exceeded", "partial", "not-reproduced", "inconclusive", "untested")
    words = {"reproduced": "Reproduced", "exceeded": "Reproduced", "partial": "Partly reproduced"}
    for entry in entries:
        outcome = edition.outcome(entry)
        if entry.status != "shipped":
            heading = {"building": "In work", "planned": "Planned"}.get(entry.status, "Abandoned")
        elif outcome is None:
            heading = "Without a claim"
        else:
            heading = words.get(outcome) or verdict_mark(entry, outcome).word.replace("eplicated", "eproduced")
        groups.setdefault(heading, []).append(entry)
    ranks = {words.get(outcome, outcome.replace("-", " ").capitalize()): rank for rank, outcome in enumerate(order)}
    return sorted(groups.items(), key=lambda group: ranks.get(group[0], len(ranks)))
