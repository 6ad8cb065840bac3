"""A notebook in a page: `![Analysis](analysis.ipynb){cells="3-7"}` alone in its paragraph. Nothing of it is run."""

import posixpath
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import unescape

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.attr_list import get_attrs_and_remainder

from labfolio.markdown.embedded import Embedded
from labfolio.markdown.links import Target, resolve
from labfolio.markdown.nested import parse_into
from labfolio.markdown.notebook_cells import CellPage
from labfolio.markdown.rendering import Rendering, is_notebook
from labfolio.model.source import NOTEBOOK_LIMIT
from labfolio.model.spelling import closest, nearest
from labfolio.parse.notebook import Cell, InvalidNotebook, read_notebook
from markdown import Markdown

_ALONE = re.compile(
    r" {0,3}!\[(?P<name>[^\]]*)\]\(\s*(?P<href><[^<>\n]+>|[^\s()]+)(?:\s+[\"'](?P<title>[^\n]*?)[\"'])?\s*\)"
    r"[ ]?(?:\{:?[ ]*(?P<attributes>[^{}\n]*)\})?\s*"
)
_TITLE = re.compile(r"\A\s*#(?!#)[^\n]*\n?")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Lines that are kept to say where a fault stands; those of an output are not among them.
_LINE = 2000


class NotebookProcessor(BlockProcessor):
    """The cells of a notebook in the place of the paragraph that names it."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md.parser)
        self.md = md
        self.rendering = rendering
        self.within = False

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether a block is an image alone whose source is a notebook."""
        match = _ALONE.fullmatch(block)
        return match is not None and is_notebook(_href(match))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Appends the notebook, or its name where it cannot be shown."""
        block = blocks.pop(0)
        match = _ALONE.fullmatch(block)
        assert match is not None, "test() has matched it"
        href, rendering = _href(match), self.rendering
        name = " ".join(unescape(match["title"] or match["name"]).split())
        target = resolve(rendering.table, href, rendering.source)
        if self.within:
            message = f"'{href[:60]}' is shown within a notebook"
            rendering.report("invalid-notebook", message, href, "Show it in the page, in a paragraph of its own.")
        elif target.kind in ("type", "file"):
            self.show(parent, target, href, name, match["attributes"] or "")
            return
        elif target.kind == "hidden":
            rendering.report("link-to-unpublished", f"'{href}' is not published", href)
        elif target.kind == "missing":
            rendering.no_image(href)
        else:
            rendering.report("unsafe-link", f"'{href[:60]}' is not a path to a notebook", href)
        etree.SubElement(parent, "p").text = name

    def show(self, parent: etree.Element, target: Target, href: str, name: str, written: str) -> None:
        """Appends the wanted cells of a notebook, and tells what of them is left out."""
        rendering = self.rendering
        try:
            notebook = read_notebook(rendering.table.read(target.path), NOTEBOOK_LIMIT)
        except InvalidNotebook as error:
            message = f"{target.path}:{error.line}: {error}"
            rendering.report("invalid-notebook", message, href, "Open it in Jupyter and save it again.")
            return
        attributes = self._attributes(written, href)
        cells = self._wanted(notebook.cells, attributes.pop("cells", ""), href)
        section = etree.SubElement(parent, "div", {"class": "notebook", **attributes})
        self._head(section, target, name)
        page = CellPage(
            path=target.path,
            folder=posixpath.dirname(rendering.source),
            language=notebook.language,
            parse=lambda element, text: parse_into(self.md, element, text),
            maths=has_maths(self.md),
        )
        place = rendering.position(href)
        rendering.embedded.append(Embedded(path=target.path, lines=_lines(cells), at=place))
        self.within = True
        for cell in _untitled(cells):
            page.add(cell, section)
        self.within = False
        rendering.draw(page.images)
        _shift(section, _level_above(parent, section))
        for loss, numbers in page.lost.items():
            help = _mend(loss.rule, numbers, posixpath.basename(target.path))
            rendering.report(loss.rule, f"{target.path}: {loss.kind} ({_named(numbers)})", href, help)

    def _head(self, section: etree.Element, target: Target, name: str) -> None:
        """A line that names the notebook, with a link to it at the entry's commit."""
        head = etree.SubElement(section, "p", {"class": "notebook-name"})
        head.text = f"{name.rstrip('.')}. Notebook " if name.strip() else "Notebook "
        address = self.rendering.code.lines(target.path) if self.rendering.code else ""
        file = etree.SubElement(head, "a", {"href": address}) if address else head
        etree.SubElement(file, "code").text = posixpath.basename(target.path)
        if address and self.rendering.code:
            file[-1].tail = f" at {self.rendering.code.commit[:12]}"

    def _attributes(self, written: str, href: str) -> dict[str, str]:
        """The attributes of the inclusion; one that is not known is reported."""
        found: dict[str, str] = {}
        for key, value in get_attrs_and_remainder(written)[0]:
            if key in ("id", "cells"):
                found[key] = value
            else:
                key = "class" if key == "." else key
                message = f"'{key}' is no attribute of a notebook{nearest(key, ('cells', 'id'))}"
                self.rendering.report("invalid-notebook", message, href, 'Write {cells="3-7"} or {#an-id}, or nothing.')
        return found

    def _wanted(self, cells: tuple[Cell, ...], written: str, href: str) -> tuple[Cell, ...]:
        """The cells that are asked for: numbers from 1, ranges, and tags; what finds none is reported."""
        if not written:
            return cells
        found: set[int] = set()
        for part in re.split(r"[,\s]+", written.strip()):
            numbers = _asked(part, cells)
            if numbers is None:
                message = f"'{part[:40]}' names no cells"
                self.rendering.report("invalid-notebook", message, href, 'Write cells="3-7" or cells="tag:figure".')
            elif not numbers:
                tags = sorted({f"tag:{tag}" for cell in cells for tag in cell.tags})
                message = f"cells {part[:40]}: the notebook has {len(cells)} cells{nearest(part, tags)}"
                meant = closest(part, tags) if part.startswith("tag:") else f"1-{len(cells)}"
                help = f'Write cells="{meant}"' if meant else "Tag the cells that you mean in Jupyter."
                self.rendering.report("stale-quote", message, href, help)
            found |= numbers or set()
        return tuple(cell for cell in cells if cell.number in found)


