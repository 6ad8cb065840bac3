"""From all sources to all values: which file is what, and everything that is wrong with any of them at once."""

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from labfolio.model.diagnostic import Diagnostic, Level, has_errors
from labfolio.model.entry import KINDS, Entry, FreeText, Kind
from labfolio.model.ledger import LEDGER, Ledger
from labfolio.model.log import LOG, Worked
from labfolio.model.memory import Memory
from labfolio.model.program import Program
from labfolio.model.rules import fault
from labfolio.model.site import LeftOut, Settings
from labfolio.model.source import Refused, SourceTree
from labfolio.model.step import step
from labfolio.parse.bibliography import Record
from labfolio.parse.file_names import other_markdown, unsafe_part
from labfolio.parse.front_matter import read_entry, read_free_page
from labfolio.parse.ledger import read_ledger
from labfolio.parse.library import read_library
from labfolio.parse.log import read_log
from labfolio.parse.program import read_program
from labfolio.parse.text import decode
from labfolio.parse.yaml_text import YamlText, read_yaml

PROGRAM = "program.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Everything that was read. `program_text` tells where the programme's fields stand.

    `papers` are the works of the bibliography, all of them where `papers_sound`. `faulty` maps the sources of entries
    and pages that could not be read to the URLs they would have: what refers to them is not at fault.
    """

    entries: tuple[Entry, ...]
    free_pages: tuple[FreeText, ...]
    program: Program
    program_path: str
    program_source: str
    program_text: YamlText
    papers: Mapping[str, Record]
    papers_sound: bool
    log: tuple[Worked, ...]
    log_path: str
    ledger: Ledger
    faulty: Mapping[str, str]
    left_out: tuple[LeftOut, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Reading:
    memory: Memory
    entries: list[Entry] = field(default_factory=list)
    free_pages: list[FreeText] = field(default_factory=list)
    faulty: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


def read_tree(
    tree: SourceTree, settings: Settings, only: Collection[str] | None = None, memory: Memory | None = None
) -> Parsed:
    """All entries, pages, the programme and the bibliography of a tree, with every diagnostic found on the way.

    With `only` some Markdown files, the others are as those that could not be read: what refers to them is not at
    fault. Then the log is not read, nor a bibliography that none of them names. Texts that the `memory` has are not
    taken apart again.
    """
    reading = _Reading(memory or Memory())
    for refused in tree.refused:
        _refuse(refused, settings, reading)
    program_path = f"{settings.docs_dir}/{PROGRAM}"
    source = _text(program_path, tree, reading)
    if program_path in tree.texts and source:
        program, program_text, found = reading.memory.recall(read_program, program_path, source)
        reading.found += found
    else:
        program, program_text = Program(), read_yaml(program_path, "")
    _read_pages(tree, settings, program.timezone, reading, only)
    papers: Mapping[str, Record] = {}
    before = len(reading.found)
    if only is None or _cites(reading):
        papers = _papers(program, program_path, source, program_text, settings, tree, reading)
    unread = any(one.path.endswith(".bib") for one in tree.refused)
    papers_sound = len(reading.found) == before and not unread
    log_path = f"{settings.docs_dir}/{LOG}"
    log: tuple[Worked, ...] = ()
    if log_path in tree.files and only is None:
        items = {entry.slug: entry.front.pillar for entry in reading.entries}
        slugs = {url.split("/")[-2] for url in reading.faulty.values() if url}
        log, found = read_log(log_path, tree.read(log_path), program, items, slugs)
        reading.found += found
    ledger = _ledger(f"{settings.docs_dir}/{LEDGER}", tree, reading)
    return Parsed(
        entries=tuple(reading.entries),
        free_pages=tuple(reading.free_pages),
        program=program,
        program_path=program_path,
        program_source=source,
        program_text=program_text,
        papers=papers,
        papers_sound=papers_sound,
        log=log,
        log_path=log_path,
        ledger=ledger,
        faulty=reading.faulty,
        left_out=tuple(reading.left_out),
        diagnostics=tuple(reading.found),
    )


def _refuse(refused: Refused, settings: Settings, reading: _Reading) -> None:
    """Tells of a path that was not read; it is a fault where labfolio would have read a file of that name."""
    named = [f"{settings.docs_dir}/{name}" for name in (PROGRAM, LEDGER, LOG)]
    awaited = refused.path in named or (refused.path.endswith(".bib") and refused.path.startswith(settings.docs_dir))
    rule = "refused-source" if awaited and refused.rule == "refused-file" else refused.rule
    if refused.path.endswith(".md"):
        reading.faulty[refused.path] = _url(refused.path, settings.docs_dir)
    message = f"{refused.reason}; it is never opened" if rule == "refused-file" else refused.reason
    one = fault(rule, refused.path, message)
    reading.found.append(one)
    if one.level is not Level.ERROR:
        reading.left_out.append(LeftOut(path=refused.path, reason=refused.reason))


def _cites(reading: _Reading) -> bool:
    """Whether a text that was read may name a work."""
    texts: list[Entry | FreeText] = [*reading.entries, *reading.free_pages]
    return any(entry.front.paper for entry in reading.entries) or any("@" in text.body for text in texts)


def _papers(
    program: Program,
    path: str,
    source: str,
    written: YamlText,
    settings: Settings,
    tree: SourceTree,
    reading: _Reading,
) -> Mapping[str, Record]:
    """The works of all files of the bibliography; one that is named and is not there is a fault of the programme."""
    files: dict[str, str] = {}
    for index, name in enumerate(program.bibliography):
        file = posixpath.normpath(f"{settings.docs_dir}/{name}")
        place = written.positions.get(("bibliography", index)) or written.positions.get(("bibliography",))
        if place is not None and (name.startswith(("/", "~")) or not file.startswith(f"{settings.docs_dir}/")):
            help = f"Put the file into {settings.docs_dir}/, and write its path from there."
            message = f"bibliography: '{name}' lies outside of {settings.docs_dir}/"
            reading.found.append(fault("invalid-value", path, message, help, place, source))
        elif file not in tree.files and place is not None:
            help = f"Put the file at {file}, or correct the path; it is relative to {settings.docs_dir}/."
            reading.found.append(fault("missing-file", path, f"bibliography: there is no {file}", help, place, source))
        elif file in tree.files:
            text, found = decode(file, tree.texts[file] if file in tree.texts else tree.read(file))
            reading.found += found
            files[file] = text
    papers, found = reading.memory.recall(_library, *files.items())
    reading.found += found
    return papers


def _library(*files: tuple[str, str]) -> tuple[Mapping[str, Record], tuple[Diagnostic, ...]]:
    return read_library(files)


def _ledger(path: str, tree: SourceTree, reading: _Reading) -> Ledger:
    """The ledger; one that cannot be read at all is not sound, and nobody may write over it."""
    before = len(reading.found)
    text = _text(path, tree, reading)
    if len(reading.found) > before or any(refused.path == path for refused in tree.refused):
        return Ledger(path=path, sound=False)
    ledger, found = reading.memory.recall(read_ledger, path, text)
    reading.found += found
    return ledger


def _text(path: str, tree: SourceTree, reading: _Reading) -> str:
    if path not in tree.texts:
        return ""
    text, found = decode(path, tree.texts[path])
    reading.found += found
    return text


def _read_pages(
    tree: SourceTree, settings: Settings, zone: str, reading: _Reading, only: Collection[str] | None
) -> None:
    """All Markdown files, the text of those in `only` alone; a moment is a day in `zone`."""
    for path in sorted(path for path in tree.texts if path.endswith(".md")):
        reading.memory.between()
        skim = only is not None and path not in only
        with step(f"reading {path}"):
            _read_markdown(path, tree.texts[path], settings, zone, reading, skim=skim)
    for path in sorted(path for path in tree.files if other_markdown(path) and _is_page(path, settings)):
        reading.left_out.append(LeftOut(path=path, reason="its name does not end in .md"))


def _read_markdown(path: str, data: bytes, settings: Settings, zone: str, reading: _Reading, *, skim: bool) -> None:
    if reason := _passed_over(path, settings):
        reading.left_out.append(LeftOut(path=path, reason=reason))
        return
    place = locate(path, settings.docs_dir)
    slug = place[1] if place else PurePosixPath(path).stem
    name, why, safe = unsafe_part((slug,) if place else _parts(path, settings.docs_dir))
    if name:
        reading.found.append(fault("unsafe-name", path, f"'{name}' {why}", f"Rename it, for example to '{safe}'."))
        return
    url = _url(path, settings.docs_dir)
    text, found = ("", ()) if skim else decode(path, data)
    reading.found += found
    if found or skim:
        reading.faulty[path] = url
        return
    if place:
        entry, found = reading.memory.recall(read_entry, place[0], slug, path, text, zone)
        reading.entries += [entry] if entry else []
    else:
        page, found = reading.memory.recall(read_free_page, path, url, text)
        reading.free_pages += [page] if page else []
    reading.found += found
    if has_errors(found):
        reading.faulty[path] = url


def _is_page(path: str, settings: Settings) -> bool:
    """Whether Markdown at a path would be an entry or a page of its own."""
    named = f"{path.rpartition('.')[0]}.md"
    return not _passed_over(named, settings) and (
        bool(locate(named, settings.docs_dir)) or not path.startswith("builds/")
    )


def _parts(path: str, docs_dir: str) -> tuple[str, ...]:
    """The names of a free page's folders and its own, as its URL has them."""
    rest = PurePosixPath(path[len(docs_dir) + 1 :])
    return (*rest.parts[:-1], rest.stem)


