"""The brackets of an expression that nothing closes, as the library sees them that converts it."""

import re
from dataclasses import dataclass


def _commands(names: str) -> frozenset[str]:
    return frozenset(f"\\{name}" for name in names.split())


_COMMENT = re.compile(r"(\\.)|%[^\n]*", re.DOTALL)
# The delimiter that follows a size is no bracket of its own.
_TOKEN = re.compile(
    r"(\\(?:left|right|middle|[bB]igg?[lmr]?)(?![A-Za-z]))\s*(?:\\[A-Za-z]+|\\.|\S)?|\\[A-Za-z]+\*?|\\.|\S", re.DOTALL
)

_OPENING = frozenset("([⌈⌊⌜⌞⎰❲⟅⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦍⦏⦑⦓⦕⦗⧘⧚⧼") | _commands("""
{ lAngle lBrace lVert lang langle lbrace lbrack lceil lfloor lgroup llangle llbracket llcorner llparenthesis lmoustache
lparen lvert ulcorner bigl Bigl biggl Biggl""")
_CLOSING = frozenset(")]⌉⌋⌝⌟⎱❳⟆⟧⟩⟫⟭⟯⦄⦆⦈⦊⦌⦎⦐⦒⦔⦖⦘⧙⧛⧽") | _commands("""
} lrcorner rAngle rBrace rVert rang rangle rbrace rbrack rceil rfloor rgroup rmoustache rparen rrangle rrbracket
rrparenthesis rvert urcorner bigr Bigr biggr Biggr""")
_BEGINS, _ENDS = {"{"} | _commands("left begin begingroup"), {"}"} | _commands("right end endgroup")
# What follows one of these stands in a group of its own, to the end of the group that it is in.
_DIVIDES = _commands("atop brace brack choose displaystyle over scriptscriptstyle scriptstyle textstyle")
_OF_ONE = _commands("""
Bbb Overrightarrow acute angl bar bcancel bm bold boldsymbol boxed breve cancel check cramped ddddot dddot ddot dot
emph fbox frak grave hat hphantom hspace mathbb mathbf mathbin mathcal mathclose mathfrak mathinner mathit mathop
mathopen mathord mathpunct mathrel mathring mathrm mathscr mathsf mathtt mspace not operatorname
operatornamewithlimits overbrace overbracket overgroup overleftarrow overleftharpoon overleftrightarrow overline
overparen overrightarrow overrightharpoon phantom phase slashed sqrt symbf tag text textbf textit textrm textsc textsf
texttt tilde underbar underbrace underbracket undergroup underleftarrow underleftrightarrow underline underparen
underrightarrow vec vertoverlay vphantom widehat xLeftarrow xLeftrightarrow xRightarrow xcancel xhookleftarrow
xhookrightarrow xleftarrow xleftharpoondown xleftharpoonup xleftrightarrow xleftrightharpoons xlongequal xmapsto
xrightarrow xrightharpoondown xrightharpoonup xrightleftharpoons xtofrom xtwoheadleftarrow xtwoheadrightarrow""")
_OF_TWO = _commands("binom cfrac dbinom dfrac frac overset raisebox sideset stackrel tbinom tfrac underset")
# How many arguments a command takes; what stands there is no sign of the row that it is in.
_TAKES = {
    **dict.fromkeys({"^", "_"} | _OF_ONE, 1),
    **dict.fromkeys(_OF_TWO, 2),
    "\\prescript": 3,
    "\\mathchoice": 4,
    "\\genfrac": 6,
}


def without_comments(tex: str) -> str:
    """The expression with a space for each character of its comments, so that all else keeps its place."""
    return _COMMENT.sub(lambda one: one[1] or " " * len(one[0]), tex)


def never_closed(tex: str) -> int:
    """How many opening brackets of an expression without comments have no closing one, of whatever form, in the same
    group; what is the argument of a command closes none.
    """
    groups, total, option = [_Group()], 0, False
    for token in _TOKEN.finditer(tex):
        name, group = token[1] or token[0].rstrip("*") or "*", groups[-1]
        if name in _ENDS or (name == "]" and group.optional):
            if len(groups) > 1:
                groups.pop()
                total += group.opened + (group.optional and name != "]")
        elif name == "[" and option:
            groups.append(_Group(optional=True))
        else:
            total += group.take(name)
            if name in _BEGINS:
                groups.append(_Group())
        option = name in _TAKES
    return total + sum(group.opened + group.optional for group in groups)


@dataclass(slots=True)
class _Group:
    """A group: its open brackets, how many arguments its last command still wants, whether it is an optional one."""

    opened: int = 0
    wanted: int = 0
    optional: bool = False

    def take(self, name: str) -> int:
        """Reads a token; how many brackets cannot be closed any more after it."""
        argument = self.wanted > 0
        self.wanted += _TAKES.get(name, 0) - argument
        if name in _OPENING:
            self.opened += 1
        elif name in _CLOSING and self.opened and not argument:
            self.opened -= 1
        if name not in _DIVIDES:
            return 0
        left, self.opened = self.opened, 0
        return left
