"""Macros written out: an expression may be deeper by them, and leave more brackets open, than it looks."""

import re
from collections.abc import Mapping

from labfolio.markdown.brackets import without_comments
from labfolio.markdown.tex import InvalidMathematics

# The library writes out so many, and refuses an expression with more.
EXPANSIONS = 500
LONGEST_WRITTEN_OUT = 100_000

# The library's own, which may set an argument into brackets that close nothing for what is in it.
_PREDEFINED = {
    "bra": r"\langle #1 )",
    "ket": r"( #1 \rangle",
    "braket": r"\langle #1 \rangle",
    "set": r"\{ #1 \}",
    "pod": "( #1 )",
    "pmod": "( #1 )",
    "Bra": r"\left( #1 \right)",
    "Ket": r"\left( #1 \right)",
    "Braket": r"\left( #1 \right)",
    "Set": r"\left( #1 \right)",
}

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|.)", re.DOTALL)
_PLACE = re.compile(r"\\.|#([1-9])", re.DOTALL)
_SIGN = re.compile(r"\\(?:[A-Za-z]+|.)|\S", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def arguments(definition: str) -> int:
    """How many arguments a macro takes."""
    return max((int(one[1]) for one in _PLACE.finditer(definition) if one[1]), default=0)


def written_out(tex: str, macros: Mapping[str, str]) -> str:
    """The expression without comments and with its macros written out.

    Raises InvalidMathematics where it, or all arguments on the way to it, become longer than `LONGEST_WRITTEN_OUT`.
    """
    tex, at, left, read = without_comments(tex), 0, EXPANSIONS, 0
    while left and (command := _COMMAND.search(tex, at)):
        name = command[1] or command[0][1:]
        known = macros if name in macros else _PREDEFINED
        if name not in known:
            at = command.end()
            continue
        definition, end, given = without_comments(known[name]), command.end(), []
        for _ in range(arguments(definition)):
            argument, end = _argument(tex, end)
            given.append(argument)
        read += end - command.end()
        # A space ends a command that a letter comes to stand behind.
        tex = f"{tex[: command.start()]}{_filled(definition, given)} {tex[end:]}"
        at, left = command.start(), left - (known is macros)
        if max(len(tex), read) > LONGEST_WRITTEN_OUT:
            message = f"an expression of more than {LONGEST_WRITTEN_OUT:,} characters, its macros written out"
            raise InvalidMathematics(message, help="Write several expressions.", rule="too-large")
    return tex


def _argument(tex: str, start: int) -> tuple[str, int]:
    """The next argument, a sign or what stands in braces, and where it ends; at the end of the text an empty one."""
    first = _SIGN.search(tex, start)
    if first is None or first[0] != "{":
        return (first[0], first.end()) if first else ("", len(tex))
    depth = 0
    for brace in _BRACE.finditer(tex, first.start()):
        depth += (brace[0] == "{") - (brace[0] == "}")
        if depth == 0:
            return tex[first.end() : brace.start()], brace.end()
    return tex[first.end() :], len(tex)


def _filled(definition: str, given: list[str]) -> str:
    """The definition with its arguments; one that is empty is still one to the command before it."""
    return _PLACE.sub(lambda place: f"{given[int(place[1]) - 1] or '{}'} " if place[1] else place[0], definition)
