"""What listings, free pages, the 404 page and the error page of a preview are given."""

from dataclasses import dataclass

from markupsafe import Markup

from labfolio.present.views.common import Link, RowGroup, TitleBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One question that a listing can be asked, such as the verdict: links to the answers; the current one has none."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """All entries of a kind. `dense` asks for the one-line table used for papers; `empty` is an instruction."""

    block: TitleBlock
    intro: str
    choices: tuple[Choices, ...]
    groups: tuple[RowGroup, ...]
    dense: bool
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeView:
    """A page of the author's own Markdown that is no entry; `article` holds its h1."""

    article: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """The 404 page: links to the listings."""

    block: TitleBlock
    links: tuple[Link, ...]


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
