"""What an author meant by a value that does not fit: the mend in words, and as a fix where only one is possible."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from pydantic import ValidationError

from labfolio.model.entry import Keys
from labfolio.model.fix import Edit, Fix
from labfolio.model.source import Position
from labfolio.model.spelling import certain, closest

# Words that authors write for one of a field's values -> the value.
_WORDS = {
    "done": "shipped",
    "finished": "shipped",
    "published": "shipped",
    "complete": "shipped",
    "wip": "building",
    "started": "building",
    "in-progress": "building",
    "todo": "planned",
    "dropped": "abandoned",
    "failed": "abandoned",
    ">=": "at-least",
    "<=": "at-most",
    "=": "equals",
    "==": "equals",
}

# Names that other generators give to a field -> its name here.
_FIELDS = {
    "description": "summary",
    "excerpt": "summary",
    "abstract": "summary",
    "categories": "tags",
    "keywords": "tags",
    "topics": "tags",
    "lastmod": "updated",
    "modified": "updated",
    "published": "date",
    "repo": "repository",
    "github": "repository",
    "reason": "why",
    "state": "status",
}

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi: ?)(10\.\d{4,9}/\S+)", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")
_COMMA = re.compile(r"[+-]?\d+,\d+%?")


def meant_field(name: str, known: Iterable[str]) -> str:
    """The field that a name most likely stands for, or an empty text."""
    fields = tuple(known)
    other = _FIELDS.get(name.lower(), "")
    return certain(name, fields) or (other if other in fields else "") or closest(name, fields)


def meant_word(word: str, allowed: Iterable[str]) -> tuple[str, bool]:
    """The allowed word that was meant, and whether that is certain."""
    words = tuple(allowed)
    other = _WORDS.get(word.lower(), "")
    sure = (other if other in words else "") or certain(word, words)
    return sure or closest(word, words), bool(sure)


def meant_day(text: str) -> tuple[str, bool]:
    """The day that a date in another notation stands for. Day and month are told apart only where one is over 12."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = match.groups()
    elif match := _DAY_AND_MONTH.fullmatch(text):
        day, month, year = match.groups()
        if int(month) > 12:
            day, month = month, day
        elif int(day) <= 12 and day != month:
            return "", False
    else:
        return "", False
    try:
        return date(int(year), int(month), int(day)).isoformat(), True
    except ValueError:
        return "", False


def meant_value(kind: str, value: str, allowed: Iterable[str] = ()) -> tuple[str, bool]:
    """The value that was meant where pydantic reports an error of a kind, and whether that is certain."""
    match kind:
        case "literal_error":
            return meant_word(value, allowed)
        case "date":
            return meant_day(value)
        case "string_pattern_mismatch" if found := _DOI.fullmatch(value):
            return found[1], True
        case "address" if _HOST.fullmatch(value):
            return f"https://{value}", False
        case "zone":
            return closest(value, sorted(available_timezones())), False
        case "number" if _COMMA.fullmatch(value):
            return value.replace(",", "."), False
        case "topics":
            return f"[{', '.join(part for one in value.split(',') if (part := one.strip()))}]", False
        case "site_path":
            path = re.sub(r"^(https?://[^/]+)?[./]*/", "", value).strip("/")
            usable = path and len(path) < 200 and not re.search(r"[?#:%\\~]|(^|/)\.|[\x00-\x20]", path)
            return (f"{path}/", False) if usable else ("", False)
    return "", False


def replaced(text: str, place: Position, old: str, new: str) -> Fix | None:
    """`new` for `old` at a place of a text, quotes around it kept; None where `old` is not written there as it is."""
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    written = line[place.column - 1 : place.column - 1 + place.width]
    for quote in ("", '"', "'"):
        if old and written == f"{quote}{old}{quote}":
            return Fix(f"write '{new}'", (Edit(place.line, place.column + len(quote), old, new),))
    return None


def gained(model: Any, value: Mapping[str, Any], keys: Keys, change: Callable[[Any, Any], Any]) -> int:
    """How many faults fewer a record has once the holder of the last of `keys` is what `change` gives for it."""
    return _faults(model, value) - _faults(model, _changed(value, keys, change))


def _changed(holder: Any, keys: Keys, change: Callable[[Any, Any], Any]) -> Any:
    if len(keys) == 1:
        return change(holder, keys[0])
    if isinstance(holder, dict):
        return {key: _changed(one, keys[1:], change) if key == keys[0] else one for key, one in holder.items()}
    return [_changed(one, keys[1:], change) if index == keys[0] else one for index, one in enumerate(holder)]


def _faults(model: Any, value: Any) -> int:
    try:
        model.model_validate(value)
    except ValidationError as error:
        return error.error_count()
    return 0
