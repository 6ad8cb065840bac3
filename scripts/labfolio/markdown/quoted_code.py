"""Code quoted from a file beside the page, with its real line numbers; a quotation that went stale is a fault."""

import posixpath
import re
import textwrap
import xml.etree.ElementTree as etree

from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from labfolio.markdown.captions import numbered
from labfolio.markdown.cell_output import Loss, masked
from labfolio.markdown.fences import fenced
from labfolio.markdown.labels import kind_of
from labfolio.markdown.links import Target, resolve
from labfolio.markdown.nested import parse_into
from labfolio.markdown.quote import Quote, excerpt_of, problem, quotes
from labfolio.markdown.rendering import Rendering
from labfolio.model.rules import fault
from labfolio.model.source import Position
from labfolio.parse.excerpt import Excerpt, NoExcerpt
from labfolio.parse.text import printable
from markdown import Markdown

# Files that are read as code when a page quotes them.
QUOTED_TYPES = frozenset({
    ".py", ".pyi", ".pyx", ".r", ".jl", ".c", ".h", ".cc", ".cpp", ".hpp", ".cu", ".cuh", ".rs", ".go", ".java", ".kt",
    ".scala", ".swift", ".zig", ".js", ".ts", ".lua", ".m", ".f90", ".hs", ".ml", ".lean", ".v", ".sh", ".bash", ".sql",
    ".toml", ".yml", ".yaml", ".json", ".ini", ".cfg", ".proto", ".html", ".css", ".tex", ".txt", ".md",
})  # fmt: skip
_QUOTED_NAMES = frozenset({"Makefile", "Dockerfile"})
FILE_LIMIT = 1024 * 1024
_TOKEN = re.compile(r"\x02labfolio-quote:(\d+)\x03")


class QuoteFinder(Preprocessor):
    """Puts a token in the place of each block that quotes a file, before blocks of code are made of them."""

    def __init__(self, md: Markdown, found: list[Quote]) -> None:
        super().__init__(md)
        self.found = found

    def run(self, lines: list[str]) -> list[str]:
        """The lines with tokens."""
        made: list[str] = []
        done = 0
        for first, last, prefix, quote in quotes(lines):
            made += [*lines[done:first], prefix.rstrip(), f"{prefix}\x02labfolio-quote:{len(self.found)}\x03"]
            made.append(prefix.rstrip())
            self.found.append(quote)
            done = last + 1
        return made + lines[done:] if done else lines


class QuoteRestorer(Treeprocessor):
    """Gives back what an indented block of code shows as an example."""

    def __init__(self, md: Markdown, found: list[Quote]) -> None:
        super().__init__(md)
        self.found = found

    def run(self, root: etree.Element) -> None:
        """Writes each token within code as the block that it was."""
        for code in root.iter("code"):
            if code.text and "\x02" in code.text:
                code.text = type(code.text)(_TOKEN.sub(self._written, code.text))

    def _written(self, match: re.Match[str]) -> str:
        quote = self.found[int(match[1])]
        fence = re.match(r"[`~]*", quote.written)
        return "\n".join([quote.written, *quote.body, fence[0] if fence else ""])


