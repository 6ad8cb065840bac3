"""`labfolio.markdown`: what must happen inside Markdown, as one Python-Markdown extension for every engine.

Links become permalinks, images get their size, an image alone in its paragraph becomes a figure, an image that is a
CSV becomes its table, wide tables scroll in a named region, and the finished HTML goes through an allow-list.
"""

import posixpath
import re
import xml.etree.ElementTree as etree
from typing import Any

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from labfolio.markdown import footnotes, mathematics, statements
from labfolio.markdown.alerts import Alerts, Details
from labfolio.markdown.captions import TableCaptions, numbered, taken_words
from labfolio.markdown.citations import BareKeys, Brackets, Written
from labfolio.markdown.finish import Finish
from labfolio.markdown.labels import kind_of
from labfolio.markdown.links import Target, resolve
from labfolio.markdown.lists import Lists
from labfolio.markdown.references import References
from labfolio.markdown.rendering import Rendering, is_notebook
from labfolio.markdown.sanitise import CARRIED
from labfolio.markdown.values import Values
from labfolio.parse.csv_table import read_csv
from labfolio.parse.table import InvalidTable, Table
from markdown import Markdown

ROWS = 200
# What an emoji extension writes: an image on another host, with the sign itself as its text.
_EMOJI = ("twemoji", "emojione", "gemoji")
_SIDES = {"right": "num", "center": "middle"}
# How wide an image is shown: the text's measure, or the screen without its gutters.
SIZES = "(min-width: 46rem) 42rem, calc(100vw - 2rem)"
# An element with an id; cleaned HTML has neither sign in the value of an attribute.
_WITH_ID = re.compile(r'(?P<before><[a-z][^<>]*?) id="(?P<id>[^"<>]*)"(?P<after>[^<>]*>)')


