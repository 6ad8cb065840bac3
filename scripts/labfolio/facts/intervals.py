"""What a verdict compares: the tolerance around a goal, and the interval of the difference to it."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from labfolio.facts.statistics import BOOTSTRAP_LEAST, bootstrap, deviation, summary, t_quantile
from labfolio.model.evidence import Claim
from labfolio.model.program import VerdictDefaults

Origin = Literal["stated", "site default", "rounding", "bound"]

nan = math.nan

# More seeds than this are no advice.
_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Finite values against a goal; what does not exist is NaN.

    `value` is the mean (or the claim's statistic), `sd` the standard deviation with n - 1, [`own_low`, `own_high`] the
    interval of `value` from the runs alone, [`low`, `high`] that of its difference to the goal, which the paper's own
    spread widens.
    """

    n: int
    value: float
    sd: float
    own_low: float
    own_high: float
    low: float
    high: float


def tolerance(claim: Claim, defaults: VerdictDefaults, written: str) -> tuple[float, Origin]:
    """The absolute tolerance and where it comes from; `written` is the goal as the author wrote it.

    A stated one is the larger of its absolute and its relative part. Without one, a bound has none and an equality
    takes the site's, but at least half a unit of the goal's last decimal.
    """
    goal = abs(claim.goal)
    if claim.tolerance is not None:
        absolute, share = claim.tolerance
        return max(absolute or 0.0, (share or 0.0) * goal), "stated"
    if claim.expect != "equals":
        return 0.0, "bound"
    absolute, share = defaults.tolerance
    given, rounding = max(absolute or 0.0, (share or 0.0) * goal), half_unit(written)
    return (rounding, "rounding") if rounding > given else (given, "site default")


def half_unit(written: str) -> float:
    """Half a unit of the last decimal of a number as it was written; 0 where it has no decimals."""
    mantissa, _, exponent = written.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    if not decimals or (exponent and not exponent.lstrip("+-").isdigit()):
        return 0.0
    return float(f"0.5e{int(exponent or 0) - decimals}")


def accepted(claim: Claim, tau: float) -> tuple[float, float]:
    """The differences that agree with the goal: [-tau, tau], or open on the side that a bound leaves free."""
    return (
        -math.inf if claim.expect == "at-most" else -tau,
        math.inf if claim.expect == "at-least" else tau,
    )


def spread(claim: Claim, finite: Sequence[float], confidence: float) -> Spread:
    """The values of a claim with their intervals."""
    statistic = claim.measured.statistic if claim.measured else "mean"
    n = len(finite)
    if n == 0:
        return Spread(n=0, value=nan, sd=nan, own_low=nan, own_high=nan, low=nan, high=nan)
    value, sd = summary(finite, statistic), deviation(finite)
    delta = value - claim.goal
    if statistic != "mean" and n >= BOOTSTRAP_LEAST and not claim.deterministic:
        own_low, own_high = bootstrap(finite, statistic, confidence)
        paper = NormalDist().inv_cdf(0.5 + confidence / 2) * math.sqrt(_paper_variance(claim))
        low, high = delta - math.hypot(value - own_low, paper), delta + math.hypot(own_high - value, paper)
    else:
        own = 0.0 if claim.deterministic or n == 1 else sd
        own_half, half = half_widths(claim, n, own, confidence)
        own_low, own_high, low, high = value - own_half, value + own_half, delta - half, delta + half
    known = n > 1 or claim.deterministic
    return Spread(
        n=n,
        value=value,
        sd=sd,
        own_low=own_low if known else nan,
        own_high=own_high if known else nan,
        low=low,
        high=high,
    )


def half_widths(claim: Claim, n: int, sd: float, confidence: float) -> tuple[float, float]:
    """Half widths of the intervals of the mean and of the difference; degrees of freedom by Welch and Satterthwaite.

    Welch 1947 and Satterthwaite 1946: (a + b)^2 / (a^2 / (n - 1) + b^2 / (k - 1)) for the squared standard errors a
    of n own runs and b of the paper's k.
    """
    own, paper, k = sd * sd / n, _paper_variance(claim), claim.reported_n or 0
    quantile = 0.5 + confidence / 2
    own_half = t_quantile(quantile, n - 1) * math.sqrt(own) if own > 0 and n > 1 else 0.0
    total = own + paper
    if total == 0:
        return own_half, 0.0
    # Shares of the whole instead of squares of squares, which would leave the range of a float.
    a, b = own / total, paper / total
    below = (a * a / (n - 1) if n > 1 else 0.0) + (b * b / (k - 1) if paper else 0.0)
    return own_half, t_quantile(quantile, 1 / below) * math.sqrt(total)


def seeds_to_decide(claim: Claim, found: Spread, tau: float, confidence: float) -> int | None:
    """How many more seeds would move the interval off the tolerance's edge if mean and spread stayed as they are.

    None where that cannot be said (one run, a bootstrap, no spread) or would take more than a thousand.
    """
    if found.n < 2 or not found.sd > 0 or (claim.measured and claim.measured.statistic != "mean"):
        return None
    low, high = accepted(claim, tau)
    delta = found.value - claim.goal
    margin = min(delta - low, high - delta) if low <= delta <= high else max(low - delta, delta - high)

    def decided(n: int) -> bool:
        return half_widths(claim, n, found.sd, confidence)[1] < margin

    if not decided(found.n + _MOST):
        return None
    return bisect_left(range(found.n + 1, found.n + _MOST), True, key=decided) + 1


def _paper_variance(claim: Claim) -> float:
    """The squared standard error of the reported mean; 0 where the paper gives no spread or no number of runs."""
    if claim.reported_sd is None or claim.reported_n is None or claim.reported_n < 2:
        return 0.0
    return claim.reported_sd**2 / claim.reported_n
