"""What `labfolio verify` prints: each claim as it was published and as it came out again."""

import math
from collections.abc import Iterable, Sequence

from labfolio.facts.claims import Judged
from labfolio.model.entry import Entry
from labfolio.model.wording import number, signed
from labfolio.present import quantities
from labfolio.present.edition import Edition
from labfolio.present.rows import verdict_mark


def told(edition: Edition, entry: Entry, pairs: Sequence[tuple[Judged, Judged | None]], problem: str) -> Iterable[str]:
    """One line for the entry, one for each claim, plain text."""
    yield f"{edition.portfolio.id_of(entry)} {entry.slug}: {entry.front.title}"
    if problem:
        yield "  " + problem.replace("\n", "\n  ")
    for old, new in pairs:
        word = verdict_mark(entry, old.judgement.outcome).word.lower()
        if new is None:
            yield f"  FAILS  {old.id}: {word}; nothing was measured again"
            continue
        now = verdict_mark(entry, new.judgement.outcome).word.lower()
        same = old.judgement.outcome == new.judgement.outcome
        verdict = f"{word} again" if same else f"{word} before, {now} now"
        moved = f"{quantities.measured(old)} before, {quantities.measured(new)} now ({_moved(old, new)})"
        yield f"  {'holds' if same else 'FAILS'}  {old.id}: {verdict}; {moved}"


def _moved(old: Judged, new: Judged) -> str:
    """How far the measured value moved, and how much of the tolerance that is."""
    before, after = old.judgement.spread.value, new.judgement.spread.value
    if [one.value for one in old.values] == [one.value for one in new.values] and math.isfinite(before):
        return "every value identical"
    gap = after - before
    if not math.isfinite(gap):
        return "no number to compare"
    tau = old.judgement.tolerance
    share = f", {100 * abs(gap) / tau:.2g}% of the tolerance" if tau > 0 else ""
    return f"moved by {signed(number(gap, 2))}{quantities.gap_unit(old.claim)}{share}"
