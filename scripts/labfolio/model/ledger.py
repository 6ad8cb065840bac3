"""The permalink ledger: `content/permalinks.yml`, one line for each URL that was ever published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from labfolio.model.declared import Declared, optional, required
from labfolio.model.scalars import CalendarDate, EntryId, SitePath, Slug, Text, TextList, YesNo
from labfolio.model.source import START, Position

LEDGER = "permalinks.yml"

# A redirect leads further than a tombstone, and both answer where a line that only says "live" does not.
_RANKS = {"live": 0, "retired": 1, "moved": 2}

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
What = Literal["build", "reproduction", "paper", "note", "submission", "page", "list", "file"]


def _blank(value: Any) -> Any:
    return None if value == "" else value


class LedgerLine(Declared):
    """One URL that was published. `labfolio publish` and `labfolio retire` write the lines."""

    url: SitePath = required("The URL below the site's root.", "builds/hll-sketch/")
    kind: What = required("The kind of entry, or page (a page of your own), list or file.", "build")
    id: EntryId | None = optional("The id that the entry states; a rename is found by it.", "B07")
    title: Annotated[Text | None, BeforeValidator(_blank)] = optional("The page's title.", "A mergeable sketch")
    first: CalendarDate = required("The first day.", "2026-03-01")
    state: Literal["live", "moved", "retired"] = required(
        "live: a page or file answers; moved: a redirect to `to`; retired: a tombstone.", "live"
    )
    to: SitePath | None = optional("Where a moved page is now.", "builds/sketch/")
    last: CalendarDate | None = optional("The day on which it was retired.", "2026-09-01")
    reason: Text | None = optional("Why it was retired; shown to readers.", "The data were withdrawn.")
    counted: YesNo = optional("Whether the entry counted toward its kind's target.", "yes", False)
    was: Slug | None = optional("The first slug of a renamed entry without id; its feed id is made of it.", "sketch")
    body: Digest | None = optional(
        "The hash of the page's Markdown; a rename without id is found by it.", "0f1e2d3c4b5a"
    )
    headings: TextList = optional("The anchors of the page's headings.", ["problem", "results"], ())

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.state == "moved" and self.to is None:
            raise PydanticCustomError("to", "a moved URL says where it leads")
        if self.state == "retired" and not (self.reason and self.last):
            raise PydanticCustomError("retired", "a retired URL says why and since when")
        return self


def joined(one: LedgerLine, other: LedgerLine) -> LedgerLine:
    """What two lines of one URL say together, in either order: the earliest day, the state that answers most, every
    heading."""
    more = max(one, other, key=_weight)
    headings = tuple(sorted({*one.headings, *other.headings})) if one.headings != other.headings else one.headings
    return more.model_copy(update={"first": min(one.first, other.first), "headings": headings})


def _weight(line: LedgerLine) -> tuple[Any, ...]:
    """An order over all that lines of one URL can differ in, but for what is joined otherwise."""
    rest = line.model_dump(exclude={"first", "headings"})
    return _RANKS[line.state], str(line.last or ""), line.counted, *(str(rest[name] or "") for name in sorted(rest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The ledger as it was read: a line a URL, and where each stands (the first of several).

    `sound` tells that every line could be read; nothing is judged by a ledger that is not. `text` is the whole file.
    """

    path: str
    lines: Mapping[str, LedgerLine] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict, repr=False)
    text: str = field(default="", repr=False)
    sound: bool = True

    def position(self, url: str) -> Position:
        """Where a URL stands, or the start of the file."""
        return self.positions.get(url, START)


def by_url(lines: tuple[LedgerLine, ...]) -> dict[str, LedgerLine]:
    """The lines by URL in sorted order, those of one URL joined."""
    found: dict[str, list[LedgerLine]] = {}
    for line in lines:
        found.setdefault(line.url, []).append(line)
    return {url: reduce(joined, found[url]) for url in sorted(found)}