def locate(path: str, docs_dir: str) -> tuple[Kind, str] | None:
    """The kind and slug that a path stands for: `<folder>/<slug>.md` or `<folder>/<slug>/index.md`, else None."""
    for kind in KINDS:
        folder = kind.folder if kind.in_root else f"{docs_dir}/{kind.folder}"
        if path.startswith(folder + "/"):
            rest = PurePosixPath(path[len(folder) + 1 :])
            if len(rest.parts) == 1:
                return kind, rest.stem
            if len(rest.parts) == 2 and rest.name == "index.md":
                return kind, rest.parts[0]
    return None


def _url(path: str, docs_dir: str) -> str:
    """The URL that a Markdown file has, or would have."""
    place = locate(path, docs_dir)
    return f"{place[0].section}/{place[1]}/" if place else free_url(path, docs_dir)


def free_url(path: str, docs_dir: str) -> str:
    """The URL of a page that is no entry: `content/notes/x.md` is at `notes/x/`."""
    rest = PurePosixPath(path[len(docs_dir) + 1 :])
    parent = "" if str(rest.parent) == "." else f"{rest.parent}/"
    return parent if rest.stem in ("index", "README") else f"{parent}{rest.stem}/"


def _passed_over(path: str, settings: Settings) -> str:
    """Why a Markdown file is neither entry nor page, or an empty text."""
    inside = PurePosixPath(path)
    if any(part.startswith("_") for part in inside.parts):
        return "its name begins with '_'"
    folders = [kind.folder if kind.in_root else f"{settings.docs_dir}/{kind.folder}" for kind in KINDS]
    if any(path == f"{folder}/index.md" for folder in folders) or path == f"{settings.docs_dir}/index.md":
        return "labfolio makes this page itself"
    if any(path.startswith(folder + "/") for folder in folders) and locate(path, settings.docs_dir) is None:
        return "it lies beside an entry and is none itself"
    return ""
