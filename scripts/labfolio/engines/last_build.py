"""The last build: whether another one of the same folder would write what stands there already.

A build whose inputs are those of the last good one, and whose site is as that one left it, has nothing to do. Inputs
are the bytes of every source, template and setting with the names of all files beside them, the settings of the
environment that were asked for, the day, and the program. In any doubt there is no last build.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labfolio.engines.clock import today
from labfolio.engines.program import has_pagefind, program, versioned
from labfolio.files.destinations import swap
from labfolio.files.record import cache_folder, read_record, write_record
from labfolio.files.snapshot import Place, moment, snapshot
from labfolio.files.sources import packaged_theme
from labfolio.model.build_report import BuildReport, report_of
from labfolio.model.site import FRAGMENTS, Settings
from labfolio.model.snapshot import LINK, FileState, Snapshot

if TYPE_CHECKING:
    from labfolio.build import Result

# Raised when the shape of the record changes.
_FORM = 2
_NOTHING = Snapshot(0, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a build was asked for: by which engine, from which settings file, into which folder (empty: what the
    settings say) and, as a text, whatever else decides what is written."""

    engine: str
    config: Path
    target: str = ""
    options: str = ""

    @property
    def root(self) -> Path:
        """The folder of the settings."""
        return self.config.absolute().parent

    @property
    def record(self) -> str:
        """The name of the file that holds this engine's last build."""
        return f"last-build-{self.engine}.json"

    def as_data(self) -> dict[str, str]:
        """What the record is held against."""
        return {"engine": self.engine, "config": self.config.name, "target": self.target, "options": self.options}


class Environment(Mapping[str, str]):
    """An environment that remembers what was asked of it and what it answered."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self.answers: dict[str, str | None] = {}

    def __getitem__(self, name: str) -> str:
        self.answers[name] = self._given.get(name)
        return self._given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What stands there already, and what the build that wrote it said."""

    target: Path
    report: BuildReport


def unchanged(asked: Asked, environment: Mapping[str, str], stated: str = "") -> Kept | None:
    """The last build, if another one would write the same; None in any doubt."""
    try:
        return _unchanged(asked, environment, stated)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _unchanged(asked: Asked, environment: Mapping[str, str], stated: str) -> Kept | None:
    data = read_record(asked.root, asked.record)
    if (
        data["form"] != _FORM
        or data["asked"] != asked.as_data()
        or any(environment.get(name) != value for name, value in data["environment"].items())
        or data["day"] != today(data["zone"], environment, stated).isoformat()
        or data["pagefind"] != has_pagefind()
        or data["program"] != program()
    ):
        return None
    # From the folder of the settings: a copy of the folder has a site of its own.
    target = Path(os.path.normpath(asked.root / data["site"]["place"]))
    beside = f".{target.name}.labfolio-"
    if any(path.name.startswith(beside) for path in target.parent.iterdir()):
        return None
    inputs, site = _snapshot_of(data["inputs"]), _snapshot_of(data["site"])
    read = _looked_at(asked, data, target, inputs, site, 0)
    if not _same(read, (inputs, site)):
        return None
    report = report_of(data["report"])
    # Of what is vouched for the state is the one that was known.
    if any(
        state is not known.files[path]
        for known, now in zip((inputs, site), read, strict=True)
        for path, state in _files(now)
    ):
        # Something was written again with the same bytes. It need not be read the next time.
        with contextlib.suppress(OSError):
            _refresh(asked, data, target, (inputs, site))
    return Kept(target=target, report=report)


def _files(taken: Snapshot) -> Iterator[tuple[str, FileState]]:
    return ((path, state) for path, state in taken.files.items() if len(state.content) == 64)


def _same(read: tuple[Snapshot, Snapshot], recorded: tuple[Snapshot, Snapshot]) -> bool:
    # A site that a web server may no longer read is not the one that was written; sources are only read.
    return recorded[0].same_files(read[0], rights=False) and recorded[1].same_files(read[1], rights=True)


def _looked_at(
    asked: Asked, data: Mapping[str, Any], target: Path, inputs: Snapshot, site: Snapshot, since: int
) -> tuple[Snapshot, Snapshot]:
    """What stands there now. Raises OSError."""
    places = _places(asked, data["docs_dir"], data["custom_dir"])
    return snapshot(places, since, inputs), snapshot({"": Place(target)}, since, site)


