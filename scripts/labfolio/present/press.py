"""Files printed once for all builds in which what they show stays the same.

Whoever prints a file is given an edition that notes which articles, checklists and neighbours it is asked for. All else
of the edition is held against that of the build before: the smallest difference prints everything anew. A text that
its author edits differs in its article alone, so that only what shows of it what has changed is printed again.

Builds of one process compare the values themselves; the first one of a process goes by fingerprints of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar, cast

from labfolio.model.content import Content, bytes_of
from labfolio.model.memory import Memory
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.kept_print import KeptPrints, Name, Question

_T = TypeVar("_T")
_V = TypeVar("_V")

_NOTED = ("articles", "checklists", "neighbours")


@dataclass(slots=True)
class Noted:
    """What was asked of an edition, with the answers; `whole` where it was asked for everything at once."""

    asked: dict[Question, object] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Printed:
    same: object
    asked: Mapping[Question, object]
    heard: tuple[Noted, ...]
    what: object


@dataclass(frozen=True, slots=True)
class _Text:
    held: Content


def _back(held: object) -> object:
    """A print as it was made; files have their bytes wherever they are."""
    return bytes_of(held.held).decode("utf-8", "surrogatepass") if isinstance(held, _Text) else held


class Press:
    """Prints the files of an `edition` in which no text can be seen but through its article.

    `given` is what the edition is made of as its authors wrote it, so that two values that compare equal and print
    differently (1.0 and 1.00) are never taken for the same.
    """

    def __init__(self, edition: Edition, given: object, memory: Memory) -> None:
        self.edition = edition
        self.memory, self._recent = memory, memory.recent
        self._editions = [edition, *([edition.preview] if edition.preview else [])]
        rest = (_rest(edition), given)
        kept = self._recent.get("edition")
        self._hearing: list[Noted] = []
        # Later builds of a process find what the first one found.
        self._earlier = None if kept else KeptPrints(memory, _site(edition), rest, partial(_answer, self._editions))
        self._same = kept if isinstance(kept, tuple) and kept[0] == rest else (rest,)
        self._recent.put("edition", self._same)
        # What many files were given is compared once for all of them.
        self._compared: dict[tuple[int, int], tuple[Noted, Noted, bool]] = {}

    def print(self, name: Name, make: Callable[[Edition], _T], *heard: Noted) -> _T:
        """What `make` gives for the edition, or gave for one that answers alike all that it asked.

        `name` is its alone, in every process; `heard` are the answers that went into what it is given beside the
        edition. What is printed within another print has been asked by that one too.
        """
        self.memory.between()
        kept = self._recent.get(("printed", name))
        if (
            isinstance(kept, _Printed)
            and kept.same is self._same
            and self._alike(kept.heard, heard)
            and self._holds(kept.asked)
        ):
            self._tell(kept.asked, heard)
            return cast(_T, _back(kept.what))
        given = [one.asked for one in heard]
        if self._earlier is not None and (found := self._earlier.get(name, given)) is not None:
            held = self._held(found[0])
            self._recent.put(("printed", name), _Printed(self._same, found[1], heard, held))
            self._tell(found[1], heard)
            return cast(_T, _back(held))
        what, noted = self.hear(make)
        whole = noted.whole or any(one.whole for one in heard)
        held = self._held(what)
        if not whole:
            self._recent.put(("printed", name), _Printed(self._same, noted.asked, heard, held))
            if self._earlier is not None:
                self._earlier.put(name, what, noted.asked, given)
        self._tell(noted.asked, heard, whole=whole)
        return cast(_T, _back(held))

    def _held(self, what: object) -> object:
        """A print as it is kept: its bytes set aside."""
        if isinstance(what, str):
            return _Text(self.memory.aside(what.encode("utf-8", "surrogatepass")))
        if isinstance(what, Output):
            return what.aside(self.memory.aside)
        if isinstance(what, tuple) and all(isinstance(one, Output) for one in what):
            return tuple(one.aside(self.memory.aside) for one in what)
        return what

    def hear(self, make: Callable[[Edition], _T]) -> tuple[_T, Noted]:
        """What `make` gives for the edition, with what it asked."""
        noted = Noted()
        self._hearing.append(noted)
        try:
            return make(_listening(self.edition, noted)), noted
        finally:
            self._hearing.pop()

    def _tell(self, asked: Mapping[Question, object], heard: Iterable[Noted], *, whole: bool = False) -> None:
        if self._hearing:
            for answers in (asked, *(one.asked for one in heard)):
                self._hearing[-1].asked.update(answers)
            self._hearing[-1].whole |= whole

    def _alike(self, before: tuple[Noted, ...], now: tuple[Noted, ...]) -> bool:
        return len(before) == len(now) and all(map(self._same_answers, before, now))

    def _same_answers(self, before: Noted, now: Noted) -> bool:
        key = id(before), id(now)
        # They are held here, since another could have the number of one that is gone.
        if key not in self._compared:
            self._compared[key] = before, now, not now.whole and before.asked == now.asked
        return self._compared[key][2]

    def _holds(self, asked: Mapping[Question, object]) -> bool:
        for question, before in asked.items():
            now = _answer(self._editions, question)
            if now is not before and now != before:
                return False
        return True


def _site(edition: Edition) -> str:
    """What a folder is built for: an address, and whether to preview it or to publish it."""
    return f"{edition.settings.site_url} {'preview' if edition.preview else edition.settings.search}"


def _rest(edition: Edition) -> Edition:
    """The edition without what is noted when it is asked for."""
    preview = _rest(edition.preview) if edition.preview else None
    return replace(edition, articles={}, checklists={}, neighbours={}, preview=preview)


def _listening(edition: Edition, noted: Noted, place: int = 0) -> Edition:
    preview = _listening(edition.preview, noted, 1) if edition.preview else None
    mappings = {name: _Listening(noted, place, name, getattr(edition, name)) for name in _NOTED}
    return replace(edition, **mappings, preview=preview)  # type: ignore[arg-type]


def _answer(editions: list[Edition], question: Question) -> object:
    place, name, key, part = question
    mapping: Mapping[str, object] = getattr(editions[place], name)
    if not part:
        return key in mapping
    value = mapping.get(key)
    return value if part == "*" or value is None else getattr(value, part)


class _Listening(Mapping[str, _V]):
    """A mapping that notes what it is asked; of an article only the fields that are read."""

    def __init__(self, noted: Noted, place: int, name: str, values: Mapping[str, _V]) -> None:
        self._noted, self._place, self._name, self._values = noted, place, name, values

    def __getitem__(self, key: str) -> _V:
        if key not in self:
            raise KeyError(key)
        value = self._values[key]
        if self._name == "articles":
            return cast(_V, _ListeningArticle(self._noted, self._place, key, value))
        self._noted.asked[self._place, self._name, key, "*"] = value
        return value

    def __contains__(self, key: object) -> bool:
        found = key in self._values
        self._noted.asked[self._place, self._name, str(key), ""] = found
        return found

    def __iter__(self) -> Iterator[str]:
        self._noted.whole = True
        return iter(self._values)

    def __len__(self) -> int:
        self._noted.whole = True
        return len(self._values)


class _ListeningArticle:
    """An article that notes which of its fields are read."""

    def __init__(self, noted: Noted, place: int, key: str, article: object) -> None:
        self._noted, self._place, self._key, self._article = noted, place, key, article

    def __getattr__(self, part: str) -> Any:
        value = getattr(self._article, part)
        self._noted.asked[self._place, "articles", self._key, part] = value
        return value
