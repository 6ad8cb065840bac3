"""The page of the lineage: what grew out of what, drawn, and the same as a table."""

from collections import Counter
from collections.abc import Iterable

from labfolio.facts.lineage_graph import LineageGraph
from labfolio.model.entry import KINDS, Entry
from labfolio.model.scalars import STAGES
from labfolio.model.wording import listed, plural
from labfolio.present import calendar_parts
from labfolio.present.card.paragraph import cut
from labfolio.present.charts.letters import label_width
from labfolio.present.edition import Edition
from labfolio.present.lineage_drawing import BOX, Sketch, sketch
from labfolio.present.rows import entry_mark
from labfolio.present.views.common import Link, TitleBlock, TitleField
from labfolio.present.views.lineage import LineageBox, LineageDrawing, LineageHead, LineageRow, LineageView
from labfolio.present.views.long_list import Cut

LINEAGE = "lineage/"
# Of a lineage with more rows than a page has so many entries are drawn: what can still be read.
_DRAWN = 100
# The words in a box: how many pixels they have, how wide an id is, and their sizes in the style sheet.
_ROOM = BOX[0] - 16
_ID = 8
_TITLE, _WORD = 14, 13


def lineage_page(edition: Edition) -> LineageView:
    """The view of `/lineage/`; in a preview drafts stand in it, marked as such, and count for nothing."""
    shown, counted = edition.shown, edition.lineage
    graph = shown.lineage if len(shown.lineage.entries) <= calendar_parts.ROWS else shown.lineage.newest(_DRAWN)
    alone = len(edition.portfolio.entries) - len(counted.entries)
    fields = [TitleField(label="Entries", value=str(len(counted.entries)))]
    fields += [TitleField(label="Chains", value=str(len(counted.chains)))]
    fields += [TitleField(label="Links", value=str(len(counted.edges)))]
    stands = f"{plural(alone, 'entry')} {'stands' if alone == 1 else 'stand'} alone: nothing is stated of what"
    return LineageView(
        block=TitleBlock(
            fields=tuple(fields) if counted.edges else (),
            title="Lineage",
            result="From what was read to what was implemented, optimized and extended.",
        ),
        drawing=_drawing(shown, graph) if graph.edges else None,
        rows=tuple(_row(shown, graph, entry) for chain in graph.chains for entry in chain),
        note=f"{stands} {'it' if alone == 1 else 'they'} grew out of." if alone else "",
        cut=_left_out(shown, graph),
        data=Link(text="lineage.json", href=edition.href("lineage.json", LINEAGE)),
        empty="No entry grew out of another yet. Write based_on: [slug] into one, or the same paper: key into a note"
        " and into the work that came of it.",
    )


def _drawing(edition: Edition, graph: LineageGraph) -> LineageDrawing:
    drawn = sketch(graph.chains, graph.edges, graph.stages)
    reasons = list(zip(graph.edges, drawn.paths, strict=True))
    return LineageDrawing(
        title="The lineage as a drawing",
        description=_description(graph),
        width=drawn.width,
        height=drawn.height,
        box=BOX,
        heads=tuple(LineageHead(x=x, y=y, text=stage.capitalize()) for stage, x, y in drawn.heads),
        rules=drawn.rules,
        stated=tuple(path for edge, path in reasons if edge.reason == "based_on"),
        papers=tuple(path for edge, path in reasons if edge.reason == "paper"),
        boxes=tuple(_boxes(edition, graph, drawn)),
    )


def _left_out(edition: Edition, graph: LineageGraph) -> Cut | None:
    """What a page says that cannot show the whole lineage."""
    every = edition.lineage.entries
    if len(graph.entries) == len(every):
        return None
    said = (
        f"The newest {len(graph.entries)} of {plural(len(every), 'entry')} are drawn; each entry's page shows its own."
    )
    lists = (Link(text=kind.plural, href=edition.href(f"{kind.section}/", LINEAGE)) for kind in KINDS)
    kinds = {entry.kind.plural for entry in every.values()}
    return Cut(said=said, links=tuple(one for one in lists if one.text in kinds), rows=())


def _description(graph: LineageGraph) -> str:
    counts = Counter(graph.stages[path] for path in graph.entries)
    stages = listed(f"{counts[stage]} at {stage}" for stage in STAGES if counts[stage])
    return (
        f"{plural(len(graph.entries), 'entry')} in {plural(len(graph.chains), 'chain')}, {stages}. An arrow leads from"
        " each entry to what grew out of it. The table below says the same."
    )


def _boxes(edition: Edition, graph: LineageGraph, drawn: Sketch) -> Iterable[LineageBox]:
    for path, (x, y) in drawn.boxes.items():
        entry = graph.entries[path]
        sheet, mark = edition.portfolio.id_of(entry), entry_mark(edition, entry)
        # What a preview says of a draft is told in full on its page.
        word = mark.word.partition(":")[0] if mark else entry.kind.noun.capitalize()
        title = _cut(entry.front.title, _ROOM, _TITLE)
        yield LineageBox(
            x=x,
            y=y,
            sheet=sheet,
            href=edition.href(entry.url, LINEAGE),
            mark=mark,
            word=_cut(word, _ROOM - _ID * len(sheet) - 22, _WORD, bold=True),
            title=title,
            whole=entry.front.title if title != entry.front.title else "",
        )


def _cut(text: str, width: float, size: float, *, bold: bool = False) -> str:
    lines = cut(text, width, 1, lambda part: label_width(part, size, bold=bold), "\u2026")
    return lines[0] if lines else ""


def _row(edition: Edition, graph: LineageGraph, entry: Entry) -> LineageRow:
    return LineageRow(
        sheet=edition.portfolio.id_of(entry),
        link=Link(text=entry.front.title, href=edition.href(entry.url, LINEAGE)),
        stage=graph.stages[entry.path].capitalize(),
        mark=entry_mark(edition, entry),
        sources=tuple(_within(edition, graph, other) for other in graph.sources.get(entry.path, ())),
        targets=tuple(_within(edition, graph, other) for other in graph.targets.get(entry.path, ())),
    )


def _within(edition: Edition, graph: LineageGraph, entry: Entry) -> Link:
    """Another row of the table, by its id, or the page of an entry that has none."""
    sheet = edition.portfolio.id_of(entry)
    return Link(text=sheet, href=f"#{sheet}" if entry.path in graph.entries else edition.href(entry.url, LINEAGE))


def lineage_link(edition: Edition, page: str, text: str = "Lineage", entry: Entry | None = None) -> Link:
    """The way from a page to the lineage, to an entry's row where it has one; nowhere while nothing is joined."""
    graph = edition.lineage
    whole = len(graph.entries) <= calendar_parts.ROWS
    row = f"#{edition.portfolio.id_of(entry)}" if whole and entry and entry.path in graph.entries else ""
    return Link(text=text, href=edition.href(LINEAGE, page) + row if graph.edges else None)
