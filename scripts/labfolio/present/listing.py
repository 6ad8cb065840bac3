"""Lists of entries: one page a kind, one a pillar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from labfolio.facts.progress import counts
from labfolio.model.entry import BUILD, KINDS, PAPER, REPRODUCTION, SUBMISSION, Entry, Kind, tag_slug
from labfolio.model.front_matter import Submission
from labfolio.model.program import Pillar
from labfolio.model.wording import amount, day_text, month_text, plural
from labfolio.present.choices import LABELS, Asked, choices, facets
from labfolio.present.edition import Edition
from labfolio.present.rows import entry_row, verdict_mark
from labfolio.present.urls import Narrowed
from labfolio.present.views.common import EntryRow, RowGroup, TitleBlock, TitleField, as_date
from labfolio.present.views.pages import ListingView


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under a heading; `dated` groups stand in order of time."""

    heading: str
    entries: tuple[Entry, ...]
    dated: bool = False


_EMPTY = "No {noun}s yet. Write {folder} with a title and a date."
_NONE = "No {noun} is here at present."
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


def listing(edition: Edition, given: Asked, page: Narrowed) -> ListingView:
    """The view of a kind's list, whole or narrowed by answers."""
    kind, entries = given.kind, given.lists[page.url][1]
    whole = not page.answers
    groups = grouped(edition, kind, entries)
    if page.answers.get("order"):
        groups = _oldest_first(groups)
    answers = [given.words[name].get(value) or given.names.get(value, value) for name, value in page.answers.items()]
    fields = _fields(edition, given) if whole else _narrowed_fields(edition, page, entries, answers)
    return ListingView(
        block=TitleBlock(
            fields=tuple(fields),
            title=kind.plural if whole else f"{kind.plural}: {', '.join(answers)}",
            result=_INTROS[kind.name],
        ),
        choices=choices(edition, given, page) if given.facets else (),
        groups=(
            *_drafts(edition, page.url, kind=kind, given=given, answers=page.answers),
            *(group_of(edition, page.url, group, given) for group in groups),
        ),
        layout={"paper": "papers", "note": "notebook"}.get(kind.name, "rows"),
        whole=whole,
        empty=_EMPTY.format(noun=kind.noun, folder=_FOLDERS[kind.name])
        if whole
        else f"No {kind.noun} is here at present.",
    )


def _fields(edition: Edition, given: Asked) -> list[TitleField]:
    """What there is of a kind: done of the target, in work, planned, abandoned, the newest."""
    kind = given.kind
    entries = edition.portfolio.of(kind)
    progress = next(one for one in edition.progress.kinds if one.kind is kind)
    target = f" of {progress.target}" if progress.target is not None else ""
    done = "sent" if kind.name == "submission" else "read" if kind is PAPER else "shipped"
    label = "Published" if kind.name == "note" else done.capitalize()
    fields = [TitleField(label=label, value=f"{progress.have}{target}")]
    for status, label in (("building", "In work"), ("planned", "Planned"), ("abandoned", "Abandoned")):
        if number := sum(entry.status == status for entry in entries):
            fields.append(TitleField(label=label, value=str(number)))
    if kind is REPRODUCTION:
        fields += verdict_fields(edition, entries, f"{kind.section}/")
    if finished := [entry for entry in entries if entry.status != "planned"]:
        fields.append(TitleField(label="Newest", value=day_text(finished[0].date), date=as_date(finished[0].date)))
    return fields


def _narrowed_fields(
    edition: Edition, page: Narrowed, entries: Sequence[Entry], answers: Iterable[str]
) -> list[TitleField]:
    fields = [TitleField(label="Here", value=plural(len(entries), page.kind.noun))]
    labelled = zip(page.answers, answers, strict=True)
    fields += [TitleField(label=LABELS[name], value=answer) for name, answer in labelled]
    return [*fields, *verdict_fields(edition, entries, page.url)] if page.kind is REPRODUCTION else fields


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
    groups = [Group(heading="Shipped", entries=tuple(counted)), Group(heading="Not shipped", entries=tuple(rest))]
    drafts = _drafts(edition, page, answers={"pillar": pillar.id})
    return ListingView(
        block=TitleBlock(fields=tuple(fields), title=pillar.name, result="All entries of this pillar."),
        choices=(),
        groups=(*drafts, *(group_of(edition, page, group) for group in groups if group.entries)),
        layout="rows",
        whole=False,
        empty=f"No entry of this pillar yet. Write pillar: {pillar.id} in one.",
    )


def topic_listing(edition: Edition, page: str, name: str, entries: Iterable[Entry]) -> ListingView:
    """The view of a topic's list: every published entry that carries the tag, by kind."""
    every = list(entries)
    given = [entry for entry in every if entry.path not in edition.portfolio.hidden]
    counted = sum(counts(entry) for entry in given)
    groups = [Group(heading=kind.plural, entries=tuple(e for e in given if e.kind is kind)) for kind in KINDS]
    return ListingView(
        block=TitleBlock(
            fields=(TitleField(label="Shipped", value=plural(counted, "entry")),),
            title=name[:1].upper() + name[1:],
            result="All entries on this topic.",
        ),
        choices=(),
        groups=(
            *_drafts(edition, page, answers={"tag": tag_slug(name)}),
            *(group_of(edition, page, group) for group in groups if group.entries),
        ),
        layout="rows",
        whole=False,
        empty="No entry on this topic.",
    )


