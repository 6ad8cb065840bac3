"""An entry as a row of a list: id, title, result, marks."""

from collections.abc import Iterable

from labfolio.model.entry import BUILD, PAPER, REPRODUCTION, Entry
from labfolio.model.evidence import Outcome
from labfolio.model.front_matter import Evidence, Submission
from labfolio.model.program import Pillar
from labfolio.model.wording import day_text, plural
from labfolio.present.edition import Edition
from labfolio.present.paper import paper_facts
from labfolio.present.views.common import EntryRow, Mark, PaperFacts, PillarTag, as_date

# Status -> mark. Red is for claims that failed, not for people: an abandoned entry is quiet.
STATUS_MARKS = {
    "shipped": Mark(shape="disc", word="Shipped", tone="held"),
    "building": Mark(shape="half", word="In work", tone="quiet"),
    "planned": Mark(shape="bar", word="Planned", tone="quiet"),
    "abandoned": Mark(shape="cross", word="Abandoned", tone="quiet"),
}

OUTCOME_MARKS: dict[Outcome, Mark] = {
    "reproduced": Mark(shape="disc", word="Reproduced", tone="held"),
    "exceeded": Mark(shape="disc", word="Exceeded", tone="held"),
    "partial": Mark(shape="half", word="Partly", tone="part"),
    "not-reproduced": Mark(shape="cross", word="Not reproduced", tone="fail"),
    "inconclusive": Mark(shape="ring", word="Inconclusive", tone="quiet"),
    "untested": Mark(shape="bar", word="Untested", tone="quiet"),
}
_MET: dict[Outcome, Mark] = {
    **OUTCOME_MARKS,
    "reproduced": Mark(shape="disc", word="Met", tone="held"),
    "partial": Mark(shape="half", word="Partly met", tone="part"),
    "not-reproduced": Mark(shape="cross", word="Missed", tone="fail"),
}


def verdict_mark(entry: Entry, outcome: Outcome) -> Mark:
    """The mark of a verdict: reproduced, replicated where the code was rewritten, met or missed for a build."""
    if entry.kind is BUILD:
        return _MET[outcome]
    mark = OUTCOME_MARKS[outcome]
    if isinstance(entry.front, Evidence) and entry.front.code == "reimplemented" and "eproduced" in mark.word:
        return Mark(shape=mark.shape, word=mark.word.replace("eproduced", "eplicated"), tone=mark.tone)
    return mark


def claims_held(edition: Edition, entry: Entry) -> str:
    """`5 of 7 claims` (`goals` of a build), never a percentage; empty without claims."""
    given = edition.claims.get(entry.path, ())
    held = sum(one.judgement.outcome in ("reproduced", "exceeded") for one in given)
    noun = "goal" if entry.kind is BUILD else "claim"
    return f"{held} of {plural(len(given), noun)}" if given else ""


def draft_mark(edition: Edition, entry: Entry) -> Mark | None:
    """The mark of what only a preview shows, None for a published entry."""
    if entry.path not in edition.portfolio.hidden:
        return None
    word = "Draft: not published" if entry.front.draft else f"Appears on {entry.date}: not published yet"
    return Mark(shape="ring", word=word, tone="part")


def entry_mark(edition: Edition, entry: Entry) -> Mark | None:
    """What a row shows first: that it is a draft, the verdict of a shipped entry with claims, else its status.

    None for plain notes.
    """
    if mark := draft_mark(edition, entry):
        return mark
    outcome = edition.outcome(entry)
    if entry.status == "shipped" and outcome is not None and entry.kind is REPRODUCTION:
        return verdict_mark(entry, outcome)
    if isinstance(entry.front, Submission) and entry.front.events:
        event = entry.front.events[-1].event
        tone = {"accepted": "held", "camera-ready": "held"}.get(event, "quiet")
        return Mark(shape={"held": "disc"}.get(tone, "ring"), word=event.replace("-", " ").capitalize(), tone=tone)
    if entry.status == "shipped" and entry.kind not in (BUILD, REPRODUCTION):
        return None
    return STATUS_MARKS[entry.status]


def pillar_tag(edition: Edition, entry: Entry) -> PillarTag | None:
    """The tag of an entry's pillar."""
    pillars = edition.portfolio.program.pillars
    found = next((index for index, pillar in enumerate(pillars) if pillar.id == entry.front.pillar), None)
    return tag_of(pillars[found], found) if found is not None else None


def tag_of(pillar: Pillar, index: int) -> PillarTag:
    """A pillar with the hatch of its place in the programme; after eight the hatches begin again."""
    code = pillar.code or pillar.id[:2].upper()
    return PillarTag(name=pillar.name, code=code, hatch=f"h{index % 8 + 1}")


def entry_row(edition: Edition, entry: Entry, page: str) -> EntryRow:
    """An entry as a row on the page `page`."""
    paper = paper_facts(edition, entry, page) if entry.kind is PAPER else None
    return EntryRow(
        sheet=edition.portfolio.id_of(entry),
        title=entry.front.title,
        href=edition.href(entry.url, page),
        result=_result(edition, entry),
        date=as_date(entry.date),
        day=_day(edition, entry),
        meta=tuple(_paper_meta(paper) if paper else _meta(edition, entry)),
        pillar=pillar_tag(edition, entry),
        mark=entry_mark(edition, entry),
        draft=entry.path in edition.portfolio.hidden,
        paper=paper,
    )


def _result(edition: Edition, entry: Entry) -> str:
    """One line: why it was abandoned or is planned, what a rejected submission taught, else the summary."""
    front = entry.front
    if entry.status == "abandoned" or (entry.status == "planned" and front.why):
        return front.why or ""
    if isinstance(front, Submission) and front.learned and front.events and front.events[-1].event == "rejected":
        return f"Learned: {front.learned}"
    return edition.summary(entry)


def _day(edition: Edition, entry: Entry) -> str:
    day = edition.progress.day_of(entry.date)
    return f"day {day}" if day and entry.status in ("shipped", "abandoned") else ""


def _paper_meta(paper: PaperFacts) -> Iterable[str]:
    """The paper, how deep it was read and how many questions are answered, as far as they are known."""
    named = ", ".join(part for part in (paper.authors or paper.venue, paper.year) if part)
    return filter(None, (named, paper.depth, f"{paper.answered} answered" if paper.answered else ""))


def _meta(edition: Edition, entry: Entry) -> list[str]:
    lines = [claims] if (claims := claims_held(edition, entry)) else []
    if isinstance(entry.front, Evidence) and entry.front.decisions:
        lines.append(plural(len(entry.front.decisions), "decision"))
    if isinstance(entry.front, Submission):
        lines += [entry.front.venue] if entry.front.venue else []
        lines += [f"deadline {day_text(entry.front.deadline)}"] if entry.front.deadline else []
    return lines
