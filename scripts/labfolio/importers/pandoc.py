"""What Quarto adds to Markdown: code cells, fenced divs, attributes, cross references and citations."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from labfolio.importers.callouts import opening
from labfolio.importers.carried import Missed
from labfolio.importers.links import image
from labfolio.importers.prose import ADDED, DEEPEST, GONE, Prose, code_spans, plain_words, within
from labfolio.markdown.labels import kind_of

_CELL = re.compile(r"(?P<fence>[ \t]*(?:`{3,}|~{3,}))[ \t]*\{(?P<given>[^}\n]*)\}[ \t]*$")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_OPTION = re.compile(r"[ \t]*(?:#|//|--|%%)\|[ \t]*(?P<key>[\w.-]*)(?::[ \t]*(?P<value>.*))?")
_DIV = re.compile(r"[ \t]*:{3,}[ \t]*(?P<given>\{[^}\n]*\}|[\w.-]+)?[ \t]*:*[ \t]*$")
_GIVEN = re.compile(r"([\w-]+)[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)'|([^\s}]+))")

_IMAGE = re.compile(
    r"!\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,1000})\]\((?P<path>[^\s()]{1,500})[^()\n]{0,300}\)\{(?P<given>[^}\n]*)\}"
)
_EQUATION = re.compile(r"(?<=\$\$)[ \t]*\{#(eq-[\w-]+)\}")
_TABLE_CAPTION = re.compile(
    r"(?<=\|\n)(?P<gap>\n?):[ \t]+(?P<words>[^\n{]*?)[ \t]*(?P<given>\{[^}\n]*\})?[ \t]*$", re.MULTILINE
)
_SPAN = re.compile(r"(?<![\]!\\])\[(?P<words>[^\[\]\n]{1,500})\]\{(?P<given>[^}\n]{1,300})\}")
_COMPUTED = re.compile(r"`(?:\{(?:python|r|julia|ojs)\}|r)[ \t][^`\n]+`")
_SHORTCODE = re.compile(r"\{\{<\s*(?!/)([\w-]+)[^\n]{0,500}?>\}\}")
_NAMED = re.compile(r"(?<![\w@./\\])@(?P<key>[A-Za-z_](?:[\w:.#$%&+?<>~/-]*\w)?)")
_LABEL = re.compile(r"\{[^{}\n]*#([\w:.-]+)[^{}\n]*\}")
_INLINE_NOTE = re.compile(r"\^\[[^\]\n]{1,500}\]")
_CROSS = re.compile(r"(?:fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau)-")


@dataclass(slots=True)
class _Cells:
    """The lines of a body, one after the other: `fence` is that of the block they are in, `options` those of a cell."""

    prose: Prose
    fence: str = ""
    first: int = -1
    options: list[str] = field(default_factory=list)
    hidden: bool = False
    in_head: bool = False
    seen: bool = False

    def line(self, number: int, line: str) -> str:
        """What becomes of a line."""
        if not self.fence:
            made = self.begun(number, line)
            if opened := _FENCE.match(line):
                self.fence = opened[1]
            return made
        option = _OPTION.match(line) if self.in_head else None
        if option:
            self.options.append(option["key"] or line.strip())
            self.hidden |= option["key"] in ("echo", "include") and "false" in (option["value"] or "").lower()
            return GONE
        self.end_head()
        if _closes(line, self.fence):
            self.fence = ""
        return line

    def begun(self, number: int, line: str) -> str:
        """The first line of a cell as that of a block of code; any other line as it is."""
        cell = _CELL.match(line)
        given = cell["given"].strip() if cell else ""
        if cell and given.startswith("="):
            self.prose.missed.append(_miss(self.prose, number, f"raw {given[1:]} is shown as code"))
            return f"{cell['fence']}{given[1:]}"
        language = re.match(r"[A-Za-z]\w*", given)
        if cell is None or language is None:
            return line
        if not self.seen:
            what = "what code cells compute is not carried, only their code"
            self.prose.missed.append(_miss(self.prose, number, what))
        rest = given[language.end() :].strip(" ,")
        self.options, self.hidden = [rest] if rest else [], bool(re.search(r"(?:echo|include)\s*=\s*F", rest))
        self.in_head, self.first, self.seen = True, number, True
        return f"{cell['fence']}{language[0]}"

    def end_head(self) -> None:
        """Names the options of the cell, once its first line of code is there."""
        if self.in_head and self.options:
            shown = "; it was hidden and is shown now" if self.hidden else ""
            what = f"the options of a cell are left out: {', '.join(self.options)}{shown}"
            self.prose.missed.append(_miss(self.prose, self.first, what))
        self.in_head = False


def cells(prose: Prose) -> None:
    """Turns code cells into blocks of code; their options go, and what they compute is not there."""
    state = _Cells(prose)
    prose.text = "\n".join([state.line(number, line) for number, line in enumerate(prose.text.split("\n"))])
    state.end_head()


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return bare.startswith(fence) and not bare.strip(fence[0])


@dataclass(slots=True)
class _Div:
    """An open div: where its first line stands in what was made, and whether it is a callout still without a title."""

    at: int
    kind: str = ""
    fold: str = ""
    waiting: bool = False


@dataclass(slots=True)
class _Divs:
    prose: Prose
    made: list[str] = field(default_factory=list)
    open: list[_Div] = field(default_factory=list)

    @property
    def indent(self) -> str:
        """What lines of the callouts that are open begin with."""
        return "    " * sum(bool(div.kind) for div in self.open)

    def begin(self, given: str, number: int) -> None:
        attributes = {name: double or single or bare for name, double, single, bare in _GIVEN.findall(given)}
        callout = re.search(r"\.?callout(?:-(\w+))?", given)
        if callout is None or len(self.open) >= DEEPEST:
            self.prose.missed.append(_miss(self.prose, number, f"the block {given} is taken off; its content stays"))
            self.open.append(_Div(at=len(self.made)))
            self.made.append(GONE)
            return
        fold = {"true": "-", "false": "+"}.get(attributes.get("collapse", ""), "")
        title, kind = plain_words(attributes.get("title", "")), callout[1] or "note"
        if self.made and self.made[-1].strip(GONE + " "):
            self.made[-1] += ADDED
        self.made.append(self.indent + opening(kind, title, fold))
        self.open.append(_Div(at=len(self.made) - 1, kind=kind, fold=fold, waiting=not title))

    def end(self) -> None:
        div = self.open.pop()
        self.made.append("" if div.kind else GONE)

    def line(self, line: str, coded: bool) -> None:
        div = self.open[-1] if self.open else None
        if div and div.waiting and line.strip():
            div.waiting = False
            heading = None if coded else re.match(r"#{1,6}[ \t]+(.*?)[ \t]*(?:\{[^}]*\})?[ \t]*#*$", line)
            if heading:
                before = self.indent.removesuffix("    ")
                self.made[div.at] = before + opening(div.kind, plain_words(heading[1]), div.fold)
                self.made.append(GONE)
                return
        self.made.append(self.indent + line if line.strip(GONE + " ") else line)


def divs(prose: Prose) -> None:
    """Turns callouts into admonitions; of other divs the content stays."""
    state, fence = _Divs(prose), ""
    for number, line in enumerate(prose.text.split("\n")):
        if fence:
            if _closes(line, fence):
                fence = ""
            state.line(line, coded=True)
        elif opened := _FENCE.match(line):
            fence = opened[1]
            state.line(line, coded=True)
        elif (div := _DIV.match(line)) and div["given"]:
            state.begin(div["given"], number)
        elif div and state.open:
            state.end()
        else:
            state.line(line, coded=False)
    prose.text = "\n".join(state.made)


def attributes(prose: Prose) -> None:
    """Figures keep their ids, captions and words; every other attribute goes, named where it says something."""
    prose.replace(_IMAGE, lambda match: _figure(match, prose))

    def untied(match: re.Match[str]) -> str:
        prose.miss(match.start(), f"{match[1]}: equations have no number; left out")
        return ""

    def paragraph(match: re.Match[str]) -> str:
        if "#tbl-" in (match["given"] or ""):
            return match[0] if match["gap"] else f"{ADDED}{match[0]}"
        prose.miss(match.start("words"), "the caption of a table becomes a paragraph below it")
        return f"{match['gap'] or ADDED}{match['words']}"

    def bare(match: re.Match[str]) -> str:
        prose.miss(match.start(), f"{{{match['given']}}}: has no counterpart; its words stay")
        return match["words"]

    prose.replace(_EQUATION, untied)
    prose.replace(_TABLE_CAPTION, paragraph)
    prose.replace(_SPAN, bare)


def name_the_rest(prose: Prose, keys: Collection[str]) -> None:
    """Names what stays as it is and means nothing here: computed words, shortcodes, notes, references to what is not
    there, citations of works that are not among the `keys` of the bibliography."""
    spans = code_spans(prose.text)
    for pattern, in_code, what in (
        (_COMPUTED, True, "is computed by Quarto; it stays as code"),
        (_SHORTCODE, True, "is a shortcode of Quarto; it stays in the text as it is"),
        (_INLINE_NOTE, False, "is a note within a line, which is not read; write [^1] and its text below"),
    ):
        for match in pattern.finditer(prose.text):
            if in_code or not within(spans, match.start()):
                prose.miss(match.start(), f"{match[0][:60]} {what}")
    labels = set(_LABEL.findall(prose.text))

    def cited(match: re.Match[str]) -> str:
        key = match["key"]
        if key in keys or (kind_of(key) and key in labels):
            return match[0]
        what = "refers to no label of the text" if _CROSS.match(key) else "is no key of the bibliography"
        prose.miss(match.start(), f"@{key} {what}; it stays as words")
        return f"\\{match[0]}"

    prose.replace(_NAMED, cited)


def _figure(match: re.Match[str], prose: Prose) -> str:
    given = {name: double or single or bare for name, double, single, bare in _GIVEN.findall(match["given"])}
    id = re.search(r"#([\w:.-]+)", match["given"])
    if lost := [name for name in given if name not in ("fig-alt", "fig-cap", "fig-align", "fig-scap")]:
        prose.miss(match.start(), f"{', '.join(lost)} of a figure cannot be carried; left out")
    caption = plain_words(given.get("fig-cap") or match["words"])
    made = image(given.get("fig-alt") or caption, match["path"], caption if "fig-alt" in given else "")
    return made + (f"{{: #{id[1]} }}" if id else "")


def _miss(prose: Prose, number: int, what: str) -> Missed:
    return Missed(path=prose.source, line=prose.first_line + number, what=what)
