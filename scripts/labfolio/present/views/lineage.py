"""What the page of the lineage is given."""

from dataclasses import dataclass

from labfolio.present.views.common import Link, Mark, TitleBlock
from labfolio.present.views.long_list import Cut


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageBox:
    """One entry in the drawing: its left upper corner in pixels, its id, what `word` says beside the mark, its title.

    `whole` is the title where `title` was cut, else empty.
    """

    x: int
    y: int
    sheet: str
    href: str
    mark: Mark | None
    word: str
    title: str
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageHead:
    """The name of a stage above its column, at the column's left edge; `y` is the line on which it stands."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageDrawing:
    """The lineage as a drawing in pixels, a column a stage.

    `title` and `description` are its accessible name and description. `stated` and `papers` are the edges that entries
    state and those of a shared paper, as SVG path data; `rules` are the heights of the lines between chains. `box` is
    the width and height of a box.
    """

    title: str
    description: str
    width: int
    height: int
    box: tuple[int, int]
    heads: tuple[LineageHead, ...]
    rules: tuple[int, ...]
    stated: tuple[str, ...]
    papers: tuple[str, ...]
    boxes: tuple[LineageBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageRow:
    """One entry in the table: `sources` are what it grew out of, `targets` what grew out of it."""

    sheet: str
    link: Link
    stage: str
    mark: Mark | None
    sources: tuple[Link, ...]
    targets: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageView:
    """The page of the lineage; without an edge `drawing` is None and `empty` says what would be here.

    `note` tells how many entries stand alone, and is empty where none does.
    """

    block: TitleBlock
    drawing: LineageDrawing | None
    rows: tuple[LineageRow, ...]
    note: str
    data: Link
    empty: str
    cut: Cut | None = None
