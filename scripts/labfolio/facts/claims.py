"""Claims with their verdicts, and what is doubtful about the way they are stated."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from labfolio.facts.intervals import half_unit
from labfolio.facts.verdicts import Judgement, judge
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import REPRODUCTION, Entry
from labfolio.model.evidence import Claim
from labfolio.model.front_matter import Evidence
from labfolio.model.measurement import Measured, Measurement
from labfolio.model.program import VerdictDefaults
from labfolio.model.rules import fault
from labfolio.model.source import START
from labfolio.model.spelling import closest, nearest

_Tell = Callable[..., Diagnostic]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One claim, what was measured for it and the verdict.

    `id` is the stated one or c1, c2, ...; `values` are the replicates without the excluded ones; `paths` the result
    files they come from; `written` the goal as the author wrote it.
    """

    id: str
    claim: Claim
    values: tuple[Measurement, ...]
    paths: tuple[str, ...]
    written: str
    judgement: Judgement


def judged(
    claims: Sequence[Measured],
    seeds: int | tuple[str, ...] | None,
    defaults: VerdictDefaults,
) -> tuple[Judged, ...]:
    """The verdict on each claim."""
    return tuple(
        Judged(
            id=one.claim.id or f"c{index}",
            claim=one.claim,
            values=one.values,
            paths=one.paths,
            written=one.written,
            judgement=judge(one.claim, one.values, seeds, defaults, one.written),
        )
        for index, one in enumerate(claims, start=1)
    )


def check_claims(entry: Entry, claims: Sequence[Judged]) -> tuple[Diagnostic, ...]:
    """What is wrong or doubtful about an entry's claims, each at the field that would mend it."""
    found = [one for index, claim in enumerate(claims) for one in _check(entry, index, claim)]
    found += _repeated(entry, claims)
    front = entry.front
    if (
        entry.kind is REPRODUCTION
        and entry.status == "shipped"
        and isinstance(front, Evidence)
        and not front.limitations
    ):
        message = "limitations: a shipped reproduction states none"
        help = "Add what the results do not show, for example: limitations: [one data set]"
        place = entry.position("status")
        found.append(fault("missing-limitations", entry.path, message, help, place, entry.text))
    return tuple(found)


def _check(entry: Entry, index: int, one: Judged) -> Iterable[Diagnostic]:
    def tell(rule: str, message: str, *fields: str, help: str = "") -> Diagnostic:
        keys: tuple[str | int, ...] = ("claims", index)
        places = ((*keys, *fields[:length]) for length in (2, 1, 0))
        position = next((entry.positions[place] for place in places if place in entry.positions), START)
        place = ".".join((f"claims[{index}]", *fields[:1]))
        return fault(rule, entry.path, f"{place}: {message}", help, position, entry.text)

    if entry.kind is REPRODUCTION and one.claim.reported is None:
        yield tell(
            "missing-field", "a reproduction writes the paper's number as 'reported'; 'target' is for builds", "target"
        )
    yield from _tolerances(one, tell)
    yield from _runs(one, tell)
    claim = one.claim
    if (claim.reported_sd is None) != (claim.reported_n is None):
        given = "reported_sd" if claim.reported_sd is not None else "reported_n"
        other = "reported_n" if claim.reported_sd is not None else "reported_sd"
        yield tell("unused-field", f"has no effect without {other}", given)
    if claim.baseline is not None and claim.better == "none":
        yield tell("unused-field", "has no effect without 'better'", "baseline")
    finite = [value.value for value in one.values if math.isfinite(value.value)]
    if claim.unit == "%" and claim.goal > 1 and finite and all(0 <= value <= 1 for value in finite):
        yield tell("fraction-for-percent", "measured values look like fractions; add scale: 100", "measured")


