"""What an entry is connected with: its lineage as a strip, citations in texts, shared topics, the entries beside it."""

from collections.abc import Iterable

from labfolio.facts.lineage import Neighbours
from labfolio.model.entry import BUILD, NOTE, PAPER, REPRODUCTION, SUBMISSION, Entry
from labfolio.present.edition import Edition
from labfolio.present.rows import entry_mark
from labfolio.present.views.common import Beside, Link
from labfolio.present.views.entry import Stage, StripEntry

# Kind -> stage, in the order in which work grows.
_STAGES = {PAPER: "Read", REPRODUCTION: "Reproduced", BUILD: "Built", NOTE: "Written up", SUBMISSION: "Sent out"}


def strip(edition: Edition, entry: Entry) -> tuple[Stage, ...]:
    """The stages of an entry's lineage with the entries in each; nothing where there is one stage only."""
    near = _near(edition, entry)
    groups = (
        ("", (entry,)),
        ("it grew out of this", near.based_on),
        ("grew out of it", near.used_by),
        ("on its paper", near.notes),
        ("same paper", near.same_paper),
    )
    stages = []
    for kind, name in _STAGES.items():
        found = [(how, other) for how, others in groups for other in others if other.kind is kind]
        if found:
            made = (_node(edition, entry, other, how) for how, other in sorted(found, key=lambda pair: pair[1].date))
            stages.append(Stage(name=name, entries=tuple(made)))
    return tuple(stages) if len(stages) > 1 else ()


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
    groups = [("Cites", near.cites), ("Cited by", near.cited_by), ("On the same topics", near.related)]
    if not strip(edition, entry):
        own = [("Grew out of", near.based_on), ("Led to", near.used_by), ("On the same paper", near.same_paper)]
        groups = [*own, *groups]
    for heading, entries in groups:
        if entries:
            yield heading, tuple(named(edition, other, entry) for other in entries)


def named(edition: Edition, other: Entry, entry: Entry) -> Link:
    """Another entry as a link: id and title."""
    text = f"{edition.portfolio.id_of(other)} {other.front.title}"
    return Link(text=text, href=edition.href(other.url, entry.url))


def beside(edition: Edition, entry: Entry) -> tuple[Beside | None, Beside | None]:
    """The entries of its kind before and after in time."""
    siblings = edition.portfolio.of(entry.kind)
    index = siblings.index(entry)
    before = siblings[index + 1] if index + 1 < len(siblings) else None
    after = siblings[index - 1] if index else None
    return _beside(edition, entry, before, "Earlier"), _beside(edition, entry, after, "Later")


def _beside(edition: Edition, entry: Entry, other: Entry | None, word: str) -> Beside | None:
    if other is None:
        return None
    day = edition.progress.day_of(other.date)
    length = edition.portfolio.program.milestone_days
    label = f"{word}, sub-milestone {(day - 1) // length + 1}" if day else word
    return Beside(label=label, link=named(edition, other, entry))


def _near(edition: Edition, entry: Entry) -> Neighbours:
    return edition.neighbours.get(entry.path, Neighbours())
