"""What a social card is drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass

from labfolio.present.views.common import Mark, TitleField


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The programme's days in order, `length` of them to a sub-milestone.

    `days` has one letter a day: `s` shipped, a digit for the hatch of the pillar worked on, `n` nothing recorded or
    ahead. `now` is the number of the day that stands out, None where none does.
    """

    length: int
    days: str
    now: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card: the title block in facts.

    `sheet` and `kind` are what stands large where the title cannot be printed; either may be empty. `status` stands
    beside the mark, such as "2 of 3 claims"; where there is no mark it stands alone.
    """

    site: str
    sheet: str
    kind: str
    fields: tuple[TitleField, ...]
    title: str
    result: str
    mark: Mark | None
    status: str
    strip: Strip | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What cards are drawn in. `colours` gives for a token what CSS says of it, the site's own before the packaged one;
    `faces` gives for a role the bytes of its font files, in the same order, and its weight.
    """

    colours: Mapping[str, tuple[str, ...]]
    faces: Mapping[str, tuple[tuple[bytes, ...], int]]
