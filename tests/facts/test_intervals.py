"""Tolerances, Welch's degrees of freedom, and how many more seeds would decide."""

import math
from typing import Any

import pytest

from labfolio.facts.intervals import accepted, half_unit, half_widths, seeds_to_decide, spread, tolerance
from labfolio.facts.statistics import bootstrap, summary, t_quantile
from labfolio.model.evidence import Claim
from labfolio.model.program import VerdictDefaults


def claim(**fields: Any) -> Claim:
    return Claim.model_validate({"claim": "c", "reported": 1, **fields})


@pytest.mark.parametrize(
    ("fields", "written", "tau", "origin"),
    [
        ({"tolerance": "2%"}, "1.0", 0.02, "stated"),
        ({"tolerance": "2%", "reported": -4}, "-4", 0.08, "stated"),
        ({"tolerance": ["1%", "0.5"]}, "1.0", 0.5, "stated"),
        ({"tolerance": ["60%", "0.5"]}, "1.0", 0.6, "stated"),
        ({"tolerance": 0, "reported": 0.98}, "0.98", 0, "stated"),
        ({}, "1", 0.05, "site default"),
        ({}, "1.0", 0.05, "site default"),
        ({"reported": 0.1}, "0.1", 0.05, "rounding"),
        ({"reported": 0.04}, "4e-2", 0.002, "site default"),
        ({"expect": "at-most"}, "1", 0.0, "bound"),
        ({"expect": "at-least", "tolerance": "5%"}, "1", 0.05, "stated"),
    ],
)
def test_tolerance(fields: dict[str, Any], written: str, tau: float, origin: str) -> None:
    found, where = tolerance(claim(**fields), VerdictDefaults(), written)
    assert found == pytest.approx(tau)
    assert where == origin


@pytest.mark.parametrize(
    ("written", "half"),
    [("1", 0), ("0.98", 0.005), ("-0.5", 0.05), ("1.20e-3", 0.000005), ("1e-3", 0), ("", 0), ("1.0ex", 0)],
)
def test_half_a_unit_of_the_last_decimal(written: str, half: float) -> None:
    assert half_unit(written) == pytest.approx(half)


def test_what_is_accepted() -> None:
    assert accepted(claim(), 0.1) == (-0.1, 0.1)
    assert accepted(claim(expect="at-least"), 0.1) == (-0.1, math.inf)
    assert accepted(claim(expect="at-most"), 0.1) == (-math.inf, 0.1)


def test_welch_and_satterthwaite() -> None:
    """Snedecor and Cochran's form, worked by hand: a = 4/8, b = 9/6, df = (a + b)^2 / (a^2/7 + b^2/5)."""
    own, both = half_widths(claim(reported_sd=3, reported_n=6), 8, 2.0, 0.95)
    df = 2.0**2 / (0.5**2 / 7 + 1.5**2 / 5)
    assert own == pytest.approx(t_quantile(0.975, 7) * math.sqrt(0.5))
    assert both == pytest.approx(t_quantile(0.975, df) * math.sqrt(2.0))


@pytest.mark.parametrize("fields", [{"reported_sd": 3}, {"reported_n": 6}, {"reported_sd": 3, "reported_n": 1}, {}])
def test_a_paper_without_spread_or_runs_widens_nothing(fields: dict[str, Any]) -> None:
    own, both = half_widths(claim(**fields), 8, 2.0, 0.95)
    assert own == both == pytest.approx(t_quantile(0.975, 7) * math.sqrt(0.5))


def test_the_seeds_that_are_advised_are_the_fewest_that_decide() -> None:
    values, one = [0.9, 1.0, 1.1, 1.2, 1.0], claim(tolerance=0.05)
    found = spread(one, values, 0.95)
    more = seeds_to_decide(one, found, 0.05, 0.95)
    assert more is not None
    margin = 0.05 - abs(found.value - 1)
    assert half_widths(one, found.n + more, found.sd, 0.95)[1] < margin
    assert half_widths(one, found.n + more - 1, found.sd, 0.95)[1] >= margin


def test_a_bootstrap_is_the_same_for_every_order_and_run() -> None:
    values = [0.3, 0.1, 0.9, 0.4, 0.2, 0.8]
    assert bootstrap(values, "median", 0.95) == bootstrap(values[::-1], "median", 0.95)
    low, high = bootstrap(values, "iqm", 0.95)
    assert 0.1 <= low < summary(values, "iqm") < high <= 0.9


@pytest.mark.parametrize(
    ("values", "statistic", "expected"),
    [
        ([1, 2, 9], "mean", 4),
        ([1, 2, 9], "median", 2),
        ([1, 2, 3, 9], "median", 2.5),
        ([0, 1, 2, 3, 99], "iqm", 2),
        ([5], "iqm", 5),
    ],
)
def test_statistics(values: list[float], statistic: Any, expected: float) -> None:
    assert summary(values, statistic) == expected
