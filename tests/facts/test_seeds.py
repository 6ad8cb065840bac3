"""Seeds by name: declared, found, failed, missing, extra, excluded."""

import math
from typing import Any

import pytest

from labfolio.facts.seeds import seeds_of
from labfolio.model.evidence import Claim
from labfolio.model.measurement import Measurement


@pytest.mark.parametrize(
    ("names", "declared", "expected"),
    [
        ("0 1 2", 3, {"declared": 3}),
        ("1 2 3", 3, {"declared": 3}),
        ("0 2", 3, {"declared": 3, "missing": ("1",)}),
        ("1 2", 3, {"declared": 3, "missing": ("0",)}),
        ("a b", 3, {"declared": 3}),
        ("a b c d", 3, {"declared": 3, "extra": ("d",)}),
        ("0 1 2 3 4", 3, {"declared": 3, "extra": ("3", "4")}),
        ("0 1", ("0", "1", "07"), {"declared": 3, "missing": ("7",)}),
        ("0 5", ("0", "1"), {"declared": 2, "missing": ("1",), "extra": ("5",)}),
        ("0 1", None, {}),
        ("", 3, {}),
    ],
)
def test_names(names: str, declared: Any, expected: dict[str, Any]) -> None:
    values = [Measurement(replicate=name, value=1) for name in names.split()]
    found = seeds_of(Claim.model_validate({"claim": "c", "target": 1}), values, declared)
    assert {
        "declared": found.declared, "missing": found.missing, "extra": found.extra, "failed": found.failed
    } == {"declared": None, "missing": (), "extra": (), "failed": (), **expected}  # fmt: skip


def test_failed_and_excluded_ones_are_named() -> None:
    values = [Measurement(replicate="0", value=1), Measurement(replicate="1", value=math.nan)]
    claim = Claim.model_validate({"claim": "c", "target": 1, "exclude": [{"seed": "02", "why": "lost"}]})
    found = seeds_of(claim, values, 3)
    assert (found.failed, found.excluded, found.missing) == (("1",), (("2", "lost"),), ("2",))


def test_a_deterministic_claim_lacks_no_seed() -> None:
    claim = Claim.model_validate({"claim": "c", "target": 1, "deterministic": "yes"})
    assert seeds_of(claim, [Measurement(replicate="1", value=1)], 10).missing == ()
