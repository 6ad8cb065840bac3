"""`mkdocs serve` where labfolio is the only plugin: what changed is built by a session and written, and nothing else.

MkDocs would read, render and write every page again at each save, look for changes every half second, and answer
nothing meanwhile. Its server, its address and its script stay; it builds itself whenever its own settings change.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from watchdog.events import FileModifiedEvent

from labfolio.engines.heap import give_back
from labfolio.engines.session import Session, Shown
from labfolio.engines.watching import State, changes, states
from labfolio.files.destinations import replace_file
from labfolio.model.site import Output
from labfolio.model.step import where

log = logging.getLogger("mkdocs.plugins.labfolio")

# What the server of MkDocs 1.6 holds beside its public names. One that lacks them serves as it does without this.
_NEEDED = ("_wanted_epoch", "_visible_epoch", "_epoch_cond", "_want_rebuild", "_watched_paths", "build_delay")
# Files that no page shows: when nothing else changed, no browser loads anything again.
_UNSEEN = (".atom", ".bib", ".cff", ".json", ".md", ".txt", ".xml")


def can_take_over(server: Any) -> bool:
    """Whether a server of MkDocs is one that this module knows."""
    return all(hasattr(server, name) for name in _NEEDED)


@dataclass(frozen=True, slots=True)
class _Told:
    """Changed files; more may follow unless the burst is `whole`."""

    names: frozenset[str]
    whole: bool


class SiteObserver:
    """An observer in the place of MkDocs' own: told by the system, without what editors and tools write beside files.

    What changed since the states that it is given is told first, then each burst of changes twice: when it begins and
    when it is over.
    """

    def __init__(self, root: Path, places: Callable[[], Collection[Path]], since: Mapping[str, State]) -> None:
        self._root, self._places, self._since = root.resolve(), places, since
        self._handlers: dict[Path, Any] = {}
        self._open = ExitStack()
        self._thread: threading.Thread | None = None
        self.told: SimpleQueue[_Told] = SimpleQueue()

    def schedule(self, handler: Any, path: str, *_: Any, **__: Any) -> Path:
        """Tells a handler of changes from now on; the result stands for it in `unschedule`."""
        place = Path(path).resolve()
        self._handlers[place] = handler
        return place

    def unschedule(self, watch: Path) -> None:
        """Tells the handler nothing more."""
        self._handlers.pop(watch, None)

    def start(self) -> None:
        """Watches from now on."""

        def early(names: frozenset[str]) -> None:
            self._tell(_Told(names, whole=False))

        bursts = self._open.enter_context(changes(self._root, self._watched, early=early))
        changed = missed(self._root, self._places(), self._since)
        self._thread = threading.Thread(target=self._follow, args=(changed, bursts), daemon=True)
        self._thread.start()

    def _watched(self) -> set[Path]:
        return {*self._places(), *list(self._handlers)}

    def _follow(self, changed: frozenset[str], bursts: Iterator[frozenset[str]]) -> None:
        if changed:
            self._tell(_Told(changed, whole=True))
        for names in bursts:
            self._tell(_Told(names, whole=True))

    def _tell(self, told: _Told) -> None:
        self.told.put(told)
        # All of them ask for the same: that the site be built again.
        for handler in list(self._handlers.values())[:1]:
            handler.on_any_event(FileModifiedEvent(str(self._root)))

    def stop(self) -> None:
        """Ends the watching."""
        self._open.close()

    def join(self, timeout: float | None = None) -> None:
        """The thread waits for changes alone, and ends with the program."""


@dataclass(slots=True)
class MkDocsServe:
    """The builder in the place of MkDocs' own. `by_mkdocs` is that one; `alone` tells whether it can be spared now."""

    server: Any
    session: Session
    observer: SiteObserver
    config: str
    by_mkdocs: Callable[[], None]
    alone: Callable[[], bool]
    tell: Callable[[Shown, float], None]
    # None where the files on the disk were written by MkDocs.
    _written: dict[str, bytes] | None = field(default=None, init=False)
    # What was told while a build went on, for the next call.
    _begun: list[_Told] = field(default_factory=list, init=False)

    def __call__(self) -> None:
        """Shows what changed since the last call; what fails leaves the site as it is."""
        try:
            self._follow()
        finally:
            give_back()

    def _follow(self) -> None:
        names, whole = self._changed()
        if self.config in names or not self.alone():
            self._build_by_mkdocs(whole)
            return
        # The old site is served meanwhile.
        self._answer()
        try:
            if not whole:
                if pages := self.session.edited(names):
                    self._show(pages, all_of_it=False)
                return
            began = time.perf_counter()
            shown, since = self._built()
            # What was saved since it was read is newer than what was built.
            self._show((*shown.outputs, *(self.session.edited(since) if since else ())), all_of_it=True)
        except Exception as error:
            if os.environ.get("LABFOLIO_TRACEBACK"):
                raise
            message = f"{type(error).__name__}{where(error)}: {error}"
            log.error(f"labfolio: {message}. This is a bug in labfolio; the last good site stays.")
            return
        self.tell(shown, time.perf_counter() - began)

    def _built(self) -> tuple[Shown, set[str]]:
        """A build, and what was saved while it went on; pages of such texts were shown at once."""
        since: set[str] = set()

        def between() -> None:
            if names := self._begins():
                since.update(names)
                if pages := self.session.edited(names):
                    self._show(pages, all_of_it=False)

        return self.session.build(between), since

    def _build_by_mkdocs(self, whole: bool) -> None:
        """All of it, once a burst is over. Raises what MkDocs raises; the last site is served on."""
        if whole:
            self._written = None
            try:
                self.by_mkdocs()
            except BaseException:
                self._answer()
                raise
        else:
            self._answer()

    def _changed(self) -> tuple[frozenset[str], bool]:
        """What was told since the last call, and whether a burst is over; a call without any is one for the whole."""
        told, self._begun = [*self._begun, *self._told()], []
        return frozenset(name for one in told for name in one.names), not told or any(one.whole for one in told)

    def _begins(self) -> frozenset[str]:
        """What was told since the last call or the last of these, and belongs to the next call as well."""
        if self.observer.told.empty():
            return frozenset()
        told = self._told()
        self._begun += told
        return frozenset(name for one in told for name in one.names)

    def _told(self) -> list[_Told]:
        told: list[_Told] = []
        with suppress(Empty):
            while True:
                told.append(self.observer.told.get_nowait())
        return told

    def _answer(self) -> None:
        """Lets requests through: MkDocs holds them back from when a build begins."""
        server = self.server
        with server._epoch_cond:
            server._wanted_epoch = server._visible_epoch
            server._epoch_cond.notify_all()

    def _show(self, outputs: Collection[Output], *, all_of_it: bool) -> None:
        """Writes what is another file than before, and has browsers load their pages again where one can see it.

        With `all_of_it` what is not among the files is removed.
        """
        root, server = Path(self.server.root), self.server
        written = _read(root) if self._written is None else self._written
        files = {output.path: output.content for output in outputs}
        fresh = {path: content for path, content in files.items() if written.get(path) != content}
        gone = written.keys() - files.keys() if all_of_it else frozenset()
        if any(not path.endswith(_UNSEEN) for path in (*fresh, *gone)):
            with server._epoch_cond:
                server._wanted_epoch = max(server._visible_epoch + 1, round(time.monotonic() * 1000))
        try:
            for path, content in fresh.items():
                target = root / path
                _make_way(root, target)
                replace_file(target, content, durable=False)
            for path in gone - _parents(files):
                (root / path).unlink(missing_ok=True)
        finally:
            self._written = None
            with server._epoch_cond:
                server._visible_epoch = server._wanted_epoch
                server._epoch_cond.notify_all()
        self._written = {path: content for path, content in {**written, **files}.items() if path not in gone}


