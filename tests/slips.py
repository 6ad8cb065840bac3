"""Slips of the pen: a sound entry, and any text that is nearly it."""

from hypothesis import strategies as st

ENTRY = """---
title: A mergeable sketch
date: 2026-04-10
started: 2026-04-05
status: shipped
pillar: swe
tags: [sketches, streaming]
paper: mueller2020note
doi: 10.5281/zenodo.1234567
claims:
  - id: merge
    claim: Merging equals the union
    target: 0
    tolerance: 0
    deterministic: yes
    measured: {file: ../sketch/results/merge.csv, value: difference}
limitations:
  - One data set
---
## Problem

See [the rate](../../content/reproductions/rate/index.md#results) and [it](#problem).

![A plot](../sketch/figures/error.png "Flat")

{{ r.merge.mean }} in `code`.
"""
_SIGNS = st.sampled_from([*"\t :#-[]{},\"'*&!|>%@`\n/.aZé0\u2028\x85", ": ", "  ", "---\n", "status", "# "])
_PLACES = st.integers(0, len(ENTRY))
# Where, how many letters go (-1: the line is doubled, -2: two letters change places), and what comes in their place.
_SLIP = st.one_of(
    st.tuples(_PLACES, st.just(0), _SIGNS),
    st.tuples(_PLACES, st.integers(1, 3), st.just("")),
    st.tuples(_PLACES, st.integers(1, 2), _SIGNS),
    st.tuples(_PLACES, st.integers(-2, -1), st.just("")),
)


def _slip(text: str, place: int, length: int, sign: str) -> str:
    if length == -1:
        start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place) + 1 or len(text)
        return text[:end] + text[start:end] + text[end:]
    if length == -2:
        return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]
    return text[:place] + sign + text[place + length :]


@st.composite
def slips(draw: st.DrawFn) -> str:
    """The entry with one to three slips."""
    text = ENTRY
    for place, length, sign in draw(st.lists(_SLIP, min_size=1, max_size=3)):
        text = _slip(text, place, length, sign)
    return text
