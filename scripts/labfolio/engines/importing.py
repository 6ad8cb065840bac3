"""`labfolio import`: what another program wrote becomes files of the site, by a plan that is shown first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from labfolio.engines.site_folder import SiteFolder, look
from labfolio.facts.answers import pages_of
from labfolio.files.foreign import read_foreign
from labfolio.files.lock import locked
from labfolio.files.placing import Blocked, place, standing
from labfolio.importers.carried import Carried, Given, Import, Missed, Target
from labfolio.importers.formats import reader
from labfolio.model.entry import KINDS, PAPER
from labfolio.parse.text import decode
from labfolio.parse.tree import locate
from labfolio.present.urls import made_urls
from labfolio.survey import Survey

# What becomes of a file; `kept` is one that stands already and differs, `left` one whose entry is kept.
State = Literal["new", "same", "kept", "left", "grows", "replaced"]
WRITTEN: tuple[State, ...] = ("new", "grows", "replaced")


class NotImported(Exception):
    """Nothing can be imported; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A file of the import and what becomes of it."""

    file: Carried
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All files of an import in order of path, what could not be carried over, and what the site has already."""

    files: tuple[Planned, ...]
    missed: tuple[Missed, ...]
    known: tuple[str, ...] = ()

    def count(self, *states: State) -> int:
        """How many files have one of the states."""
        return sum(one.state in states for one in self.files)


def plan(
    folder: SiteFolder,
    format: str,
    path: Path,
    kind: str,
    environment: Mapping[str, str],
    stated: str = "",
    *,
    replacing: bool = False,
) -> Plan:
    """What an import would write. Raises NotImported, Unusable as `look` does, and OSError."""
    foreign = read_foreign(path)
    given = Given(files=foreign.files, read=foreign.read)
    done: Import = reader(format)(given, _target(folder, kind, look(folder, environment, stated)))
    if not (done.files or done.missed or done.known):
        raise NotImported(f"nothing of {format} was found there")
    links = [Missed(path=one.path, line=1, what=f"{one.reason}; it is not read") for one in foreign.refused]
    missed = sorted((*done.missed, *links), key=lambda one: (one.path, one.line, one.what))
    return Plan(files=tuple(_states(folder.root, done.files, replacing)), missed=tuple(missed), known=done.known)


def carry_out(folder: SiteFolder, plan: Plan) -> None:
    """Writes the files of a plan that are not there yet. Raises NotImported where one cannot be, and OSError."""
    with locked(folder.root):
        for one in plan.files:
            if one.state in WRITTEN:
                try:
                    place(folder.root, one.file.path, one.file.content)
                except Blocked as error:
                    raise NotImported(str(error)) from error


def _target(folder: SiteFolder, kind: str, seen: Survey) -> Target:
    settings, parsed, tree = folder.settings, seen.parsed, seen.tree
    program = parsed.program
    bibliography = f"{settings.docs_dir}/{program.records}"
    located = {path: locate(path, settings.docs_dir) for path in sorted(tree.texts) if path.endswith(".md")}
    answered = dict.fromkeys(made_urls(seen.portfolio), "")
    answered |= {url: page.source.path for url, page in pages_of(seen.portfolio).items()}
    return Target(
        docs_dir=settings.docs_dir,
        kind=next(one for one in KINDS if one.name == kind),
        today=seen.today,
        slugs={place[1]: path for path, place in located.items() if place},
        pillars=tuple(pillar.id for pillar in program.pillars),
        bibliography=bibliography,
        papers=decode(bibliography, tree.texts.get(bibliography, b""))[0],
        urls=answered,
        days={entry.path: entry.date for entry in parsed.entries},
        noted=frozenset(key for entry in parsed.entries if entry.kind is PAPER for key in entry.front.paper),
    )


def _states(root: Path, files: Iterable[Carried], replacing: bool) -> Iterable[Planned]:
    """What becomes of each file. Raises NotImported, before anything is written, where one cannot stand."""
    try:
        planned = [Planned(file=one, state=_state(standing(root, one.path), one, replacing)) for one in files]
    except Blocked as error:
        raise NotImported(str(error)) from error
    kept = {one.file.path for one in planned if one.state == "kept"}
    for one in planned:
        beside = one.file.entry in kept and one.state in WRITTEN
        yield replace(one, state="left") if beside else one


def _state(now: bytes | None, file: Carried, replacing: bool) -> State:
    if now is None:
        return "new"
    if now == file.content:
        return "same"
    if file.grows:
        return "grows"
    return "replaced" if replacing else "kept"
