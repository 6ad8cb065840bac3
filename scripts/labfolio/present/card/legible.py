"""Text in the characters that a face has, with its meaning kept."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby

# Longer texts are never drawn whole.
_LONGEST = 600
# What stands for a character that a face lacks; what is not here is taken apart as Unicode says.
_STAND_INS = {
    "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⟶": "->", "↦": "->", "⇔": "<=>",
    "≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=", "≠": "!=", "≈": "~", "≃": "~", "∼": "~", "≪": "<<", "≫": ">>",
    "∞": "infinity", "√": "sqrt ", "∈": " in ", "∑": "sum ", "∂": "d", "∇": "grad ", "⋅": "·", "∙": "·", "∗": "*",
    "∣": "|", "‖": "||", "∆": "Delta ", "‰": " per mille",
    "⟨": "<", "⟩": ">", "♯": "#", "−": "-", "μ": "µ", "‐": "-", "‑": "-", "―": "—",
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "‹": "<", "›": ">", "–": "-", "—": "-", "…": "...",
    "′": "'", "″": '"', "⁄": "/", "∕": "/", "•": "·", "·": "-",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ŧ": "t", "ŋ": "n", "ə": "e", "ẞ": "SS", "ı": "i",
    "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ß": "ss", "×": "x", "°": " degrees", "±": "+/-",
}  # fmt: skip
_GREEK = re.compile(r"GREEK (SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)$")
_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC")
# Pictures, brackets and quotes may go; letters, numbers, relations, currencies and other signs may not.
_LEFT_OUT = ("So", "Sk", "Ps", "Pe", "Pi", "Pf", "Pc")
# The combining class of strokes.
_OVERLAY = 1
_SPACED = re.compile(r" +")
# Spaces that hold a number and its unit together.
_HOLDING = "\u00a0\u202f\u2007"
# What stands where a picture was, until it is known what follows.
_GAP = "\0"
_BEFORE_SIGN = re.compile(r"[\s\0]*\0[\s\0]*(?=[,.;:!?])")

Has = Callable[[str], bool]


def legible(text: str, has: Has) -> str | None:
    """The text on one line, in spaces and what `has` accepts; None where a letter, number or sign would be lost.

    Emoji and other pictures are left out where something legible remains. Scripts that are written from right to left
    or need their letters joined give None, whatever the face has, since glyphs are set one after the other.
    """
    text = text[:_LONGEST]
    if text.isascii() and text.isprintable() and all(map(has, set(text) - {" "})):
        return _SPACED.sub(" ", text).strip() if any(map(str.isalnum, text)) else None
    given = unicodedata.normalize("NFC", text)
    made: list[str] = []
    for raised, group in groupby(given, _is_raised):
        run = "".join(group)
        if raised and not all(map(has, run)):
            run = "^" + unicodedata.normalize("NFKD", run)
        for at, character in enumerate(run):
            before = run[at - 1] if at else made[-1][-1:] if made else ""
            part = _printed(character, before, run[at + 1 : at + 2], has)
            if part is None:
                return None
            made.append(part)
    found = _SPACED.sub(" ", _BEFORE_SIGN.sub("", "".join(made)).replace(_GAP, " ")).strip()
    return found if any(map(str.isalnum, found)) else None


def _is_raised(character: str) -> bool:
    return unicodedata.decomposition(character).startswith("<super>")


def _printed(character: str, before: str, after: str, has: Has) -> str | None:
    """What stands for one character between its neighbours; None where nothing can."""
    category = unicodedata.category(character)
    if character.isspace():
        return "\u00a0" if character in _HOLDING else " "
    if category.startswith("C"):
        return ""
    if category.startswith("M"):
        return _accent(character, before)
    if unicodedata.bidirectional(character) in ("R", "AL", "AN"):
        return None
    for candidate in _stand_ins(character, category, before, after):
        if all(one == " " or has(one) for one in candidate):
            return candidate
    return _GAP if category in _LEFT_OUT else None


def _accent(character: str, before: str) -> str | None:
    """A mark on a letter that has no place for it is left out; one that strikes through says the opposite."""
    if unicodedata.combining(character) == _OVERLAY:
        return None
    return "" if not before.isalpha() or unicodedata.name(before, "").startswith(_ALPHABETS) else None


def _stand_ins(character: str, category: str, before: str, after: str) -> Iterable[str]:
    """The character itself, then what may stand for it, the best first."""
    yield character
    if character in _STAND_INS:
        yield _STAND_INS[character]
        yield "".join(_STAND_INS.get(one, one) for one in _STAND_INS[character])
    if category == "Pd":
        yield "-"
    apart = unicodedata.normalize("NFKD", character)
    plain = "".join(one for one in apart if not unicodedata.combining(one))
    # Without its stroke, a relation says the opposite.
    if plain and plain != character and (category != "Sm" or plain == apart):
        divider = _divider(character, category, before)
        yield divider + plain
        yield divider + "".join(_STAND_INS.get(one, one) for one in plain)
    greek = _GREEK.match(unicodedata.name(plain[:1], ""))
    if greek and not any("GREEK" in unicodedata.name(one, "") for one in (before, after) if one):
        name = greek[2].replace("LAMDA", "LAMBDA")
        name = name.lower() if greek[1] == "SMALL" else name.capitalize()
        yield (" " if before.isalnum() else "") + name + (" " if after.isalpha() else "")


def _divider(character: str, category: str, before: str) -> str:
    """What keeps a number apart from the one before it: `10` base 2 is not 102, nor 1 and a third 11/3."""
    if unicodedata.decomposition(character).startswith("<sub>"):
        return "_" if before.isdecimal() else ""
    return " " if category == "No" and before.isdigit() else ""
