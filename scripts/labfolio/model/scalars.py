"""Types of single values. Every value arrives as the text that the author wrote, and the type decides what it means."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from labfolio.model.diagnostic import Level
from labfolio.model.rules import RULES, UNUSED, allowable
from labfolio.model.spelling import closest, nearest
from labfolio.model.unseen import is_blank, without_unseen

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# A moment with its zone (RFC 3339, and a blank or no colon where others write so).
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[Tt ](?P<time>\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?) ?(?P<zone>[Zz]|[+-]\d{2}(:?\d{2})?)",
    re.ASCII,
)
# No measured quantity is larger; squares and sums of what is allowed stay finite.
LARGEST = 1e100

# Bytes of a name, and characters of a path, that disks have room for, with room for the folder that the site is in.
_NAME, _LONGEST = 255, 1000

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _calendar_date(value: Any, info: ValidationInfo) -> Any:
    """A day as it is written; a moment with its zone is the day that it falls on in the `zone` of the validation."""
    if isinstance(value, date):
        return value
    moment = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if not isinstance(value, str) or not (moment or _DATE.fullmatch(value)):
        raise PydanticCustomError("date", "is not a date; write it as 2026-11-20")
    try:
        if moment is None:
            return date.fromisoformat(value)
        written = datetime.fromisoformat(f"{moment['day']}T{moment['time']}{moment['zone'].upper()}")
        return written.astimezone(ZoneInfo((info.context or {}).get("zone", "UTC"))).date()
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError("date", "is not a day of the calendar") from error


def _yes_or_no(value: Any) -> Any:
    words = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    raise PydanticCustomError("yes_no", "is neither yes nor no")


def _number(value: Any) -> Any:
    """Python's float() takes 1_000, other digits and turns 1e400 into infinity; none of these is a plain number."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return float(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value) and abs(number := float(value)) <= LARGEST:
        return number
    raise PydanticCustomError("number", "is not a number; write digits with a point, such as 0.25 or 1e-3")


