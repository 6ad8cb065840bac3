"""Work in other processes beside this one: granted by whoever runs labfolio, since processes are theirs."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

# What it gives is lost; it counts for what it leaves in a store that outlives it.
Work = Callable[[], object]


def _nothing(*_works: Work) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Beside:
    """`begin` makes a context: works given to it are under way within, and over once it is left.

    A work may come to nothing, since processes fail: whoever needs what it should have left makes it. `processes` is
    how many there are with this one.
    """

    processes: int
    begin: Callable[..., AbstractContextManager[None]]


ALONE = Beside(1, _nothing)
