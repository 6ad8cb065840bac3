"""Each row of the table of outcomes, from values chosen to meet it and no earlier row."""

import math
from typing import Any

import pytest

from labfolio.facts.verdicts import Outcome, judge, page_outcome
from labfolio.model.evidence import Claim
from labfolio.model.program import VerdictDefaults

NAN = math.nan
TIGHT = [0.999, 1.0, 1.001, 1.0, 1.0]

ROWS: list[tuple[str, dict[str, Any], list[float], int | None, Outcome, str]] = [
    ("nothing measured", {}, [], 5, "untested", "no result yet"),
    ("all failed", {}, [NAN, NAN], 2, "inconclusive", "all runs failed"),
    ("one run", {}, [1.0], 1, "inconclusive", "a single run decides nothing"),
    ("one deterministic run", {"deterministic": True}, [1.0], None, "reproduced", "within the tolerance"),
    ("too few seeds", {}, TIGHT[:3], 10, "inconclusive", "3 of 10 seeds"),
    ("below the least number", {}, TIGHT[:2], None, "inconclusive", "2 of 3 seeds"),
    ("one diverged", {}, [*TIGHT, NAN], 6, "inconclusive", "1 of 6 runs gave no number"),
    ("inside", {}, TIGHT, 5, "reproduced", "within the tolerance"),
    ("better than stated", {"better": "higher"}, [x + 1 for x in TIGHT], 5, "exceeded", "may differ"),
    ("worse, beats the baseline", {"better": "higher", "baseline": 0.2}, [x / 2 for x in TIGHT], 5, "partial", "size"),
    ("outside", {"better": "higher"}, [x / 2 for x in TIGHT], 5, "not-reproduced", "outside"),
    ("outside, seeds missing", {"better": "higher"}, [x / 2 for x in TIGHT[:4]], 9, "not-reproduced", "outside"),
    ("straddles", {}, [0.9, 1.0, 1.1, 1.2, 1.0], 5, "inconclusive", "straddles"),
    ("at least, far above", {"expect": "at-least", "tolerance": 0.0}, [x + 1 for x in TIGHT], 5, "reproduced", ""),
    ("at most, above", {"expect": "at-most", "tolerance": 0.0}, [x + 1 for x in TIGHT], 5, "not-reproduced", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "values", "seeds", "outcome", "reason"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_row(fields: dict[str, Any], values: list[float], seeds: int | None, outcome: str, reason: str) -> None:
    claim = Claim.model_validate({"claim": "c", "reported": 1.0, "tolerance": 0.05, **fields})
    judged = judge(claim, values, seeds, VerdictDefaults())
    assert judged.outcome == outcome
    assert reason in judged.reason


def test_interval_of_the_mean() -> None:
    judged = judge(Claim.model_validate({"claim": "c", "reported": 1}), [1.0, 2.0, 3.0], 3, VerdictDefaults())
    assert judged.mean == pytest.approx(2)
    assert judged.sd == pytest.approx(1)
    assert judged.half_width == pytest.approx(4.3026527297 / math.sqrt(3))
    assert (judged.low, judged.high) == pytest.approx((1 - judged.half_width, 1 + judged.half_width))


def test_the_papers_own_spread_widens_the_interval() -> None:
    own = Claim.model_validate({"claim": "c", "reported": 1})
    paper = Claim.model_validate({"claim": "c", "reported": 1, "reported_sd": 0.5, "reported_n": 3})
    narrow, wide = (judge(claim, TIGHT, 5, VerdictDefaults()) for claim in (own, paper))
    assert wide.high - wide.low > 3 * (narrow.high - narrow.low)


@pytest.mark.parametrize(
    ("fields", "decimals", "tolerance", "origin"),
    [
        ({"tolerance": "2%"}, 1, 0.02, "stated"),
        ({"tolerance": ["1%", "0.5"]}, 1, 0.5, "stated"),
        ({}, 0, 0.05, "site default"),
        ({}, 1, 0.05, "site default"),
        ({"expect": "at-most"}, 1, 0.0, "bound"),
    ],
)
def test_tolerance(fields: dict[str, Any], decimals: int, tolerance: float, origin: str) -> None:
    judged = judge(Claim.model_validate({"claim": "c", "reported": 1, **fields}), TIGHT, 5, VerdictDefaults(), decimals)
    assert judged.tolerance == pytest.approx(tolerance)
    assert judged.origin == origin


@pytest.mark.parametrize(
    ("outcomes", "page"),
    [
        (["reproduced", "exceeded"], "reproduced"),
        (["reproduced", "not-reproduced"], "partial"),
        (["partial", "not-reproduced"], "partial"),
        (["not-reproduced", "inconclusive"], "not-reproduced"),
        (["inconclusive", "untested"], "inconclusive"),
        (["untested", "untested"], "untested"),
    ],
)
def test_page(outcomes: list[Outcome], page: str) -> None:
    assert page_outcome(outcomes) == page
