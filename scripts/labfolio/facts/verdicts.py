"""Verdicts: an equivalence test of measured values against a number and its tolerance, and its mirror image.

The interval of the difference must lie inside the tolerance to agree and wholly outside to disagree; anything else is
inconclusive, so noise can never read as success. The interval-in-tolerance test is that of Schuirmann 1987.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from labfolio.facts.intervals import Origin, Spread, accepted, seeds_to_decide, spread, tolerance
from labfolio.facts.seeds import Seeds, seeds_of
from labfolio.facts.statistics import BOOTSTRAP_LEAST
from labfolio.model.evidence import Claim, Outcome
from labfolio.model.measurement import Measurement
from labfolio.model.program import VerdictDefaults
from labfolio.model.wording import listed, plural

# The order in which verdicts are listed: what held first, what did not right after it.
VERDICTS: tuple[Outcome, ...] = ("reproduced", "exceeded", "partial", "not-reproduced", "inconclusive", "untested")

# A difference this much of the numbers compared is binary rounding, and the edge of a tolerance belongs to it.
SLACK = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A claim's verdict with the numbers it rests on.

    `row` is the row of OUTCOMES that decided, `reason` a sentence without its capital. `runs` counts the values that
    were found, `spread.n` of them finite. `delta` is the difference to the goal, `accept` the differences that agree.
    `more` says how many more seeds would decide an inconclusive claim, None where that cannot be said.
    """

    outcome: Outcome
    row: int
    reason: str
    runs: int
    seeds: Seeds
    spread: Spread
    delta: float
    tolerance: float
    origin: Origin
    accept: tuple[float, float]
    more: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rows of the table of outcomes ask about."""

    claim: Claim
    judgement: Judgement
    needed: int
    beats_baseline: bool

    @property
    def inside(self) -> bool:
        """The interval lies within what agrees."""
        (low, high), slack = self.judgement.accept, self._slack
        return self.judgement.spread.low >= low - slack and self.judgement.spread.high <= high + slack

    @property
    def outside(self) -> bool:
        """The interval lies wholly outside of what agrees."""
        (low, high), slack = self.judgement.accept, self._slack
        return self.judgement.spread.low > high + slack or self.judgement.spread.high < low - slack

    @property
    def _slack(self) -> float:
        return SLACK * max(abs(self.claim.goal), abs(self.judgement.spread.value))

    @property
    def better_side(self) -> bool:
        """It differs from an equality in the direction that is better."""
        if self.claim.better == "none" or self.claim.expect != "equals":
            return False
        return (self.judgement.delta > 0) == (self.claim.better == "higher")

    @property
    def too_few(self) -> bool:
        """One run that may vary, or fewer than a bootstrap takes."""
        if self.claim.deterministic:
            return False
        statistic = self.claim.measured.statistic if self.claim.measured else "mean"
        return self.judgement.spread.n < (2 if statistic == "mean" else BOOTSTRAP_LEAST)

    @property
    def short(self) -> bool:
        """Runs failed or are missing."""
        failed = self.judgement.runs > self.judgement.spread.n
        return failed or (not self.claim.deterministic and self.judgement.spread.n < self.needed)

    @property
    def positive(self) -> bool:
        """A verdict that supports the claim would follow."""
        return self.inside or (self.outside and (self.better_side or self.beats_baseline))


def _one_run(case: Case) -> str:
    if case.judgement.spread.n == 1:
        where = "inside" if case.inside else "outside"
        return f"a single run decides nothing; it fell {where} the tolerance"
    return f"{case.judgement.spread.n} runs are too few for a bootstrap, which takes {BOOTSTRAP_LEAST}"


def _short(case: Case) -> str:
    judgement = case.judgement
    parts = []
    if failed := judgement.seeds.failed:
        parts.append(f"{plural(len(failed), 'run')} gave no number ({_names(failed, 'seed')})")
    if judgement.runs < case.needed and not case.claim.deterministic:
        missing = judgement.seeds.missing
        named = f"; {_names(missing, 'seed')} {'is' if len(missing) == 1 else 'are'} missing" if missing else ""
        few = "" if case.needed == judgement.seeds.declared else ", the fewest that decide"
        parts.append(f"{judgement.runs} of {plural(case.needed, 'seed')}{few}{named}")
    return "; ".join(parts)


def _straddles(case: Case) -> str:
    more = case.judgement.more
    advice = f"; about {plural(more, 'more seed')} would decide it" if more else ""
    return f"the interval straddles the edge of the tolerance{advice}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the published rule: its condition in words and in code, the outcome and its reason.

    `outcome` is None where the entry cannot be built at all.
    """

    number: int
    when: str
    outcome: Outcome | None
    holds: Callable[[Case], bool]
    reason: Callable[[Case], str]


