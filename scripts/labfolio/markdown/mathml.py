"""TeX expressions as MathML (Core), with nothing in it that a page does not allow.

One library converts; it writes inline styles for what has no attribute in MathML Core, which become classes here
(`mathematics.css` declares them), since a page takes no inline styles.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown.util import AtomicString

from labfolio.markdown.brackets import without_comments
from labfolio.markdown.macros import EXPANSIONS, arguments, written_out
from labfolio.markdown.tex import NO_SIGN, UNSEEN, InvalidMathematics, check_bounds, prepare
from labfolio.model.spelling import closest

if TYPE_CHECKING:
    from math_core import LatexToMathML

Macros = Mapping[str, str]

# A page of such expressions would still be read by a browser; more is a bomb of commands that write commands.
_LARGEST = 500_000
_LONGEST_MACRO = 1000
# Commands of well-known packages that the library lacks, said with those that it has.
_PACKAGED = {
    "colon": r"\mathpunct{:}",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "mathds": r"\mathbb{#1}",
    "mathbbm": r"\mathbb{#1}",
    "mathnormal": r"{#1}",
    "mbox": r"\text{#1}",
    "pmb": r"\boldsymbol{#1}",
}
# The dictionary of pylatexenc lacks these of amsmath and the like.
_MORE = """
argmax argmin begin big Big bigg Bigg binom bm boldsymbol cancel cfrac coloneqq dbinom dfrac end geqslant iff implies
left leqslant limits lVert mathscr middle mod operatorname overbrace overset pmod Pr right rVert stackrel tag tbinom
tfrac underbrace underset varnothing xleftarrow xrightarrow"""
_ENVIRONMENTS = """
align align* aligned array Bmatrix bmatrix cases dcases equation equation* gather gather* gathered matrix multline
multline* pmatrix rcases smallmatrix split subarray vmatrix Vmatrix"""
_ENTITIES = {"&ApplyFunction;": "\N{FUNCTION APPLICATION}", "&InvisibleTimes;": "\N{INVISIBLE TIMES}"}
_CLASSES = {
    "text-align: left": "tex-left",
    "text-align: right": "tex-right",
    "padding-left: 0": "tex-flush-left",
    "padding-left:0": "tex-flush-left",
    "padding-right: 0": "tex-flush-right",
    "padding-left:1em": "tex-apart",
    "padding-right:0.1667em": "tex-close",
    "padding-top: 0.1667em": "tex-below",
    "padding-top: 0": "tex-flat",
    "padding-left: 0.1em": "tex-narrow",
    "width: 100%": "tex-whole",
    "width: 50%": "tex-side",
    "width: 7.5%": "tex-side",
    "math-shift:compact": "tex-cramped",
    "margin-left:-0.16666667em": "tex-back",
    "margin-left:-0.22222222em": "tex-back",
    "margin-left:-0.2777778em": "tex-back",
}
_BORDER = re.compile(r"border-(top|right|bottom|left): 0\.05em (solid|dashed) currentcolor")
_DECLARE = "Say it with what is known, or declare a command under 'macros' in program.yml."
_HELPS = (
    ("Math mode within text", "End the text before the formula: \\text{if } x > 0."),
    ("in a table-like environment", "Write \\& for the sign itself, or rows in \\begin{aligned} ... \\end{aligned}."),
    ("\\limits", "Leave \\limits out; limits of \\operatorname*{...} and \\mathop{...} stand below in a display."),
    ("Expected closing token", "Close it, or remove the opening sign."),
    ("Unmatched closing token", "Remove it, or write the opening sign."),
    ("Duplicate subscript", "Put braces around what the second sign belongs to: {x^a}^b."),
    ("directly followed by", "Put braces around what the second sign belongs to: {x^a}^b."),
    ("text from the given macro", "Write \\mathop{...} for an operator that is no plain name."),
    ("Too many expansions", "Let no command of 'macros' write itself."),
    ("reached end of input", "Write what the command is to be put on, in braces."),
)


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression as an element `math`, and the text of its `\\tag`, empty without one."""

    math: etree.Element
    tag: str


