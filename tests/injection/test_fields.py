"""Texts that try to become markup in every field: no output has an element, attribute, scheme or key more for them.

By default each payload stands in the entries of one kind, in turn; INJECTION=all puts each into those of all kinds.
"""

from collections import Counter

import pytest

from labfolio.model.entry import KINDS
from tests.injection.portfolio import PAYLOADS, Matrix, attacked, references
from tests.injection.samples import leaves, path_of
from tests.injection.shape import shape_of

# They name a file of the site.
_NAMES = {f"{one}.file" for one in ("ablations", "baselines", "cost", "slices", "tradeoffs")}
_NAMES |= {"claims.measured.file", "claims.measured.minus.file"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    """The portfolio with every payload."""
    return attacked(tmp_path_factory)


def test_there_are_sixty_payloads_and_more() -> None:
    assert len(PAYLOADS) >= 60


def test_no_output_changes_its_shape(built: Matrix) -> None:
    assert built.outputs.keys() == built.plain.keys()
    changed = {path: more for path in built.outputs if (more := _more(path, built))}
    assert not changed


def test_every_free_text_takes_payloads(built: Matrix) -> None:
    """A field is refused by its declaration or names something else; every other was published with payloads."""
    taken: Counter[str] = Counter()
    for source in built.sources:
        taken.update({path_of(keys) for keys in leaves(source.value)} - source.refused)
    for name in ("title", "summary", "tags", "why", "claims.claim", "claims.unit", "limitations", "venue", "learned"):
        assert taken[name] >= len(PAYLOADS) // len(KINDS) - 3, name
    assert references() <= _NAMES


def _more(path: str, built: Matrix) -> list[str]:
    """What an output has more, or less, than the one with words."""
    ours, plain = (Counter(map(repr, shape_of(path, site[path]))) for site in (built.outputs, built.plain))
    if "/tag/" in path:
        # How many topics it offers beside its own depends on their order.
        ours, plain = Counter(set(ours)), Counter(set(plain))
    # What stands apart from the text around it is words all the same.
    ours = Counter({one: n for one, n in ours.items() if not one.startswith("('bdi'")})
    return sorted([*(f"+ {one}" for one in ours - plain), *(f"- {one}" for one in plain - ours)])
