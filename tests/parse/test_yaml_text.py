"""YAML as text: what was written is what is read, in every style."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from labfolio.parse.text import uncarried
from labfolio.parse.yaml_text import DEPTH, read_yaml
from tests.strategies import TEXTS

# PyYAML itself writes U+0085 so that it reads a space.
CARRIED = TEXTS.filter(lambda text: not uncarried(text) and "\x85" not in text)
NESTED = st.recursive(
    CARRIED,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CARRIED, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(CARRIED, NESTED, min_size=1, max_size=4),
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.booleans(),
    st.booleans(),
)
def test_texts_are_read_as_they_were_written(value: dict[str, object], style: str, flow: bool, unicode: bool) -> None:
    text = yaml.dump(value, default_style=style, default_flow_style=flow, allow_unicode=unicode, sort_keys=False)
    read = read_yaml("x.yml", text)
    assert not read.diagnostics
    assert read.value == value


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_a_fault_after_a_rare_line_end_stands_in_the_line_of_the_file(sign: str) -> None:
    read = read_yaml("x.yml", f'a: "b{sign}{sign}c"\nd: {{e: [1, 2}}\n')
    assert [(one.position.line, one.source) for one in read.diagnostics] == [(2, "d: {e: [1, 2}")]
    read = read_yaml("x.yml", f'a: "b{sign}c"\nd: e\n')
    assert (read.positions[("d",)].line, read.positions[("d",)].column) == (2, 4)


@pytest.mark.parametrize("depth", [DEPTH + 1, 1_200, 60_000])
@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? "])
def test_what_is_nested_too_deeply_is_told(depth: int, sign: str) -> None:
    read = read_yaml("x.yml", (sign * depth)[: 64 * 1024])
    assert [one.rule for one in read.diagnostics] in (["too-large"], ["invalid-yaml"])