def missed(root: Path, places: Collection[Path], since: Mapping[str, State]) -> frozenset[str]:
    """The files below places that are others than they were."""
    now = states(root.resolve(), places)
    return frozenset(name for name in now.keys() | since.keys() if now.get(name) != since.get(name))


def watch_sources(server: Any, root: Path, custom_dir: str | None) -> None:
    """Watches what MkDocs does not: builds and the theme."""
    for folder in (root / "builds", root / "theme", *([Path(custom_dir)] if custom_dir else [])):
        if folder.is_dir():
            server.watch(str(folder))


def take_over(
    server: Any,
    session: Session,
    config: Path,
    since: Mapping[str, State],
    by_mkdocs: Callable[[], None],
    *,
    alone: Callable[[], bool],
    tell: Callable[[Shown, float], None],
) -> None:
    """Gives a server that has not begun an observer and a builder of labfolio's own; see `MkDocsServe`.

    `since` are the states of the sources before the first build.
    """
    watched = [path for path, times in server._watched_paths.items() for _ in range(times)]
    for path in watched:
        server.unwatch(path)
    server.observer = SiteObserver(config.parent, session.places, since)
    for path in watched:
        server.watch(path)
    # A burst is over when it is told.
    server.build_delay = 0
    server.builder = MkDocsServe(
        server=server,
        session=session,
        observer=server.observer,
        config=config.name,
        by_mkdocs=by_mkdocs,
        alone=alone,
        tell=tell,
    )


def _read(root: Path) -> dict[str, bytes]:
    """The files below a folder, by their paths there."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _parents(files: Collection[str]) -> frozenset[str]:
    """The folders that files lie in; what was a file of such a name has made way."""
    return frozenset(parent.as_posix() for path in files for parent in Path(path).parents)


def _make_way(root: Path, target: Path) -> None:
    """The folder of a file; a file in the place of a folder goes, and a folder in the place of the file."""
    import shutil  # of use once a site is restructured

    for folder in reversed([one for one in target.parents if one.is_relative_to(root)]):
        if folder.is_file():
            folder.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
