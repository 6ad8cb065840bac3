"""The addresses that a site had: templates with `:words` in them, as Jekyll and Hugo write them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class UnknownWord(Exception):
    """A template has a word that is not known; the message is the word."""


def filled(template: str, words: Mapping[str, str]) -> str:
    """The address of a template, with single slashes. Raises UnknownWord."""

    def word(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise UnknownWord(match[0])
        return words[match[1]]

    return re.sub(r"/{2,}", "/", "/" + re.sub(r":([a-z_]+)", word, template))


def jekyll_words(day: date) -> dict[str, str]:
    """The words of a day in a permalink of Jekyll (jekyllrb.com/docs/permalinks, placeholders)."""
    year, week, weekday = day.isocalendar()
    return {
        "year": f"{day.year:04}",
        "short_year": f"{day.year % 100:02}",
        "month": f"{day.month:02}",
        "i_month": f"{day.month}",
        "short_month": _MONTHS[day.month - 1][:3],
        "long_month": _MONTHS[day.month - 1],
        "day": f"{day.day:02}",
        "i_day": f"{day.day}",
        "y_day": f"{day.timetuple().tm_yday:03}",
        "w_year": f"{year}",
        "week": f"{week:02}",
        "w_day": f"{weekday}",
        "short_day": _DAYS[day.weekday()][:3],
        "long_day": _DAYS[day.weekday()],
    }


def hugo_words(day: date) -> dict[str, str]:
    """The words of a day in a permalink of Hugo (gohugo.io/configuration/permalinks, tokens)."""
    return {
        "year": f"{day.year:04}",
        "month": f"{day.month:02}",
        "monthname": _MONTHS[day.month - 1].lower(),
        "day": f"{day.day:02}",
        "weekday": f"{(day.weekday() + 1) % 7}",
        "weekdayname": _DAYS[day.weekday()].lower(),
        "yearday": f"{day.timetuple().tm_yday}",
    }


def hyphenated(words: str) -> str:
    """Words as Jekyll and Hugo put them into addresses: small letters of any alphabet, digits and hyphens."""
    kept = "".join(
        one if one.isalnum() or one in "-_. " else " " for one in unicodedata.normalize("NFC", words.lower())
    )
    return re.sub(r"[\s-]+", "-", kept).strip("-.")


def page_key(url: str) -> str:
    """What two addresses of one page have in common: no index file, no `.html`, no slash at the end."""
    path = re.sub(r"(?:/|^)index\.html?$", "", url.strip("/"))
    return re.sub(r"\.html?$", "", path).strip("/").casefold()
