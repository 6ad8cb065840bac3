"""The numbers of a claim as texts: with their unit, rounded by their own interval, a real minus, "n/a" where none."""

import math
from collections.abc import Callable

from labfolio.facts.claims import Judged
from labfolio.model.evidence import Claim
from labfolio.model.program import VerdictDefaults
from labfolio.model.wording import number, rounded, signed

NONE = "n/a"


def unit(claim: Claim) -> str:
    """What follows a value: `%` without a space, other units after one; nothing for plain fractions.

    A difference of percents is in percentage points.
    """
    if not claim.unit or claim.unit == "fraction":
        return ""
    if claim.measured is not None and claim.measured.minus is not None:
        return gap_unit(claim)
    return claim.unit if claim.unit == "%" else f" {claim.unit}"


def gap_unit(claim: Claim) -> str:
    """What follows a difference or a tolerance: percentage points for percents."""
    if claim.unit == "%":
        return " pp"
    return f" {claim.unit}" if claim.unit and claim.unit != "fraction" else ""


def reported(one: Judged) -> str:
    """The goal as it was written, with its bound and unit."""
    bound = {"equals": "", "at-least": "at least ", "at-most": "at most "}[one.claim.expect]
    return bound + goal(one) + unit(one.claim)


def goal(one: Judged) -> str:
    """The goal as the author wrote it, decimals kept."""
    return (one.written or number(one.claim.goal)).replace("-", "\u2212")


def paper_spread(claim: Claim) -> str:
    """`sd 0.02, n 5`, as far as the paper gives them."""
    parts = [f"sd {number(claim.reported_sd)}"] if claim.reported_sd is not None else []
    parts += [f"n {claim.reported_n}"] if claim.reported_n is not None else []
    return ", ".join(parts)


def measured(one: Judged) -> str:
    """`0.982 ± 0.004`, an interval in brackets where it is not symmetric, or the value alone; empty if untested."""
    found = one.judgement.spread
    if not one.values:
        return ""
    if not math.isfinite(found.value):
        return NONE
    half = _half(one)
    if half > 0:
        return f"{rounded(found.value, half)} \u00b1 {rounded(half, half)}{unit(one.claim)}"
    if found.own_high > found.own_low:
        return f"{rounded(found.value, found.own_high - found.own_low)}{unit(one.claim)} {interval(one)}"
    return number(found.value) + unit(one.claim)


def mean(one: Judged) -> str:
    """The mean (or the claim's statistic) with its unit."""
    found = one.judgement.spread
    return rounded(found.value, _width(one)) + unit(one.claim) if math.isfinite(found.value) else NONE


def deviation(one: Judged) -> str:
    """The standard deviation over replicates."""
    sd = one.judgement.spread.sd
    return number(sd, 2) + gap_unit(one.claim) if math.isfinite(sd) else NONE


def interval(one: Judged) -> str:
    """`[0.978, 0.986]` of the mean, clipped to what a share or a percentage can be."""
    low, high = clipped(one)
    if not (math.isfinite(low) and high > low):
        return NONE
    return f"[{rounded(low, _width(one))}, {rounded(high, _width(one))}]"


def clipped(one: Judged) -> tuple[float, float]:
    """The interval of the mean as it is shown: a share stays within its range; the verdict uses the whole one."""
    found, claim = one.judgement.spread, one.claim
    top = {"%": 100.0, "fraction": 1.0}.get(claim.unit or "")
    inside = top is not None and all(0 <= value.value <= top for value in one.values if math.isfinite(value.value))
    if top is None or not inside or (claim.measured is not None and claim.measured.minus is not None):
        return found.own_low, found.own_high
    return max(found.own_low, 0.0), min(found.own_high, top)


def difference(one: Judged) -> str:
    """Measured minus reported, in percentage points for percents."""
    delta = one.judgement.delta
    return signed(rounded(delta, _width(one))) + gap_unit(one.claim) if math.isfinite(delta) else NONE


def difference_interval(one: Judged) -> str:
    """The interval of the difference, which the verdict compares with the tolerance."""
    found = one.judgement.spread
    if not (math.isfinite(found.low) and found.high > found.low):
        return NONE
    width = found.high - found.low
    return f"[{signed(rounded(found.low, width / 2))}, {signed(rounded(found.high, width / 2))}]{gap_unit(one.claim)}"


def relative(one: Judged) -> str:
    """The difference as a share of the reported number; "n/a" where that is 0."""
    delta, claim = one.judgement.delta, one.claim
    if claim.goal == 0 or not math.isfinite(delta):
        return NONE
    return signed(number(100 * delta / abs(claim.goal), 2)) + "%"


def tolerance(one: Judged) -> str:
    """`± 0.05`; "none" where a bound has none."""
    tau = one.judgement.tolerance
    return f"\u00b1 {number(tau, 3)}{gap_unit(one.claim)}" if tau or one.claim.expect == "equals" else "none"


def origin(one: Judged, defaults: VerdictDefaults) -> str:
    """Where the tolerance comes from, in words."""
    share = one.claim.tolerance[1] if one.claim.tolerance else None
    words = {
        "stated": f"stated: {100 * share:g}% of the goal" if share else "stated",
        "site default": f"site default: {100 * (defaults.tolerance[1] or 0):g}% of the goal",
        "rounding": "half a unit of the last decimal reported",
        "bound": "a bound needs none",
    }
    return words[one.judgement.origin]


def runs(one: Judged) -> str:
    """`9 of 10 seeds`: finite values of those declared, found or excluded, whichever are more."""
    if not one.values:
        return ""
    seeds = one.judgement.seeds
    total = max(seeds.declared or 0, one.judgement.runs)
    noun = one.claim.measured.by if one.claim.measured else "seed"
    noun = noun if noun.isalpha() else "run"
    plural = "" if total == 1 else "s"
    if one.claim.deterministic and total == 1:
        return "1 run, deterministic"
    return f"{one.judgement.spread.n} of {total} {noun}{plural}"


def _half(one: Judged) -> float:
    """Half the width of a symmetric interval of the mean, else 0."""
    found = one.judgement.spread
    low, high = found.value - found.own_low, found.own_high - found.value
    return high if high > 0 and abs(high - low) <= 1e-9 * max(abs(high), abs(low)) else 0.0


def _width(one: Judged) -> float:
    found = one.judgement.spread
    width = (found.own_high - found.own_low) / 2
    return width if width > 0 else 0.0


# What `{{ r.<claim>.<name> }}` prints in prose -> its meaning, and how it is made.
IN_PROSE: dict[str, tuple[str, Callable[[Judged], str]]] = {
    "mean": ("the mean over seeds, or the claim's statistic, with its unit", mean),
    "measured": ("mean and half width of its interval", lambda one: measured(one) or NONE),
    "sd": ("the standard deviation over seeds", deviation),
    "interval": ("the interval of the mean", interval),
    "n": ("how many seeds gave a number", lambda one: str(one.judgement.spread.n)),
    "runs": ("seeds that gave a number, of those declared", lambda one: runs(one) or NONE),
    "reported": ("the paper's number, or the target, as it was written", lambda one: goal(one) + unit(one.claim)),
    "target": ("the same as reported", lambda one: goal(one) + unit(one.claim)),
    "delta": ("measured minus reported", difference),
    "relative": ("the difference as a share of the reported number", relative),
    "tolerance": ("the tolerance", tolerance),
    "baseline": (
        "the claim's baseline",
        lambda one: number(one.claim.baseline) + unit(one.claim) if one.claim.baseline is not None else NONE,
    ),
    "reason": ("why the verdict is what it is", lambda one: one.judgement.reason),
}
