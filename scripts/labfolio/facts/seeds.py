"""Which replicates were declared, which were found, which failed, and which are missing or were never declared."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from labfolio.model.evidence import Claim
from labfolio.model.measurement import Measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeds:
    """Replicates by name. `declared` is None where nothing was declared and nothing excluded.

    `missing` is empty where a count was declared and the names do not tell which ones are not there.
    """

    declared: int | None
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    excluded: tuple[tuple[str, str], ...]


def seeds_of(claim: Claim, values: Sequence[Measurement], declared: int | tuple[str, ...] | None) -> Seeds:
    """The replicates of a claim against what its entry declares; a deterministic claim needs one and lacks none."""
    found = [one.replicate for one in values]
    failed = tuple(one.replicate for one in values if not math.isfinite(one.value))
    excluded = tuple((_name(one.seed), one.why) for one in claim.exclude)
    if claim.deterministic or not values:
        return Seeds(declared=None, failed=failed, missing=(), extra=(), excluded=excluded)
    if declared is None:
        count = len(found) + len(excluded) if excluded else None
        return Seeds(
            declared=count, failed=failed, missing=tuple(name for name, _ in excluded), extra=(), excluded=excluded
        )
    names = tuple(_name(name) for name in declared) if isinstance(declared, tuple) else _counted(found, declared)
    return Seeds(
        declared=_count(declared),
        failed=failed,
        missing=tuple(name for name in names if name not in found),
        extra=tuple(name for name in found if name not in names) if names else tuple(found[_count(declared) :]),
        excluded=excluded,
    )


def _count(declared: int | tuple[str, ...]) -> int:
    return len(declared) if isinstance(declared, tuple) else declared


def _counted(found: Sequence[str], count: int) -> tuple[str, ...]:
    """The names behind a count: 0 to count - 1 or 1 to count, whichever the found ones fit; else nothing is known."""
    for first in (0, 1):
        names = tuple(str(number) for number in range(first, first + count))
        if set(found) <= set(names) or set(names) <= set(found):
            return names
    return ()


def _name(text: str) -> str:
    return str(int(text)) if text.isascii() and text.isdigit() else text