class _Structure(Treeprocessor):
    """Figures, CSV tables, scroll regions and site links, in the element tree."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self.rendering = rendering

    def run(self, root: etree.Element) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            if element.tag == "a" and element.get("href"):
                self.link(element)
            elif element.tag == "img":
                self.image(element, parents)
            elif element.tag == "table":
                self.scroll(element, parents)
            elif element.tag in ("th", "td") and (side := element.attrib.pop("align", None)) in _SIDES:
                element.set("class", _SIDES[side])

    def link(self, element: etree.Element) -> None:
        # Mail addresses in <...> are obfuscated with placeholders; they are no site links.
        href = element.get("href", "")
        if (
            href.startswith("\x02")
            or "footnote" in element.get("class", "")
            or "headerlink" in element.get("class", "")
        ):
            return
        element.set("href", f"{CARRIED}:{href}" if _is_local(href) else href)

    def image(self, element: etree.Element, parents: dict[etree.Element, etree.Element]) -> None:
        source, words = element.get("src", ""), taken_words(element)
        if element.get("class") in _EMOJI:
            _replace_by_text(element, element.get("alt") or "")
            return
        target = resolve(self.rendering.table, source, self.rendering.source)
        parent = parents.get(element)
        alone = parent is not None and parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip()
        alone = alone and not (element.tail or "").strip()
        if target.kind == "file" and target.path.lower().endswith(".csv"):
            place = parent if alone and parent is not None else element
            self.data_table(element, place, target, source, self.caption(element, words))
            return
        if target.kind == "file":
            size = self.rendering.publish(target, source)
            if target.path in self.rendering.files:
                element.set("src", f"{CARRIED}:{source}")
                if size:
                    wide = _whole(element.get("width")) or size[0]
                    element.set("width", str(wide))
                    element.set("height", str(round(size[1] * wide / size[0]) if size[0] else size[1]))
                    if srcset := self.rendering.srcset(target.path, size[0]):
                        element.set("srcset", f"{CARRIED}:{srcset}")
                        element.set("sizes", SIZES)
                element.set("loading", "lazy")
                element.set("decoding", "async")
                if alone and parent is not None:
                    _figure(parent, element, self.caption(element, words))
                return
        elif is_notebook(source) and target.kind == "type":
            message = f"'{source[:60]}' stands in a paragraph with other text"
            help = f"Write ![words]({source[:60]}) with an empty line before and after it."
            self.rendering.report("invalid-notebook", message, source, help)
        elif target.kind == "unsafe":
            self.rendering.report("unsafe-link", f"'{source[:60]}' is not a path to an image", source)
        elif target.kind == "outside":
            message = f"'{source[:60]}' would be asked of another host by every reader"
            self.rendering.report("missing-file", message, source, "Put a copy of the image beside the entry.")
        else:
            self.rendering.no_image(source)
        _replace_by_text(element, element.get("alt") or "")

    def caption(self, image: etree.Element, words: etree.Element | None) -> etree.Element | None:
        """The caption of an image: its number where it is labelled, and its words. None where it has neither."""
        made = words if words is not None else etree.Element("figcaption")
        made.tag = "figcaption"
        if words is None:
            made.text = image.get("title") or image.get("alt")
        if name := self.rendering.labels.names.get(image.get("id", "")):
            numbered(made, name)
        return made if made.text or len(made) else None

    def data_table(
        self,
        image: etree.Element,
        place: etree.Element,
        target: Target,
        source: str,
        words: etree.Element | None,
    ) -> None:
        rendering = self.rendering
        head = words if words is not None else etree.Element("figcaption")
        caption = "".join(head.itertext()) or posixpath.basename(target.path)
        id = image.get("id", "")
        try:
            table = read_csv(rendering.table.read(target.path))
        except InvalidTable as error:
            rendering.report("invalid-data", f"{target.path}:{error.line}: {error}", source)
            return
        rendering.files[target.path] = target.url
        tail = place.tail
        place.clear()
        place.tail = tail
        place.tag = "figure"
        place.set("class", "data-table")
        if kind_of(id):
            place.set("id", id)
        _ended(head, posixpath.basename(target.path))
        place.append(head)
        link = etree.SubElement(head, "a", {"href": f"{CARRIED}:{source}"})
        link.text = posixpath.basename(target.path)
        etree.SubElement(place, "div", _region(caption)).append(_grid(table))
        if len(table.rows) > ROWS:
            etree.SubElement(place, "p").text = f"The first {ROWS} of {len(table.rows)} rows; the file holds all."

    def scroll(self, element: etree.Element, parents: dict[etree.Element, etree.Element]) -> None:
        parent = parents.get(element)
        if parent is None:
            return
        self.rendering.tables += 1
        index = list(parent).index(element)
        caption = parent.find("figcaption") if parent.get("class") == "data-table" else None
        name = "".join(caption.itertext()) if caption is not None else f"Table {self.rendering.tables}"
        region = etree.Element("div", _region(name))
        region.tail, element.tail = element.tail, None
        parent.remove(element)
        region.append(element)
        parent.insert(index, region)
        parents[element], parents[region] = region, parent


class _Headings(Treeprocessor):
    """An entry's title is its only level-1 heading; runs before the table of contents is made."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self.rendering = rendering

    def run(self, root: etree.Element) -> None:
        titles = list(root.iter("h1"))
        self.rendering.second_titles(len(titles))
        for element in titles:
            element.tag = "h2"


