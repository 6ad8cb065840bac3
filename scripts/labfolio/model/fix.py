"""What can be mended without the author: the places of a text, what stands there and what is to stand there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """`old` becomes `new`. Line and column count from 1 in the decoded text; lines of `old` and `new` end in `\\n`.

    An edit is made only where `old` stands at its place.
    """

    line: int
    column: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits of one file that belong together, and what they do as a command to the author: "write 'shipped'"."""

    what: str
    edits: tuple[Edit, ...]
