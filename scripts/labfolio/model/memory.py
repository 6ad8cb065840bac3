"""What one build keeps for the next: values while a process lives, bytes for the next process.

Nothing here is ever needed: a build with an empty memory gives the same bytes, later.
"""

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from labfolio.model.content import Content, SetAside, keep

if TYPE_CHECKING:
    from labfolio.model.site import Remember

_T = TypeVar("_T")


class Store(Protocol):
    """Bytes that outlive the process, by a key that names all that goes into them."""

    def get(self, key: str, /) -> bytes | None:
        """The bytes kept under a key; None where there are none, or where they are in doubt."""

    def put(self, key: str, content: bytes, /) -> None:
        """Keeps bytes under a key. Raises nothing: what cannot be kept is made again."""


class Forgetful:
    """The store that keeps nothing."""

    def get(self, key: str, /) -> bytes | None:
        """Nothing."""
        return None

    def put(self, key: str, content: bytes, /) -> None:
        """Keeps nothing."""


class Recent:
    """Values that were asked for since the last sound build began, or since the build before this one did; what neither
    wanted is forgotten, so that a session stays as large as a few builds are, however long its faults stand."""

    def __init__(self) -> None:
        # With each value, the build that asked for it last.
        self._kept: dict[Hashable, tuple[object, int]] = {}
        self._build = self._sound = 0

    def turn(self, *, sound: bool) -> None:
        """Told of each build once its texts are rendered and before its files are printed, `sound` unless it has an
        error."""
        if sound:
            self._sound = self._build
        # What is printed, and kept from then on, counts for the build that comes next.
        wanted = (self._sound, self._sound + 1, self._build - 1, self._build)
        self._kept = {key: kept for key, kept in self._kept.items() if kept[1] in wanted}
        self._build += 1

    def get(self, key: Hashable) -> object | None:
        """The value of a key, None without one."""
        if (kept := self._kept.get(key)) is None:
            return None
        self._kept[key] = (kept[0], self._build)
        return kept[0]

    def put(self, key: Hashable, value: object) -> None:
        """Keeps a value in the place of the one before."""
        self._kept[key] = (value, self._build)


class Marks:
    """Short lists of words that pure functions gave for texts, in one record: each is too little for a file of its own.

    Like `Recent` it has what was asked for since the last sound build but one, and writes as much.
    """

    def __init__(self) -> None:
        self._known: dict[str, list[str]] | None = None
        self._asked: dict[str, list[str]] = {}

    def of(self, key: str, make: Callable[[], list[str]], stored: Callable[[], bytes | None]) -> list[str]:
        """The words under a key, else what `make` gives; `stored` gives the record of an earlier process."""
        if self._known is None:
            self._known = json.loads(stored() or b"{}")
        found = self._asked.get(key)
        if found is None:
            found = self._known[key] if key in self._known else make()
            self._asked[key] = found
        return found

    def turn(self) -> bytes | None:
        """Told of each sound build: the record of it, None where it is that of the last one."""
        known, self._known, self._asked = self._known or {}, self._asked, {}
        return json.dumps(self._known, sort_keys=True).encode() if self._known != known else None


def go_on() -> None:
    """Nothing is done between two steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is handed from build to build: `recent` values and `marks` of texts, shared by all builds of a session, and
    a `store` on disk. `aside` is where the bytes of files wait until they are written.

    `between` is called between two steps of a build, by which a session gets to what cannot wait for its end.
    `toolchain` names everything that makes what is kept (labfolio itself, Python, every library), for keys that
    another process may ask for; in one process all of that stays the same.
    """

    recent: Recent = field(default_factory=Recent)
    marks: Marks = field(default_factory=Marks)
    store: Store = field(default_factory=Forgetful)
    aside: SetAside = keep
    between: Callable[[], None] = go_on
    toolchain: str = ""

    def recall(self, make: Callable[..., _T], *given: Hashable) -> _T:
        """What a pure function gives for these values: it is called where this was not asked for lately."""
        key = (make, given)
        found = self.recent.get(key)
        if found is None:
            found = (make(*given),)
            self.recent.put(key, found)
        return cast(tuple[_T], found)[0]

    def kept(self, remember: "Remember") -> "Remember":
        """The same for one process: what was asked for lately is given again, its bytes set aside."""

        def remembered(key: str, make: Callable[[], bytes]) -> Content:
            self.between()
            name = "remembered", sha256(key.encode("utf-8", "surrogatepass")).digest()
            found = cast(Content | None, self.recent.get(name))
            if found is None:
                found = remember(key, make)
                found = self.aside(found) if isinstance(found, bytes) else found
                # What is left out for once is no value.
                if found:
                    self.recent.put(name, found)
            return found

        return remembered

    def marks_of(self, question: str, text: str, make: Callable[[], list[str]]) -> list[str]:
        """The words that a pure function gives for a text; `question` names the function and all else that it is
        given."""
        key = sha256(f"{question}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
        return self.marks.of(key, make, lambda: self.store.get(self._marks_key))

    def turn(self, *, sound: bool) -> None:
        """Told of each build before it is printed; a faulty one, which its author is about to mend, leaves the record
        of marks as it is."""
        self.recent.turn(sound=sound)
        if sound and (record := self.marks.turn()) is not None:
            self.store.put(self._marks_key, record)

    @property
    def _marks_key(self) -> str:
        return f"marks {self.toolchain}"
