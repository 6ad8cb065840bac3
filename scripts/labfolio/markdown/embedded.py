"""A text that stands in another file than the page's own, such as the cells of a notebook."""

from collections.abc import Mapping
from dataclasses import dataclass

from labfolio.model.source import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """The lines of another file that a page shows, by their number there, and where the page asks for them."""

    path: str
    lines: Mapping[int, str]
    at: Position

    def line_of(self, needle: str) -> int:
        """The line of the file that has a text, 0 where none has."""
        return next((number for number, line in self.lines.items() if needle in line), 0)
