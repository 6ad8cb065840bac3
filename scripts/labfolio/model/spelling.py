"""Names that are nearly right: which known one was meant, as a guess for the author or as a certainty for a fix."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

# Likeness as difflib counts it. One letter wrong in six gives 0.83 to 0.92, two names of a subject often 0.7.
_GUESS = 0.7
_CERTAIN = 0.84
_APART = 0.1


def _plain(text: str) -> str:
    """Without capitals and separators: `At_Least` and `at-least` are one."""
    return re.sub(r"[\W_]", "", text.casefold())


def closest(word: str, known: Iterable[str]) -> str:
    """The known name that `word` most likely stands for, or an empty text.

    A name that is alike comes first, else the only one that the word abbreviates: `rahimi07`, `sketch`.
    """
    by_plain: dict[str, str] = {}
    for name in known:
        by_plain.setdefault(_plain(name), name)
    plain = _plain(word)
    if close := get_close_matches(plain, list(by_plain), n=1, cutoff=_GUESS):
        return by_plain[close[0]]
    longer = [name for key, name in by_plain.items() if _abbreviates(plain, key)]
    return longer[0] if len(longer) == 1 else ""


def _abbreviates(short: str, name: str) -> bool:
    """Whether a name begins as `short` does and holds the rest of its letters in their order."""
    letters = iter(name)
    return len(short) > 2 and name.startswith(short[:3]) and all(letter in letters for letter in short)


def certain(word: str, known: Iterable[str]) -> str:
    """The one known name that differs from `word` by a slip of the pen, or an empty text where two might be meant."""
    plain = _plain(word)
    likeness = sorted(((_likeness(plain, _plain(name)), name) for name in dict.fromkeys(known)), reverse=True)
    if not likeness or likeness[0][0] < _CERTAIN:
        return ""
    second = likeness[1][0] if len(likeness) > 1 else 0.0
    return likeness[0][1] if likeness[0][0] - second >= _APART else ""


def _likeness(word: str, name: str) -> float:
    """From 0 to 1. Two letters that changed places count as one slip, as they do for whoever typed them."""
    wrong = [index for index, pair in enumerate(zip(word, name, strict=False)) if pair[0] != pair[1]]
    if len(word) == len(name) > 3 and len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(word) == sorted(name):
        return 1 - 0.5 / len(word)
    return SequenceMatcher(None, word, name).ratio()


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a sentence, "; did you mean 'x'?", or an empty text."""
    close = closest(word, known)
    return f"; did you mean '{close}'?" if close else ""
