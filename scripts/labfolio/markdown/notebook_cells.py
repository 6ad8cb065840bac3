"""The cells of a notebook as elements of a page: code with the number of its run, text, and what came out."""

import posixpath
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from markdown.util import AtomicString

from labfolio.markdown.captions import numbered
from labfolio.markdown.cell_output import (
    Loss,
    Shown,
    Told,
    bundle_of,
    fallback,
    image_of,
    left_out,
    masked,
    merged,
    named,
    plain_text,
    printed,
)
from labfolio.markdown.fences import fenced, open_fence
from labfolio.markdown.html_table import LIMIT, tables_of
from labfolio.markdown.images import image_size
from labfolio.markdown.prose_lines import prose_lines
from labfolio.parse.notebook import Cell, joined
from labfolio.parse.private_text import has_secret
from labfolio.parse.text import printable

# What all outputs of a notebook may bring to a page.
IMAGES, TEXT = 100, 512 * 1024
_IMAGE_BYTES, _PIXELS = 32 * 1024 * 1024, 100_000_000
# What is parsed as Markdown or coloured as code: of one cell, and of all.
SOURCE, SOURCES = 100 * 1024, 1024 * 1024
_ATTACHED = re.compile(r"!\[([^\]\n]*)\]\(\s*attachment:([^)\s]+)([^)\n]*)\)")
_LINK = re.compile(
    r"`+[^`]*`+|(\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?|<(?:img|a)\b[^<>]*?\s(?:src|href)\s*=\s*[\"'])([^\s)>\"']+)"
)
_ESCAPE = re.compile(r"\\([_-])")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#]")
# Quarto's options of a cell (quarto.org/docs/reference/cells/cells-jupyter.html).
_OPTION = re.compile(r"#\| *([\w-]+): *(.*?) *$")
_ACTIVE = re.compile(r"<(?:script|iframe|object|embed)\b|\son[a-z]{3,}\s*=|javascript:", re.IGNORECASE)
# Types that say the same as another of the bundle, or how to draw it.
_SILENT = ("text/plain", "text/html", "text/latex", "text/markdown", "image/png", "image/jpeg", "image/svg+xml")

Parse = Callable[[etree.Element, str], None]


