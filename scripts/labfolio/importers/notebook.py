"""From Jupyter notebooks: Markdown as it is, code in fences, outputs as images and text; nothing is run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from labfolio.importers.carried import Given, Import, Missed, Target
from labfolio.importers.fields import Fields, commas, day_of
from labfolio.importers.links import Links, candidates
from labfolio.importers.matter import Matter, read_matter
from labfolio.importers.plain import dated_name
from labfolio.importers.post import Origin, Post, imported, title_of
from labfolio.importers.prose import GONE, Prose, fence_lines, first_heading
from labfolio.markdown.cell_output import Shown, image_of, merged, shown
from labfolio.markdown.fences import open_fence
from labfolio.parse.notebook import Cell, InvalidNotebook, read_notebook
from labfolio.parse.private_text import without_secrets
from labfolio.parse.text import printable

FIGURES = "figures"
# Lines of a body count from here, which tells them from lines of the notebook's file.
_BODY = 1_000_000_000
_ATTACHED = re.compile(r"(!\[[^\]\n]*\]\()\s*attachment:([^)\s]+)")


@dataclass(slots=True, kw_only=True)
class _Page:
    """A body on its way: each of its lines with the line of the notebook that it comes from.

    `at` begins the names of its images; `title` is the stated one, else the first level-1 heading that begins a cell.
    """

    path: str
    at: str
    title: str = ""
    headed: bool = False
    language: str = "python"
    lines: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)
    missed: list[Missed] = field(default_factory=list)

    def miss(self, line: int, what: str) -> None:
        self.missed.append(Missed(path=self.path, line=line, what=what))

    def add(self, text: str, line: int, step: int = 0) -> None:
        """Appends a text and an empty line."""
        for index, one in enumerate([*text.split("\n"), ""]):
            self.lines.append(one)
            self.places.append(line + index * step)

    def code(self, text: str, language: str, line: int, step: int = 0) -> None:
        """Appends a block of code."""
        before, after = fence_lines(text, language)
        self.add(f"{before}\n{text}\n{after}", line, step)

    def image(self, cell: int, one: Shown, words: str, line: int) -> None:
        """Appends an image; it is named by its cell and its place among the images of it."""
        self.add(f"![{words}]({self.keep(cell, one)})", line)

    def keep(self, cell: int, one: Shown) -> str:
        """Keeps an image of a cell; its path among the given files."""
        number = 1 + sum(f"/cell-{cell:02}-" in name for name in self.images)
        name = f"{self.at}/cell-{cell:02}-{number}.{one.suffix}"
        self.images[name] = one.image
        return name


def read(given: Given, target: Target) -> Import:
    """An entry of the target's kind for each notebook, its images in `figures/` beside it.

    Lines of what was missed are those of the notebook's file. Secrets and home folders in outputs are masked; the
    date is that of a first raw cell with front matter, of the notebook's metadata or of the file's name.
    """
    posts: list[Post] = []
    pages: dict[str, _Page] = {}
    missed: list[Missed] = []
    for path in given.files:
        if not path.lower().endswith(".ipynb"):
            continue
        page = _Page(path=path, at=f".{FIGURES}/{len(pages)}")
        try:
            posts.append(_post(given.read(path), page, target))
            pages[path] = page
        except InvalidNotebook as error:
            missed.append(Missed(path=path, line=error.line, what=f"{error}; the notebook is left out"))
    result = _imported(posts, pages, given, target)
    missed += [replace(one, line=_placed(one, pages)) for one in result.missed]
    missed += [one for page in pages.values() for one in page.missed]
    return Import(files=result.files, missed=tuple(sorted(dict.fromkeys(missed), key=lambda one: (one.path, one.line))))


def _imported(posts: list[Post], pages: Mapping[str, _Page], given: Given, target: Target) -> Import:
    """The entries, with the decoded images as if they had been given as files."""
    images = {name: image for page in pages.values() for name, image in page.images.items()}
    files = frozenset(given.files)

    def content(name: str) -> bytes:
        return images[name] if name in images else given.read(name)

    def find(source: str, href: str) -> str | None:
        if href in pages[source].images:
            return href
        return next((name for name in candidates(source, href) if name in files), None)

    def translate(prose: Prose, links: Links) -> None:
        pass

    stock = Given(files=(*given.files, *images), read=content)
    origin = Origin(translate=translate, find=find, below=dict.fromkeys(images, FIGURES))
    result = imported(posts, stock, target, origin, ())
    owners = {name: page.path for page in pages.values() for name in page.images}
    carried = tuple(replace(one, source=owners.get(one.source, one.source)) for one in result.files)
    return Import(files=carried, missed=result.missed)


def _placed(one: Missed, pages: Mapping[str, _Page]) -> int:
    """The line of the notebook for a line of its body."""
    if one.line < _BODY or one.path not in pages:
        return one.line
    places = pages[one.path].places
    return places[min(one.line - _BODY, len(places) - 1)] if places else 1


def _post(data: bytes, page: _Page, target: Target) -> Post:
    """A notebook as a post. Raises InvalidNotebook."""
    notebook = read_notebook(data)
    page.language = notebook.language
    matter, cells = _matter(notebook.cells, page)
    fields = Fields(matter)
    page.title = fields.text("title") or notebook.title
    for cell in cells:
        _add_cell(cell, page)
    name, in_name = dated_name(page.path)
    post = Post(
        source=page.path,
        name=name,
        title=title_of(page.title, "", name),
        day=fields.day("date", "created") or day_of(notebook.date) or in_name,
        body="\n".join(page.lines),
        body_line=_BODY,
        fields={
            "summary": fields.summary("summary", "description"),
            "tags": fields.tags("tags", "categories", "keywords", split=commas),
            "draft": fields.hidden("published") or None,
            **fields.rest(target),
        },
        lines=matter.lines,
    )
    page.missed += fields.missed
    return post


def _matter(cells: tuple[Cell, ...], page: _Page) -> tuple[Matter, tuple[Cell, ...]]:
    """The front matter that Quarto and nbdev keep in a first raw cell, and the cells below it."""
    if not cells or cells[0].kind != "raw" or not cells[0].source.startswith("---"):
        return Matter(path=page.path), cells
    cell = cells[0]
    matter = read_matter(page.path, cell.source.encode())

    def place(line: int) -> int:
        return cell.line + (line - 1) * cell.step

    if not matter.sound:
        raise InvalidNotebook(matter.missed[0].what.partition(";")[0], place(matter.missed[0].line))
    page.missed += [replace(one, line=place(one.line)) for one in matter.missed]
    return replace(matter, lines={name: place(line) for name, line in matter.lines.items()}), cells[1:]


def _add_cell(cell: Cell, page: _Page) -> None:
    if "remove-cell" in cell.tags:
        page.miss(cell.line, f"cell {cell.number} is tagged remove-cell and left out")
    elif cell.kind == "markdown":
        _add_markdown(cell, page)
    elif cell.kind == "code":
        _add_code(cell, page)
    elif cell.source.strip():
        page.miss(cell.line, f"cell {cell.number} is of the type '{cell.kind[:20]}', which is not carried")


def _add_markdown(cell: Cell, page: _Page) -> None:
    text = _unmasked(cell.source, cell, page)
    heading, rest = first_heading(text)
    if heading and not page.headed and page.title in ("", heading):
        page.title, page.headed = heading, True
        text = rest.replace(GONE, "")
    text = _ATTACHED.sub(lambda match: match[1] + _attached(unquote(match[2]), match[2], cell, page), text)
    page.add(text + _unclosed(text, cell, page), cell.line, cell.step)


def _attached(name: str, written: str, cell: Cell, page: _Page) -> str:
    """The path of an attachment among the given files, or the link as it was where it is no image."""
    bundle = cell.attachments.get(name, cell.attachments.get(written))
    reasons: list[str] = []
    one = image_of(bundle, lambda loss: reasons.append(loss.what)) if isinstance(bundle, dict) else None
    if one:
        return page.keep(cell.number, one)
    why = " ".join(reasons) or "it is no image"
    shown_as = " ".join(printable(name).split())[:60]
    page.miss(cell.line, f"cell {cell.number}: the attachment '{shown_as}' is not carried: {why}")
    return f"attachment:{written}"


def _unclosed(text: str, cell: Cell, page: _Page) -> str:
    """What ends a block of code that the cell leaves open, since it would take in the cells below."""
    fence = open_fence(text)
    if fence:
        page.miss(cell.line, f"cell {cell.number}: a block of code is never closed; it is closed at the cell's end")
    return f"\n{fence}" if fence else ""


def _add_code(cell: Cell, page: _Page) -> None:
    if cell.source.strip() and "remove-input" not in cell.tags:
        page.code(_unmasked(cell.source, cell, page), page.language, cell.line - cell.step, cell.step)
    if "remove-output" not in cell.tags:
        for line, one in merged(cell.outputs):
            _add_output(cell, line, one, page)


def _add_output(cell: Cell, line: int, output: Any, page: _Page) -> None:
    one = shown(output, lambda loss: page.miss(line, f"output of cell {cell.number}: {loss.what}"))
    if one and one.image:
        page.image(cell.number, one, f"Output of cell {cell.number}", line)
    elif one:
        page.code(one.text, "text", line)


def _unmasked(text: str, cell: Cell, page: _Page) -> str:
    """The text with tokens masked; each is named."""

    def told(kind: str) -> None:
        page.miss(cell.line, f"cell {cell.number}: what looks like {kind} is masked")

    return without_secrets(text, told)
