"""Lists of entries: one page a kind, one a pillar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from labfolio.facts.progress import counts
from labfolio.model.entry import KINDS, PAPER, REPRODUCTION, Entry, Kind, tag_slug
from labfolio.model.program import Pillar
from labfolio.model.wording import amount, day_text, plural
from labfolio.present.calendar_parts import LEVELS, part_words
from labfolio.present.choices import LABELS, Asked, choices, facets
from labfolio.present.edition import Edition
from labfolio.present.grouping import Group, grouped, oldest_first
from labfolio.present.long_list import base_of, cut, cut_groups, first_of_each, fits, neighbours, printed
from labfolio.present.rows import entry_row
from labfolio.present.urls import ARRANGING, Narrowed
from labfolio.present.views.common import EntryRow, RowGroup, TitleBlock, TitleField, as_date
from labfolio.present.views.pages import ListingView

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
    way, short = page.answers.get("group", ""), fits(entries, page)
    shown = entries if short or way else printed(kind, entries, page.answers.get("order", ""))
    groups = grouped(edition, kind, shown, way)
    if way and not short:
        groups = first_of_each(groups)
    if page.answers.get("order"):
        groups = oldest_first(groups)
    answers = _in_words(given, page)
    fields = _fields(edition, given) if whole else _narrowed_fields(edition, page, entries, answers)
    base = base_of(page).url
    previous, following = neighbours(edition, base, given.parts.get(base, ()), page.url, page.answers)
    return ListingView(
        block=TitleBlock(
            fields=tuple(fields),
            title=_title(kind, page, [*answers.values()]),
            result=_INTROS[kind.name],
        ),
        choices=choices(edition, given, page) if given.facets else (),
        groups=(
            *_drafts(edition, page.url, kind=kind, given=given, answers=page.answers),
            *(group_of(edition, page.url, group, given) for group in groups),
        ),
        layout={"paper": "papers", "note": "notebook"}.get(kind.name, "rows"),
        whole=short and (whole or [*page.answers] == ["group"]),
        empty=_EMPTY.format(noun=kind.noun, folder=_FOLDERS[kind.name])
        if whole
        else f"No {kind.noun} is here at present.",
        cut=cut(edition, page, given.parts, sum(len(one.entries) for one in groups), len(entries)),
        previous=previous,
        next=following,
    )


def _in_words(given: Asked, page: Narrowed) -> dict[str, str]:
    """What a page answers, in words; a part of the calendar as one, by the last of its names."""
    found = {
        name: given.words[name].get(value) or given.names.get(value, value)
        for name, value in page.answers.items()
        if name not in LEVELS
    }
    dated = [level for level in ("year", "month", "day") if level in page.answers]
    return found | ({dated[-1]: part_words(page.answers)} if dated else {})


def _title(kind: Kind, page: Narrowed, answers: Sequence[str]) -> str:
    """`Papers`, `Papers: Skimmed`, `Papers by venue`."""
    if [*page.answers] == ["group"]:
        return f"{kind.plural} {answers[0].lower()}"
    return f"{kind.plural}: {', '.join(answers)}" if answers else kind.plural


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
            href = "#reading-queue" if status == "planned" and kind is PAPER else None
            fields.append(TitleField(label=label, value=str(number), href=href))
    if kind is REPRODUCTION:
        fields += verdict_fields(edition, entries, f"{kind.section}/")
    if finished := [entry for entry in entries if entry.status != "planned"]:
        fields.append(TitleField(label="Newest", value=day_text(finished[0].date), date=as_date(finished[0].date)))
    return fields


def _narrowed_fields(
    edition: Edition, page: Narrowed, entries: Sequence[Entry], answers: Mapping[str, str]
) -> list[TitleField]:
    fields = [TitleField(label="Here", value=plural(len(entries), page.kind.noun))]
    fields += [TitleField(label=LABELS.get(name) or name.capitalize(), value=words) for name, words in answers.items()]
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
    groups, short = cut_groups(edition, page, groups, {"pillar": pillar.id})
    return ListingView(
        block=TitleBlock(fields=tuple(fields), title=pillar.name, result="All entries of this pillar."),
        choices=(),
        groups=(*drafts, *(group_of(edition, page, group) for group in groups if group.entries)),
        layout="rows",
        whole=False,
        empty=f"No entry of this pillar yet. Write pillar: {pillar.id} in one.",
        cut=short,
    )


def topic_listing(edition: Edition, page: str, name: str, entries: Iterable[Entry]) -> ListingView:
    """The view of a topic's list: every published entry that carries the tag, by kind."""
    every = list(entries)
    given = [entry for entry in every if entry.path not in edition.portfolio.hidden]
    counted = sum(counts(entry) for entry in given)
    groups = [Group(heading=kind.plural, entries=tuple(e for e in given if e.kind is kind)) for kind in KINDS]
    groups, short = cut_groups(edition, page, groups, {"tag": tag_slug(name)})
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
        layout="topic",
        whole=False,
        empty="No entry on this topic.",
        cut=short,
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
    wanted = [(name, value) for name, value in answers.items() if name not in ARRANGING]
    entries = tuple(
        entry
        for entry in shown.portfolio.drafts
        if entry.path in known and all(value in known[entry.path][name] for name, value in wanted)
    )
    if entries:
        group = Group(heading="Not published", entries=entries)
        yield group_of(shown, page, group, replace(given, facets=known) if given else None)


def group_of(edition: Edition, page: str, group: Group, given: Asked | None = None) -> RowGroup:
    """A group as it is printed on a page; with what can be asked of its entries."""
    anchor = group.anchor or "".join(c if c.isalnum() else "-" for c in group.heading.lower()).strip("-")
    rows = [entry_row(edition, entry, page) for entry in group.entries]
    if given is not None:
        rows = [replace(row, facets=_printed(given, entry)) for row, entry in zip(rows, group.entries, strict=True)]
        rows = _by_day(rows) if given.kind.name == "note" else rows
    return RowGroup(
        heading=group.heading,
        anchor=anchor,
        rows=tuple(rows),
        dated=group.dated,
        fixed=group.fixed,
        href=edition.href(group.url, page) if group.url else "",
    )


def _printed(given: Asked, entry: Entry) -> tuple[tuple[str, str], ...]:
    """What a script can ask of an entry: its answers to what is asked in place."""
    answers = given.facets[entry.path]
    return tuple((name, " ".join(words)) for name, words in answers.items() if words and name in given.in_place)


def _by_day(rows: Sequence[EntryRow]) -> list[EntryRow]:
    """Rows with the day of the programme as their anchor, the first of each day."""
    firsts = {row.day: row.sheet for row in reversed(rows)}
    return [replace(row, anchor=row.day.replace(" ", "-") if firsts[row.day] == row.sheet else "") for row in rows]


def verdict_fields(edition: Edition, entries: Iterable[Entry], page: str) -> list[TitleField]:
    """`5 of 7` claims that held, leading to the page of all claims; nothing where none was made."""
    judged = [one.judgement for entry in entries for one in edition.claims.get(entry.path, ())]
    held = sum(one.outcome in ("reproduced", "exceeded") for one in judged)
    href = edition.href("claims/", page)
    return [TitleField(label="Claims that held", value=f"{held} of {len(judged)}", href=href)] if judged else []
