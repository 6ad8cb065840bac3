"""Words and numbers as readers see them, in one language and without a locale."""

from collections.abc import Iterable
from datetime import date

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day_text(moment: date) -> str:
    """`20 Nov 2026`."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def month_text(moment: date) -> str:
    """`November 2026`."""
    return f"{_MONTH_NAMES[moment.month - 1]} {moment.year}"


def number(value: float, digits: int = 4) -> str:
    """A number to `digits` significant digits, with a real minus; scientific only far from 1."""
    text = f"{value:.{digits}g}"
    if "e" in text and 1e-4 <= abs(value) < 1e6:
        text = f"{float(text):.0f}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "\u2212")


def rounded(value: float, error: float) -> str:
    """A value to the decimal place of the second digit of its error; as it is where there is no error."""
    if not error > 0:
        return number(value)
    places = max(0, 1 - int(f"{error:e}".partition("e")[2]))
    return f"{value:.{min(places, 12)}f}".replace("-", "\u2212")


def plural(count: int, noun: str) -> str:
    """`1 entry`, `2 entries`, `3 builds`."""
    if count == 1:
        return f"1 {noun}"
    ies = noun.endswith("y") and noun[-2:-1] not in "aeiou"
    return f"{count} {noun[:-1]}ies" if ies else f"{count} {noun}s"


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    given = list(words)
    return " and ".join([", ".join(given[:-1]), given[-1]]) if len(given) > 1 else "".join(given)


def signed(text: str) -> str:
    """A number as a difference: with a plus where it is not negative and not zero."""
    return text if text.startswith("\u2212") or not text.strip("0.") else f"+{text}"


def sentence(words: str) -> str:
    """Words with a capital and a full stop."""
    return words[:1].upper() + words[1:] + "."


def duration(seconds: float) -> str:
    """`41 s`, `12 min`, `3.5 h`."""
    if seconds < 120:
        return f"{number(seconds, 3)} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{number(seconds / 3600, 3)} h"


def amount(value: float) -> str:
    """A count or a number of hours: whole where it is, else with one decimal (two below 1)."""
    if value == int(value):
        return str(int(value))
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"
