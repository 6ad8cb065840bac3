"""The reproducibility checklist of an entry, computed from what it states and what was measured.

Its points are those that the NeurIPS paper checklist, the completeness checklist for released research code and the
template of the ML Reproducibility Challenge share.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labfolio.facts.claims import Judged
from labfolio.model.entry import REPRODUCTION, Entry
from labfolio.model.environment import Environment
from labfolio.model.front_matter import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point: what is asked and whether it is there."""

    asks: str
    done: bool


def checklist(
    entry: Entry, claims: Sequence[Judged], environment: Environment | None, seconds: float | None
) -> tuple[Point, ...]:
    """The points of an entry's kind in reading order; none for kinds without evidence."""
    if not isinstance(entry.front, Evidence):
        return ()
    front = entry.front
    given = (
        *_claims(entry, claims),
        *_code(entry, front),
        *_run(environment, front, seconds),
        *_honesty(entry, front, claims),
    )
    return tuple(Point(asks=asks, done=done) for asks, done in given)


_Given = Iterable[tuple[str, bool]]


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
        yield ("What does not agree is explained", bool(front.mismatches) or not missed)
        yield ("The page says whether the authors were asked", front.authors_contact is not None)
