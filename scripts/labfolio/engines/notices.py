"""What a preview says in the terminal: one line for each build, each fault once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.wording import plural
from labfolio.present.report import full, number_of

if TYPE_CHECKING:
    from labfolio.facts.portfolio import Portfolio


class Told:
    """The faults that were told of, so that none is told again while it stays as it is.

    A line above a fault moves it and changes nothing about it: its place is not compared, but its source line is.
    """

    def __init__(self) -> None:
        self._known: frozenset[tuple[str, ...]] = frozenset()
        self._faulty = False

    def news(self, diagnostics: Iterable[Diagnostic], *, whole: bool = True) -> tuple[tuple[Diagnostic, ...], bool]:
        """Those that were not there at the last build, and whether the last error went.

        A build that ended early is not `whole`: what it does not find is not gone.
        """
        given = tuple(diagnostics)
        fresh = tuple(one for one in given if _name(one) not in self._known)
        mended = self._faulty and not has_errors(given)
        names = frozenset(map(_name, given))
        self._known = names if whole else self._known | names
        self._faulty = has_errors(given)
        return fresh, mended


def _name(one: Diagnostic) -> tuple[str, ...]:
    return one.path, one.rule, one.message, one.source


def built(portfolio: "Portfolio", seconds: float) -> str:
    """`31 entries, 2 drafts shown, built in 1.4 s`."""
    parts = [plural(len(portfolio.entries), "entry")]
    parts += [f"{plural(len(portfolio.drafts), 'draft')} shown"] if portfolio.drafts else []
    return ", ".join([*parts, in_seconds(seconds)])


def in_seconds(seconds: float) -> str:
    """`built in 1.4 s`."""
    return f"built in {seconds:.1f} s"


def begun(
    fresh: Iterable[Diagnostic],
    diagnostics: tuple[Diagnostic, ...],
    portfolio: "Portfolio | None",
    seconds: float,
    address: str,
) -> str:
    """The faults, then what is shown where: `labfolio: 31 entries, built in 1.4 s, http://127.0.0.1:8000/`."""
    line = f"{number_of(diagnostics)}, shown at {address}"
    if portfolio is not None and not has_errors(diagnostics):
        line = f"{built(portfolio, seconds)}, {address}"
    return "\n".join([*(f"{full(one)}\n" for one in fresh), f"labfolio: {line}"])


def rebuilt(changed: Iterable[str], fresh: Iterable[Diagnostic], mended: bool, now: str) -> str:
    """The faults that are new, then what changed and what came of it: `now`, after `mended` where it mended the last.

    `content/x.md changed: built in 0.9 s`, `mended: content/x.md changed, built in 0.9 s`.
    """
    names = sorted(changed)
    what = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    line = f"mended: {what} changed, {now}" if mended else f"{what} changed: {now}"
    return "\n".join([*(f"{full(one)}\n" for one in fresh), line])