@dataclass(slots=True, kw_only=True)
class CellPage:
    """Cells on their way to elements: the images that they bring, and what of them is left out, by cell.

    `path` is that of the notebook, `folder` the folder of the page's source; `parse` appends Markdown to an element;
    `maths` tells that the page renders TeX.
    """

    path: str
    folder: str
    language: str
    parse: Parse
    maths: bool = False
    images: dict[str, bytes] = field(default_factory=dict)
    lost: dict[Loss, list[int]] = field(default_factory=dict)
    text: int = 0
    sources: int = 0
    pixels: int = 0

    def lose(self, cell: Cell, loss: Loss) -> None:
        """Remembers what of a cell is not shown; one kind is told once."""
        cells = self.lost.setdefault(Loss(loss.rule, "", loss.kind), [])
        if cell.number not in cells:
            cells.append(cell.number)

    def teller(self, cell: Cell) -> Told:
        """What is told of a cell."""
        return lambda loss: self.lose(cell, loss)

    def add(self, cell: Cell, parent: etree.Element) -> None:
        """Appends a cell to an element."""
        if "remove-cell" in cell.tags:
            return
        if cell.unread:
            self.lose(cell, left_out("a cell that is too large or nested too deep is left out"))
        elif self._too_much(cell, cell.source):
            return
        elif cell.kind == "markdown":
            self.add_markdown(cell, parent)
        elif cell.kind == "code":
            self.add_code(cell, parent)
        elif cell.source.strip() and not (cell.kind == "raw" and cell.source.startswith("---")):
            self.lose(cell, left_out(f"a cell of the type '{cell.kind[:20]}' is left out"))

    def _too_much(self, cell: Cell, source: str) -> bool:
        """Whether a text is more than is parsed, of a cell or of the notebook; it is told."""
        self.sources += len(source)
        if len(source) > SOURCE:
            self.lose(cell, left_out(f"a cell of over {SOURCE // 1024} KiB of text is left out"))
        elif self.sources > SOURCES:
            self.lose(cell, left_out("a cell behind the first MiB of all cells is left out"))
        return len(source) > SOURCE or self.sources > SOURCES

    def add_markdown(self, cell: Cell, parent: etree.Element) -> None:
        """Appends the blocks of a Markdown cell; its links lead where they lead from the notebook."""
        bare = _ESCAPE.sub(r"\1", cell.source)
        # A token whose signs are escaped is one again in the page.
        source = bare if bare != cell.source and has_secret(bare) else cell.source
        text = self._moved(masked(source, self.teller(cell)))
        text = _ATTACHED.sub(lambda match: self._attachment(cell, match), text)
        if fence := open_fence(text):
            text += f"\n{fence}"
        self.parse(parent, text)

    def _moved(self, text: str) -> str:
        """The text with the links of a notebook in another folder than the page's."""
        way = posixpath.relpath(posixpath.dirname(self.path) or ".", self.folder or ".")
        if way == ".":
            return text

        def led(match: re.Match[str]) -> str:
            return match[0] if not match[2] or _ELSEWHERE.match(match[2]) else f"{match[1]}{quote(way)}/{match[2]}"

        lines = text.split("\n")
        prose = prose_lines(lines)
        return "\n".join(_LINK.sub(led, line) if number in prose else line for number, line in enumerate(lines, 1))

    def _attachment(self, cell: Cell, image: re.Match[str]) -> str:
        """The image of an attachment, or its name where it is none."""
        bundle = cell.attachments.get(unquote(image[2]), cell.attachments.get(image[2]))
        one = image_of(bundle, self.teller(cell)) if isinstance(bundle, dict) else None
        if not one:
            self.lose(cell, left_out("an attachment that is no image is left out"))
            return image[1]
        source = self._keep(cell, one)
        return f"![{image[1]}]({source}{image[3]})" if source else image[1]

    def add_code(self, cell: Cell, parent: etree.Element) -> None:
        """Appends a code cell and its outputs, as its tags and Quarto's options say."""
        options, source = _options(cell.source)
        tags = {*cell.tags, *_as_tags(options)}
        if "remove-cell" in tags:
            return
        code = etree.Element("div", {"class": "cell"})
        if source.strip() and "remove-input" not in tags:
            place = _folded(code, "Code") if tags & {"hide-input", "hide-cell"} else code
            if cell.count:
                etree.SubElement(place, "p", {"class": "cell-number"}).text = f"In [{cell.count}]"
            self.parse(place, fenced(masked(source, self.teller(cell)), self.language))
        if "remove-output" not in tags:
            place = etree.Element("div", {"class": "cell-outputs"})
            for _, output in merged(cell.outputs):
                self._output(cell, output, options, place)
            if len(place):
                (_folded(code, "Output") if tags & {"hide-output", "hide-cell"} else code).append(place)
        if len(code):
            parent.append(code)

    def _output(self, cell: Cell, output: Any, options: Mapping[str, str], place: etree.Element) -> None:
        told = self.teller(cell)
        text = printed(output)
        if text is not None:
            plain, kind = plain_text(text, told), str(output.get("name"))
            if output.get("output_type") == "error":
                kind = "error"
                name = plain_text(f"{joined(output.get('ename'))}: {joined(output.get('evalue'))}", told)
                first = name.partition("\n")[0][:300]
                etree.SubElement(place, "p", {"class": "cell-error"}).text = AtomicString(f"Error: {first}")
                # A failure without a trace is told by its name alone.
                plain = "" if plain == first else plain
            self._pre(place, plain, kind, told)
            return
        data = bundle_of(output, told)
        if data is not None:
            self._displayed(cell, data, options, place)

    def _displayed(self, cell: Cell, data: Mapping[str, Any], options: Mapping[str, str], place: etree.Element) -> None:
        """The richest form of what a cell displayed that can stand in a page: image, table, formula, text."""

        told = self.teller(cell)
        others = [name for name in data if name not in _SILENT]
        for name in others:
            told(left_out(f"{named(name)} is left out"))
        markup = joined(data.get("text/html"))
        if _ACTIVE.search(markup[:LIMIT]):
            told(left_out("a script in HTML is left out"))
        if (image := image_of(data, told)) and (source := self._keep(cell, image)):
            words = {name: masked(words, told) for name, words in options.items()}
            _figure(place, source, words, f"Output of cell {cell.number}")
        elif markup and self._tables(markup, place, told):
            return
        elif (tex := joined(data.get("text/latex"))) and len(tex) < 4096:
            tex = masked(printable(tex), told).strip()
            inner = tex.strip("$").removeprefix("\\displaystyle").strip()
            self.parse(place, f"$$\n{inner}\n$$" if self.maths else fenced(tex, "latex"))
        elif (text := joined(data.get("text/markdown"))) and not self._too_much(cell, text):
            self.parse(place, masked(printable(text), told))
        else:
            if markup:
                told(left_out("HTML that is no table is left out"))
            self._pre(place, plain_text(fallback(data, others), told), "stdout", told)

    def _tables(self, markup: str, place: etree.Element, told: Told) -> bool:
        if len(markup) > LIMIT or "<table" not in markup:
            return False
        tables, cut = tables_of(printable(markup), lambda words: masked(words, told))
        if cut:
            told(Loss("notebook-shortened", "", "a table is cut at 200 rows and 100 columns"))
        if self._has_room(sum(map(_size, tables)), told):
            place.extend(tables)
        return bool(tables)

    def _has_room(self, size: int, told: Told) -> bool:
        """Whether so many characters more are shown of all outputs; what is not is told."""
        self.text += size
        if self.text > TEXT:
            told(left_out(f"text behind the first {TEXT // 1024} KiB of all outputs is left out"))
        return self.text <= TEXT

    def _pre(self, place: etree.Element, text: str, name: str, told: Told) -> None:
        if not text or not self._has_room(len(text), told):
            return
        block = etree.SubElement(place, "pre", {"class": name if name in ("error", "stderr") else "stdout"})
        etree.SubElement(block, "samp").text = AtomicString(text)

    def _keep(self, cell: Cell, one: Shown) -> str:
        """Keeps an image, named by its cell and its place among the images of it; its link, empty where none fits."""
        width, height = image_size(f"output.{one.suffix}", one.image) or (0, 0)
        self.pixels += width * height
        size = sum(map(len, self.images.values())) + len(one.image)
        if len(self.images) >= IMAGES or size > _IMAGE_BYTES or self.pixels > _PIXELS:
            self.lose(cell, left_out(f"an image behind the first {IMAGES}, 32 MiB or 100 megapixels is left out"))
            return ""
        number = 1 + sum(f".cell-{cell.number}-" in name for name in self.images)
        path = f"{self.path}.cell-{cell.number}-{number}.{one.suffix}"
        self.images[path] = one.image
        return quote(posixpath.relpath(path, self.folder or "."))


