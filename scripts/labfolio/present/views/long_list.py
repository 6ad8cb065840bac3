"""What pages with lists too long for them are given."""

from dataclasses import dataclass

from labfolio.present.views.common import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLink:
    """A link to a part of a long list, with the number of what is in it."""

    text: str
    href: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A part of a long list, and beside it its own parts."""

    link: PartLink
    parts: tuple[PartLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What a page of a long list says: how many of how many it has, where all others are, and the parts of the list.

    `said` is empty where the page has all of a part, `rows` where it is not divided further.
    """

    said: str
    links: tuple[Link, ...]
    rows: tuple[PartRow, ...]
