"""What listings, free pages, the 404 page and the error page of a preview are given."""

from dataclasses import dataclass

from markupsafe import Markup

from labfolio.present.views.common import Beside, Link, Reference, RowGroup, SearchFacts, TitleBlock
from labfolio.present.views.long_list import Cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer: the page that gives it, how many entries it has (empty where that is no question), if it holds here.

    `answer` is what a script writes into the address; empty stands for no answer.
    """

    text: str
    href: str
    answer: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One question that a listing can be asked, such as the verdict, with its answers; `name` is its short name."""

    name: str
    label: str
    links: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """All entries of a kind. `whole` tells that a script may narrow it in place, `layout` is rows,
    papers, notebook or topic, where papers stand as their own list has them.

    `empty` is an instruction. `cut` is None for a list that a page holds; the parts of one that is longer have
    neighbours.
    """

    block: TitleBlock
    choices: tuple[Choices, ...]
    groups: tuple[RowGroup, ...]
    layout: str
    whole: bool
    empty: str
    cut: Cut | None = None
    previous: Beside | None = None
    next: Beside | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeView:
    """A page of the author's own Markdown that is no entry; `article` holds its h1."""

    article: Markup
    references: tuple[Reference, ...]
    search: SearchFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """The 404 page: links to the listings."""

    block: TitleBlock
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstoneView:
    """The page in the place of one that was retired: why, and a link to the list of its kind."""

    block: TitleBlock
    reason: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One diagnostic on the error page of a preview: where, which rule, the sentence, the source line, the mend."""

    place: str
    rule: str
    message: str
    source: str
    caret: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultsView:
    """The error page that a preview shows in place of what could not be built."""

    title: str
    result: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """One feed: its name, what it holds, the number of entries, its whole address and a link to it."""

    name: str
    holds: str
    entries: str
    address: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsView:
    """The page of feeds: those of all entries, the narrower ones, and all of them in one file."""

    block: TitleBlock
    feeds: tuple[FeedLine, ...]
    narrower: tuple[FeedLine, ...]
    opml: Link
    address: str