def formula(tex: str, *, display: bool, macros: Macros, value: Callable[[str, str], str]) -> Formula:
    """The expression as MathML; `value` answers `{{ r.name }}` in it.

    Raises InvalidMathematics with the place of what the library refuses, or of what is too long or too deep.
    """
    from math_core import LatexError

    prepared = prepare(tex, display=display, value=value)
    known = tuple(sorted(macros.items()))
    _check_written_out(prepared.text, _usable(known))
    converter = _converter(known)
    try:
        made = converter.convert_with_local_state(prepared.text, displaystyle=display)
    except LatexError as error:
        raise _explained(error, tex, prepared.origin, converter, macros) from None
    if len(made) > _LARGEST:
        raise InvalidMathematics("an expression that becomes too large", 0, rule="too-large")
    for name, sign in _ENTITIES.items():
        made = made.replace(name, sign)
    try:
        math = etree.fromstring(made)
    except etree.ParseError:
        raise InvalidMathematics("an expression that cannot be set", 0, help="Say it with other commands.") from None
    for element in math.iter():
        _tidy(element)
    math.set("data-tex", " ".join(prepared.source.split()))
    # Letters one by one are no words to search for.
    math.set("data-pagefind-ignore", "")
    return Formula(math, prepared.tag)


@lru_cache(maxsize=8)
def _converter(macros: tuple[tuple[str, str], ...]) -> "LatexToMathML":
    """The library with a site's macros."""
    from math_core import LatexToMathML

    return LatexToMathML(macros=_usable(macros), fancy_error=False, max_expansions=EXPANSIONS)


