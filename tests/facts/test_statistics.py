"""The t quantile against printed tables and against what defines it."""

import pytest

from labfolio.facts.statistics import incomplete_beta, t_quantile

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
