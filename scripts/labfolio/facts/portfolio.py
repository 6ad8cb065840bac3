"""The portfolio: the entries that are published, their ids, and what does not agree among them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TypeVar, cast

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import KINDS, Entry, FreeText, Kind
from labfolio.model.memory import Recent
from labfolio.model.program import Program
from labfolio.model.rules import fault
from labfolio.model.site import LeftOut
from labfolio.model.source import Position
from labfolio.model.spelling import closest, nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """What is published. `entries` is newest first; `ids` gives each entry's path its id (B07); `left_out` is the rest.

    `hidden` are the sources of drafts and of entries of the future: nothing of them may be printed, but in a preview,
    where `drafts` are these entries.
    """

    entries: tuple[Entry, ...]
    free_pages: tuple[FreeText, ...]
    program: Program
    ids: Mapping[str, str]
    left_out: tuple[LeftOut, ...]
    hidden: frozenset[str]
    drafts: tuple[Entry, ...] = ()

    @property
    def sources(self) -> tuple[Entry | FreeText, ...]:
        """Everything that is published of what its author wrote in Markdown."""
        return (*self.entries, *self.free_pages)

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """The published entries of a kind, newest first."""
        return tuple(entry for entry in self.entries if entry.kind is kind)

    def by_slug(self) -> dict[str, Entry]:
        """The published entries by slug; slugs are unique over all kinds."""
        return {entry.slug: entry for entry in self.entries}

    def id_of(self, entry: Entry) -> str:
        """An entry's id, such as B07."""
        return self.ids[entry.path]

    def named(self, name: str) -> Entry | None:
        """The published entry that a slug, an id or a path of its file or folder stands for."""
        path = PurePosixPath(name.replace("\\", "/"))
        slug = path.parent.name if path.name == "index.md" else path.name.removesuffix(".md")
        return next((entry for entry in self.entries if slug in (entry.slug, self.id_of(entry))), None)


def bodiless(portfolio: Portfolio, recent: Recent) -> Portfolio:
    """The portfolio with no more of each text than its front matter, as its author wrote it.

    What is made of a source that `recent` has seen is the same object, which compares at once.
    """
    return replace(
        portfolio,
        entries=tuple(_bodiless(entry, recent) for entry in portfolio.entries),
        drafts=tuple(_bodiless(entry, recent) for entry in portfolio.drafts),
        free_pages=tuple(_bodiless(page, recent) for page in portfolio.free_pages),
    )


_Source = TypeVar("_Source", Entry, FreeText)


def _bodiless(source: _Source, recent: Recent) -> _Source:
    key = ("bodiless", source.path)
    if isinstance(kept := recent.get(key), tuple) and kept[0] is source:
        return cast(_Source, kept[1])
    front = source.text[: len(source.text) - len(source.body)]
    made = replace(source, text=front, body="", body_line=1, positions={})
    recent.put(key, (source, made))
    return made