def _whole(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 9:
        return int(value)
    raise PydanticCustomError("whole", "is not a whole number")


def _listed(value: Any) -> Any:
    """One text may stand for a list of one."""
    return [value] if isinstance(value, str) else value


def _topics(value: Any) -> Any:
    if isinstance(value, str) and "," in value:
        raise PydanticCustomError("topics", "is one topic with a comma in it; write a list")
    return _listed(value)


def _web_address(value: str) -> str:
    if not re.match(r"https?://[^\s/]+", value) or any(c in value for c in " \t\n\"'<>\\"):
        raise PydanticCustomError("address", "is not a web address; write it with https://")
    return value


def _seen(value: str) -> str:
    """What is not seen can make a text read as something else, or pass for another; the letters are kept."""
    text = without_unseen(value).strip()
    if value and is_blank(text):
        raise PydanticCustomError("unseen", "has no character that is seen")
    return text


def _site_path(value: str) -> str:
    """A URL below the site's root, by which a file of the site can be named: nothing in it leads out of the site."""
    parts = value.removesuffix("/").split("/")
    if _UNSEEN.search(value) or "\\" in value or any(part in ("", ".", "..") for part in parts):
        raise PydanticCustomError("site_path", "is not a URL below the site's root; write it as builds/old-name/")
    if len(value) > _LONGEST or any(len(part.encode()) > _NAME for part in parts):
        raise PydanticCustomError("site_path", "is longer than a file's name can be")
    return value


def _alias(value: str) -> str:
    """An old URL as authors have it: with or without slashes around it, percent-encoded or not."""
    path = unquote(value.strip()).strip("/")
    if any(sign in path for sign in "?#:"):
        raise PydanticCustomError("site_path", "is not a path; leave out the address of the site, ? and #")
    if any(part.startswith(".") for part in path.split("/")):
        raise PydanticCustomError("site_path", "has a part that begins with '.'; such files are not served")
    return _site_path(path if path.endswith(".html") else path + "/")


def _tolerance(value: Any) -> Any:
    """`0.02` is absolute, `5%` relative to the reported value; both may stand in a list."""
    parts = value if isinstance(value, list) else [value]
    absolute = relative = None
    for part in parts:
        if isinstance(part, str) and part.endswith("%") and _NUMBER.fullmatch(part[:-1].strip()):
            relative = _number(part[:-1].strip()) / 100
        else:
            absolute = _number(part)
    if min(absolute or 0.0, relative or 0.0) < 0:
        raise PydanticCustomError("number", "is negative; a tolerance is a distance")
    return (absolute, relative)


def _seeds(value: Any) -> Any:
    """A count, or the names of the seeds; several numbers must differ."""
    if isinstance(value, list):
        names = [str(one) for one in value]
        if len(set(names)) < len(names):
            index = next(number for number, name in enumerate(names) if name in names[:number])
            raise PydanticCustomError("seeds", "names {seed} twice", {"seed": names[index], "index": index})
        return tuple(names)
    return _whole(value)


def _allowed_rule(name: str) -> str:
    """A rule that an author may let stand."""
    names = [rule.name for rule in RULES.values() if allowable(rule)]
    if name in names:
        return name
    if name not in RULES:
        meant = closest(name, names)
        mend = f"Write {meant}" if meant else "Write the name of a warning; 'labfolio explain' lists them."
        raise PydanticCustomError("rule", "is no rule{hint}", {"hint": nearest(name, names), "mend": mend})
    level = RULES[name].level
    why = {Level.ERROR: "is an error, which cannot be allowed", Level.NOTE: "is a note, which needs no allowance"}
    mend = "Remove it." if level is Level.NOTE or name == UNUSED else "Remove it, and mend what the rule reports."
    raise PydanticCustomError("rule", "{why}", {"why": why.get(level, "cannot be allowed"), "mend": mend})


def _fingerprint(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{12}", value):
        raise PydanticCustomError("fingerprint", "is no fingerprint: 12 hexadecimal digits, as the message prints them")
    return value


# What an editor's own reading of YAML makes of a value; schemas allow it, since labfolio reads the text itself.
_Digits = float | Annotated[str, StringConstraints(pattern=rf"^{_NUMBER.pattern}$")]
_Words = Literal["yes", "no", "true", "false", "on", "off"]
_Share = float | Annotated[str, StringConstraints(pattern=rf"^{_NUMBER.pattern} ?%?$")]
_Count = int | Annotated[str, StringConstraints(pattern=r"^\d{1,9}$")]


CalendarDate = Annotated[date, BeforeValidator(_calendar_date)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no, json_schema_input_type=bool | _Words)]
Number = Annotated[float, BeforeValidator(_number, json_schema_input_type=_Digits)]
Whole = Annotated[int, BeforeValidator(_whole, json_schema_input_type=_Count)]
Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_seen)]
Summary = Annotated[str, StringConstraints(max_length=280), AfterValidator(_seen)]
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Address = Annotated[str, AfterValidator(_web_address)]
SitePath = Annotated[str, AfterValidator(_site_path)]
Alias = Annotated[str, AfterValidator(_alias)]
TextList = Annotated[tuple[Text, ...], BeforeValidator(_listed, json_schema_input_type=Text | list[Text])]
Topics = Annotated[tuple[Text, ...], BeforeValidator(_topics, json_schema_input_type=Text | list[Text])]
Aliases = Annotated[tuple[Alias, ...], BeforeValidator(_listed, json_schema_input_type=Alias | list[Alias])]
Tolerance = Annotated[
    tuple[float | None, float | None], BeforeValidator(_tolerance, json_schema_input_type=_Share | list[_Share])
]
# A domain or a mail address (RFC 4151, 2.1).
Authority = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]+(@[A-Za-z0-9.-]+)?$")]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")]
Swhid = Annotated[str, StringConstraints(pattern=r"^swh:1:[a-z]{3}:[0-9a-f]{40}\S*$")]
GitId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{4,40}$")]
Seeds = Annotated[
    int | tuple[str, ...], BeforeValidator(_seeds, json_schema_input_type=_Count | list[str | int | float])
]
EntryId = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{2,4}$")]
Allow = dict[Annotated[str, AfterValidator(_allowed_rule)], Text]
AllowSecret = Annotated[
    tuple[Annotated[str, AfterValidator(_fingerprint)], ...],
    BeforeValidator(_listed, json_schema_input_type=str | list[str | int | float]),
]
Status = Literal["planned", "building", "shipped", "abandoned"]
Stage = Literal["reading", "implementing", "optimizing", "extending"]
# In the order in which work grows.
STAGES: tuple[Stage, ...] = get_args(Stage)
