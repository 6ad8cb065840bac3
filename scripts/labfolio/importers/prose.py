"""A body on its way from one Markdown to another: rewritten piece by piece, with every line's number kept.

What is taken away leaves marks instead of line ends, so that a place in the text is always that of its source; the
marks go when the text is finished. No source holds these characters: such files are not read.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from labfolio.importers.carried import Missed
from labfolio.markdown.fences import fence_of
from labfolio.markdown.sanitise import foreign_markup
from labfolio.markdown.values import PATTERN

# Before a line end: this line end goes. Alone: a line end that the source does not have. Before a link: it is final.
# In the place of a brace: it is text.
GONE, ADDED, FINAL, BRACE = "\x00", "\x01", "\x02", "\x03"

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")
_LIST = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]|\[\^[^\]]+\]:|!!!|\?\?\?|===|:)\s?")
_HTML = re.compile(r"<[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]{0,2000})?/?>")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|(?=\n|$))")
_NO_HEADING = re.compile(r"^#{1,6}(?=[^\s#])", re.MULTILINE)
_TICKS, _BREAK = re.compile("`+"), re.compile(r"\n[ \t]*\n")
_INFO = re.compile(
    r"\s*(?:[\w#.+-]*(?:\s+(?:title|linenums|hl_lines)=(?:\"[^\"]*\"|'[^']*'))*"
    r"|\{\s*[.#][\w#.+-]+(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*')|\s+[.#][\w-]+)*\s*\})\s*"
)
# The deepest that callouts may lie in each other; what is deeper stays as it is.
DEEPEST = 8
_MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|<[^<>]+>|`+|\*{1,3}|~~|(?<!\w)_{1,3}|_{1,3}(?!\w)")
_BLANKS = re.compile(r"\n(?:[ \t]*\n){2,}")
_UNDERLINE = re.compile(r"(=+|-{2,})[ \t]*")

Make = Callable[[re.Match[str]], str]


@dataclass(slots=True, kw_only=True)
class Prose:
    """A body: `text` as it is by now, the source file, the line that the body begins at, and what was missed in it."""

    source: str
    text: str = field(repr=False)
    first_line: int = 1
    missed: list[Missed] = field(default_factory=list)
    _ends: tuple[str, list[int]] = field(default=("", []), repr=False)

    def line(self, at: int) -> int:
        """The line of the source that a place of the text comes from."""
        if self._ends[0] is not self.text:
            self._ends = self.text, [match.start() for match in re.finditer("\n", self.text)]
        return self.first_line + bisect_left(self._ends[1], at)

    def miss(self, at: int, what: str) -> None:
        """Names something at a place of the text that could not be carried."""
        self.missed.append(Missed(path=self.source, line=self.line(at), what=what))

    def replace(self, pattern: re.Pattern[str], make: Make, *, in_code: bool = False) -> None:
        """Puts `make(match)` in the place of each match that does not begin in code (with `in_code`, of every one)."""
        spans = [] if in_code else code_spans(self.text)

        def made(match: re.Match[str]) -> str:
            return match[0] if within(spans, match.start()) else same_lines(match[0], make(match))

        self.text = pattern.sub(made, self.text)

    def replace_pairs(
        self,
        opening: re.Pattern[str],
        closing: re.Pattern[str],
        make: Callable[[re.Match[str], str, re.Match[str]], str],
    ) -> None:
        """Puts `make(opening, inside, closing)` in the place of each opening with all up to the next closing."""
        done, at = [], 0
        while found := opening.search(self.text, at):
            end = closing.search(self.text, found.end())
            if end is None:
                break
            inside = self.text[found.end() : end.start()]
            done += [self.text[at : found.start()], same_lines(found[0] + inside + end[0], make(found, inside, end))]
            at = end.end()
        self.text = "".join([*done, self.text[at:]])

    def finished(self) -> str:
        """The text without its marks."""
        text = self.text.replace(GONE + "\n", "").replace(GONE, "").replace(ADDED, "\n").replace(FINAL, "")
        text = text.replace(BRACE, "{")
        spans = code_spans(text)
        text = _BLANKS.sub(lambda match: match[0] if within(spans, match.start() + 1) else "\n\n", text)
        first = re.match(r"(?:[ \t]*\n)*", text)
        return text[first.end() if first else 0 :].rstrip()


def same_lines(before: str, after: str) -> str:
    """`after` with as many line ends as `before`, those that it lacks marked as gone."""
    return after + (GONE + "\n") * (before.count("\n") - after.count("\n"))


def fence_lines(code: str, language: str, options: str = "") -> tuple[str, str]:
    """The lines before and after a block of code; `options` are those of the language's line."""
    fence = fence_of(code)
    return fence + (f"{{ .{language} {options} }}" if options else language), fence


def alone_before(match: re.Match[str]) -> bool:
    """Whether nothing stands before a match in its line."""
    return match.start() == 0 or match.string[match.start() - 1] == "\n"


def alone_after(match: re.Match[str]) -> bool:
    """Whether nothing but space stands behind a match in its line."""
    return not match.string[match.end() :].partition("\n")[0].strip()


