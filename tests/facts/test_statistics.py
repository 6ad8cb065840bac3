"""The t quantile against printed tables and against what defines it."""

import math
import random
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from labfolio.facts.statistics import Statistic, bootstrap, deviation, half_width, incomplete_beta, summary, t_quantile
from labfolio.model.scalars import LARGEST
from tests.strategies import in_ci

# Two-sided 95 % points as published to ten digits (NIST/SEMATECH e-Handbook rows, computed there to more places).
TABLE = {1: 12.7062047362, 2: 4.3026527297, 3: 3.1824463053, 5: 2.5705818356, 9: 2.2621571628, 30: 2.0422724563}


@pytest.mark.parametrize("df", TABLE)
def test_agrees_with_tables(df: int) -> None:
    assert t_quantile(0.975, df) == pytest.approx(TABLE[df], rel=1e-9)


@pytest.mark.parametrize("df", [0.5, 1, 2.5, 7, 40, 10_000])
@pytest.mark.parametrize("probability", [0.6, 0.9, 0.975, 0.999])
def test_inverts_its_distribution(df: float, probability: float) -> None:
    t = t_quantile(probability, df)
    assert 1 - incomplete_beta(df / 2, 0.5, df / (df + t * t)) / 2 == pytest.approx(probability, abs=1e-10)


def test_refuses_what_has_no_quantile() -> None:
    with pytest.raises(ValueError, match="no quantile"):
        t_quantile(0.975, 0)


VALUES = st.lists(st.floats(-LARGEST, LARGEST), min_size=1, max_size=12)


def exact_summary(values: list[float], statistic: Statistic) -> Fraction:
    """The same from its definition, in fractions."""
    ordered = sorted(map(Fraction, values))
    cut = {"mean": 0, "iqm": len(ordered) // 4, "median": (len(ordered) - 1) // 2}[statistic]
    kept = ordered[cut : len(ordered) - cut]
    return sum(kept, Fraction()) / len(kept)


@given(VALUES, st.sampled_from(["mean", "median", "iqm"]))
def test_summaries_are_those_of_exact_arithmetic(values: list[float], statistic: Statistic) -> None:
    exact = exact_summary(values, statistic)
    largest = max(map(abs, values))
    assert abs(Fraction(summary(values, statistic)) - exact) <= abs(exact) * Fraction(1, 10**15) + Fraction(
        largest
    ) * Fraction(1, 10**15)


@given(VALUES)
@example([0.0, 2e-194])
@example([0.0, 5e-324])
def test_the_deviation_is_that_of_exact_arithmetic(values: list[float]) -> None:
    found = deviation(values)
    if len(values) < 2:
        assert math.isnan(found)
        return
    mean = exact_summary(values, "mean")
    square = sum(((Fraction(value) - mean) ** 2 for value in values), Fraction()) / (len(values) - 1)
    with localcontext(prec=60, Emax=10**6, Emin=-(10**6)):
        exact = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
    nearest = exact * Decimal("1e-14") + Decimal(max(map(abs, values))) * Decimal("1e-15")
    assert abs(Decimal(found) - exact) <= nearest + Decimal("5e-324")


@given(st.floats(0.55, 0.9999))
def test_quantiles_of_one_and_two_degrees_are_those_of_their_formulas(p: float) -> None:
    assert t_quantile(p, 1) == pytest.approx(math.tan(math.pi * (p - 0.5)), rel=1e-9, abs=1e-11)
    assert t_quantile(p, 2) == pytest.approx((2 * p - 1) / math.sqrt(2 * p * (1 - p)), rel=1e-9, abs=1e-11)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8), st.floats(0.5, 0.98), st.floats(0.001, 0.01))
def test_more_confidence_takes_a_wider_interval(values: list[float], confidence: float, more: float) -> None:
    assert half_width(values, confidence) <= half_width(values, confidence + more)


# 2,000 resamples an example.
@in_ci(25)
@given(VALUES, st.sampled_from(["median", "iqm"]), st.randoms())
def test_a_bootstrap_stays_within_the_values_in_any_order(
    values: list[float], statistic: Statistic, order: random.Random
) -> None:
    low, high = bootstrap(values, statistic, 0.95)
    assert low <= high
    slack = max(map(abs, values)) * 1e-15
    assert min(values) - slack <= low
    assert high <= max(values) + slack
    order.shuffle(values)
    assert bootstrap(values, statistic, 0.95) == (low, high)
