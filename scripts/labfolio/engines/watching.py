"""Files that change while a preview or a check looks on: bursts of saves, each told once and none lost."""

import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from watchdog.events import (
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from labfolio.files.sources import SKIPPED
from labfolio.model.source import WELL_KNOWN

# Seconds: so long without a change ends a burst; a file that never rests is told of as often as LONGEST. An editor
# saves within FIRST: it empties a file and fills it, or writes another one and puts it in its place.
FIRST, QUIET, LONGEST = 0.015, 0.1, 2.0
# Seconds within which a folder that came, or was put in the place of another, is seen.
_LOOK = 1.0
# Reading a file makes an event too, which would set off the next build.
_TOLD: list[type[FileSystemEvent]] = [
    FileModifiedEvent, FileCreatedEvent, FileMovedEvent, FileDeletedEvent, FileAttribEvent,
    DirCreatedEvent, DirMovedEvent, DirDeletedEvent, DirAttribEvent,
]  # fmt: skip
# A system watches so many files and no more; then they are looked at in turn.
_NO_MORE = (errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSYS)
# What editors write beside a file while they save it.
_TEMPORARY = ("~", ".swp", ".swo", ".swx", ".tmp", ".part", ".crdownload")

_Identity = tuple[int, int]


@contextmanager
def changes(
    root: Path,
    places: Callable[[], Iterable[Path]],
    *,
    early: Callable[[frozenset[str]], object] | None = None,
    poll: bool = False,
) -> Iterator["Bursts"]:
    """Bursts of changes below `places`, as paths relative to `root`; an iterator that waits and does not end.

    `early` is told the first changes of each burst at once, before it is known whether more will follow. `places` are
    folders and single files, which may come and go; they are asked for again after each burst. From here on nothing is
    missed, also while the caller is busy between two bursts. Where the system cannot watch (any more), or with `poll`,
    files are looked at in turn.
    """
    watcher = _Watcher(root, places, PollingObserver if poll else Observer)
    try:
        watcher.look()
        yield Bursts(watcher, early)
    finally:
        watcher.close()


# Size, times of content and of name, and inode: one of them moves whenever a file is written or replaced.
State = tuple[int, int, int, int]


def states(root: Path, places: Iterable[Path]) -> dict[str, State]:
    """The states of all files below places, by their paths as `changes` tells them; files of tools are left out."""
    found: dict[str, State] = {}
    for place in places:
        for path in _files(place) if place.is_dir() else (place,):
            with suppress(OSError):
                one = path.lstat()
                found[_named(path, root)] = one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino
    return found


def _files(place: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if not _ignored((name,))]
        yield from (Path(folder) / name for name in names if not _ignored((name,)))


class Bursts(Iterator[frozenset[str]]):
    """What `changes` gives."""

    def __init__(self, watcher: "_Watcher", early: Callable[[frozenset[str]], object] | None) -> None:
        self._watcher, self._bursts = watcher, watcher.bursts(early)

    def __next__(self) -> frozenset[str]:
        return next(self._bursts)

    def begun(self) -> frozenset[str]:
        """For one who is busy between two bursts: what changed since this was asked last, all of which belongs to the
        next burst. Waits for no longer than a save takes, and tells nothing for a while after it told something."""
        return self._watcher.begun()


class _Watcher:
    """What is watched now, and the changes that nobody took yet."""

    def __init__(self, root: Path, places: Callable[[], Iterable[Path]], observer: Callable[[], BaseObserver]) -> None:
        self._root = root.resolve()
        self._places = places
        self._changes: SimpleQueue[_Change] = SimpleQueue()
        # Of the next burst, and told already.
        self._begun: list[_Change] = []
        self._asked_until = 0.0
        self._watched: dict[Path, tuple[_Identity, ObservedWatch]] = {}
        self._seen: dict[Path, _Identity | None] = {}
        self._observer = observer()
        self._observer.start()

    def close(self) -> None:
        """Ends the watching."""
        self._observer.stop()
        self._observer.join()

    def bursts(self, early: Callable[[frozenset[str]], object] | None) -> Iterator[frozenset[str]]:
        """Waits for changes, and for their end."""
        while True:
            known = len(self._begun)
            came, changed = self._wait()
            end = time.monotonic() + LONGEST
            if early is not None and len(came) > known:
                self._gather(came, FIRST, end)
                early(self._names(_lasting(came)))
            self._gather(came, QUIET, end)
            changed |= _lasting(came)
            # A place that is named itself was moved or put in the place of another: its watch may be of the old one.
            changed |= self.look(again=changed)
            if named := self._names(changed):
                yield named

    def begun(self) -> frozenset[str]:
        """What came since it was asked for last, which begins the next burst."""
        # A file that never rests must not hold up whoever asks between two steps.
        if self._changes.empty() or time.monotonic() < self._asked_until:
            return frozenset()
        came: list[_Change] = []
        self._gather(came, FIRST, time.monotonic() + FIRST)
        self._begun += came
        self._asked_until = time.monotonic() + QUIET
        return self._names(_lasting(came))

    def _gather(self, came: list["_Change"], pause: float, end: float) -> None:
        """Adds what comes until nothing does for so many seconds, or until the end."""
        with suppress(Empty):
            while (left := end - time.monotonic()) > 0:
                came.append(self._changes.get(timeout=min(pause, left)))

    def _wait(self) -> tuple[list["_Change"], set[Path]]:
        """The first changes of a burst, or the places that changed."""
        if self._begun:
            came, self._begun = self._begun, []
            with suppress(Empty):
                while True:
                    came.append(self._changes.get_nowait())
            return came, set()
        while True:
            try:
                return [self._changes.get(timeout=_LOOK)], set()
            except Empty:
                if changed := self.look():
                    return [], changed

    def look(self, again: Iterable[Path] = ()) -> set[Path]:
        """Watches what there is now; gives the places that came, went or are another file than before."""
        places = {path.resolve() for path in self._places()}
        folders = self._folders(places)
        for path in list(self._watched):
            if path not in folders or self._watched[path][0] != _identity(path) or path in again:
                self._let_go(path)
        for path, only in folders.items():
            if path not in self._watched:
                self._watch(path, only)
        seen = {path: _identity(path) for path in places}
        known = self._seen or seen
        self._seen = seen
        return {path for path in places | known.keys() if seen.get(path) != known.get(path)}

    def _folders(self, places: set[Path]) -> dict[Path, frozenset[Path] | None]:
        """The folders to watch: whole ones, and of the parents of the places only what is a place itself."""
        whole = [path for path in places if path.is_dir() and not any(one in places for one in path.parents)]
        found: dict[Path, frozenset[Path] | None] = {}
        for path in places:
            if not any(path.is_relative_to(one) for one in whole if one != path):
                found[path.parent] = (found.get(path.parent) or frozenset()) | {path}
        return {**found, **dict.fromkeys(whole)}

    def _watch(self, path: Path, only: frozenset[Path] | None) -> None:
        handler = _Handler(self._changes, path, only)
        identity = _identity(path)
        if identity is None:
            return
        try:
            watch = self._observer.schedule(handler, str(path), recursive=only is None, event_filter=_TOLD)
        except OSError as error:
            # What went away or cannot be read is tried again at the next look.
            if error.errno in _NO_MORE and not isinstance(self._observer, PollingObserver):
                self._poll()
            return
        self._watched[path] = identity, watch

    def _let_go(self, path: Path) -> None:
        _, watch = self._watched.pop(path)
        with suppress(KeyError, OSError):
            self._observer.unschedule(watch)

    def _poll(self) -> None:
        """Looks at all files in turn from now on."""
        self.close()
        self._watched.clear()
        self._observer = PollingObserver()
        self._observer.start()
        self.look()

    def _names(self, paths: Iterable[Path]) -> frozenset[str]:
        return frozenset(name for path in paths if (name := _named(path, self._root)))


def _named(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


@dataclass(frozen=True, slots=True)
class _Change:
    """A path that changed; `born` tells that there was nothing before."""

    path: Path
    born: bool


def _lasting(changes: Iterable[_Change]) -> set[Path]:
    """What changed, without files that came and went: programs save a file under another name first."""
    first: dict[Path, _Change] = {}
    for one in changes:
        first.setdefault(one.path, one)
    return {one.path for one in first.values() if not one.born or one.path.exists()}


class _Handler(FileSystemEventHandler):
    """Puts aside what changed below a folder; `only` are the paths that matter, None stands for all."""

    def __init__(self, changes: SimpleQueue[_Change], folder: Path, only: frozenset[Path] | None) -> None:
        self._changes, self._folder, self._only = changes, folder, only

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Takes both ends of a move."""
        for name in (event.src_path, event.dest_path):
            path = Path(os.fsdecode(name)) if name else self._folder.parent
            wanted = path in self._only if self._only is not None else path.is_relative_to(self._folder)
            if wanted and not _ignored(path.relative_to(self._folder).parts):
                self._changes.put(_Change(path, born=isinstance(event, FileCreatedEvent)))


def _ignored(parts: tuple[str, ...]) -> bool:
    """Whether a file is none of the author's: hidden, made by tools, or what an editor writes while it saves."""
    if any(part in SKIPPED or (part.startswith(".") and part != WELL_KNOWN) for part in parts):
        return True
    name = parts[-1] if parts else ""
    # Vim tries a folder with a file 4913; Emacs and JetBrains editors have their own marks.
    return name.endswith(_TEMPORARY) or name == "4913" or name.startswith("#") or "___jb_" in name


def _identity(path: Path) -> _Identity | None:
    """What tells a folder from another one of its name, None where there is none; of a file only that it is there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if path.is_dir() else (0, 0)
