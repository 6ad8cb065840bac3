"""The memory of a process that lives long."""

import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Gives the system back what this process no longer uses.

    The allocator of glibc keeps whatever lies below the highest piece in use: a preview would grow to the most that
    all its builds ever needed at once, and further as the pieces scatter.
    """
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    """`malloc_trim(3)` of glibc; elsewhere what does nothing."""
    if sys.platform != "linux":
        return lambda _pad: 0
    import ctypes  # of use in a preview alone

    try:
        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another C library
        return lambda _pad: 0
    return trim