def _drafts(
    edition: Edition,
    page: str,
    *,
    answers: Mapping[str, str],
    kind: Kind | None = None,
    given: Asked | None = None,
) -> Iterable[RowGroup]:
    """What only a preview shows of the entries that give these answers, under a heading of its own."""
    shown = edition.shown
    known = {entry.path: facets(shown, entry) for entry in shown.portfolio.drafts if kind is None or entry.kind is kind}
    wanted = [(name, value) for name, value in answers.items() if name != "order"]
    entries = tuple(
        entry
        for entry in shown.portfolio.drafts
        if entry.path in known and all(value in known[entry.path][name] for name, value in wanted)
    )
    if entries:
        group = Group(heading="Not published", entries=entries)
        yield group_of(shown, page, group, replace(given, facets=known) if given else None)


def grouped(edition: Edition, kind: Kind, entries: Iterable[Entry]) -> list[Group]:
    """Entries of a kind under their headings: builds by sub-milestone, reproductions by verdict, the rest by month."""
    if kind is BUILD:
        return _by_milestone(edition, entries)
    if kind is REPRODUCTION:
        return by_verdict(edition, entries)
    return _by_state(entries) if kind is SUBMISSION else _by_month(entries)


def _day(entry: Entry) -> date:
    return entry.date


def _oldest_first(groups: Sequence[Group]) -> list[Group]:
    """Every group from its oldest entry on; the groups too, where they stand in order of time."""
    # A stable sort: entries of one day stay in the reverse of their order.
    turned = [replace(one, entries=tuple(sorted(one.entries[::-1], key=_day))) for one in groups]
    dated = iter([one for one in reversed(turned) if one.dated])
    return [next(dated) if one.dated else one for one in turned]


def group_of(edition: Edition, page: str, group: Group, given: Asked | None = None) -> RowGroup:
    """A group as it is printed on a page; with what can be asked of its entries."""
    anchor = "".join(c if c.isalnum() else "-" for c in group.heading.lower()).strip("-")
    rows = [entry_row(edition, entry, page) for entry in group.entries]
    if given is not None:
        answers = [given.facets[entry.path] for entry in group.entries]
        rows = [
            replace(row, facets=tuple((name, " ".join(words)) for name, words in own.items() if words))
            for row, own in zip(rows, answers, strict=True)
        ]
        rows = _by_day(rows) if given.kind.name == "note" else rows
    return RowGroup(heading=group.heading, anchor=anchor, rows=tuple(rows), dated=group.dated)


def _by_day(rows: Sequence[EntryRow]) -> list[EntryRow]:
    """Rows with the day of the programme as their anchor, the first of each day."""
    days = [row.day.replace(" ", "-") for row in rows]
    return [
        replace(row, anchor="" if day in days[:at] else day)
        for at, (row, day) in enumerate(zip(rows, days, strict=True))
    ]


def verdict_fields(edition: Edition, entries: Iterable[Entry], page: str) -> list[TitleField]:
    """`5 of 7` claims that held, leading to the page of all claims; nothing where none was made."""
    judged = [one.judgement for entry in entries for one in edition.claims.get(entry.path, ())]
    held = sum(one.outcome in ("reproduced", "exceeded") for one in judged)
    href = edition.href("claims/", page)
    return [TitleField(label="Claims that held", value=f"{held} of {len(judged)}", href=href)] if judged else []


def _by_month(entries: Iterable[Entry]) -> list[Group]:
    """By month, newest first; what is only planned stands last, as a queue."""
    groups: dict[str, list[Entry]] = {}
    queue: list[Entry] = []
    for entry in entries:
        if entry.status == "planned":
            queue.append(entry)
        else:
            groups.setdefault(month_text(entry.date), []).append(entry)
    name = "Reading queue" if queue and queue[0].kind is PAPER else "Planned"
    months = [Group(heading=heading, entries=tuple(group), dated=True) for heading, group in groups.items()]
    return [*months, *([Group(heading=name, entries=tuple(queue))] if queue else [])]


def _by_milestone(edition: Edition, entries: Iterable[Entry]) -> list[Group]:
    """In work first, then by sub-milestone, newest first, abandoned ones among them; planned last."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_milestone_heading(edition, entry), []).append(entry)
    first, last = groups.pop("In work", []), groups.pop("Planned", [])
    dated = [Group(heading=heading, entries=tuple(group), dated=True) for heading, group in groups.items()]
    made = [Group(heading="In work", entries=tuple(first)), *dated, Group(heading="Planned", entries=tuple(last))]
    return [one for one in made if one.entries]


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


def _by_state(entries: Iterable[Entry]) -> list[Group]:
    """By state, in each the next deadline first."""
    groups: dict[str, list[Entry]] = {heading: [] for heading in dict.fromkeys(_STATES.values())}
    for entry in entries:
        front = entry.front
        assert isinstance(front, Submission)
        groups[_STATES[front.events[-1].event if front.events else ""]].append(entry)
    made = [Group(heading=heading, entries=tuple(sorted(group, key=_deadline))) for heading, group in groups.items()]
    return [one for one in made if one.entries]


def _deadline(entry: Entry) -> date:
    stated = entry.front.deadline if isinstance(entry.front, Submission) else None
    return stated or entry.date


def by_verdict(edition: Edition, entries: Iterable[Entry]) -> list[Group]:
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
    made = [Group(heading=heading, entries=tuple(group)) for heading, group in groups.items()]
    return sorted(made, key=lambda group: ranks.get(group.heading, len(ranks)))
