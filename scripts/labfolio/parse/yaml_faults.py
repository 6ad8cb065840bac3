"""What is wrong with YAML that cannot be read: the sentence, the place the author must look at, the mend."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

from labfolio.model.fix import Edit

Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# The C reader builds what it reads by recursion that nothing bounds: 25,000 brackets end the process.
_DEEP = 500
_BLOCKS = re.compile(r"^[ \t?:-]+", re.MULTILINE)

# A line that gives a field: what stands before the value, and the value.
_FIELD = re.compile(r"(?P<before>\s*(?:- +)*(?P<key>[\w-]+):[ \t]+)(?P<value>\S.*?)\s*")
_NO_SPACE = re.compile(r"(?P<before>\s*(?:- +)*[\w-]+:)(?P<value>[^\s:/].*)")
_OPENED = re.compile(r"""\s*(?:- +)*(?:[\w-]+:[ \t]+)?(?P<quote>["'])""")
_TABS = re.compile(r"^([ \t]*\t[ \t]*)(?=\S)", re.MULTILINE)


class TooDeep(Exception):
    """A document is nested, or refers to itself, beyond the limit."""


def compose(text: str) -> yaml.Node | None:
    """The nodes of a document, None for an empty one. Raises TooDeep, yaml.YAMLError and ValueError."""
    blocks = max((len(match[0]) for match in _BLOCKS.finditer(text)), default=0)
    # In each column a mapping can begin, and a sequence in it: what is not over the limit by this needs no look.
    if text.count("[") + text.count("{") + 2 * blocks > _DEEP:
        depth = 0
        for event in yaml.parse(text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEP:
                raise TooDeep
    return yaml.compose(text, Loader=Loader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """A fault in a text; lines and columns count from 0. Without `help` the rule's own mend is printed."""

    message: str
    line: int
    column: int
    width: int = 1
    help: str = ""
    what: str = ""
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fault:
    """What the reader of YAML found, in the text's lines."""

    lines: Sequence[str]
    problem: str
    line: int
    column: int
    context: str
    opened: tuple[int, int] | None

    @property
    def text(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""


def syntax_fault(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Syntax:
    """The fault in the words of its most likely cause."""
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    fault = _Fault(
        lines=lines,
        problem=error.problem or "not valid YAML",
        line=mark.line if mark else 0,
        column=mark.column if mark else 0,
        context=error.context or "",
        opened=(opened.line, opened.column) if opened else None,
    )
    causes: tuple[Callable[[_Fault], Syntax | None], ...] = (
        _escape, _document, _tab, _open_quote, _open_bracket, _stray_comma, _no_space, _sign, _colon, _after_the_end,
        _indent,
    )  # fmt: skip
    found = next((one for cause in causes if (one := cause(fault)) is not None), None)
    return found or Syntax(message=fault.problem, line=fault.line, column=fault.column, help="Put the text in quotes.")


def quoted(text: str) -> str:
    """A text in double quotes, as YAML reads it back."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_quotes(line: str) -> tuple[str, str, int] | None:
    """A field's value, itself in quotes, and its column; None where it is none of one line."""
    field = _FIELD.fullmatch(line)
    if field is None:
        return None
    value = re.split(r"\s+#", field["value"])[0]
    return value, quoted(value), len(field["before"])


def _quote(fault: _Fault, message: str, line: int) -> Syntax | None:
    """The value of a line put in quotes; that is certain where the text can be read afterwards."""
    found = in_quotes(fault.lines[line]) if line < len(fault.lines) else None
    if found is None:
        return None
    value, new, column = found
    mended = [*fault.lines]
    mended[line] = mended[line][:column] + new + mended[line][column + len(value) :]
    edits = (Edit(line, column, value, new),) if _readable(mended, line + 1) else ()
    help = (mended[line][:column] + new).strip()
    return Syntax(
        message=message, line=line, column=column, width=len(value), help=help, what="put it in quotes", edits=edits
    )


def _readable(lines: Sequence[str], until: int) -> bool:
    """Whether a text is valid YAML at least until a line; what follows has faults of its own."""
    try:
        compose("\n".join(lines))
    except yaml.MarkedYAMLError as error:
        return error.problem_mark is not None and error.problem_mark.line > until
    except (TooDeep, yaml.YAMLError, ValueError, RecursionError):
        return False
    return True


def _escape(fault: _Fault) -> Syntax | None:
    r"""`"\ud800"` and `"\q"`: what stands behind the backslash is no character."""
    if "escape" not in fault.problem or not fault.context.startswith("while parsing a quoted"):
        return None
    start = fault.text.rfind("\\", 0, fault.column + 1)
    if start < 0:
        return None
    help = "Remove the escape; for a backslash that is meant, write \\\\ or single quotes around the value."
    return Syntax(message="this escape gives no character", line=fault.line, column=start, width=2, help=help)


def _document(fault: _Fault) -> Syntax | None:
    """A second document, or a directive for one: a file holds fields, and nothing else."""
    if "another document" in fault.problem:
        help = "Remove the line ---, or what comes after it."
        return Syntax(message="a second document begins here", line=fault.line, column=0, width=3, help=help)
    directive = next((number for number, line in enumerate(fault.lines) if line.startswith("%")), None)
    if directive is None or ("document" not in fault.problem and "directive" not in fault.problem + fault.context):
        return None
    message = "a line that begins with '%' is for programs that read YAML"
    width = len(fault.lines[directive].rstrip())
    return Syntax(message=message, line=directive, column=0, width=width, help="Remove the line.")


def _tab(fault: _Fault) -> Syntax | None:
    """Tabs become the spaces that make the text readable, where only one width does."""
    indent = _TABS.match(fault.text)
    if indent is None:
        return None
    column = indent[1].index("\t")
    told = Syntax(message="a tab cannot indent YAML", line=fault.line, column=column, help="Use spaces.")
    nested, flat = [_spaces(fault.lines, width) for width in (2, 4, 8)], _spaces(fault.lines, 0)
    ways = [way for way in nested if way is not None] or [way for way in (flat,) if way is not None]
    if not ways or any(way[1] != ways[0][1] for way in ways):
        return told
    edits = ways[0][0]
    spaces = len(next(edit.new for edit in edits if edit.line == fault.line))
    help = f"Indent it by {spaces} spaces." if spaces else "Begin the line at its left edge."
    return Syntax(
        message=told.message, line=told.line, column=column, help=help, what="indent with spaces", edits=edits
    )


def _spaces(lines: Sequence[str], width: int) -> tuple[tuple[Edit, ...], object] | None:
    """Every indenting tab as `width` spaces, and what the text then says; None where it cannot be read."""
    edits = tuple(
        Edit(number, 0, match[1], match[1].replace("\t", " " * width))
        for number, line in enumerate(lines)
        if (match := _TABS.match(line))
    )
    mended = [*lines]
    for edit in edits:
        mended[edit.line] = edit.new + mended[edit.line][len(edit.old) :]
    try:
        return edits, _said(compose("\n".join(mended)))
    except (TooDeep, yaml.YAMLError, ValueError, RecursionError):
        return None


def _said(node: yaml.Node | None) -> object:
    """What a document says, to be compared; None for an empty one."""
    if node is None:
        return None
    return yaml.serialize(node)


def _open_quote(fault: _Fault) -> Syntax | None:
    """A quote that ends nowhere, or at the next quote that was meant to open."""
    if fault.context.startswith("while scanning a quoted") and fault.opened:
        line = fault.opened[0]
    else:
        before = range(min(fault.line, len(fault.lines)) - 1, -1, -1)
        line = next((number for number in before if fault.lines[number].strip()), -1)
        while line > 0 and not _OPENED.match(fault.lines[line]) and fault.lines[line].startswith(" "):
            line -= 1
    opened = _OPENED.match(fault.lines[line]) if 0 <= line < len(fault.lines) else None
    if opened is None or _closed(fault.lines[line][opened.end() :], opened["quote"]):
        return None
    text, column = fault.lines[line].rstrip(), opened.start("quote")
    return Syntax(
        message=f"a quote is opened here and never closed: {opened['quote']}",
        line=line,
        column=column,
        width=len(text) - column,
        help=f"{text.strip()}{opened['quote']}",
    )


def _closed(rest: str, quote: str) -> bool:
    plain = rest.replace("''", "") if quote == "'" else re.sub(r"\\.", "", rest)
    return quote in plain


def _open_bracket(fault: _Fault) -> Syntax | None:
    if not fault.context.startswith("while parsing a flow") or fault.opened is None:
        return None
    line, column = fault.opened
    text = fault.lines[line].rstrip() if line < len(fault.lines) else ""
    bracket = text[column : column + 1]
    if bracket not in ("[", "{"):
        return None
    closing = "]" if bracket == "[" else "}"
    if fault.line == line and column < fault.column < len(text):
        message = f"a comma is missing before this, or a value between {bracket} and {closing} must be quoted"
        return Syntax(message=message, line=line, column=fault.column, help="Put the value in quotes.")
    return Syntax(
        message=f"a bracket is opened here and never closed: {bracket}",
        line=line,
        column=column,
        width=len(text) - column,
        help=f"{text.strip()}{closing}",
    )


def _stray_comma(fault: _Fault) -> Syntax | None:
    comma = re.compile(r",[ \t]*").match(fault.text, fault.column)
    if comma is None or not fault.context.startswith("while parsing a flow node"):
        return None
    mended = [*fault.lines]
    mended[fault.line] = fault.text[: comma.start()] + fault.text[comma.end() :]
    edits = (Edit(fault.line, fault.column, comma[0], ""),) if _readable(mended, fault.line) else ()
    return Syntax(
        message="nothing stands before this comma",
        line=fault.line,
        column=fault.column,
        help=mended[fault.line].strip(),
        what="remove it",
        edits=edits,
    )


def _no_space(fault: _Fault) -> Syntax | None:
    """`status:shipped` is no field; the reader stumbles over the line after it."""
    lines = [fault.opened[0]] if fault.opened and fault.context.startswith("while scanning a simple key") else []
    lines += [fault.line, fault.line - 1]
    for number in lines:
        line = fault.lines[number].rstrip() if 0 <= number < len(fault.lines) else ""
        if found := _NO_SPACE.fullmatch(line):
            column = len(line) - len(line.lstrip(" -"))
            help = f"{found['before'].strip()} {found['value']}"
            message = "a space is missing after the colon"
            return Syntax(message=message, line=number, column=column, width=len(line) - column, help=help)
    return None


def _sign(fault: _Fault) -> Syntax | None:
    """Signs that mean something to YAML, and nothing to an author who begins a value with them."""
    found = in_quotes(fault.text)
    if found is None or found[0][0] not in "@`%*&!-?>|" or fault.column < found[2]:
        return None
    return _quote(fault, f"a value that begins with '{found[0][0]}' must be quoted", fault.line)


def _colon(fault: _Fault) -> Syntax | None:
    found = in_quotes(fault.text)
    if "mapping values are not allowed" not in fault.problem or found is None or ":" not in found[0]:
        return None
    return _quote(fault, "a value with ': ' in it must be quoted", fault.line) if fault.column > found[2] else None


def _after_the_end(fault: _Fault) -> Syntax | None:
    """`[WIP] attention` and `"Fast" attention`: the value ended before its line did."""
    found = in_quotes(fault.text)
    if found is None or found[0][0] not in "[{\"'" or fault.column <= found[2]:
        return None
    return _quote(fault, f"a value that begins with {found[0][0]} and goes on after it must be quoted", fault.line)


def _indent(fault: _Fault) -> Syntax | None:
    """A line that is indented otherwise than the field above it."""
    text = fault.text
    above = next((line for line in reversed(fault.lines[: fault.line]) if line.strip()), "")
    if not text.strip() or not above:
        return None
    indent, wanted = len(text) - len(text.lstrip(" ")), len(above) - len(above.lstrip(" -"))
    if indent == wanted:
        return None
    message = f"this line is indented by {indent}, the field above it by {wanted}"
    return Syntax(
        message=message,
        line=fault.line,
        column=indent,
        width=len(text.strip()),
        help=f"Indent it by {wanted} where it belongs to the same group." if wanted else "Begin it at the left edge.",
    )
