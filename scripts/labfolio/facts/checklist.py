"""The checklist of an entry, computed from what it states, what was measured and which sections are written.

The points of evidence are those that the NeurIPS paper checklist, the completeness checklist for released research code
and the template of the ML Reproducibility Challenge share; the sections are those of `model/section.py`.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from labfolio.facts.claims import Judged
from labfolio.facts.sections import has_paragraph, written
from labfolio.model.entry import REPRODUCTION, Entry, Kind
from labfolio.model.environment import Environment
from labfolio.model.front_matter import Evidence, PaperNote, Submission
from labfolio.model.section import SECTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point: what is asked and whether it is there; `section` is the id of the section that it asks for, if any."""

    asks: str
    done: bool
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an entry beside its own text; `papers` are the keys of the bibliography.

    `pillars` tells whether the programme has any.
    """

    claims: Sequence[Judged] = ()
    environment: Environment | None = None
    seconds: float | None = None
    papers: Collection[str] = ()
    pillars: bool = False


def checklist(
    entry: Entry, known: Known, written: Callable[[Kind, str], Collection[str]] = written
) -> tuple[Point, ...]:
    """The points of an entry's kind in reading order; every kind has some. `written` may remember what it gave."""
    front = entry.front
    if isinstance(front, Evidence):
        facts = _evidence(entry, front, known)
    elif isinstance(front, PaperNote):
        facts = _paper_note(front, known)
    elif isinstance(front, Submission):
        facts = _submission(front)
    else:
        facts = _note(entry, known)
    return (*(Point(asks=asks, done=done) for asks, done in facts), *_sections(entry, written(entry.kind, entry.body)))


def share(points: Sequence[Point]) -> float:
    """The share of the points that are given; 1 where nothing is asked."""
    return sum(point.done for point in points) / len(points) if points else 1.0


def _sections(entry: Entry, there: Collection[str]) -> Iterable[Point]:
    """The expected sections, in the order in which the kind has them."""
    expected = SECTIONS[entry.kind.name]
    if isinstance(entry.front, Submission):
        wanted = _wanted(entry.front)
        expected = tuple(section for section in expected if section.id in wanted)
    for section in expected:
        yield Point(asks=section.point, done=section.id in there, section=section.id)


def _wanted(front: Submission) -> frozenset[str]:
    """The sections that a submission can have by now; whether it has co-authors is not known."""
    reviewed = any(event.event in ("reviews", "rebuttal", "accepted", "rejected") for event in front.events)
    return frozenset({"abstract", "reviews", "changes"} if reviewed else {"abstract"})


_Given = Iterable[tuple[str, bool]]


def _paper_note(front: PaperNote, known: Known) -> _Given:
    in_bibliography = bool(front.paper) and all(key in known.papers for key in front.paper)
    yield "The paper is in the bibliography", in_bibliography
    yield "The page says how deep the reading went", front.read is not None
    yield "The page says what kind of thing is new", bool(front.novelty)
    yield "A decision follows from it", front.decision is not None
    if known.pillars:
        yield "It belongs to a pillar", front.pillar is not None


def _note(entry: Entry, known: Known) -> _Given:
    front = entry.front
    yield "It has a summary or a first paragraph", front.summary is not None or has_paragraph(entry.body)
    if known.pillars:
        yield "It names a topic or a pillar", bool(front.tags or front.pillar)
    else:
        yield "It names a topic", bool(front.tags)


def _submission(front: Submission) -> _Given:
    happened = {event.event for event in front.events}
    yield "The venue is named", front.venue is not None
    yield "The deadline or the day of submission is stated", front.deadline is not None or "submitted" in happened
    yield "What happened is listed with its days", bool(happened)
    if happened:
        addresses = (front.pdf, front.openreview, front.arxiv, *(event.url for event in front.events))
        yield "The text or its review can be read", any(addresses)
    if happened & {"accepted", "rejected", "withdrawn"}:
        yield "What was learned is told", front.learned is not None


def _evidence(entry: Entry, front: Evidence, known: Known) -> _Given:
    yield from _claims(entry, known.claims)
    yield from _code(entry, front)
    yield from _run(known.environment, front, known.seconds)
    yield from _honesty(entry, front, known.claims)


def _claims(entry: Entry, claims: Sequence[Judged]) -> _Given:
    random = [one for one in claims if not one.claim.deterministic and one.values]
    yield "Claims are stated as numbers", bool(claims)
    if entry.kind is REPRODUCTION:
        yield ("Every claim says where the paper makes it", bool(claims) and all(one.claim.locator for one in claims))
    yield ("Every claim was measured", bool(claims) and all(one.values for one in claims))
    yield (
        "Every random claim rests on three or more seeds",
        bool(claims) and all(one.judgement.spread.n >= 3 for one in random),
    )
    yield (
        "No declared seed is missing and no run failed",
        bool(claims) and all(not one.judgement.seeds.missing and not one.judgement.seeds.failed for one in claims),
    )


def _code(entry: Entry, front: Evidence) -> _Given:
    yield "One command runs everything again", front.command is not None
    if entry.kind is REPRODUCTION:
        yield "The page says who wrote the code", front.code is not None
    found = front.repository or front.swh or front.doi
    yield "The code has a public address", found is not None


def _run(environment: Environment | None, front: Evidence, seconds: float | None) -> _Given:
    commit = front.commit or (environment.commit if environment else None)
    yield "The commit that was run is known", commit is not None
    yield (
        "Python and package versions are recorded",
        environment is not None and environment.python is not None and environment.packages is not None,
    )
    yield ("The hardware is described", environment is not None and environment.hardware.cpu is not None)
    yield (
        "The cost of computing is stated",
        front.cost is not None or seconds is not None or (environment is not None and bool(environment.cpu_seconds)),
    )


def _honesty(entry: Entry, front: Evidence, claims: Sequence[Judged]) -> _Given:
    yield "At least one ablation or part-by-part result", bool(front.ablations or front.slices)
    based = front.baselines or any(one.claim.baseline is not None for one in claims)
    yield "A baseline stands beside the result", bool(based)
    yield "Decisions are logged with their reasons", bool(front.decisions)
    yield "Limitations are stated", bool(front.limitations)
    if entry.kind is REPRODUCTION:
        missed = any(one.judgement.outcome in ("partial", "not-reproduced") for one in claims)
        yield ("What does not agree is explained", bool(front.mismatches) or (bool(claims) and not missed))
        yield ("The page says whether the authors were asked", front.authors_contact is not None)
