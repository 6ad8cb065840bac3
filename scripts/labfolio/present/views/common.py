"""What most fragments are given: links, marks, dates, title blocks, rows and plain tables."""

from dataclasses import dataclass
from datetime import date

from labfolio.model.wording import day_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text that leads somewhere; `href` is None where there is nothing to lead to."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A work in the list of a page: its id there, its number (empty in the form without), its words and links.

    `places` lead back to where the text cites it.
    """

    anchor: str
    number: str
    text: str
    links: tuple[Link, ...]
    places: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A status or verdict: shape first, then word, then tone.

    `shape` is disc, half, cross, ring or bar; `tone` is held, part, fail or quiet.
    """

    shape: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarTag:
    """A pillar's name with its two-letter code and its hatch (h1 to h8, in the programme's order)."""

    name: str
    code: str
    hatch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A calendar date: `iso` for `<time datetime>`, `text` for the reader ("20 Nov 2026")."""

    iso: str
    text: str


def as_date(moment: date) -> Date:
    """A date for the page."""
    return Date(iso=moment.isoformat(), text=day_text(moment))


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleField:
    """One ruled field of a title block: label above value; at most one of the other attributes is set."""

    label: str
    value: str
    href: str | None = None
    pillar: PillarTag | None = None
    mark: Mark | None = None
    date: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleBlock:
    """The signature part: fields, the page's only h1 and one sentence that says the result."""

    fields: tuple[TitleField, ...]
    title: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What a list says of a paper note; anything may be empty. `answered` reads "6 of 7".

    `addresses` lead to the paper, `led_to` to what grew out of it, by their ids.
    """

    authors: str
    venue: str
    year: str
    depth: str
    answered: str
    decision: str
    addresses: tuple[Link, ...]
    led_to: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One entry in a list; `day` reads "day 241" (may be empty), `meta` holds short facts such as "2 of 3 claims".

    `draft` tells that only a preview shows it, as `mark` says. `facets` are what a script can filter by, as name and
    words; empty where nothing can be asked. `anchor` is a second anchor beside the sheet, the day of a note. `paper` is
    there for paper notes.
    """

    sheet: str
    title: str
    href: str
    result: str
    date: Date
    day: str
    meta: tuple[str, ...]
    pillar: PillarTag | None
    mark: Mark | None
    draft: bool = False
    facets: tuple[tuple[str, str], ...] = ()
    anchor: str = ""
    paper: PaperFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """A headed part of a listing; an empty heading prints none, `href` is the page of what it names.

    `dated` groups stand in order of time; `fixed` ones keep the order of their rows whatever is asked.
    """

    heading: str
    anchor: str
    rows: tuple[EntryRow, ...]
    dated: bool
    fixed: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a plain table; `num` sets it as a number."""

    text: str
    num: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """A table of words and numbers; the first cell of a row is its heading."""

    name: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFacts:
    """What a search shows of a page beside its title, and what it can be narrowed by; any may be empty but `kind`.

    `words` are the same facts as words of an index.
    """

    sheet: str
    kind: str
    mark: str
    pillar: str
    year: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The entry before or after: `label` says which it is."""

    label: str
    link: Link