@lru_cache(maxsize=8)
def _usable(macros: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """All macros; one of a site's that cannot be used is empty here, and told where it is declared."""
    bad = unsound(macros)
    return {**_PACKAGED, **{name: "" if name in bad else tex for name, tex in macros}}


def _check_written_out(tex: str, macros: Macros) -> None:
    """Raises InvalidMathematics where an expression becomes more by its macros than the library takes."""
    if (written := written_out(tex, macros)) == without_comments(tex):
        return
    try:
        check_bounds(written)
    except InvalidMathematics as error:
        raise InvalidMathematics(f"{error}, its macros written out", help=error.help, rule=error.rule) from None


def _tidy(element: etree.Element) -> None:
    """Styles as classes; texts that nothing else of Markdown takes for markup."""
    names = [_class(one.strip()) for one in element.attrib.pop("style", "").split(";")]
    if notation := element.attrib.pop("notation", ""):
        names.append(f"tex-{notation}")
    if element.tag == "menclose":
        element.tag = "mrow"
    names.insert(0, element.attrib.pop("class", ""))
    if kept := " ".join(dict.fromkeys(name for name in names if name)):
        element.set("class", kept)
    # A line over or under; the library's combining sign would be drawn beside its place, as an accent through the base.
    if element.tag in ("mover", "munder") and element[-1].text == "\N{COMBINING LOW LINE}":
        element[-1].text = "_"
        element.attrib.pop("accent", None)
    if element.text:
        element.text = AtomicString(element.text)
    if element.tail:
        element.tail = AtomicString(element.tail)


def _class(declaration: str) -> str:
    """The class for a declaration of the library's, or an empty text for one that is left out."""
    if border := _BORDER.fullmatch(declaration):
        return f"tex-line-{border[1]}" + (" tex-dashed" if border[2] == "dashed" else "")
    return _CLASSES.get(declaration, "")


def _explained(
    error: Exception, tex: str, origin: Callable[[int], int], converter: "LatexToMathML", own: Iterable[str]
) -> InvalidMathematics:
    """The library's error as an author's: where it is in what was written, what was meant, the mend."""
    message, found = _said(error), re.match(r"\d+", str(error))
    offset = min(origin(int(found[0])) if found else 0, max(len(tex.rstrip()) - 1, 0))
    named = re.search(r"^unknown (command|environment) '\\?(.*)'", message)
    if not named:
        help = next((help for words, help in _HELPS if words in str(error)), "")
        return InvalidMathematics(message, offset, 1, help)
    sign = "\\" if named[1] == "command" else ""
    known = (*own, *_commands(converter)) if sign else tuple(_ENVIRONMENTS.split())
    meant = _meant(named[2], known) if len(named[2]) > 1 else ""
    hint = f"; did you mean '{sign}{meant}'?" if meant else ""
    help = f"Write {sign}{meant} in the place of {sign}{named[2]}." if meant else _DECLARE
    # An environment's place is that of its brace, and a letter without one can be its name too.
    braced = not sign and tex[offset : offset + 1] == "{"
    return InvalidMathematics(f"{message}{hint}", offset + braced, len(sign + named[2]), help)


_meant = lru_cache(maxsize=256)(closest)


@lru_cache(maxsize=8)
def _commands(converter: "LatexToMathML") -> tuple[str, ...]:
    """The commands by name of which the library knows; asked for only once something was refused."""
    from math_core import LatexError
    from pylatexenc.latex2text import get_default_latex_context_db

    names = {one.macroname for one in get_default_latex_context_db().iter_macro_specs()} | {*_MORE.split(), *_PACKAGED}
    known = []
    # Of two that differ in a capital alone, the small letter is meant more often.
    for name in sorted((name for name in names if name.isalpha()), key=lambda name: (name.lower(), name.swapcase())):
        try:
            converter.convert_with_local_state(f"\\{name}", displaystyle=True)
        except LatexError as error:
            if "Unknown command" in str(error):
                continue
        known.append(name)
    return tuple(known)


@lru_cache(maxsize=8)
def unsound(macros: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """What is wrong with each macro that cannot be used, by its name."""
    from math_core import LatexError, LatexToMathML

    found: dict[str, str] = {}
    rest = {**_PACKAGED, **dict(macros)}
    for _ in range(len(rest)):
        try:
            converter = LatexToMathML(macros=rest, fancy_error=False, max_expansions=EXPANSIONS)
        except LatexError as error:
            place = re.match(r"macro(\d+):\d+: ", str(error))
            name = list(rest)[int(place[1])] if place else next(iter(rest))
            found[name], rest[name] = _said(error), ""
            continue
        misused = {name: _misused(name, tex, converter, rest) for name, tex in macros if name not in found}
        return found | {name: problem for name, problem in misused.items() if problem}
    return found


def _misused(name: str, tex: str, converter: "LatexToMathML", macros: Macros) -> str:
    """What the library says of a macro with something for each of its arguments; empty where it can be used.

    It may hold what only stands after an operator or in rows, such as `\\limits` or `&=`.
    """
    from math_core import LatexError

    if len(tex) > _LONGEST_MACRO:
        return f"a macro of {len(tex)} characters; the most are {_LONGEST_MACRO}"
    if UNSEEN.search(tex):
        return NO_SIGN
    use, problem = f"\\{name}" + "{x}" * arguments(tex), ""
    try:
        _check_written_out(use, macros)
    except InvalidMathematics as error:
        return str(error)
    for place in ("%s", "\\sum %s", "\\begin{aligned}%s\\end{aligned}"):
        try:
            converter.convert_with_local_state(place % use, displaystyle=True)
        except LatexError as error:
            problem = problem or _said(error)
            continue
        return ""
    return problem


def _said(error: Exception) -> str:
    """The library's sentence without the place, as the end of a sentence."""
    said = re.sub(r"^(?:macro\d+:)?\d+: ", "", str(error))
    return (said[:1].lower() + re.sub(r"(?<!\.)\.$", "", said[1:])).replace('"', "'")
