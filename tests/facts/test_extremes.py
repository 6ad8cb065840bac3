"""No number that front matter and result files can hold makes a verdict, statistics or a page fail."""

import math

from hypothesis import example, given
from hypothesis import strategies as st

from labfolio.facts.claims import judged
from labfolio.facts.series import estimate
from labfolio.model.evidence import Claim
from labfolio.model.measurement import Measured, Measurement
from labfolio.model.program import VerdictDefaults
from labfolio.model.scalars import LARGEST
from labfolio.model.wording import number, rounded
from tests.site import build_files, entry
from tests.strategies import in_ci

NUMBERS = st.floats(-LARGEST, LARGEST) | st.sampled_from([0.0, -0.0, 5e-324, 1e-300, LARGEST, -LARGEST, 1e15, 1 / 3])
VALUES = st.lists(NUMBERS | st.just(math.nan), max_size=8)
FIELDS = st.fixed_dictionaries(
    {"reported": NUMBERS, "tolerance": st.sampled_from(["0", "1e-300", "5%", "1e100", "1e100%"])},
    optional={
        "expect": st.sampled_from(["equals", "at-least", "at-most"]),
        "better": st.sampled_from(["higher", "lower", "none"]),
        "baseline": NUMBERS,
        "reported_sd": NUMBERS.map(abs),
        "reported_n": st.integers(1, 999_999_999),
        "deterministic": st.booleans(),
        "measured": st.sampled_from([{"file": "a.csv", "value": "v", "statistic": s} for s in ("median", "mean")]),
    },
)


@in_ci(300)
@given(VALUES, FIELDS)
@example([LARGEST, -LARGEST, LARGEST], {"reported": 0.0, "tolerance": "0", "reported_sd": LARGEST, "reported_n": 2})
@example([1.0, 2.0, 3.0], {"reported": 1.0, "tolerance": "0", "reported_sd": 5e-324, "reported_n": 3})
def test_a_verdict_is_found(values: list[float], fields: dict[str, object]) -> None:
    claim = Claim.model_validate({"claim": "c", **fields})
    found = tuple(Measurement(replicate=str(index), value=value) for index, value in enumerate(values))
    given = Measured(claim=claim, values=found, paths=(), written=repr(fields["reported"]))
    one = judged([given], len(values), VerdictDefaults())[0].judgement
    assert one.outcome
    for text in (number(one.delta), rounded(one.spread.value, one.spread.own_high - one.spread.own_low)):
        assert text
    own = estimate(values, 0.95)
    assert rounded(own.mean, own.half)


@in_ci(25)
@given(st.lists(NUMBERS, min_size=2, max_size=5), FIELDS)
@example([LARGEST, -LARGEST], {"reported": LARGEST, "tolerance": "1e100%"})
@example([5e-324, 1e-323], {"reported": 5e-324, "tolerance": "0"})
def test_its_page_is_made(values: list[float], fields: dict[str, object]) -> None:
    fields = {name: value for name, value in fields.items() if name != "measured"}
    claim = ", ".join(f"{name}: {str(value).lower()}" for name, value in fields.items())
    table = "x,seed,v\n" + "".join(f"{1 + row % 2},{row},{value!r}\n" for row, value in enumerate(values))
    files = {
        "builds/x/a.csv": table.encode(),
        "builds/x/index.md": entry(
            status="building",
            claims=f"\n  - {{id: e, claim: c, {claim}, measured: {{file: a.csv, value: v}}}}",
            ablations="\n  - {id: a, file: a.csv, x: x, y: v, log: [x, y]}\n  - {id: b, file: a.csv, x: v, y: v}",
            slices="\n  - {id: s, file: a.csv, value: v, slice: x}",
            tradeoffs="\n  - {id: t, file: a.csv, x: x, y: v, label: seed}",
            baselines="\n  - {name: n, file: a.csv, value: v, claim: e}",
        ),
    }
    result = build_files(files)
    refused = {one.rule for one in result.diagnostics if one.level == "error"}
    assert result.outputs or refused <= {"zero-tolerance"}, [one.message for one in result.diagnostics]
