"""Every target holds on its samples, and on what becomes of them when they are cut, joined and given other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, Target


@st.composite
def _inputs(draw: st.DrawFn, target: Target, samples: list[bytes]) -> bytes:
    """Pieces of samples, words of the format and any bytes, joined."""
    pieces = st.one_of(
        st.builds(_cut, st.sampled_from(samples), st.integers(0, target.longest), st.integers(0, 200)),
        st.sampled_from([word.encode("utf-8", "surrogatepass") for word in target.words] or [b"\n"]),
        st.text(max_size=8).map(lambda text: text.encode("utf-8", "replace")),
        st.binary(max_size=8),
    )
    begun = draw(st.builds(_cut, st.sampled_from(samples), st.just(0), st.integers(0, target.longest)))
    return (begun + b"".join(draw(st.lists(pieces, max_size=8))))[: target.longest]


def _cut(sample: bytes, start: int, length: int) -> bytes:
    return sample[start % (len(sample) + 1) :][:length]


@pytest.mark.parametrize("name", TARGETS)
def test_samples(name: str) -> None:
    target = TARGETS[name]
    for sample in target.samples():
        target.run(sample[: target.longest])


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes(name: str) -> None:
    target = TARGETS[name]
    samples = sorted({sample[: target.longest] for sample in target.samples()})

    @given(_inputs(target, samples))
    def holds(data: bytes) -> None:
        target.run(data)

    holds()