# First match wins. Tests, the reference page and the site's own page of the rule iterate over these rows.
OUTCOMES: tuple[Row, ...] = (
    Row(
        number=1,
        when="no result file is named, or the entry is unfinished and the file is not there yet",
        outcome="untested",
        holds=lambda c: c.judgement.runs == 0,
        reason=lambda c: "no result yet",
    ),
    Row(
        number=2,
        when="a shipped entry whose file is missing, whose selector fits no row, or whose fields contradict each other",
        outcome=None,
        holds=lambda c: False,
        reason=lambda c: "an error that stops the build",
    ),
    Row(
        number=3,
        when="no run gave a finite number",
        outcome="inconclusive",
        holds=lambda c: c.judgement.spread.n == 0,
        reason=lambda c: "all runs failed",
    ),
    Row(
        number=4,
        when="a single run that is not deterministic, or fewer than five where a bootstrap is asked for",
        outcome="inconclusive",
        holds=lambda c: c.too_few,
        reason=_one_run,
    ),
    Row(
        number=5,
        when="seeds are missing or runs failed, and row 6, 7 or 8 would apply",
        outcome="inconclusive",
        holds=lambda c: c.short and c.positive,
        reason=_short,
    ),
    Row(
        number=6,
        when="the interval of the difference lies inside the tolerance",
        outcome="reproduced",
        holds=lambda c: c.inside,
        reason=lambda c: (
            "the interval lies within the tolerance" if c.claim.expect == "equals" else "the interval keeps the bound"
        ),
    ),
    Row(
        number=7,
        when="the interval lies entirely outside, on the better side of an equality",
        outcome="exceeded",
        holds=lambda c: c.outside and c.better_side,
        reason=lambda c: "better than stated by more than the tolerance, so the set-up probably differs",
    ),
    Row(
        number=8,
        when="the interval lies entirely outside, on the worse side, and that of the mean is better than the baseline",
        outcome="partial",
        holds=lambda c: c.outside and c.beats_baseline,
        reason=lambda c: "better than the baseline, so the direction holds; the size does not",
    ),
    Row(
        number=9,
        when="the interval lies entirely outside",
        outcome="not-reproduced",
        holds=lambda c: c.outside,
        reason=lambda c: (
            "the interval lies outside the tolerance" if c.claim.expect == "equals" else "the interval breaks the bound"
        ),
    ),
    Row(
        number=10,
        when="the interval straddles an edge of the tolerance",
        outcome="inconclusive",
        holds=lambda c: True,
        reason=_straddles,
    ),
)


def judge(
    claim: Claim,
    values: Sequence[Measurement],
    seeds: int | tuple[str, ...] | None,
    defaults: VerdictDefaults,
    written: str = "",
) -> Judgement:
    """The verdict on a claim.

    `values` holds one measurement a replicate, NaN for a failed run, none at all for an untested claim; excluded ones
    are left out of it. `seeds` is what the entry declares; `written` is the goal as the author wrote it, whose last
    decimal bounds the site's tolerance from below.
    """
    found = spread(claim, [one.value for one in values if math.isfinite(one.value)], defaults.confidence)
    tau, origin = tolerance(claim, defaults, written)
    told = seeds_of(claim, values, seeds)
    judgement = Judgement(
        outcome="untested",
        row=1,
        reason="",
        runs=len(values),
        seeds=told,
        spread=found,
        delta=found.value - claim.goal,
        tolerance=tau,
        origin=origin,
        accept=accepted(claim, tau),
    )
    needed = max(told.declared or 0, defaults.min_seeds)
    case = Case(claim=claim, judgement=judgement, needed=needed, beats_baseline=_beats(claim, found))
    row = next(row for row in OUTCOMES if row.holds(case))
    if row is OUTCOMES[-1]:
        more = seeds_to_decide(claim, found, tau, defaults.confidence)
        case = replace(case, judgement=replace(judgement, more=more))
    return replace(case.judgement, outcome=row.outcome or "untested", row=row.number, reason=row.reason(case))


def _beats(claim: Claim, found: Spread) -> bool:
    """Whether the interval of the mean lies strictly on the better side of the baseline."""
    if claim.baseline is None or not math.isfinite(found.own_low):
        return False
    if claim.better == "higher":
        return found.own_low > claim.baseline
    return claim.better == "lower" and found.own_high < claim.baseline


def page_outcome(outcomes: Iterable[Outcome]) -> Outcome:
    """The verdict on a whole entry from those on its claims; `partial` where some hold and others do not."""
    given = list(outcomes)
    supported = [outcome for outcome in given if outcome in ("reproduced", "exceeded")]
    if given and len(supported) == len(given):
        return "reproduced"
    if supported or "partial" in given:
        return "partial"
    if "not-reproduced" in given:
        return "not-reproduced"
    return "untested" if all(outcome == "untested" for outcome in given) else "inconclusive"


def _names(names: Sequence[str], noun: str) -> str:
    """`seed 3`, `seeds 3, 4 and 5`, at most six of them by name."""
    shown = [*names[:6], *([f"{len(names) - 6} more"] if len(names) > 6 else [])]
    return f"{noun}{'s' if len(names) > 1 else ''} {listed(shown)}"
