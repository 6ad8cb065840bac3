"""Lists too long for a page, in parts that keep their addresses: by year, then by month, day and first letter.

A part is as deep as it must be for a page to hold it. Parts are named after what is in them, never counted from the
newest: what is published later changes none of their addresses, and none comes to mean something else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from labfolio.model.entry import Entry, tag_slug
from labfolio.model.wording import day_text, month_text

# So many rows are on a page: with the longest that there are, and every answer above them, it stays below 200 KB.
ROWS = 200

# What a part is named after, from the widest on.
LEVELS: Mapping[str, Callable[[Entry], str]] = {
    "year": lambda entry: str(entry.date.year),
    "month": lambda entry: f"{entry.date.month:02}",
    "day": lambda entry: f"{entry.date.day:02}",
    "letter": lambda entry: tag_slug(entry.slug)[0],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a list: its names from the year on (`2026`, `03`), how many are in it, and its own parts.

    Years, months and days stand newest first. `parts` is empty where a page holds all of it, or nothing divides it.
    """

    names: tuple[str, ...]
    count: int
    parts: tuple["Part", ...]

    @property
    def answers(self) -> dict[str, str]:
        """Its names by what they are."""
        return dict(zip(LEVELS, self.names, strict=False))

    @property
    def url(self) -> str:
        """The end of its address: `year/2026/month/03/`."""
        return "".join(f"{level}/{name}/" for level, name in self.answers.items())

    @property
    def words(self) -> str:
        """It in words: `March 2026`."""
        return part_words(self.answers)


def part_words(answers: Mapping[str, str]) -> str:
    """What a part is of, in words: `2026`, `March 2026`, `7 Mar 2026` or `7 Mar 2026, A`; empty for a whole list."""
    year, month, day, letter = (answers.get(level, "") for level in LEVELS)
    if not (year and month):
        return year
    moment = date(int(year), int(month), int(day or "1"))
    words = day_text(moment) if day else month_text(moment)
    return f"{words}, {letter.upper()}" if letter else words


def calendar_parts(entries: Sequence[Entry], above: tuple[str, ...] = ()) -> tuple[Part, ...]:
    """The parts of a list, in which an entry may stand more than once; none where a page holds the whole list."""
    if len(entries) <= ROWS or len(above) == len(LEVELS):
        return ()
    level = list(LEVELS)[len(above)]
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(LEVELS[level](entry), []).append(entry)
    return tuple(
        Part(names=(*above, name), count=len(groups[name]), parts=calendar_parts(groups[name], (*above, name)))
        for name in sorted(groups, reverse=level != "letter")
    )


def every_part(parts: Iterable[Part]) -> Iterable[Part]:
    """Parts with all of their own."""
    for one in parts:
        yield one
        yield from every_part(one.parts)


def beside(parts: Sequence[Part], names: tuple[str, ...]) -> tuple[Part | None, Part | None]:
    """The parts before and after one in order of time or letters, among those that are as deep where there are any."""
    line = list(_as_deep(parts, len(names)))
    index = next((at for at, one in enumerate(line) if one.names == names), None)
    if index is None:
        return None, None
    return (line[index - 1] if index else None), (line[index + 1] if index + 1 < len(line) else None)


def _as_deep(parts: Sequence[Part], depth: int) -> Iterable[Part]:
    """Parts from the oldest and the first letter on, as deep as they go up to a depth."""
    dated = bool(parts) and len(parts[0].names) < len(LEVELS)
    for one in reversed(parts) if dated else parts:
        if one.parts and len(one.names) < depth:
            yield from _as_deep(one.parts, depth)
        else:
            yield one