def _size(table: etree.Element) -> int:
    """The characters of a table as it is written, about."""
    return sum(30 + len(element.text or "") for element in table.iter())


def _options(source: str) -> tuple[dict[str, str], str]:
    """Quarto's options at the head of a cell, and the code below them."""
    options: dict[str, str] = {}
    lines = source.split("\n")
    while lines and (match := _OPTION.match(lines[0])):
        options[match[1]] = match[2].strip("\"'")
        lines.pop(0)
    return options, "\n".join(lines).strip("\n")


def _as_tags(options: Mapping[str, str]) -> Iterator[str]:
    for name, value, tag in (
        ("echo", "false", "remove-input"),
        ("output", "false", "remove-output"),
        ("include", "false", "remove-cell"),
        ("code-fold", "true", "hide-input"),
    ):
        if options.get(name) == value:
            yield tag


def _folded(parent: etree.Element, name: str) -> etree.Element:
    details = etree.SubElement(parent, "details")
    etree.SubElement(details, "summary").text = name
    return details


def _figure(place: etree.Element, source: str, options: Mapping[str, str], name: str) -> None:
    label, caption = options.get("label", ""), options.get("fig-cap", "")
    figure = etree.SubElement(place, "figure", {"class": "figure"})
    labelled = re.fullmatch(r"fig-[\w-]+", label) is not None
    if labelled:
        figure.set("id", label)
    etree.SubElement(figure, "img", {"src": source, "alt": options.get("fig-alt") or caption or name})
    if caption or labelled:
        text = etree.SubElement(figure, "figcaption")
        text.text = caption
        if labelled:
            numbered(text)