def has_maths(md: Markdown) -> bool:
    """Whether a text's TeX is rendered: a step of that name stands in the converter."""
    return "labfolio-mathematics" in md.treeprocessors


def _mend(rule: str, numbers: list[int], name: str) -> str:
    """What an author can do about something that the page does not show."""
    if rule == "notebook-left-out":
        cells = _named(numbers)
        return f"Tag {cells} remove-output or remove-cell in {name}, or save an image there instead."
    if rule == "masked-secret":
        return f"Take it back where it was given out, and clear {_named(numbers)} of {name}."
    return ""


def _href(match: re.Match[str]) -> str:
    return unescape(match["href"].removeprefix("<").removesuffix(">"))


def _asked(part: str, cells: tuple[Cell, ...]) -> set[int] | None:
    """The numbers that a part of `cells` asks for: none where they are not there, None where it asks for nothing."""
    if part.startswith("tag:"):
        tag = part.removeprefix("tag:").replace("_", "-")
        return {cell.number for cell in cells if tag in cell.tags}
    match = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", part)
    if not match:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return set(range(first, last + 1)) if 1 <= first <= last <= len(cells) else set()


def _untitled(cells: tuple[Cell, ...]) -> Iterable[Cell]:
    """The cells without the title that begins a notebook: the page, or its section, has one."""
    told = [cell for cell in cells if "remove-cell" not in cell.tags]
    for index, cell in enumerate(told):
        titled = not index and cell.kind == "markdown"
        yield replace(cell, source=_TITLE.sub("", cell.source, count=1)) if titled else cell


def _level_above(parent: etree.Element, section: etree.Element) -> int:
    """The level of the heading under which a section stands; the page's title is 1."""
    before = list(parent)[: list(parent).index(section)]
    heading = next((one for one in reversed(before) if one.tag in _HEADINGS), None)
    return max(2, int(heading.tag[1])) if heading is not None else 1


def _shift(section: etree.Element, above: int) -> None:
    """Sets the headings of a section below the one above it."""
    headings = [element for element in section.iter() if element.tag in _HEADINGS]
    top = min((int(element.tag[1]) for element in headings), default=1)
    for element in headings:
        element.tag = f"h{min(6, int(element.tag[1]) - top + above + 1)}"


def _lines(cells: Iterable[Cell]) -> Mapping[int, str]:
    """The lines of the notebook's file on which its Markdown stands."""
    lines: dict[int, str] = {}
    for cell in cells:
        if cell.kind == "markdown":
            for index, line in enumerate(cell.source.split("\n")):
                number = cell.line + index * cell.step
                lines[number] = (lines.get(number, "") + " " + line[:_LINE]).lstrip()[: 50 * _LINE]
    return lines


def _named(numbers: list[int]) -> str:
    """`cell 3`, `cells 3 and 5`, `cells 3, 5, 8 and 12 more`."""
    if len(numbers) == 1:
        return f"cell {numbers[0]}"
    shown = [str(number) for number in numbers]
    last = f"{len(shown) - 5} more" if len(shown) > 6 else shown[-1]
    return f"cells {', '.join(shown[:5] if len(shown) > 6 else shown[:-1])} and {last}"
