"""What one build keeps for the next: values while a process lives, bytes for the next process.

Nothing here is ever needed: a build with an empty memory gives the same bytes, later.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

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
    """Values that were asked for since the last sound build but one; older ones are forgotten, so that it stays as
    large as two builds are."""

    def __init__(self) -> None:
        self._now: dict[Hashable, object] = {}
        self._before: dict[Hashable, object] = {}

    def turn(self) -> None:
        """Told of each sound build. After a faulty one everything stays: its author is about to mend it."""
        self._now, self._before = {}, self._now

    def get(self, key: Hashable) -> object | None:
        """The value of a key, None without one."""
        if key not in self._now and key in self._before:
            self._now[key] = self._before[key]
        return self._now.get(key)

    def put(self, key: Hashable, value: object) -> None:
        """Keeps a value in the place of the one before."""
        self._now[key] = value


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is handed from build to build: `recent` values, shared by all builds of a session, and a `store` on disk.

    `toolchain` names everything that makes what is kept (labfolio itself, Python, every library), for keys that
    another process may ask for; in one process all of that stays the same.
    """

    recent: Recent = field(default_factory=Recent)
    store: Store = field(default_factory=Forgetful)
    toolchain: str = ""

    def recall(self, make: Callable[..., _T], *given: Hashable) -> _T:
        """What a pure function gives for these values: it is called where this was not asked for lately."""
        key = (make, given)
        found = self.recent.get(key)
        if found is None:
            found = (make(*given),)
            self.recent.put(key, found)
        return cast(tuple[_T], found)[0]
