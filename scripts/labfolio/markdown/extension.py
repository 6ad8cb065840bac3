"""`labfolio.markdown`: what must happen inside Markdown, as one Python-Markdown extension for every engine.

Links become permalinks, images get their size, an image alone in its paragraph becomes a figure, an image that is a
CSV becomes its table, wide tables scroll in a named region, and the finished HTML goes through an allow-list.
"""

import posixpath
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from labfolio.markdown.components import annotations, notes, tasks
from labfolio.markdown.images import ActiveSvg, InvalidImage, image_size
from labfolio.markdown.links import IMAGE_TYPES, LinkTable, Target, relative, resolve
from labfolio.markdown.pictures import picture, rendition_path
from labfolio.markdown.sanitise import CARRIED, clean, foreign_markup
from labfolio.markdown.values import Values, no_value
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.rules import fault
from labfolio.model.source import FILE_LIMIT, Position
from labfolio.parse.csv_table import read_csv
from labfolio.parse.table import InvalidTable, Table
from markdown import Markdown

ROWS = 200
_SIDES = {"right": "num", "center": "middle"}
# How wide an image is shown: the text's measure, or the screen without its gutters.
SIZES = "(min-width: 46rem) 42rem, calc(100vw - 2rem)"


@dataclass(slots=True, kw_only=True)
class Rendering:
    """One text on its way to HTML: where it stands, what it may link to, and what was found in it."""

    source: str
    url: str
    text: str
    body_line: int
    table: LinkTable
    entry: bool
    values: Mapping[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)
    pages: dict[str, None] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    tables: int = 0

    def report(self, rule: str, message: str, needle: str, help: str = "") -> None:
        """A diagnostic at the first place where `needle` is written in the body."""
        found = fault(rule, self.source, message, help, self.position(needle), self.text)
        if found not in self.found:
            self.found.append(found)

    def no_value(self, written: str, name: str) -> None:
        """Reports a value that nothing answers."""
        message, help = no_value(name, self.values)
        self.report("unknown-value", message, written, help)

    def position(self, needle: str) -> Position:
        """Where `needle` is written, a link's target first; the body's first line where it is not found."""
        lines = self.text.split("\n")
        for wanted in (f"]({needle}", f"]: {needle}", needle):
            for number, line in enumerate(lines[self.body_line - 1 :], start=self.body_line):
                if (at := line.find(wanted)) >= 0:
                    column = at + len(wanted) - len(needle) + 1
                    return Position(line=number, column=column, width=max(len(needle), 1))
        return Position(line=self.body_line, column=1)

    def target(self, href: str) -> Target:
        """What a link leads to; a fault is reported, a file is remembered for publishing."""
        target = resolve(self.table, href, self.source)
        match target.kind:
            case "missing":
                self.report("dead-link", f"'{href}' leads to no page or file", href)
            case "unsafe":
                self.report("unsafe-link", f"'{href[:60]}' is not a web address, mail address or path", href)
            case "hidden":
                self.report("link-to-unpublished", f"'{href}' is not published", href)
            case "type":
                self.report("unpublished-type", f"'{href}' is not of a type that is published", href)
            case "file":
                self.publish(target, href)
            case "page":
                self.pages[target.url] = None
        if target.kind in ("page", "here") and target.fragment:
            url = target.url if target.kind == "page" else self.url
            self.anchors.append((url, target.fragment, href))
        return target

    def publish(self, target: Target, href: str) -> tuple[int, int] | None:
        """Remembers a file for publishing; the size of an image, None for what has none or is faulty."""
        suffix = posixpath.splitext(target.path)[1].lower()
        size, data = None, self.table.read(target.path)
        if len(data) > FILE_LIMIT:
            message = f"{target.path} is over {FILE_LIMIT // 1024 // 1024} MiB"
            self.report("too-large", message, href, "Link to the repository, or publish a smaller file.")
            return None
        if suffix in IMAGE_TYPES:
            try:
                size = image_size(target.path, data)
            except ActiveSvg as error:
                self.report("active-svg", f"{target.path} {error}", href)
                return None
            except InvalidImage as error:
                self.report("invalid-image", f"{target.path} {error}", href)
                return None
        if suffix in IMAGE_TYPES:
            shown = picture(target.path, data)
            self.made[target.url] = shown.content
            self.made |= {rendition_path(target.url, width): content for width, content in shown.renditions}
        self.files[target.path] = target.url
        return size

    def srcset(self, path: str, width: int) -> str:
        """The renditions of a published image and itself with their widths; empty where there are none."""
        renditions = picture(path, self.table.read(path)).renditions
        url = self.files[path]
        ways = [f"{relative(rendition_path(url, one), self.url)} {one}w" for one, _ in renditions]
        return ", ".join([*ways, f"{relative(url, self.url)} {width}w"]) if ways else ""

    def src(self, source: str) -> str | None:
        """The address of an image as it is printed on this page; one in raw HTML is published here."""
        target = resolve(self.table, source, self.source)
        if target.kind == "file" and target.path not in self.files:
            self.publish(target, source)
        if target.path in self.files:
            return relative(target.url, self.url)
        self.report("missing-file", f"there is no published file '{source[:80]}'", source)
        return None

    def href(self, target: Target) -> str | None:
        """The link as it is printed on this page, or None where it must not be one."""
        if target.kind == "outside":
            return target.url
        fragment = f"#{target.fragment}" if target.fragment else ""
        if target.kind == "here":
            return fragment or "#"
        return relative(target.url, self.url) + fragment if target.kind in ("page", "file") else None