class QuoteProcessor(BlockProcessor):
    """The quoted code in the place of its token, as a figure with a title."""

    def __init__(self, md: Markdown, rendering: Rendering, found: list[Quote]) -> None:
        super().__init__(md.parser)
        self.md, self.rendering, self.found = md, rendering, found

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether a block is a token."""
        match = _TOKEN.fullmatch(block.strip())
        return match is not None and not block.startswith("    ") and int(match[1]) < len(self.found)

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Appends the figure; where a fault stands in the way, the block as it is written."""
        match = _TOKEN.fullmatch(blocks.pop(0).strip())
        assert match is not None, "test() has matched it"
        quote = self.found[int(match[1])]
        source = self._source(quote)
        excerpt = self._excerpt(quote, *source) if source else None
        if source is None or excerpt is None:
            if quote.body:
                parse_into(self.md, parent, fenced("\n".join(quote.body), quote.language))
            return
        figure = etree.SubElement(parent, "figure", {"class": "quoted-code"})
        title = etree.SubElement(figure, "figcaption")
        self._title(title, quote, source[0], excerpt)
        if id := quote.attributes.get("id"):
            figure.set("id", id)
            if kind_of(id):
                numbered(title)
        code = textwrap.dedent("\n".join(excerpt.lines)).rstrip()
        code = masked(code, lambda loss: self._masked(quote, loss, source[0].path))
        parse_into(self.md, figure, fenced(code, quote.language, f'linenums="{excerpt.first}"'))

    def _masked(self, quote: Quote, loss: Loss, path: str) -> None:
        secret = loss.rule == "masked-secret"
        help = f"Take it back where it was given out, and read it from the environment in {path}." if secret else ""
        self.report(quote, loss.rule, f"{path}: {loss.kind}", help)

    def _title(self, title: etree.Element, quote: Quote, target: Target, excerpt: Excerpt) -> None:
        """The title of a listing, and the file with the lines, linked at the entry's commit."""
        given = quote.attributes.get("title", "").strip()
        title.text = f"{given if given.endswith(('.', '?', '!')) else f'{given}.'} " if given else None
        code = self.rendering.code
        address = code.lines(target.path, excerpt.first, excerpt.last) if code else ""
        place = etree.SubElement(title, "a", {"href": address}) if address else title
        one = excerpt.first == excerpt.last
        lines = f"line {excerpt.first}" if one else f"lines {excerpt.first} to {excerpt.last}"
        at = f" at {code.commit[:12]}" if code and address else ""
        etree.SubElement(place, "code").text = posixpath.basename(target.path)
        place[-1].tail = f", {lines}{at}"

    def _source(self, quote: Quote) -> tuple[Target, str] | None:
        """The file that is quoted and its text, None where it may not or cannot be read."""
        rendering, written = self.rendering, quote.file
        target = resolve(rendering.table, written, rendering.source)
        name = posixpath.basename(target.path)
        if target.kind == "missing":
            self._missing(quote)
        elif target.kind == "hidden":
            self.report(quote, "link-to-unpublished", f"'{written}' is not published")
        elif target.kind not in ("file", "type"):
            self.report(quote, "invalid-quote", f"'{written[:60]}' is no path to a file", 'Write file="sketch.py".')
        elif posixpath.splitext(name)[1].lower() not in QUOTED_TYPES and name not in _QUOTED_NAMES:
            self.report(quote, "unpublished-type", f"'{written}' is not of a type that is quoted")
        else:
            return self._read(quote, target)
        return None

    def _missing(self, quote: Quote) -> None:
        near = self.rendering.near_code(quote.file, QUOTED_TYPES)
        hint = f"; did you mean '{near}'?" if near else ""
        help = f'Write file="{near}"' if near else "Correct the path or add the file."
        self.report(quote, "stale-quote", f"there is no file '{quote.file[:80]}'{hint}", help)

    def _read(self, quote: Quote, target: Target) -> tuple[Target, str] | None:
        data = self.rendering.table.read(target.path)
        if len(data) > FILE_LIMIT:
            self.report(quote, "too-large", f"{target.path} is over 1 MiB", "Quote a smaller file.")
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.report(quote, "not-utf-8", f"{target.path}: byte {error.start} is not valid UTF-8")
            return None
        text = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
        return target, "\n".join(line.expandtabs(self.md.tab_length) for line in text.split("\n"))

    def _excerpt(self, quote: Quote, target: Target, text: str) -> Excerpt | None:
        """The quoted lines, None where the quotation says nothing certain or does not hold."""
        if wrong := problem(quote):
            self.report(quote, "invalid-quote", *wrong)
            return None
        try:
            return excerpt_of(quote, text, target.path)
        except NoExcerpt as error:
            rule = "stale-quote" if error.stale else "invalid-quote"
            message = str(error) if str(error).startswith(target.path) else f"{target.path}: {error}"
            self.report(quote, rule, message, error.help)
            return None

    def report(self, quote: Quote, rule: str, message: str, help: str = "") -> None:
        """A diagnostic at the first line of the quotation."""
        rendering = self.rendering
        lines = rendering.text.split("\n")
        number = rendering.body_line + quote.line
        if number > len(lines) or lines[number - 1].strip() != quote.written:
            rendering.report(rule, message, quote.written, help)
            return
        at = lines[number - 1].find("file")
        place = Position(line=number, column=at + 1, width=max(1, len(lines[number - 1].rstrip()) - at))
        rendering.tell(fault(rule, rendering.source, message, help, place, rendering.text))


def register(md: Markdown, rendering: Rendering) -> None:
    """Adds the steps that quote code: after line ends are made alike, before any block of code is made."""
    found: list[Quote] = []
    md.preprocessors.register(QuoteFinder(md, found), "labfolio-quotes", 29)
    md.parser.blockprocessors.register(QuoteProcessor(md, rendering, found), "labfolio-quotes", 95)
    md.treeprocessors.register(QuoteRestorer(md, found), "labfolio-quotes", 45)
