"""The cells of a notebook as elements of a page: code with the number of its run, text, and what came out."""

import posixpath
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from markdown.util import AtomicString

from labfolio.markdown.cell_output import (
    Loss,
    Shown,
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
from labfolio.markdown.prose_lines import prose_lines
from labfolio.parse.notebook import Cell, joined
from labfolio.parse.private_text import has_secret
from labfolio.parse.text import printable

# What all outputs of a notebook may bring to a page.
IMAGES, TEXT = 100, 512 * 1024
SOURCE = 100 * 1024
_IMAGE_BYTES = 32 * 1024 * 1024
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

    def lose(self, cell: Cell, loss: Loss) -> None:
        """Remembers what of a cell is not shown; one kind is told once."""
        cells = self.lost.setdefault(Loss(loss.rule, "", loss.kind), [])
        if cell.number not in cells:
            cells.append(cell.number)

    def add(self, cell: Cell, parent: etree.Element) -> None:
        """Appends a cell to an element."""
        if cell.unread:
            self.lose(cell, left_out("a cell that is too large or nested too deep is left out"))
        elif len(cell.source) > SOURCE:
            self.lose(cell, left_out(f"a cell of over {SOURCE // 1024} KiB of text is left out"))
        elif cell.kind == "markdown":
            self.add_markdown(cell, parent)
        elif cell.kind == "code":
            self.add_code(cell, parent)
        elif cell.source.strip() and not (cell.kind == "raw" and cell.source.startswith("---")):
            self.lose(cell, left_out(f"a cell of the type '{cell.kind[:20]}' is left out"))

    def add_markdown(self, cell: Cell, parent: etree.Element) -> None:
        """Appends the blocks of a Markdown cell; its links lead where they lead from the notebook."""
        bare = _ESCAPE.sub(r"\1", cell.source)
        # A token whose signs are escaped is one again in the page.
        source = bare if bare != cell.source and has_secret(bare) else cell.source
        text = self._moved(masked(source, lambda loss: self.lose(cell, loss)))
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
        one = image_of(bundle, lambda loss: self.lose(cell, loss)) if isinstance(bundle, dict) else None
        if not one:
            self.lose(cell, left_out("an attachment that is no image is left out"))
            return image[1]
        source = self._keep(cell, one)
        return f"![{image[1]}]({source}{image[3]})" if source else image[1]

    def add_code(self, cell: Cell, parent: etree.Element) -> None:
        """Appends a code cell and its outputs, as its tags and Quarto's options say."""
        options, source = _options(masked(cell.source, lambda loss: self.lose(cell, loss)))
        tags = {*cell.tags, *_as_tags(options)}
        if "remove-cell" in tags:
            return
        code = etree.Element("div", {"class": "cell"})
        if source.strip() and "remove-input" not in tags:
            place = _folded(code, "Code") if tags & {"hide-input", "hide-cell"} else code
            if cell.count:
                etree.SubElement(place, "p", {"class": "cell-number"}).text = f"In [{cell.count}]"
            self.parse(place, fenced(source, self.language))
        if "remove-output" not in tags:
            place = etree.Element("div", {"class": "cell-outputs"})
            for _, output in merged(cell.outputs):
                self._output(cell, output, options, place)
            if len(place):
                (_folded(code, "Output") if tags & {"hide-output", "hide-cell"} else code).append(place)
        if len(code):
            parent.append(code)

    def _output(self, cell: Cell, output: Any, options: Mapping[str, str], place: etree.Element) -> None:
        def told(loss: Loss) -> None:
            self.lose(cell, loss)

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

        def told(loss: Loss) -> None:
            self.lose(cell, loss)

        others = [name for name in data if name not in _SILENT]
        for name in others:
            told(left_out(f"{named(name)} is left out"))
        markup = joined(data.get("text/html"))
        if _ACTIVE.search(markup[:LIMIT]):
            told(left_out("a script in HTML is left out"))
        if (image := image_of(data, told)) and (source := self._keep(cell, image)):
            _figure(place, source, options, f"Output of cell {cell.number}")
        elif markup and self._tables(markup, place, told):
            return
        elif (tex := joined(data.get("text/latex"))) and len(tex) < 4096:
            tex = masked(printable(tex), told).strip()
            inner = tex.strip("$").removeprefix("\\displaystyle").strip()
            self.parse(place, f"$$\n{inner}\n$$" if self.maths else fenced(tex, "latex"))
        elif (text := joined(data.get("text/markdown"))) and len(text) < SOURCE:
            self.parse(place, masked(printable(text), told))
        else:
            if markup:
                told(left_out("HTML that is no table is left out"))
            self._pre(place, plain_text(fallback(data, others), told), "stdout", told)

    def _tables(self, markup: str, place: etree.Element, told: Callable[[Loss], None]) -> bool:
        if len(markup) > LIMIT or "<table" not in markup:
            return False
        tables, cut = tables_of(printable(markup), lambda words: masked(words, told))
        if cut:
            told(Loss("notebook-shortened", "", "a table is cut at 200 rows and 100 columns"))
        place.extend(tables)
        return bool(tables)

    def _pre(self, place: etree.Element, text: str, name: str, told: Callable[[Loss], None]) -> None:
        if not text:
            return
        self.text += len(text)
        if self.text > TEXT:
            told(left_out(f"text behind the first {TEXT // 1024} KiB of all outputs is left out"))
            return
        block = etree.SubElement(place, "pre", {"class": name if name in ("error", "stderr") else "stdout"})
        etree.SubElement(block, "samp").text = AtomicString(text)

    def _keep(self, cell: Cell, one: Shown) -> str:
        """Keeps an image, named by its cell and its place among the images of it; its link, empty where none fits."""
        if len(self.images) >= IMAGES or sum(map(len, self.images.values())) + len(one.image) > _IMAGE_BYTES:
            self.lose(cell, left_out(f"an image behind the first {IMAGES} or 32 MiB is left out"))
            return ""
        number = 1 + sum(f".cell-{cell.number}-" in name for name in self.images)
        path = f"{self.path}.cell-{cell.number}-{number}.{one.suffix}"
        self.images[path] = one.image
        return quote(posixpath.relpath(path, self.folder or "."))


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
    if re.fullmatch(r"fig-[\w-]+", label):
        figure.set("id", label)
    etree.SubElement(figure, "img", {"src": source, "alt": options.get("fig-alt") or caption or name})
    if caption:
        text = etree.SubElement(figure, "figcaption")
        etree.SubElement(text, "span", {"class": "number"}).tail = caption
