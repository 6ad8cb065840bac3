"""Warnings that an author lets stand: which rule, in which file, and for what reason."""

from dataclasses import dataclass, field

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.source import START, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """One rule that may be broken in some files, as it is written in `path`.

    `files` are the paths that it covers; one that ends in a slash covers all below it. `judged` tells whether it is
    told when it allows nothing: in a file that is left out nothing is looked for.
    """

    rule: str
    reason: str
    path: str
    files: tuple[str, ...]
    position: Position = START
    text: str = field(default="", repr=False)
    judged: bool = True

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether a warning is one that is meant."""
        return diagnostic.rule == self.rule and any(
            diagnostic.path == path or (path.endswith("/") and diagnostic.path.startswith(path)) for path in self.files
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A warning that stands, with its author's reason."""

    diagnostic: Diagnostic
    reason: str
