"""Front matter of other programs, in YAML, TOML or JSON: every value as text, with the line that it stands in."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from labfolio.importers.carried import Missed
from labfolio.model.diagnostic import has_errors
from labfolio.parse.text import decode
from labfolio.parse.yaml_text import read_yaml

# What escapes in YAML, TOML and JSON can put into a value, and no page can hold.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_TOML_KEY = re.compile(r"""^\s*(?:\[+\s*)?["']?([\w-]+)["']?\s*[=.\]]""")
_JSON_KEY = re.compile(r'"([\w-]+)"\s*:')
_TOML_PLACE = re.compile(r"^(.*?) \(at (?:line (\d+), column \d+|end of document)\)$", re.DOTALL)


class InvalidFields(Exception):
    """A text cannot be read as fields; `line` is where it cannot, from 1."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A text file taken apart: fields (texts, lists, mappings, None), the line of each, and the body.

    `sound` is false where the file must not be carried: what was meant to be a draft could be published otherwise.
    """

    path: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    body: str = field(default="", repr=False)
    body_line: int = 1
    missed: tuple[Missed, ...] = ()
    sound: bool = True


def read_matter(path: str, data: bytes) -> Matter:
    """The file taken apart; one that is no text, or whose front matter cannot be read, is not sound and says why."""
    text, found = decode(path, data)
    if found:
        position = found[0].position
        return _unsound(path, position.line, f"{found[0].message}; the file is left out")
    try:
        return _parted(path, text)
    except InvalidFields as error:
        return _unsound(path, error.line, f"the front matter cannot be read ({error}); the file is left out")


def read_fields(path: str, text: str) -> Mapping[str, Any]:
    """The fields of a whole file of settings, by its suffix; an empty mapping where it cannot be read."""
    read = {"toml": _toml, "json": _json}.get(path.rpartition(".")[2], _yaml)
    try:
        return read(text).values
    except InvalidFields:
        return {}


def _unsound(path: str, line: int, what: str) -> Matter:
    return Matter(path=path, missed=(Missed(path=path, line=line, what=what),), sound=False)


def _parted(path: str, text: str) -> Matter:
    lines = text.split("\n")
    mark = lines[0].rstrip()
    if mark in ("---", "+++"):
        ends = (mark, "...") if mark == "---" else (mark,)
        end = next((at for at, line in enumerate(lines[1:], start=1) if line.rstrip() in ends), None)
        if end is None and not any(re.match(r"\w+\s*[:=]", line) for line in lines[1:2]):
            return Matter(path=path, body=text)  # a first line `---` without a field after it is a rule
        if end is None:
            raise InvalidFields("it begins here and never ends")
        read = _yaml if mark == "---" else _toml
        # The line with the mark stays as an empty one, so that lines count from the start of the file.
        return _matter(path, read("\n".join(["", *lines[1:end]])), "\n".join(lines[end + 1 :]), end + 2)
    if re.match(r'\{\s*"', text):
        found, at = _json_start(text)
        return _matter(path, found, text[at:], text.count("\n", 0, at) + 1)
    return Matter(path=path, body=text)


@dataclass(frozen=True, slots=True)
class _Read:
    """Fields, the line of each, and the lines of those that are given a second time."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    again: Mapping[str, int] = field(default_factory=dict)


def _matter(path: str, read: _Read, body: str, body_line: int) -> Matter:
    return Matter(
        path=path,
        fields=read.values,
        lines=read.lines,
        body=body,
        body_line=body_line,
        missed=tuple(
            Missed(path=path, line=line, what=f"{key}: is given twice; the first is taken")
            for key, line in read.again.items()
        ),
    )


def _yaml(text: str) -> _Read:
    read = read_yaml("", text)
    wrong = [one for one in read.diagnostics if one.rule not in ("duplicate-key", "cut-value")]
    if has_errors(tuple(wrong)):
        raise InvalidFields(wrong[0].message, wrong[0].position.line)
    value = read.value if read.value is not None else {}
    if not isinstance(value, dict):
        raise InvalidFields("it has no fields")
    lines = {str(keys[0]): place.line for keys, place in read.keys.items() if len(keys) == 1}
    again = {one.message.split("'")[1]: one.position.line for one in read.diagnostics if one.rule == "duplicate-key"}
    return _Read(_texts(value), lines, again)


def _toml(text: str) -> _Read:
    try:
        return _Read(_texts(tomllib.loads(text)), _lines(_TOML_KEY, text))
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.match(str(error))
        line = int(place[2]) if place and place[2] else text.count("\n") + 1
        raise InvalidFields(place[1] if place else str(error), line) from error
    except (ValueError, RecursionError) as error:
        raise InvalidFields("it is nested too deep, or a number is too long") from error


def _json(text: str) -> _Read:
    return _json_start(text)[0]


def _json_start(text: str) -> tuple[_Read, int]:
    """The object that a text begins with, and where it ends."""
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        raise InvalidFields(error.msg, error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise InvalidFields("it is nested too deep, or a number is too long") from error
    if not isinstance(value, dict):
        raise InvalidFields("it has no fields")
    return _Read(_texts(value), _lines(_JSON_KEY, text[:end])), end


def _lines(key: re.Pattern[str], text: str) -> dict[str, int]:
    """The line in which each name first stands; close enough to find it."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        for found in key.finditer(line):
            lines.setdefault(found[1], number)
    return lines


def _texts(value: Any, depth: int = 0) -> Any:
    """A value with texts for all that is single."""
    if depth > 20:
        raise InvalidFields("it is nested too deep")
    if isinstance(value, dict):
        return {_UNSEEN.sub("", str(key)): _texts(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_texts(one, depth + 1) for one in value]
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return _UNSEEN.sub(" ", str(value))