def within(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether a place is in one of the spans, which are in order."""
    index = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return index >= 0 and at < spans[index][1]


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where code stands in a text, in order: fenced and indented blocks, and words between backticks."""
    spans: list[tuple[int, int]] = []
    prose_from = 0
    for start, end in _blocks(text):
        spans += _ticked(text, prose_from, start)
        spans.append((start, end))
        prose_from = end
    return spans + _ticked(text, prose_from, len(text))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Fenced and indented blocks; what is indented in a list is taken for a part of it."""
    at, fence, opened = 0, "", 0
    blank, listed, indented = True, False, False
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        bare = line.strip(f"{GONE}{ADDED}\n ")
        if fence:
            if bare.lstrip("> \t").startswith(fence) and not bare.lstrip("> \t").strip(fence[0]):
                yield opened, at + len(line)
                fence = ""
        elif (found := _FENCE.match(line)) and not (found[1][0] == "`" and "`" in found[2]):
            fence, opened = found[1], at
        elif line.startswith(("    ", "\t")) and bare and not listed and (blank or indented):
            yield at, at + len(line)
            indented = True
        elif bare:
            listed = bool(_LIST.match(line)) or (listed and line.startswith((" ", "\t")))
            indented = False
        blank = not bare
        at += len(line)
    if fence:
        yield opened, len(text)


def _ticked(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Words between runs of backticks of one length, within a paragraph."""
    spans: list[tuple[int, int]] = []
    runs: list[tuple[int, int]] = []
    last = start
    for match in _TICKS.finditer(text, start, end):
        if runs and _BREAK.search(text, last, match.start()):
            spans += _pairs(runs)
            runs = []
        runs.append((match.start(), len(match[0])))
        last = match.end()
    return spans + _pairs(runs)


def _pairs(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What runs of backticks enclose: each is closed by the next one of its length."""
    spans: list[tuple[int, int]] = []
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[index][1], []).append(index)
    index = 0
    while index < len(runs):
        at, length = runs[index]
        while later[length] and later[length][-1] <= index:
            later[length].pop()
        if later[length]:
            index = later[length][-1]
            spans.append((at, runs[index][0] + length))
        index += 1
    return spans


def plain_fences(prose: Prose) -> None:
    """Takes from the first line of code blocks what no highlighter reads, since the block would be lost with it."""
    for start, _ in reversed(list(_blocks(prose.text))):
        end = prose.text.find("\n", start)
        line = prose.text[start : end if end >= 0 else len(prose.text)]
        found = _FENCE.match(line)
        if not found or _INFO.fullmatch(found[2].rstrip(f"{GONE}{ADDED}")):
            continue
        language = re.match(r"[\s{.]*([\w#+-]*)", found[2])
        prose.miss(start, f"'{found[2].strip()[:60]}': only the language of the code is carried")
        kept = line[: found.start(2)] + (language[1] if language else "") + (ADDED if line.endswith(ADDED) else "")
        prose.text = prose.text[:start] + kept + prose.text[start + len(line) :]


def plain_words(text: str) -> str:
    """The words of a line of Markdown, as a title or a summary shows them."""
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    return " ".join(_MARKUP.sub(lambda match: match[1] or "", text).split())


def first_heading(text: str) -> tuple[str, str]:
    """The words of a level-1 heading that the text begins with, and the text without it; else nothing and the text."""
    found = re.match(r"(?:[ \t\x00]*\n)*(?:# +(?P<plain>[^\n]+)|(?P<under>[^\n#>|`-][^\n]*)\n=+[ \t]*)(?:\n|$)", text)
    if found is None:
        return "", text
    words = re.sub(r"\s*\{[^{}]*\}\s*$", "", found["plain"] or found["under"]).strip().rstrip("#").strip()
    return plain_words(words), same_lines(found[0], "") + text[found.end() :]


def lower_headings(prose: Prose) -> None:
    """One level less for every heading where one has the level of the entry's title."""
    spans = code_spans(prose.text)
    lines = prose.text.split("\n")
    at, kinds = 0, []
    for number, line in enumerate(lines):
        sign = line.startswith(("#", "=", "-")) and not within(spans, at)
        kinds.append(_heading(lines, number) if sign else "")
        at += len(line) + 1
    if not {"#", "="} & set(kinds):
        return
    for number, kind in enumerate(kinds):
        if kind.startswith("#") and len(kind) < 6:
            lines[number] = f"#{lines[number]}"
        elif kind in ("=", "-"):
            lines[number - 1] = ("## " if kind == "=" else "### ") + lines[number - 1].strip()
            lines[number] = GONE
    prose.text = "\n".join(lines)


def _heading(lines: list[str], number: int) -> str:
    """The signs of a heading, or the sign that the line above is underlined with; empty for any other line."""
    line = lines[number]
    if found := _HEADING.match(line):
        return found[1]
    above = lines[number - 1].strip(GONE + " ") if number else ""
    before = lines[number - 2].strip(GONE + " ") if number > 1 else ""
    if _UNDERLINE.fullmatch(line) and above and not before and not _LIST.match(above) and above[0] not in "#>|`":
        return line[0]
    return ""


def name_foreign_html(prose: Prose) -> None:
    """Names the elements and attributes that labfolio will take out; they stay as they are."""

    def named(match: re.Match[str]) -> str:
        if foreign := foreign_markup(match[0]):
            names = ", ".join(name + (">" if name.startswith("<") else "") for name in foreign[:5])
            prose.miss(match.start(), f"{names} is taken out of pages; it stays in the text")
        return match[0]

    prose.replace(_HTML, named)


def keep_signs(prose: Prose) -> None:
    """Says to be text what only labfolio's Markdown would take for more: `#word` and the number of a claim."""
    prose.replace(_NO_HEADING, lambda match: f"\\{match[0]}")
    prose.replace(re.compile(PATTERN), lambda match: f"\\{match[0]}")
