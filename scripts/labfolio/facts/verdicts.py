"""Verdicts: an equivalence test of measured values against a number and its tolerance, and its mirror image.

The interval of the difference must lie inside the tolerance to agree and wholly outside to disagree; anything else is
inconclusive, so noise can never read as success.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from labfolio.facts.statistics import t_quantile
from labfolio.model.evidence import Claim
from labfolio.model.program import VerdictDefaults

Outcome = Literal["reproduced", "exceeded", "partial", "not-reproduced", "inconclusive", "untested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A claim's verdict with the numbers it rests on.

    `n` finite values of `runs`, `declared` seeds (None if not stated), mean, standard deviation (n - 1), half width of
    the interval of the mean, difference to the goal with its interval, absolute tolerance and where that came from.
    Values that do not exist are NaN. `reason` is a sentence.
    """

    outcome: Outcome
    reason: str
    n: int
    runs: int
    declared: int | None
    mean: float
    sd: float
    half_width: float
    delta: float
    low: float
    high: float
    tolerance: float
    origin: Literal["stated", "site default", "bound"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What the table of outcomes asks about."""

    claim: Claim
    judgement: Judgement
    bad: int
    accept_low: float
    accept_high: float
    needed: int
    beats_baseline: bool

    @property
    def inside(self) -> bool:
        return self.judgement.low >= self.accept_low and self.judgement.high <= self.accept_high

    @property
    def outside(self) -> bool:
        return self.judgement.low > self.accept_high or self.judgement.high < self.accept_low

    @property
    def better_side(self) -> bool:
        if self.claim.better == "none" or self.claim.expect != "equals":
            return False
        return (self.judgement.delta > 0) == (self.claim.better == "higher")

    @property
    def short(self) -> bool:
        return self.bad > 0 or self.judgement.n < self.needed

    @property
    def positive(self) -> bool:
        return self.inside or (self.outside and (self.better_side or self.beats_baseline))


def _runs(case: _Case) -> str:
    if case.bad:
        return f"{case.bad} of {case.judgement.runs} runs gave no number"
    return f"{case.judgement.n} of {case.needed} seeds"


# First match wins. Row numbers, conditions and words are those of the published rule.
OUTCOMES: tuple[tuple[Callable[[_Case], bool], Outcome, Callable[[_Case], str]], ...] = (
    (lambda c: c.judgement.runs == 0, "untested", lambda c: "no result yet"),
    (lambda c: c.judgement.n == 0, "inconclusive", lambda c: "all runs failed"),
    (
        lambda c: c.judgement.n == 1 and not c.claim.deterministic,
        "inconclusive",
        lambda c: "a single run decides nothing",
    ),
    (lambda c: c.short and not c.claim.deterministic and c.positive, "inconclusive", _runs),
    (lambda c: c.inside, "reproduced", lambda c: "the interval lies within the tolerance"),
    (
        lambda c: c.outside and c.better_side,
        "exceeded",
        lambda c: "better than stated beyond the tolerance; the set-up may differ",
    ),
    (lambda c: c.outside and c.beats_baseline, "partial", lambda c: "the direction holds, the size does not"),
    (lambda c: c.outside, "not-reproduced", lambda c: "the interval lies outside the tolerance"),
    (lambda c: True, "inconclusive", lambda c: "the interval straddles the edge of the tolerance"),
)


def judge(
    claim: Claim, values: Sequence[float], declared: int | None, defaults: VerdictDefaults, decimals: int | None = None
) -> Judgement:
    """The verdict on a claim. `values` holds one number a replicate, NaN for a failed run; none at all is untested.

    `declared` is the number of seeds that were promised; `decimals` how many the goal was written with, which bounds
    the default tolerance from below by half a unit of the last one.
    """
    finite = [value for value in values if math.isfinite(value)]
    n, goal = len(finite), claim.goal
    tolerance, origin = _tolerance(claim, defaults, decimals)
    mean = math.fsum(finite) / n if n else math.nan
    sd = math.sqrt(math.fsum((x - mean) ** 2 for x in finite) / (n - 1)) if n > 1 else math.nan
    error, half = _half_widths(claim, n, 0.0 if claim.deterministic or math.isnan(sd) else sd, defaults.confidence)
    delta = mean - goal
    judgement = Judgement(
        outcome="untested",
        reason="",
        n=n,
        runs=len(values),
        declared=declared,
        mean=mean,
        sd=sd,
        half_width=math.nan if n == 1 and not claim.deterministic else half,
        delta=delta,
        low=delta - error,
        high=delta + error,
        tolerance=tolerance,
        origin=origin,
    )
    case = _Case(
        claim=claim,
        judgement=judgement,
        bad=len(values) - n,
        accept_low=-math.inf if claim.expect == "at-most" else -tolerance,
        accept_high=math.inf if claim.expect == "at-least" else tolerance,
        needed=max(declared or 0, defaults.min_seeds),
        beats_baseline=_beats(claim, mean, half),
    )
    for holds, outcome, reason in OUTCOMES:
        if holds(case):
            return _decided(judgement, outcome, reason(case))
    raise AssertionError("the last row of OUTCOMES always holds")


def _decided(judgement: Judgement, outcome: Outcome, reason: str) -> Judgement:
    return replace(judgement, outcome=outcome, reason=reason)


def _tolerance(
    claim: Claim, defaults: VerdictDefaults, decimals: int | None
) -> tuple[float, Literal["stated", "site default", "bound"]]:
    goal = abs(claim.goal)
    if claim.tolerance is not None:
        absolute, share = claim.tolerance
        return max(absolute or 0.0, (share or 0.0) * goal), "stated"
    if claim.expect != "equals":
        return 0.0, "bound"
    absolute, share = defaults.tolerance
    rounding = 0.5 * 10.0**-decimals if decimals else 0.0
    return max(absolute or 0.0, (share or 0.0) * goal, rounding), "site default"


def _half_widths(claim: Claim, n: int, sd: float, confidence: float) -> tuple[float, float]:
    """Half widths of the intervals of the difference and of the mean; degrees of freedom by Welch and Satterthwaite."""
    if n == 0:
        return math.nan, math.nan
    own = sd * sd / n
    paper = 0.0
    paper_n = claim.reported_n or 0
    if claim.reported_sd is not None and paper_n > 1:
        paper = claim.reported_sd**2 / paper_n
    quantile = 0.5 + confidence / 2
    mean_half = t_quantile(quantile, n - 1) * math.sqrt(own) if own > 0 and n > 1 else 0.0
    total = own + paper
    if total == 0:
        return 0.0, mean_half
    below = (own * own / (n - 1) if n > 1 else 0.0) + (paper * paper / (paper_n - 1) if paper else 0.0)
    return t_quantile(quantile, total * total / below) * math.sqrt(total), mean_half


def _beats(claim: Claim, mean: float, half: float) -> bool:
    if claim.baseline is None or claim.better == "none" or not math.isfinite(mean):
        return False
    return mean - half > claim.baseline if claim.better == "higher" else mean + half < claim.baseline


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
