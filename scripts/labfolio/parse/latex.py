"""The LaTeX that bibliographies commonly hold, as plain words."""

import re
from functools import cache, lru_cache
from typing import Any

# No title or name is longer; what is takes the library that reads LaTeX as long as it likes.
_LONGEST, _DEEPEST = 10_000, 50


@lru_cache(maxsize=2048)  # venues and authors come again
def plain_latex(value: str) -> str:
    """A value on one line without braces, accents and signs as letters; dashes are set, hard spaces are spaces."""
    if ("\\" in value or "$" in value) and len(value) <= _LONGEST and _depth(value) <= _DEEPEST:
        # Braces that are still there afterwards are letters of the text.
        value = _reader().latex_to_text(value)
    else:
        value = value.replace("{", "").replace("}", "").replace("~", " ")
    return " ".join(value.replace("--", "–").split())


@cache
def _reader() -> Any:
    """The reader, made once and only where some value holds LaTeX: that takes as long as reading ten values."""
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

    return LatexNodes2Text()


def _depth(value: str) -> int:
    deepest = depth = 0
    for sign in re.findall(r"[{}]", value):
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
    return deepest