def _tolerances(one: Judged, tell: _Tell) -> Iterable[Diagnostic]:
    claim, tau = one.claim, one.judgement.tolerance
    absolute, share = claim.tolerance or (None, None)
    if claim.goal == 0 and share is not None and absolute is None:
        yield tell(
            "zero-tolerance", f"'{100 * share:g}%' of a reported 0 is 0; give an absolute tolerance", "tolerance"
        )
    elif claim.expect == "equals" and tau == 0 and not claim.deterministic:
        yield tell("tight-tolerance", "a tolerance of 0 can only be met by runs that do not vary", "tolerance")
    elif claim.reported is not None and claim.tolerance is not None and claim.expect == "equals":
        rounding = half_unit(one.written)
        if tau < rounding * (1 - 1e-9) and not claim.deterministic:
            yield tell(
                "tight-tolerance",
                f"{tau:g} is finer than the rounding of {one.written}, which hides up to {rounding:g}",
                "tolerance",
            )


def _runs(one: Judged, tell: _Tell) -> Iterable[Diagnostic]:
    """Replicates that do not vary, vary though they must not, were never declared, or have no partner."""
    found, seeds = one.judgement.spread, one.judgement.seeds
    # A share can be all or nothing in every run; any other number that never moves is suspect.
    top = {"%": 100.0, "fraction": 1.0}.get(one.claim.unit or "")
    full = top is not None and found.value in (0.0, top)
    if found.n > 1 and found.sd == 0 and not full and not one.claim.deterministic:
        yield tell("identical-runs", "identical across seeds: is the seed used?", "measured", "value")
    if found.n > 1 and found.sd > 0 and one.claim.deterministic:
        yield tell("varying-runs", "is stated, but its replicates differ", "deterministic")
    if seeds.extra:
        names = ", ".join(seeds.extra[:6]) + (", ..." if len(seeds.extra) > 6 else "")
        yield tell("extra-seeds", f"{_count(len(seeds.extra))} not declared: {names}", "measured")


def _count(number: int) -> str:
    return "1 replicate was" if number == 1 else f"{number} replicates were"


def _repeated(entry: Entry, claims: Sequence[Judged]) -> Iterable[Diagnostic]:
    """Ids that two claims share, and ids that decisions or baselines name and no claim has."""
    ids = [one.id for one in claims]
    yield from _twice(entry, [("claims", index, id) for index, id in enumerate(ids)])
    front = entry.front
    if not isinstance(front, Evidence):
        return
    drawn = (("ablations", front.ablations), ("slices", front.slices), ("tradeoffs", front.tradeoffs))
    yield from _twice(entry, [(name, index, one.id) for name, group in drawn for index, one in enumerate(group)])
    named: list[tuple[str, int, str | None]] = [
        ("decisions", index, one.claim) for index, one in enumerate(front.decisions)
    ]
    named += [("baselines", index, one.claim) for index, one in enumerate(front.baselines)]
    for field, index, wanted in named:
        if wanted is not None and wanted not in ids:
            position = entry.position(field, index, "claim")
            known = f"There are: {', '.join(ids)}." if ids else "There are none yet."
            known = f"Write claim: {close}" if (close := closest(wanted, ids)) else known
            message = f"{field}[{index}].claim: no claim '{wanted}'{nearest(wanted, ids)}"
            yield fault("unknown-reference", entry.path, message, known, position, entry.text)


def _twice(entry: Entry, ids: Sequence[tuple[str, int, str]]) -> Iterable[Diagnostic]:
    """Anchors that two records of one entry would share; each is given with its field and its place there."""
    taken: set[str] = set()
    given = {id for _, _, id in ids}
    for field, index, id in ids:
        if id in taken:
            position = entry.positions.get((field, index, "id")) or entry.position(field, index)
            free = next(name for number in count(2) if (name := f"{id}-{number}") not in given)
            message = f"{field}[{index}].id: '{id}' is taken"
            yield fault("duplicate-id", entry.path, message, f"Write id: {free}", position, entry.text)
        taken.add(id)
