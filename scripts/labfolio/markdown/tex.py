"""A TeX expression before it is converted: refused where it must be, and made fit for the library that converts it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from labfolio.markdown.brackets import never_closed, without_comments
from labfolio.markdown.values import PATTERN

# Longer expressions are no longer read by anyone; deeper ones would overflow the stack of the library, which ends the
# program. 100 levels of its costliest command take less than 512 KB.
LONGEST, DEEPEST = 10_000, 100

# The library reads what follows an opening bracket once more where nothing closes it: each doubles its time, which no
# limit of ours ends, since it is not spent in Python.
NEVER_CLOSED = 12

_SIGN = re.compile(r"\\(?:[A-Za-z]+|.)\s*|[{}]", re.DOTALL)
NO_SIGN = "a character that stands for no sign"
# What Markdown puts in the place of raw HTML and of code is among them.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_OPENS, _CLOSES = {"{", "\\left", "\\begin"}, {"}", "\\right", "\\end"}
_DEFINED = "commands are defined once for the site"
_LABELLED = "labels stand outside of the expression"
_COLOURS = "a page is read in light, in dark and on paper, in which one colour cannot be read"
_DEFINE = "Write the command under 'macros' in program.yml."
_LABEL = "Write {#eq-name} after the closing $$, and @eq-name in the text."
_REFUSED = {
    **dict.fromkeys(("newcommand", "renewcommand", "providecommand", "def", "gdef", "let"), (_DEFINED, _DEFINE)),
    **dict.fromkeys(("label", "eqref", "ref"), (_LABELLED, _LABEL)),
    **dict.fromkeys(("color", "textcolor", "colorbox", "definecolor"), (_COLOURS, "Remove the colour.")),
}
# Only labelled expressions are numbered, and not row by row.
_ENVIRONMENT = re.compile(r"(?<=\\begin\{|..\\end\{)(align|equation|gather|multline|split)(?=\})", re.DOTALL)
_UNNUMBERED = {"split": "aligned"}
_ROW_SPACE = re.compile(r"(?<=\\\\)\[\s*-?[\d.]+\s*(?:em|ex|pt|mm|cm|in|mu|baselineskip)\s*\]")
_TAG = re.compile(r"\\tag(\*?)\{([^{}]*)\}")
_TAGGED_ROWS = re.compile(r"\\begin\{(?:align|equation|gather|multline)\*?\}")
_SPECIAL = re.compile(r"[\\{}$&#^_%~]")


class InvalidMathematics(Exception):
    """An expression that is refused: the sentence, where in it (from 0), how wide, the mend and the rule."""

    def __init__(
        self, message: str, offset: int = 0, width: int = 1, help: str = "", rule: str = "invalid-mathematics"
    ) -> None:
        super().__init__(message)
        self.offset, self.width, self.help, self.rule = offset, max(width, 1), help, rule


@dataclass(frozen=True, slots=True)
class Prepared:
    """An expression as it is converted, as it was written but for its `\\tag`, the text of that, and what was put in
    the place of what.
    """

    text: str
    source: str
    tag: str
    changes: tuple[tuple[int, int, str], ...]

    def origin(self, offset: int) -> int:
        """The place in the expression as it was written, of one in `text`."""
        moved = 0
        for start, end, new in self.changes:
            if start + moved + len(new) > offset:
                return min(offset - moved, end) if start + moved <= offset else offset - moved
            moved += len(new) - (end - start)
        return offset - moved


def prepare(tex: str, *, display: bool, value: Callable[[str, str], str]) -> Prepared:
    """The expression with its values filled in and what the library cannot read put otherwise.

    `value` gives the number for a written `{{ r.name }}` and its name. Raises InvalidMathematics where a command is
    refused, or the expression is too long or too deep.
    """
    _check(tex)
    changes = [(one.start(), one.end(), _number(value(one[0], one[1]))) for one in re.finditer(PATTERN, tex)]
    for one in _ENVIRONMENT.finditer(tex):
        changes.append((one.start(), one.end(), _UNNUMBERED.get(one[1], f"{one[1]}*")))
    changes += [(one.start(), one.end(), "") for one in _ROW_SPACE.finditer(tex)]
    tag = _TAG.search(tex) if display and not _TAGGED_ROWS.search(tex) else None
    if tag:
        changes.append((tag.start(), tag.end(), ""))
    changes.sort()
    source = tex.replace(tag[0], "", 1) if tag else tex
    return Prepared(_changed(tex, changes), source, _printed(tag) if tag else "", tuple(changes))


def _check(tex: str) -> None:
    if len(tex) > LONGEST:
        message = f"an expression of {len(tex)} characters; the most are {LONGEST}"
        raise InvalidMathematics(message, help="Write several expressions.", rule="too-large")
    if unseen := UNSEEN.search(tex):
        raise InvalidMathematics(NO_SIGN, unseen.start(), help="Remove it.")
    for sign in _SIGN.finditer(tex):
        name = sign[0].rstrip()
        if refused := _REFUSED.get(name[1:]):
            raise InvalidMathematics(f"'{name}': {refused[0]}", sign.start(), len(name), refused[1])
    check_bounds(tex)


def check_bounds(tex: str) -> None:
    """Raises InvalidMathematics where an expression is deeper, or leaves more brackets open, than the library takes."""
    tex = without_comments(tex)
    depth = run = end = 0
    for sign in _SIGN.finditer(tex):
        name = sign[0].rstrip()
        # A command may take the next one as its argument, and a root its index, without a brace.
        run = run + 1 if name[0] == "\\" and sign.start() == end else 0
        end = sign.end()
        depth += (name in _OPENS or (name == "\\sqrt" and tex[end : end + 1] == "[")) - (name in _CLOSES)
        if depth + run > DEEPEST:
            message = f"an expression nested more than {DEEPEST} deep"
            raise InvalidMathematics(message, sign.start(), help="Write several expressions.", rule="too-large")
    if (many := never_closed(tex)) > NEVER_CLOSED:
        message = f"an expression with {many} brackets that nothing closes; the most are {NEVER_CLOSED}"
        raise InvalidMathematics(message, help="Close them, or write several expressions.", rule="too-large")


def _changed(tex: str, changes: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, new in changes:
        parts += [tex[at:start], new]
        at = end
    return "".join([*parts, tex[at:]])


def _printed(tag: re.Match[str]) -> str:
    return tag[2] if tag[1] else f"({tag[2]})"


def _number(text: str) -> str:
    """A value as TeX: a number as such, anything else as text."""
    plain = text.replace("\N{MINUS SIGN}", "-")
    if re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return f"{{{plain}}}"
    return "\\text{" + _SPECIAL.sub(lambda sign: _escaped(sign[0]), text) + "}"


def _escaped(sign: str) -> str:
    """The braces keep the space after the sign."""
    return " " if sign in "\\^~" else f"\\{sign}{{}}"
