"""The LaTeX that bibliographies commonly hold, as plain words."""

import logging
import re
from functools import cache, lru_cache
from typing import Any

# No title or name is longer; what is takes the library that reads LaTeX as long as it likes.
_LONGEST, _DEEPEST = 10_000, 50
# A bracket after a command that nothing closes is read twice, with all brackets behind it: each one doubles the time.
_BRACKETS = 8


@lru_cache(maxsize=2048)  # venues and authors come again
def plain_latex(value: str) -> str:
    """A value on one line without braces, accents and signs as letters; dashes are set, hard spaces are spaces."""
    # Braces that are still there after a reading are letters of the text.
    value = _read(value) if _holds_latex(value) else _without_braces(value)
    return " ".join(value.replace("--", "–").split())


def _without_braces(value: str) -> str:
    return value.replace("{", "").replace("}", "").replace("~", " ")


def _read(value: str) -> str:
    """LaTeX as words, or as it is written where a command lacks what it is put on."""
    try:
        return str(_reader().latex_to_text(value))
    except Exception:  # the library raises whatever its replacements do: KeyError, ValueError, TypeError
        return _without_braces(value)


@cache
def _reader() -> Any:
    """The reader, made once and only where some value holds LaTeX: that takes as long as reading ten values."""
    from pylatexenc.latex2text import (
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    logging.getLogger("pylatexenc").addHandler(logging.NullHandler())  # it would print what it cannot replace
    known = get_default_latex_context_db()
    # The sign itself, where the library writes the accent that stands alone.
    known.add_context_category("signs", prepend=True, macros=[MacroTextSpec("textasciicircum", "^")])
    return LatexNodes2Text(latex_context=known)


def _holds_latex(value: str) -> bool:
    """Whether there is something to read, and it can be read in time."""
    if "\\" not in value and "$" not in value:
        return False
    return len(value) <= _LONGEST and _depth(value) <= _DEEPEST and value.count("[") <= _BRACKETS


def _depth(value: str) -> int:
    deepest = depth = 0
    for sign in re.findall(r"[{}]", value):
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
    return deepest
