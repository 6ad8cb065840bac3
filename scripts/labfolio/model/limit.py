"""How long one text may take: granted by whoever runs labfolio, since the clock is theirs."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext


class OutOfTime(BaseException):
    """The time for one text is over. No library that catches every `Exception` goes on after it."""


# Makes a context that raises OutOfTime in the work within it.
Within = Callable[[], AbstractContextManager[None]]


def unlimited() -> AbstractContextManager[None]:
    """As long as it takes."""
    return nullcontext()