def _refresh(asked: Asked, data: dict[str, Any], target: Path, recorded: tuple[Snapshot, Snapshot]) -> None:
    """Records the times of files that hold what they held. Raises OSError."""
    now = moment(cache_folder(asked.root))
    inputs, site = _looked_at(asked, data, target, *recorded, now)
    if inputs.settled and _same((inputs, site), recorded):
        places = {"inputs": _data_of(inputs), "site": {**_data_of(site), "place": data["site"]["place"]}}
        write_record(asked.root, asked.record, {**data, **places})


def _places(asked: Asked, docs_dir: str, custom_dir: str) -> dict[str, Place]:
    """Everything that goes into a site, by names that say nothing of the machine."""
    root = asked.root
    whole = [asked.config.name, Path(FRAGMENTS).parts[0], *([custom_dir] if custom_dir else [])]
    return {
        **{name: Place(root / name) for name in whole},
        **{name: Place(root / name, "sources") for name in (docs_dir, "builds")},
        "labfolio:package": Place(Path(__file__).resolve().parents[1], "program"),
        "labfolio:theme": Place(packaged_theme()),
    }


def _snapshot_of(data: Mapping[str, Any]) -> Snapshot:
    return Snapshot(data["moment"], {path: FileState(*row) for path, row in data["files"].items()})


def _data_of(taken: Snapshot) -> dict[str, Any]:
    return {"moment": taken.moment, "files": taken.files}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The folder that a build put in place, and what stood in it before anybody else could write there."""

    target: Path
    site: Snapshot


def put(root: Path, fresh: Path, target: Path) -> Written:
    """Swaps a finished folder in. Raises DestinationError, the old site whole."""
    since = 0
    with contextlib.suppress(OSError):
        since = moment(cache_folder(root))
    return Written(target=target.absolute(), site=Snapshot(since, swap(fresh, target)))


class Watched:
    """A build that is under way, from before it reads anything."""

    def __init__(self, asked: Asked, environment: Mapping[str, str]) -> None:
        self.asked, self.environment = asked, Environment(environment)
        self._since, self._program = 0, ""
        with contextlib.suppress(OSError, UnicodeError):
            self._since, self._program = moment(cache_folder(asked.root)), program()

    def keep(self, result: "Result", written: Written, number: int) -> None:
        """Records a good build, unless a later one could not tell whether it is still good. Raises nothing."""
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError, ImportError):
            settings = result.edition.settings
            if self._since and versioned(_named(settings)) and self._program == program():
                self._keep(result, settings, written, number)

    def _keep(self, result: "Result", settings: Settings, written: Written, number: int) -> None:
        known = _NOTHING
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
            known = _snapshot_of(read_record(self.asked.root, self.asked.record)["inputs"])
        places = _places(self.asked, settings.docs_dir, settings.custom_dir)
        inputs = snapshot(places, self._since, known)
        place = os.path.relpath(written.target, self.asked.root)
        found = os.path.samefile(os.path.normpath(self.asked.root / place), written.target)
        if inputs.settled and found and not _linked(inputs, places):
            write_record(self.asked.root, self.asked.record, self._record(result, inputs, written, number))

    def _record(self, result: "Result", inputs: Snapshot, written: Written, number: int) -> dict[str, Any]:
        settings = result.edition.settings
        day: date = result.edition.progress.today
        report = BuildReport(
            diagnostics=result.diagnostics, left_out=result.left_out, allowed=result.allowed, number=number
        )
        return {
            "form": _FORM,
            "asked": self.asked.as_data(),
            "environment": self.environment.answers,
            "zone": result.edition.portfolio.program.timezone,
            "day": day.isoformat(),
            "pagefind": settings.search == "pagefind",
            "program": self._program,
            "docs_dir": settings.docs_dir,
            "custom_dir": settings.custom_dir,
            "inputs": _data_of(inputs),
            "site": {**_data_of(written.site), "place": os.path.relpath(written.target, self.asked.root)},
            "report": report.as_data(),
        }


def _linked(inputs: Snapshot, places: Mapping[str, Place]) -> bool:
    """Whether there is a link in a theme, which is followed there: what it leads to is not looked at here."""
    links = [path for path, state in inputs.files.items() if state.content.startswith(LINK)]
    whole = [name for name, place in places.items() if place.extent != "sources"]
    return any(path == name or path.startswith(f"{name}/") for path in links for name in whole)


def _named(settings: Settings) -> Iterator[str]:
    """The modules that the settings name."""
    yield from settings.extensions
    for config in settings.extension_configs.values():
        yield from _objects(config)


def _objects(value: Any) -> Iterator[str]:
    if type(value).__name__ == "PythonName":
        yield value.name
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _objects(item)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)