class _Structure(Treeprocessor):
    """Figures, CSV tables, scroll regions and site links, in the element tree."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self.rendering = rendering

    def run(self, root: etree.Element) -> None:
        notes(root)
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
        source = element.get("src", "")
        target = resolve(self.rendering.table, source, self.rendering.source)
        parent = parents.get(element)
        alone = parent is not None and parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip()
        alone = alone and not (element.tail or "").strip()
        if target.kind == "file" and target.path.lower().endswith(".csv"):
            self.data_table(element, parent if alone and parent is not None else element, target, source)
            return
        if target.kind == "file":
            size = self.rendering.publish(target, source)
            if target.path in self.rendering.files:
                element.set("src", f"{CARRIED}:{source}")
                if size:
                    element.set("width", str(size[0]))
                    element.set("height", str(size[1]))
                    if srcset := self.rendering.srcset(target.path, size[0]):
                        element.set("srcset", f"{CARRIED}:{srcset}")
                        element.set("sizes", SIZES)
                element.set("loading", "lazy")
                element.set("decoding", "async")
                if alone and parent is not None:
                    _figure(parent, element)
                return
        elif target.kind == "unsafe":
            self.rendering.report("unsafe-link", f"'{source[:60]}' is not a path to an image", source)
        elif target.kind == "outside":
            message = f"'{source[:60]}' would be asked of another host by every reader"
            self.rendering.report("missing-file", message, source, "Put a copy of the image beside the entry.")
        else:
            self.rendering.report("missing-file", f"there is no published file '{source[:80]}'", source)
        _replace_by_text(element, element.get("alt") or "")

    def data_table(self, image: etree.Element, place: etree.Element, target: Target, source: str) -> None:
        rendering = self.rendering
        caption = image.get("title") or image.get("alt") or posixpath.basename(target.path)
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
        head = etree.SubElement(place, "figcaption")
        head.text = caption.rstrip(".") + ". "
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
        region = etree.Element("div", _region(f"Table {self.rendering.tables}"))
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
        for element in root.iter("h1"):
            self.rendering.report("second-title", "a level-1 heading in the body of an entry", "# ")
            element.tag = "h2"


class _Finish(Postprocessor):
    """The allow-list, and every address resolved, on the finished HTML."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self.rendering = rendering

    def run(self, text: str) -> str:
        rendering = self.rendering
        text = annotations(tasks(text))
        foreign = foreign_markup(text)
        if foreign:
            names = ", ".join(name + (">" if name.startswith("<") else "") for name in foreign[:5])
            rendering.report("raw-html", f"{names} was taken out of the page", foreign[0])

        def address(attribute: str, value: str) -> str | None:
            href = value.removeprefix(CARRIED + ":")
            if attribute == "srcset":
                # Only what was made here: an author's own list of addresses is not checked one by one.
                return href if href != value else None
            if attribute == "src":
                return rendering.src(href)
            return rendering.href(rendering.target(href))

        return clean(text, address)


class LabfolioExtension(Extension):
    """Registers the steps for one text."""

    def __init__(self, rendering: Rendering, **options: Any) -> None:
        super().__init__(**options)
        self.rendering = rendering

    def extendMarkdown(self, md: Markdown) -> None:
        """Structure after inline parsing and ids, before an engine's own link step (priority 0); the list last."""
        if self.rendering.entry:
            md.treeprocessors.register(_Headings(md, self.rendering), "labfolio-headings", 6)
        values = Values(md, self.rendering.values, self.rendering.no_value)
        # After code spans and escapes, before everything that could take a value's brackets for markup.
        md.inlinePatterns.register(values, "labfolio-values", 175)
        md.treeprocessors.register(_Structure(md, self.rendering), "labfolio-structure", 3)
        md.postprocessors.register(_Finish(md, self.rendering), "labfolio-finish", -100)


def _is_local(href: str) -> bool:
    """Whether an engine would take a link for one of its own; fragments stay as they are."""
    return not href.startswith(("#", "http://", "https://", "mailto:"))


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


def _figure(parent: etree.Element, image: etree.Element) -> None:
    caption = image.attrib.pop("title", None) or image.get("alt") or ""
    parent.tag = "figure"
    parent.set("class", "figure")
    parent.text = None
    image.tail = None
    if caption:
        etree.SubElement(parent, "figcaption").text = caption


def _replace_by_text(element: etree.Element, text: str) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = "span", text, tail
