"""One text on its way to HTML: where it stands, what it may link to, what it publishes, and what was found in it."""

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from labfolio.markdown.embedded import Embedded
from labfolio.markdown.images import ActiveSvg, InvalidImage, image_size
from labfolio.markdown.labels import Labels
from labfolio.markdown.links import IMAGE_TYPES, PUBLISHED_TYPES, LinkTable, Target, Together, relative, resolve
from labfolio.markdown.near_path import NearPath, near_path
from labfolio.markdown.pictures import picture, rendition_path
from labfolio.markdown.prose_lines import is_plain, prose_lines
from labfolio.markdown.repository import Repository
from labfolio.markdown.values import no_value
from labfolio.markdown.works import Bibliography, CitedWork
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.fix import Edit, Fix
from labfolio.model.rules import fault
from labfolio.model.source import FILE_LIMIT, Position, lines_of

# What an image may be: a picture, a table of numbers, or a notebook.
SHOWN_TYPES = IMAGE_TYPES | {".csv", ".ipynb"}


def is_notebook(href: str) -> bool:
    """Whether a link leads to a notebook."""
    return href.partition("#")[0].lower().endswith(".ipynb")


@dataclass(slots=True, kw_only=True)
class Rendering:
    """One text on its way to HTML: where it stands, what it may link to and cite, and what was found in it.

    `own` are the keys of the works that it is about; `around` are links to what the page around it prints.
    `embedded` are texts of other files that it shows; `drawn` are images that are published and stand in no file of
    their own, by the path that each would have; `code` is where the code of the entry can be seen. `unsafe_html` tells
    that its author vouches for the HTML in it.
    """

    source: str
    url: str
    text: str
    body_line: int
    table: LinkTable
    entry: bool
    values: Mapping[str, str] = field(default_factory=dict)
    macros: Mapping[str, str] = field(default_factory=dict)
    code: Repository | None = None
    bibliography: Bibliography = field(default_factory=Bibliography)
    own: tuple[str, ...] = ()
    proof: bool = False
    unsafe_html: bool = False
    files: dict[str, str] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)
    pages: dict[str, None] = field(default_factory=dict)
    found: dict[Diagnostic, None] = field(default_factory=dict)
    reported: set[tuple[str, str, str, str]] = field(default_factory=set)
    labels: Labels = field(default_factory=Labels)
    works: tuple[CitedWork, ...] = ()
    around: set[str] = field(default_factory=set)
    tables: int = 0
    embedded: list[Embedded] = field(default_factory=list)
    drawn: frozenset[str] = frozenset()
    prose: frozenset[int] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        """Finds the lines of the body that are no code and no comment, `prose`."""
        self.prose = prose_lines(lines_of(self.text), self.body_line)

    def report(self, rule: str, message: str, needle: str, help: str = "", meant: str = "") -> None:
        """A diagnostic at the first place where `needle` is written in the body; `meant` is what must stand there."""
        if (rule, message, needle, help) in self.reported:
            return
        self.reported.add((rule, message, needle, help))
        place, fix = self.position(needle), None
        if other := self._elsewhere(needle):
            place, message = other.at, f"{other.path}:{other.line_of(needle)}: {message}"
        elif edits := self._everywhere(needle, meant) if meant else ():
            fix = Fix(f"write '{meant}'", edits)
        self.tell(fault(rule, self.source, message, help, place, self.text, fix))

    def report_at(self, rule: str, message: str, place: Position) -> None:
        """A diagnostic at a known place of the text."""
        self.tell(fault(rule, self.source, message, "", place, self.text))

    def _elsewhere(self, needle: str) -> Embedded | None:
        """The embedded text that has `needle`, where the body itself has not."""
        if not self.embedded or any(needle in line for line in lines_of(self.text)[self.body_line - 1 :]):
            return None
        return next((one for one in self.embedded if one.line_of(needle)), None)

    def draw(self, files: Mapping[str, bytes]) -> None:
        """Takes images that no file holds, by the path that each would have."""
        read = self.table.read
        self.table = replace(
            self.table,
            files=Together(files.keys(), self.table.files),
            read=lambda path: files[path] if path in files else read(path),
        )
        self.drawn |= files.keys()

    def _everywhere(self, target: str, meant: str) -> tuple[Edit, ...]:
        """Every link in plain prose that leads to `target`, led to what was meant."""
        lines = lines_of(self.text)
        link = re.compile(rf"(\]\(|^ {{0,3}}\[[^\]]+\]:[ \t]+){re.escape(target)}(?=[)\s]|$)")
        return tuple(
            Edit(number, match.end(1) + 1, target, meant)
            for number in sorted(self.prose)
            if is_plain(lines[number - 1])
            for match in link.finditer(lines[number - 1])
        )

    def tell(self, found: Diagnostic) -> None:
        """Keeps a diagnostic, each once."""
        self.found[found] = None

    def no_page(self, href: str) -> None:
        """Reports a link that leads nowhere."""
        near = near_path(self.table, href, self.source, PUBLISHED_TYPES, pages=True)
        self._astray("dead-link", f"'{href}' leads to no page or file", href, near)

    def no_image(self, source: str) -> None:
        """Reports an image or a table that is not there."""
        near = near_path(self.table, source, self.source, SHOWN_TYPES, pages=False)
        self._astray("missing-file", f"there is no published file '{source[:80]}'", source, near)

    def near_code(self, written: str, types: Collection[str]) -> str:
        """The path to a file of `types` that was probably meant, empty without one."""
        return near_path(self.table, written, self.source, types, pages=False).meant

    def _astray(self, rule: str, message: str, href: str, near: NearPath) -> None:
        help = f"Write {near.meant}" if near.meant else ""
        if not near.meant and near.wanted and not near.wanted.startswith(".."):
            help = f"There is no {near.wanted}: correct the path or add the file."
        hint = f"; did you mean '{near.meant}'?" if near.meant else ""
        self.report(rule, f"{message}{hint}", href, help, near.meant if near.certain else "")

    def second_titles(self, count: int) -> None:
        """Reports level-1 headings; where all are written as `# ...`, each at its line, mended by one more #."""
        lines, message = lines_of(self.text), "a level-1 heading in the body of an entry"
        written = [number for number in sorted(self.prose) if re.match(r"#(?!#)", lines[number - 1])]
        if len(written) != count:
            self.report("second-title", message, "# ")
            return
        for number in written:
            place = Position(line=number, column=1, width=len(lines[number - 1]))
            help, fix = f"Write #{lines[number - 1]}", Fix("write ##", (Edit(number, 1, "#", "##"),))
            self.tell(fault("second-title", self.source, message, help, place, self.text, fix))

    def no_value(self, written: str, name: str) -> None:
        """Reports a value that nothing answers."""
        message, help = no_value(name, self.values)
        self.report("unknown-value", message, written, help)

    def position(self, needle: str) -> Position:
        """Where `needle` is written, a link's target first; the body's first line where it is not found."""
        lines, prose = lines_of(self.text), self.prose
        numbers = sorted(range(self.body_line, len(lines) + 1), key=lambda number: (number not in prose, number))
        for wanted in (f"]({needle}", f"]: {needle}", needle):
            for number in numbers:
                if (at := lines[number - 1].find(wanted)) >= 0:
                    column = at + len(wanted) - len(needle) + 1
                    return Position(line=number, column=column, width=max(len(needle), 1))
        return Position(line=self.body_line, column=1)

    def places(self, wanted: re.Pattern[str]) -> list[Position]:
        """Every place in the body where a pattern is found: those in prose, without code spans, else all."""
        lines = lines_of(self.text)
        for numbers, line_of in (
            (sorted(self.prose), lambda line: re.sub(r"`+[^`]*`+", lambda span: " " * len(span[0]), line)),
            (range(self.body_line, len(lines) + 1), str),
        ):
            found = [
                Position(line=number, column=match.start() + 1, width=len(match[0]))
                for number in numbers
                for match in wanted.finditer(line_of(lines[number - 1]))
            ]
            if found:
                return found
        return []

    def report_key(self, rule: str, message: str, key: str, help: str) -> None:
        """A diagnostic at every place where a key is cited."""
        cited = re.compile(rf"(?<![\w@/\\])@(?:\{{{re.escape(key)}\}}|{re.escape(key)}(?![\w{{]|[:.#$%&+?<>~/-]\w))")
        for place in self.places(cited) or [self.position(f"@{key}")]:
            self.tell(fault(rule, self.source, message, help, place, self.text))

    def repeated(self, id: str, noun: str = "label") -> None:
        """Reports an id that two elements have, at the second."""
        places = self.places(re.compile(rf"""(?:#|id=["']?){re.escape(id)}(?![\w:.-])"""))
        place = (places[1:] or places or [self.position(f"#{id}")])[0]
        message, help = f"the {noun} '{id}' is given twice", f"Give this one another {noun}, such as {{#{id}-2}}."
        self.tell(fault("duplicate-label", self.source, message, help, place, self.text))

    def target(self, href: str) -> Target:
        """What a link leads to; a fault is reported, a file is remembered for publishing."""
        target = resolve(self.table, href, self.source)
        match target.kind:
            case "missing":
                self.no_page(href)
            case "unsafe":
                self.report("unsafe-link", f"'{href[:60]}' is not a web address, mail address or path", href)
            case "hidden":
                self.report("link-to-unpublished", f"'{href}' is not published", href)
            case "type":
                help = f"Show it: ![Notebook]({href}) alone in its paragraph." if is_notebook(href) else ""
                self.report("unpublished-type", f"'{href}' is not of a type that is published", href, help)
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
            shown = picture(target.path, data, not self.proof)
            if not shown.content:
                self.report("invalid-image", f"{target.path} cannot be read to its end", href)
                return None
            self.made[target.url] = shown.content
            self.made |= {rendition_path(target.url, width): content for width, content in shown.renditions}
        self.files[target.path] = target.url
        return size

    def srcset(self, path: str, width: int) -> str:
        """The renditions of a published image and itself with their widths; empty where there are none."""
        renditions = picture(path, self.table.read(path), not self.proof).renditions
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
        self.no_image(source)
        return None

    def href(self, target: Target) -> str | None:
        """The link as it is printed on this page, or None where it must not be one."""
        if target.kind == "outside":
            return target.url
        fragment = f"#{target.fragment}" if target.fragment else ""
        if target.kind == "here":
            return fragment or "#"
        return relative(target.url, self.url) + fragment if target.kind in ("page", "file") else None
