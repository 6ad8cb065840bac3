"""What an entry is connected with: its lineage as a strip, citations in texts, shared topics, the entries beside it."""

from collections.abc import Iterable
from datetime import date

from labfolio.facts.lineage import Neighbours
from labfolio.facts.lineage_graph import FAR
from labfolio.model.entry import BUILD, REPRODUCTION, Entry
from labfolio.model.scalars import STAGES
from labfolio.model.wording import plural
from labfolio.present.edition import Edition
from labfolio.present.lineage_page import lineage_link
from labfolio.present.rows import entry_mark
from labfolio.present.views.common import Beside, Link
from labfolio.present.views.entry import LineageStrip, Stage, StripEntry

# So many entries are in a strip, the nearest; the page of the lineage has all.
IN_STRIP = 16


def strip(edition: Edition, entry: Entry) -> LineageStrip | None:
    """The chain through an entry from reading to extending; None where it is alone.

    In the chain are all that it grew out of, all that grew out of it, and others on its paper.
    """
    found = _chain(edition, entry)
    if not found:
        return None
    shown = [(0, "", entry), *found[: IN_STRIP - 1]]
    stages = []
    for stage in STAGES:
        group = [one for one in shown if edition.lineage.stages[one[2].path] == stage]
        if group:
            made = (_node(edition, entry, other, how) for _, how, other in sorted(group, key=_in_time))
            stages.append(Stage(name=stage.capitalize(), entries=tuple(made)))
    rest = len(found) + 1 - len(shown)
    # Beyond that the number of the others is not known.
    text = f"{plural(rest, 'more entry')} in the lineage" if 0 < rest < FAR else "The whole lineage"
    return LineageStrip(stages=tuple(stages), more=lineage_link(edition, entry.url, text, entry))


def _in_time(one: tuple[int, str, Entry]) -> tuple[date, int]:
    """By date, and what was made in a day in the order in which it grew."""
    return one[2].date, one[0]


def _chain(edition: Edition, entry: Entry) -> list[tuple[int, str, Entry]]:
    """The other entries of the chain, nearest first: how many steps on, below 0 back; how; which."""
    near, graph = _near(edition, entry), edition.lineage
    found = [
        (steps, how, other)
        for steps, how, others in (
            (-1, "it grew out of this", near.based_on),
            (1, "grew out of it", near.used_by),
            (-1, "on its paper", near.notes),
            (2, "same paper", near.same_paper),
        )
        for other in others
    ]
    known = {entry.path, *(other.path for _, _, other in found)}
    for way, how, paths in (
        (-1, "further back", graph.ancestors(entry)),
        (1, "further on", graph.descendants(entry)),
    ):
        found += [(way * steps, how, graph.entries[path]) for path, steps in paths.items() if path not in known]
    return sorted(found, key=lambda one: abs(one[0]))


def _node(edition: Edition, entry: Entry, other: Entry, how: str) -> StripEntry:
    return StripEntry(
        sheet=edition.portfolio.id_of(other),
        link=Link(text=other.front.title, href=None if other is entry else edition.href(other.url, entry.url)),
        how=how,
        current=other is entry,
        mark=entry_mark(edition, other) if other.kind in (REPRODUCTION, BUILD) else None,
    )


def relations(edition: Edition, entry: Entry) -> Iterable[tuple[str, tuple[Link, ...]]]:
    """Headed lists of links to other entries; what the strip shows is not said again."""
    near = _near(edition, entry)
    for heading, entries in (
        ("Cites", near.cites),
        ("Cited by", near.cited_by),
        ("On the same topics", near.related),
    ):
        if entries:
            yield heading, tuple(named(edition, other, entry) for other in entries)


def named(edition: Edition, other: Entry, entry: Entry) -> Link:
    """Another entry as a link: id and title."""
    text = f"{edition.portfolio.id_of(other)} {other.front.title}"
    return Link(text=text, href=edition.href(other.url, entry.url))


def beside(edition: Edition, entry: Entry) -> tuple[Beside | None, Beside | None]:
    """The entries of its kind before and after in time."""
    near = _near(edition, entry)
    return _beside(edition, entry, near.earlier, "Earlier"), _beside(edition, entry, near.later, "Later")


def _beside(edition: Edition, entry: Entry, other: Entry | None, word: str) -> Beside | None:
    if other is None:
        return None
    day = edition.progress.day_of(other.date)
    length = edition.portfolio.program.milestone_days
    label = f"{word}, sub-milestone {(day - 1) // length + 1}" if day else word
    return Beside(label=label, link=named(edition, other, entry))


def _near(edition: Edition, entry: Entry) -> Neighbours:
    return edition.neighbours.get(entry.path, Neighbours())