def assemble(
    entries: Iterable[Entry], free_pages: tuple[FreeText, ...], program: Program, today: date, *, preview: bool = False
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """The portfolio as of a day: drafts and later dates left out; equal slugs and ids are errors.

    A preview keeps them apart in `drafts`; they are numbered after all others, whose ids stay as they are. A draft of
    the author's own pages says so in its title there.
    """
    given = sorted(entries, key=lambda entry: entry.path)
    found = list(_duplicates(given))
    published, drafts, left_out = [], [], []
    for entry in given:
        if entry.front.draft:
            left_out.append(LeftOut(path=entry.path, reason="it is a draft"))
        elif entry.date > today:
            left_out.append(LeftOut(path=entry.path, reason=f"its date {entry.date} is still ahead"))
        else:
            published.append(entry)
            continue
        drafts.append(entry)
    left_out += [LeftOut(path=page.path, reason="it is a draft") for page in free_pages if page.draft and not preview]
    shown = [replace(page, title=f"{page.title} (draft)") if page.draft else page for page in free_pages]
    ids = numbered(published)
    portfolio = Portfolio(
        entries=newest_first(published),
        free_pages=tuple(page for page in shown if preview or not page.draft),
        program=program,
        ids=numbered(drafts, ids) if preview else ids,
        left_out=() if preview else tuple(left_out),
        hidden=frozenset(item.path for item in left_out),
        drafts=newest_first(drafts) if preview else (),
    )
    return portfolio, tuple(found)


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in the order of a portfolio; those of one day by path."""
    return tuple(sorted(entries, key=lambda entry: (-entry.date.toordinal(), entry.path)))


def _duplicates(entries: list[Entry]) -> Iterable[Diagnostic]:
    by_slug: dict[str, Entry] = {}
    by_id: dict[str, Entry] = {}
    for entry in entries:
        first = by_slug.setdefault(entry.slug.casefold(), entry)
        if first is not entry:
            message = f"the slug '{entry.slug}' is already that of {first.path}"
            help = f"Rename one of the two, for example to '{entry.slug}-{entry.kind.name}'."
            yield fault("duplicate-slug", entry.path, message, help, text=entry.text)
        elif entry.front.id:
            first = by_id.setdefault(entry.front.id, entry)
            position = entry.position("id")
            if first is not entry:
                message = f"the id {entry.front.id} is already that of {first.path}"
                free = _free_id(entry.kind, {one.front.id for one in entries})
                yield fault("duplicate-id", entry.path, message, f"Write {free}, which is free.", position, entry.text)
            elif entry.front.id[0] != entry.kind.letter:
                message = (
                    f"id: '{entry.front.id}' does not begin with {entry.kind.letter}, the letter of a {entry.kind.noun}"
                )
                yield fault(
                    "invalid-value",
                    entry.path,
                    message,
                    f"Write {entry.kind.letter}{entry.front.id[1:]}.",
                    position,
                    entry.text,
                )


def _free_id(kind: Kind, taken: Collection[str | None]) -> str:
    """The first number of a kind that no entry states."""
    number = 1
    while (id := f"{kind.letter}{number:0{kind.digits}}") in taken:
        number += 1
    return id


def numbered(entries: Collection[Entry], given: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Every entry's id by path: stated ones first; the others take the free numbers of their kind in order of date.

    `given` ids stay.
    """
    ids = {**given, **{entry.path: entry.front.id for entry in entries if entry.front.id}}
    taken = set(ids.values())
    for kind in KINDS:
        number = 0
        for entry in sorted((e for e in entries if e.kind is kind), key=lambda e: (e.date, e.path)):
            if entry.path in ids:
                continue
            while (number := number + 1) and f"{kind.letter}{number:0{kind.digits}}" in taken:
                pass
            ids[entry.path] = f"{kind.letter}{number:0{kind.digits}}"
    return ids


def check_references(
    entries: Collection[Entry],
    pillars: Collection[str] | None,
    papers: Collection[str] | None,
    faulty: Collection[str] = (),
) -> tuple[Diagnostic, ...]:
    """Pillars, BibTeX keys and slugs that entries name and that do not exist.

    None stands for a programme or bibliography that could not be read: nothing is said against it; nor is anything
    said against the slugs in `faulty`.
    """
    slugs = {entry.slug: entry for entry in entries}
    found: list[Diagnostic] = []
    for entry in entries:
        if entry.front.pillar and pillars is not None and entry.front.pillar not in pillars:
            found.append(_unknown(entry, ("pillar",), entry.front.pillar, pillars, "in program.yml"))
        for index, key in enumerate(entry.front.paper):
            if papers is not None and key not in papers:
                found.append(_unknown(entry, ("paper", index), key, papers, "in the bibliography"))
        for index, slug in enumerate(entry.front.based_on):
            if slug not in slugs and slug not in faulty:
                found.append(_unknown(entry, ("based_on", index), slug, slugs, "the slug of an entry"))
    return tuple(found)


def _unknown(entry: Entry, keys: tuple[str | int, ...], name: str, known: Collection[str], place: str) -> Diagnostic:
    """`keys` of a list item fall back to the field, which may be written as a single text."""
    position = entry.positions.get(keys) or entry.position(*keys[:1])
    close = closest(name, known)
    listed = f"There are: {', '.join(sorted(known)[:12])}." if known else "There are none yet."
    help = f"Write {close}" if close else listed
    message = f"{keys[0]}: '{name}' is not {place}{nearest(name, known)}"
    return fault("unknown-reference", entry.path, message, help, position, entry.text)


def check_program(
    portfolio: Portfolio,
    path: str,
    source: str,
    positions: Mapping[tuple[str | int, ...], Position],
    faulty: Collection[str] = (),
    slugs: Collection[str] = (),
) -> tuple[Diagnostic, ...]:
    """Facts of the programme that contradict each other or the entries; all are warnings but unknown slugs.

    `slugs` are those of all entries, drafts and later ones included: a plan may name them.
    """
    program = portfolio.program
    found: list[Diagnostic] = []

    def tell(rule: str, message: str, help: str, *keys: str | int) -> None:
        position = positions.get(keys) or positions.get(keys[:1]) or Position(line=1, column=1)
        found.append(fault(rule, path, message, help, position, source))

    calendar = program.calendar()
    if calendar and program.graduation and program.graduation != calendar[-1]:
        passed = (date.fromordinal(n) for n in range(calendar[0].toordinal(), program.graduation.toordinal() + 1))
        day = sum(not program.paused(one) for one in passed)
        tell(
            "contradiction",
            f"graduation: {program.graduation} is day {day}, but day {program.days} is {calendar[-1]}",
            f"Write {calendar[-1]}, or change start or days.",
            "graduation",
        )
    for message, help, field in _uneven(program):
        tell("contradiction", message, help, field)
    for message, keys in _repeated(program):
        tell("contradiction", message, "Remove or join one of the two.", *keys)
    known = portfolio.by_slug()
    for index, slug in enumerate(program.featured):
        if slug not in known and slug not in faulty:
            help = f"Write {close}" if (close := closest(slug, known)) else "Use the slug of a published entry."
            message = f"featured: no published entry '{slug}'{nearest(slug, known)}"
            tell("unknown-reference", message, help, "featured", index)
    if len(program.featured) > 3:
        message = f"featured: {len(program.featured)} entries; three are shown"
        tell("too-many-featured", message, "Keep three.", "featured")
    for message, keys in _plans(program, len(calendar), {*slugs, *known, *faulty}):
        rule = "contradiction" if keys[-1] == "number" else "unknown-reference"
        tell(rule, message, "Correct the number." if keys[-1] == "number" else "Write the entry first.", *keys)
    return (*found, *_outside(portfolio, calendar))


def _plans(program: Program, days: int, known: Collection[str]) -> Iterable[tuple[str, tuple[str | int, ...]]]:
    """Plans for sub-milestones that there are not, twice for one, or of entries that nobody wrote."""
    last, seen = -(-days // program.milestone_days), set[int]()
    for index, plan in enumerate(program.milestones):
        if days and plan.number > last:
            yield f"milestones: there is no sub-milestone {plan.number} of {last}", ("milestones", index, "number")
        if plan.number in seen:
            yield f"milestones: {plan.number} is planned twice", ("milestones", index, "number")
        seen.add(plan.number)
        for place, slug in enumerate(plan.plan):
            if slug not in known:
                yield f"milestones: no entry '{slug}'{nearest(slug, known)}", ("milestones", index, "plan", place)


def _uneven(program: Program) -> Iterable[tuple[str, str, str]]:
    """Shares that are no whole and a last sub-milestone that is shorter: the sentence, the mend and the field."""
    total = sum(pillar.share for pillar in program.pillars)
    if program.pillars and abs(total - 100) > 1e-6:
        yield f"pillars: shares sum to {total:g}, not 100", "Correct the shares.", "pillars"
    if rest := program.days % program.milestone_days:
        message = f"milestone_days: {program.milestone_days} does not divide {program.days}"
        message += f"; the last sub-milestone has {rest} days"
        yield message, "Choose a length that divides the days.", "milestone_days"


def _repeated(program: Program) -> Iterable[tuple[str, tuple[str | int, ...]]]:
    """Pauses that overlap and pillars that share an id: the sentence and the second one's place."""
    for first, second in pairwise(sorted(program.pauses, key=lambda pause: pause.from_)):
        if second.from_ <= first.to:
            place = ("pauses", program.pauses.index(second), "from")
            yield f"pauses: {second.from_} already lies in a pause", place
    ids = [pillar.id for pillar in program.pillars]
    for id in dict.fromkeys(id for id in ids if ids.count(id) > 1):
        yield f"pillars: '{id}' is given twice", ("pillars", ids.index(id, ids.index(id) + 1), "id")


def _outside(portfolio: Portfolio, calendar: tuple[date, ...]) -> Iterable[Diagnostic]:
    for entry in portfolio.entries if calendar else ():
        if not calendar[0] <= entry.date <= calendar[-1]:
            message = f"date: {entry.date} lies outside the programme ({calendar[0]} to {calendar[-1]})"
            yield fault("outside-programme", entry.path, message, "", entry.position("date"), entry.text)
