"""Which of the sections that its kind is expected to have an entry has written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from labfolio.facts.questions import question_of
from labfolio.model.entry import PAPER, Kind
from labfolio.model.section import SECTIONS

_FENCE = re.compile(r"[ >\t]*(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_HEADING = re.compile(r"#{1,6}")
_UNDERLINE = re.compile(r"(=+|-+)\s*$")
_ATTRIBUTES = re.compile(r"\{:?([^{}]*)\}\s*$")
# A question in bold, as scaffolds write them.
_QUESTION = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+?\?\1", re.DOTALL)
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s", re.MULTILINE)
# What keeps a place until a text is written: `TODO: read section 4 again`, or nothing but such words.
_PLACEHOLDER = re.compile(
    r"\W*(?:TODO|TBD|TBA|TBC|FIXME|WIP|XXX)\b|\W*(?i:(?:todo|tbd|wip|later|soon|lorem ipsum)\W*)+$"
)
_LINK_TARGET = re.compile(r"(?<=\])\([^)\n]*\)")
# Chinese, Japanese and Korean write no spaces: each sign is taken for a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
# How many words a text has at least: three do not answer a question on a paper.
_FEWEST = {PAPER.name: 4}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text without its comments; `level` is that of a heading, 0 for all else; `code` tells what is."""

    text: str
    level: int = 0
    code: bool = False


def written(kind: Kind, body: str) -> frozenset[str]:
    """The ids of the kind's sections that have their heading and below it a text that answers.

    A heading is known by its id, explicit or made from its words, or by its wording; a paper's question in any words
    that ask it. Comments, subheadings, bold questions and placeholders such as `TODO` are no text; a bold question with
    nothing after it leaves its section unwritten, and fewer than four words leave a paper's question unanswered.
    """
    lines = list(_headed(_uncommented(body)))
    found: set[str] = set()
    for place, line in enumerate(lines):
        id = _named(kind, line.text) if line.level else None
        if id and id not in found and _answers(_below(lines, place), _FEWEST.get(kind.name, 1)):
            found.add(id)
    return frozenset(found)


def has_paragraph(body: str) -> bool:
    """Whether a text has any words that are neither heading, comment nor code."""
    return any(re.search(r"\w", line.text) for line in _headed(_uncommented(body)) if not line.level and not line.code)


def _named(kind: Kind, heading: str) -> str | None:
    """The id of the section that a heading stands for."""
    if kind is PAPER:
        return question_of(heading)
    attributes = _ATTRIBUTES.search(heading)
    explicit = re.search(r"#(\S+)", attributes[1]) if attributes else None
    own = explicit[1] if explicit else "-".join(_words(_ATTRIBUTES.sub("", heading)))
    sections = SECTIONS[kind.name]
    wordings = {section.id: section.id for section in sections}
    if not explicit:
        wordings |= {"-".join(_words(section.heading)): section.id for section in sections}
    return wordings.get(own)


def _words(heading: str) -> list[str]:
    return re.findall(r"[^\W_]+", heading.casefold())


def _below(lines: list[_Line], place: int) -> Iterator[_Line]:
    """What belongs to the heading at a place: everything up to the next of its level or above."""
    for at in range(place + 1, len(lines)):
        if 0 < lines[at].level <= lines[place].level:
            return
        yield lines[at]


def _answers(lines: Iterable[_Line], fewest: int) -> bool:
    """Whether there is a text of so many words, and one after each bold question."""
    words, pending = 0, False
    for block in _blocks(lines):
        asks = _QUESTION.search(block) is not None
        if asks and pending:
            return False
        own = _count(_QUESTION.sub("", block))
        words, pending = words + own, not own and (pending or asks)
    return words >= fewest and not pending


def _count(block: str) -> int:
    """The words of a block without the addresses of its links; a placeholder has none."""
    return 0 if _PLACEHOLDER.match(block) else len(_WORD.findall(_LINK_TARGET.sub("", block)))


def _blocks(lines: Iterable[_Line]) -> Iterator[str]:
    """Paragraphs; a piece of code is one, headings and empty lines part them."""
    block: list[str] = []
    for line in lines:
        if line.level or not line.text.strip():
            yield _BULLET.sub("", "\n".join(block))
            block = []
        else:
            # A question within a piece of code is none.
            block.append(line.text.replace("?", ".") if line.code else line.text)
    yield _BULLET.sub("", "\n".join(block))


def _headed(lines: Iterable[_Line]) -> Iterator[_Line]:
    """The lines with the levels of headings, those that are underlined among them."""
    waiting: _Line | None = None
    begins = True
    for line in lines:
        under = None if line.code else _UNDERLINE.match(line.text)
        if waiting and under:
            yield _Line(waiting.text.strip(), 1 if under[1].startswith("=") else 2)
            waiting, begins = None, True
            continue
        if waiting:
            yield waiting
            waiting = None
        heading = None if line.code else _HEADING.match(line.text)
        if heading:
            yield _Line(line.text[heading.end() :].strip().rstrip("#").rstrip(), len(heading[0]))
        elif begins and line.text.strip() and not line.code:
            waiting = line
        else:
            yield line
        begins = not line.text.strip() or bool(heading)
    if waiting:
        yield waiting


def _uncommented(body: str) -> Iterator[_Line]:
    """The lines, told code from text, without comments; what is never closed goes on to the end."""
    fence, inside = "", False
    for line in body.split("\n"):
        opened = None if inside else _FENCE.match(line)
        if fence:
            if opened and opened[1].startswith(fence) and not line[opened.end() :].strip("`~ \t"):
                fence = ""
            else:
                yield _Line(line, code=True)
        elif opened:
            fence = opened[1]
        else:
            text, inside = _without_comments(line, inside)
            yield _Line(text)


def _without_comments(line: str, inside: bool) -> tuple[str, bool]:
    """A line without what is commented out, and whether a comment is still open at its end."""
    kept: list[str] = []
    # A comment's beginning within a code span is none.
    shown = _CODE_SPAN.sub(lambda span: "x" * len(span[0]), line)
    at = 0
    while True:
        if inside:
            end = line.find("-->", at)
            if end < 0:
                return "".join(kept), True
            at, inside = end + 3, False
        begin = shown.find("<!--", at)
        if begin < 0:
            return "".join([*kept, line[at:]]), False
        kept.append(line[at:begin])
        at, inside = begin + 4, True
