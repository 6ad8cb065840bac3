"""What is told to an author: one fault, its address, its rule and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum

from labfolio.model.fix import Fix
from labfolio.model.private_text import masked
from labfolio.model.source import START, Position


class Level(StrEnum):
    """How grave a diagnostic is: an error stops the build, a warning does so under `--strict`, a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One fault. `source` is the line it stands in, empty where there is none to show; `fix` mends it where that is
    certain."""

    rule: str
    level: Level
    path: str
    message: str
    help: str = ""
    position: Position = START
    source: str = ""
    fix: Fix | None = None

    @property
    def place(self) -> str:
        """`path:line:column`, as editors understand it."""
        return f"{masked(self.path)}:{self.position.line}:{self.position.column}"


def in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The diagnostics by file, line and column, each once."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.path, d.position.line, d.position.column, d.rule, d.message)))


def has_errors(diagnostics: tuple[Diagnostic, ...], *, strict: bool = False) -> bool:
    """Whether a site may not be written; `strict` counts warnings too."""
    grave = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    return any(d.level in grave for d in diagnostics)
