"""A list too long for a page: which of its rows are printed, and the way to all others."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from labfolio.facts.reading_queue import reading_queue
from labfolio.model.entry import KINDS, PAPER, Entry, Kind
from labfolio.model.wording import plural
from labfolio.present import calendar_parts
from labfolio.present.calendar_parts import LEVELS, Part
from labfolio.present.edition import Edition
from labfolio.present.grouping import Group
from labfolio.present.urls import Narrowed
from labfolio.present.views.common import Beside, Link
from labfolio.present.views.long_list import Cut, PartLink, PartRow

# What leads to the parts of a list, on its page.
PARTS_ANCHOR = "parts"


def fits(entries: Sequence[Entry], page: Narrowed) -> bool:
    """Whether a page prints all of a list: one that is short, or that nothing divides further."""
    return len(entries) <= calendar_parts.ROWS or "letter" in page.answers


def printed(kind: Kind, entries: Sequence[Entry], order: str) -> tuple[Entry, ...]:
    """The entries of a long list that its page prints, newest first: the newest, or the oldest where they are asked.

    Of papers that are only planned, a quarter of the page has the first of the queue.
    """
    rows = calendar_parts.ROWS
    if order:
        return tuple(entries[-rows:])
    queue = reading_queue(entries) if kind is PAPER else ()
    if not queue or len(queue) == len(entries):
        return (queue or tuple(entries))[:rows]
    queue = queue[: rows // 4]
    waiting = {entry.path for entry in entries if entry.status == "planned"} - {entry.path for entry in queue}
    kept = [entry for entry in entries if entry.path not in waiting]
    rest = rows - len(queue)
    planned = [entry for entry in kept if entry.status == "planned"]
    return (*[entry for entry in kept if entry.status != "planned"][:rest], *planned)


def first_of_each(groups: Sequence[Group]) -> list[Group]:
    """Groups with as many of their first entries as a page has room for, all alike; the last groups may be left out."""
    kept = groups[: calendar_parts.ROWS]
    each = max(1, calendar_parts.ROWS // max(1, len(kept)))
    return [replace(one, entries=one.entries[:each]) for one in kept]


def cut_groups(
    edition: Edition, page: str, groups: Sequence[Group], answers: Mapping[str, str]
) -> tuple[list[Group], Cut | None]:
    """The groups of a page with entries of several kinds, cut where they are too long for it, with the way to the list
    of each kind that gives these answers; by date where there are none."""
    entries = [entry for one in groups for entry in one.entries]
    if len(entries) <= calendar_parts.ROWS:
        return list(groups), None
    shown = first_of_each([one for one in groups if one.entries])
    counted = Counter(entry.kind for entry in entries)
    links = []
    for kind in (one for one in KINDS if counted[one]):
        text = f"{kind.plural} ({counted[kind]})" if answers else f"{kind.plural} by date"
        links.append(Link(text=text, href=edition.href(Narrowed(kind=kind, answers=answers).url, page)))
    said = f"The first of each group, {sum(len(one.entries) for one in shown)} of {plural(len(entries), 'entry')}. All:"
    return shown, Cut(said=said, links=tuple(links), rows=())


def cut(edition: Edition, page: Narrowed, known: Mapping[str, tuple[Part, ...]], shown: int, total: int) -> Cut | None:
    """What a page says of what it leaves out, with its parts, and of what it is a part of itself; None for a list that
    is whole. `known` are the parts of lists by their URL."""
    base, names = base_of(page), tuple(page.answers[level] for level in LEVELS if level in page.answers)
    parts = known.get(base.url, ())
    own = parts
    for depth in range(len(names)):
        own = next((one.parts for one in own if one.names == names[: depth + 1]), ())
    of_base = bool(names and parts)
    if shown == total and not of_base:
        return None
    said = f"{_which(page)} {shown} of {plural(total, page.kind.noun)}." if shown < total else ""
    links = []
    if own:
        links.append(Link(text="All of them by date", href=f"#{PARTS_ANCHOR}"))
    elif shown < total:
        whole = Narrowed(kind=page.kind, answers={}).url
        links.append(
            Link(text=f"All {page.kind.noun}s by date", href=f"{edition.href(whole, page.url)}#{PARTS_ANCHOR}")
        )
    if of_base:
        links.append(Link(text="The whole list", href=edition.href(base.url, page.url)))
    return Cut(said=said, links=tuple(links), rows=part_rows(edition, base.url, own, page.url))


def _which(page: Narrowed) -> str:
    if page.answers.get("group"):
        return "The first of each group,"
    return "The oldest" if page.answers.get("order") else "The newest"


def base_of(page: Narrowed) -> Narrowed:
    """The list that a page is a part of, or itself."""
    return replace(page, answers={name: value for name, value in page.answers.items() if name not in LEVELS})


def part_rows(edition: Edition, base: str, parts: Iterable[Part], page: str) -> tuple[PartRow, ...]:
    """Parts of the list at `base` as rows of links from a page, each with its own parts beside it."""

    def link(one: Part, text: str) -> PartLink:
        return PartLink(text=text, href=edition.href(base + one.url, page), count=str(one.count))

    return tuple(
        PartRow(link=link(one, one.words), parts=tuple(link(inner, _name(inner)) for inner in one.parts))
        for one in parts
    )


def _name(part: Part) -> str:
    """A part beside what it is in: `March`, `7` or `A`."""
    if len(part.names) == len(LEVELS):
        return part.names[-1].upper()
    return part.words.split()[0]


def neighbours(
    edition: Edition, base: str, parts: Sequence[Part], page: str, answers: Mapping[str, str]
) -> tuple[Beside | None, Beside | None]:
    """The parts before and after the one on a page; none of what is no part."""
    names = tuple(answers[level] for level in LEVELS if level in answers)
    words = ("Earlier", "Later") if len(names) < len(LEVELS) else ("Before", "After")
    before, after = calendar_parts.beside(parts, names) if names else (None, None)

    def neighbour(one: Part | None, label: str) -> Beside | None:
        return Beside(label=label, link=Link(text=one.words, href=edition.href(base + one.url, page))) if one else None

    return neighbour(before, words[0]), neighbour(after, words[1])
