"""The fields of a post of another program, taken one by one; what nobody took is named at the end."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from labfolio.importers.carried import Missed, Target
from labfolio.importers.matter import Matter
from labfolio.model.entry import tag_slug

SUMMARY_LIMIT = 280
# Declared fields that mean the same wherever they are written.
_SHARED = ("status", "why", "stage", "repository", "doi", "swh", "demo", "slides", "started")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_WORDS = re.compile(
    r"(?:[A-Za-z]{3,9},\s+)?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?)\s+(\d{4})"
)
_AMERICAN = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?!\d)")
_YES, _NO = ("yes", "true", "on"), ("no", "false", "off")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_of(text: str, *, american: bool = False) -> date | None:
    """The calendar day that a date or a moment is written with, whatever its time and zone; None where it is none.

    `american` reads 05/01/2023 as the first of May, which other programs leave open.
    """
    text = text.strip()
    parts: tuple[int, int, int] | None = None
    if found := _ISO.match(text):
        parts = int(found[1]), int(found[2]), int(found[3])
    elif (found := _WORDS.match(text)) and (name := (found[2] or found[3]).lower()[:3]) in _MONTHS:
        parts = int(found[5]), _MONTHS.index(name) + 1, int(found[1] or found[4])
    elif american and (found := _AMERICAN.match(text)):
        parts = int(found[3]), int(found[1]), int(found[2])
    try:
        return date(*parts) if parts else None
    except ValueError:
        return None


def line_of_text(text: str) -> str:
    """A text on one line, without what labfolio would read as a number of a claim."""
    return " ".join(re.sub(r"\{\{\s*(r\.[^\s{}]+)\s*\}\}", r"\1", text).split())


@dataclass(slots=True)
class Fields:
    """The fields of one file, by name whatever its capitals. Each takes the first of `names` that has a value."""

    matter: Matter
    taken: set[str] = field(default_factory=set)
    missed: list[Missed] = field(default_factory=list)

    def value(self, *names: str) -> tuple[str, Any]:
        """The name as it is written and its value; an empty name where none is given. All `names` are taken."""
        found = ("", None)
        for name in names:
            for key, value in self.matter.fields.items():
                if key.lower() == name:
                    self.taken.add(key)
                    if not found[0] and value is not None:
                        found = (key, value)
        return found

    def miss(self, key: str, what: str) -> None:
        """Names a field that could not be carried."""
        self.missed.append(Missed(path=self.matter.path, line=self.matter.lines.get(key, 1), what=what))

    def text(self, *names: str) -> str:
        """A text on one line, empty where there is none."""
        key, value = self.value(*names)
        if key and not isinstance(value, str):
            self.miss(key, f"{key}: is no text; left out")
            return ""
        return line_of_text(value) if key else ""

    def summary(self, *names: str) -> str:
        """A text that is short enough for a summary; a longer one is named."""
        key = self.value(*names)[0]
        text = self.text(*names)
        if len(text) > SUMMARY_LIMIT:
            self.miss(key, f"{key}: has {len(text)} characters, a summary at most {SUMMARY_LIMIT}; left out")
            return ""
        return text

    def day(self, *names: str, american: bool = False) -> date | None:
        """The day of a date or a moment."""
        key, value = self.value(*names)
        if not key or value == "":
            return None
        found = day_of(value, american=american) if isinstance(value, str) else None
        if found is None:
            self.miss(key, f"{key}: '{str(value)[:40]}' is no date that can be read; left out")
        return found

    def hidden(self, *shown: str) -> bool:
        """Whether the post is a draft, or one of the fields `shown` says no.

        A `draft` that is neither yes nor no hides it too: nothing may be published by mistake.
        """
        key, value = self.value("draft")
        draft = str(value).lower() not in _NO if key else False
        if draft and str(value).lower() not in _YES:
            self.miss(key, f"{key}: is neither yes nor no; the entry is a draft")
        said_no = [self.value(name) for name in shown if self._is_no(name)]
        return draft or bool(said_no)

    def _is_no(self, name: str) -> bool:
        given = [value for key, value in self.matter.fields.items() if key.lower() == name]
        return any(isinstance(value, str) and value.lower() in _NO for value in given)

    def texts(self, *names: str, split: Callable[[str], list[str]] = lambda text: [text]) -> list[str]:
        """The texts of all `names` together; `split` parts a single text."""
        found: list[str] = []
        for name in names:
            key, value = self.value(name)
            values = split(value) if isinstance(value, str) else value
            if key and not (isinstance(values, list) and all(isinstance(one, str | None) for one in values)):
                self.miss(key, f"{key}: is no list of texts; left out")
                continue
            found += [line for one in values or () if one and (line := line_of_text(one))]
        return found

    def tags(self, *names: str, split: Callable[[str], list[str]]) -> list[str]:
        """Topics of all `names`, each once."""
        return once(self.texts(*names, split=split))

    def rest(self, target: Target) -> dict[str, Any]:
        """The declared fields that mean the same everywhere; every other field that nobody took is named."""
        kept: dict[str, Any] = {}
        for key, value in self.matter.fields.items():
            if key in self.taken or value in (None, "", [], {}):
                continue
            if (key in _SHARED and isinstance(value, str)) or (key == "pillar" and value in target.pillars):
                kept[key] = line_of_text(str(value))
            elif key == "pillar":
                self.miss(key, f"pillar: '{str(value)[:40]}' is none of program.yml; left out")
            else:
                self.miss(key, f"{key}: has no counterpart; left out")
        return kept


def once(tags: list[str]) -> list[str]:
    """Topics without those that share a page with an earlier one."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(tag_slug(tag), tag)
    return list(found.values())


def commas(text: str) -> list[str]:
    """Parts between commas."""
    return [part.strip() for part in text.split(",")]


def words(text: str) -> list[str]:
    """Parts between commas, or between spaces where there is no comma."""
    return commas(text) if "," in text else text.split()