class LabfolioExtension(Extension):
    """Registers the steps for one text."""

    def __init__(self, rendering: Rendering, **options: Any) -> None:
        super().__init__(**options)
        self.rendering = rendering

    def extendMarkdown(self, md: Markdown) -> None:
        """Structure after inline parsing and ids, before an engine's own link step (priority 0); the list last."""
        if self.rendering.entry:
            md.treeprocessors.register(_Headings(md, self.rendering), "labfolio-headings", 6)
        statements.register(md, self.rendering)
        footnotes.register(md)
        # After superfences has set code aside (25), before raw HTML is set aside (20).
        md.preprocessors.register(Details(md), "labfolio-details", 23)
        md.preprocessors.register(Lists(md), "labfolio-lists", 22)
        # Before inline markup (20).
        md.treeprocessors.register(Alerts(md), "labfolio-alerts", 21)
        values = Values(md, self.rendering.values, self.rendering.no_value)
        # After code spans and escapes, before everything that could take a value's brackets for markup.
        md.inlinePatterns.register(values, "labfolio-values", 175)
        self._bring_in(md)
        mathematics.register(md, self.rendering)
        self._cite(md)
        md.treeprocessors.register(_Structure(md, self.rendering), "labfolio-structure", 3)
        md.postprocessors.register(Finish(md, self.rendering), "labfolio-finish", -100)

    def _bring_in(self, md: Markdown) -> None:
        """Notebooks and quoted code; what reads them is loaded for a text that may name one."""
        if not re.search(r"ipynb|file\s*=", self.rendering.text, re.IGNORECASE):
            return
        from labfolio.markdown import quoted_code
        from labfolio.markdown.notebook import NotebookProcessor

        quoted_code.register(md, self.rendering)
        # Before a paragraph is made of what names a notebook, after all that a block can be otherwise.
        md.parser.blockprocessors.register(NotebookProcessor(md, self.rendering), "labfolio-notebook", 12)

    def _cite(self, md: Markdown) -> None:
        """Citations and labels: brackets before links, other keys after raw HTML, what they say after authors' ids."""
        works = self.rendering.bibliography.works
        written = Written(known=lambda key: bool(kind_of(key)) or key in works)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "@"]
        md.inlinePatterns.register(Brackets(md, written), "labfolio-citations", 172)
        md.inlinePatterns.register(BareKeys(md, written), "labfolio-keys", 85)
        # Before the lines of a table (75) and of a definition list (25).
        md.parser.blockprocessors.register(TableCaptions(md.parser), "labfolio-captions", 78)
        md.treeprocessors.register(References(md, self.rendering, written), "labfolio-references", 7)


def _is_local(href: str) -> bool:
    """Whether an engine would take a link for one of its own; fragments stay as they are."""
    return not href.startswith(("#", "http://", "https://", "mailto:"))


def _whole(text: str | None) -> int:
    """A width in pixels that an author gave; 0 for none and for a share of the page."""
    return int(text) if text and re.fullmatch("[0-9]{1,5}", text) else 0


def _region(name: str) -> dict[str, str]:
    return {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": name}


def _grid(table: Table) -> etree.Element:
    """A table of the first rows; columns of numbers are set as numbers, with a real minus."""
    grid = etree.Element("table")
    numeric = [table.numeric(column) for column in range(len(table.header))]
    row = etree.SubElement(etree.SubElement(grid, "thead"), "tr")
    for column, name in enumerate(table.header):
        cell = etree.SubElement(row, "th", {"scope": "col", **({"class": "num"} if numeric[column] else {})})
        cell.text = name
    body = etree.SubElement(grid, "tbody")
    for line in table.rows[:ROWS]:
        row = etree.SubElement(body, "tr")
        for column, text in enumerate(line.cells):
            cell = etree.SubElement(row, "td", {"class": "num"} if numeric[column] else {})
            cell.text = text.replace("-", "\u2212", 1) if numeric[column] and text.startswith("-") else text
    return grid


def _figure(parent: etree.Element, image: etree.Element, caption: etree.Element | None) -> None:
    image.attrib.pop("title", None)
    parent.tag = "figure"
    parent.set("class", "figure")
    if kind_of(image.get("id", "")):
        parent.set("id", image.attrib.pop("id"))
    parent.text = None
    image.tail = None
    if caption is not None:
        parent.append(caption)


def _ended(caption: etree.Element, default: str) -> None:
    """Ends the words of a caption as a sentence, after which another may stand."""
    if not "".join(caption.itertext()):
        caption.text = default
    last = caption[-1] if len(caption) else None
    words = (caption.text if last is None else last.tail) or ""
    if last is None:
        caption.text = words.rstrip(".") + ". "
    else:
        last.tail = words.rstrip(".") + ". "


def _replace_by_text(element: etree.Element, text: str) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = "span", text, tail
