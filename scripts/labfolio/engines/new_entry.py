"""`labfolio new`: the file of a new entry, and its record in the bibliography."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from labfolio.engines.clock import today
from labfolio.engines.site_folder import SiteFolder
from labfolio.facts.portfolio import numbered
from labfolio.files.destinations import create_file, replace_file
from labfolio.files.sources import read_sources, read_text_file
from labfolio.model.diagnostic import has_errors
from labfolio.model.entry import PAPER, Entry, Kind
from labfolio.model.source import SourceTree
from labfolio.model.spelling import nearest
from labfolio.parse.record_text import append_record
from labfolio.parse.text import decode
from labfolio.parse.tree import Parsed, read_tree
from labfolio.schema.scaffold import NewEntry, entry_path, entry_text, next_id, slug_of


class Refused(Exception):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the record of a paper comes from: BibTeX, or with `arxiv`, an identifier, a record of arXiv."""

    name: str
    text: str
    arxiv: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an author says of a new entry; what is empty is found out."""

    kind: Kind
    title: str
    slug: str = ""
    day: str = ""
    pillar: str = ""
    papers: Sequence[str] = ()
    based_on: Sequence[str] = ()
    tags: Sequence[str] = ()
    source: Source | None = None


def new_entry(folder: SiteFolder, wanted: Wanted, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Writes the entry and gives the paths that were written, relative to the root: with its record, the bibliography.

    Raises Refused and OSError.
    """
    tree = read_sources(folder.root, folder.settings.docs_dir)
    parsed = read_tree(tree, folder.settings)
    bibliography = f"{folder.settings.docs_dir}/{parsed.program.records}"
    papers = ""
    if wanted.source is not None:
        wanted, papers = _with_record(wanted, wanted.source, bibliography, tree, parsed)
    known = {*parsed.papers, *(wanted.papers if papers else ())}
    new = _settled(wanted, parsed, known, _day(wanted.day, parsed, environment))
    path = entry_path(new.kind, new.slug, folder.settings.docs_dir)
    _check(folder, tree, (path, bibliography) if papers else (path,))
    text = entry_text(new, [pillar.id for pillar in parsed.program.pillars])
    try:
        create_file(folder.root / path, text.encode())
    except FileExistsError:
        raise Refused(f"{path} is there already; choose another name with --slug") from None
    if papers:
        try:
            replace_file(folder.root / bibliography, papers.encode())
        except BaseException:
            # An entry without its record would be a fault.
            (folder.root / path).unlink(missing_ok=True)
            raise
    return (path, bibliography) if papers else (path,)


def saved(path: Path) -> str:
    """The text of a file that an author saved. Raises Refused."""
    try:
        data = read_text_file(path)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    text, found = decode(path.name, data)
    if has_errors(found):
        raise Refused(f"{path}: {found[0].message}")
    return text


def _with_record(
    wanted: Wanted, source: Source, bibliography: str, tree: SourceTree, parsed: Parsed
) -> tuple[Wanted, str]:
    """The entry with its paper's key and title, and the bibliography's new text; empty where it has the work already.

    Raises Refused.
    """
    from labfolio.importers.one_record import of_arxiv, of_bibtex

    if any(one.path == bibliography for one in parsed.diagnostics):
        raise Refused(f"{bibliography} has faults; labfolio check names them")
    key = wanted.papers[0] if wanted.papers else ""
    text = source.text
    found = of_arxiv(text, source.arxiv, parsed.papers) if source.arxiv else of_bibtex(text, key, parsed.papers)
    if isinstance(found, str):
        raise Refused(f"{source.name}: {found}")
    before = decode(bibliography, tree.texts.get(bibliography, b""))[0]
    others = (
        [one for one in wanted.papers if one not in (key, found.key)] if key and not source.arxiv else wanted.papers
    )
    made = replace(wanted, title=wanted.title or found.title, papers=(found.key, *others))
    return made, append_record(before, found.bibtex) if found.bibtex else ""


def _settled(wanted: Wanted, parsed: Parsed, papers: Iterable[str], day: date) -> NewEntry:
    """The entry with everything found out. Raises Refused."""
    parents = [_entry(name, parsed) for name in wanted.based_on]
    pillar = wanted.pillar or next((one.front.pillar for one in parents if one.front.pillar), "")
    _known("pillar", [pillar] if pillar else [], [one.id for one in parsed.program.pillars])
    _known("paper", wanted.papers, papers)
    inherited = next((one.front.paper for one in parents if one.front.paper), ())
    return NewEntry(
        kind=wanted.kind,
        slug=_slug(wanted, parsed),
        title=wanted.title,
        id=next_id(wanted.kind, _ids(parsed.entries)),
        date=day,
        pillar=pillar,
        papers=tuple(wanted.papers) or inherited,
        based_on=tuple(one.slug for one in parents),
        tags=tuple(wanted.tags),
    )


def _ids(entries: Iterable[Entry]) -> set[str]:
    """Every id that is stated, and those that entries without one carry today."""
    given = list(entries)
    published = [entry for entry in given if not entry.front.draft]
    return {*numbered(published).values(), *(entry.front.id for entry in given if entry.front.id)}


def _slug(wanted: Wanted, parsed: Parsed) -> str:
    """The stated slug, the key of a paper note's only paper, or the title's words. Raises Refused."""
    key = wanted.papers[0] if wanted.kind is PAPER and len(wanted.papers) == 1 else ""
    slug = wanted.slug or (key if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", key) else slug_of(wanted.title))
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", slug):
        raise Refused(f"'{slug or wanted.title}' cannot stand in a URL; give a name with --slug")
    taken = {entry.slug.casefold(): entry.path for entry in parsed.entries}
    taken |= {url.split("/")[-2].casefold(): path for path, url in parsed.faulty.items() if url}
    if slug.casefold() in taken:
        raise Refused(f"'{slug}' is already the name of {taken[slug.casefold()]}; choose another with --slug")
    return slug


def _entry(name: str, parsed: Parsed) -> Entry:
    """The entry of a slug, an id or a path. Raises Refused."""
    ids = numbered([entry for entry in parsed.entries if not entry.front.draft])
    for entry in parsed.entries:
        if name in (entry.slug, entry.path, entry.front.id, ids.get(entry.path)):
            return entry
    slugs = [entry.slug for entry in parsed.entries]
    raise Refused(f"there is no entry '{name}'{nearest(name, slugs)}")


def _known(field: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Raises Refused for a name that nothing in the site has."""
    given = sorted(known)
    for name in names:
        if name not in given:
            listed = f" There are: {', '.join(given[:12])}." if given else ""
            raise Refused(f"there is no {field} '{name}'{nearest(name, given)}{listed}")


def _day(stated: str, parsed: Parsed, environment: Mapping[str, str]) -> date:
    """The stated day, else today in the programme's zone. Raises Refused."""
    try:
        return today(parsed.program.timezone, environment, stated)
    except (ValueError, OverflowError, OSError):
        raise Refused(f"'{stated}' is no day; write it as 2026-11-20") from None


def _check(folder: SiteFolder, tree: SourceTree, paths: Iterable[str]) -> None:
    """Raises Refused where a path, or a folder on the way to it, is a symbolic link."""
    refused = {one.path: one.reason for one in tree.refused}
    for path in paths:
        parts = path.split("/")
        for length in range(1, len(parts) + 1):
            part = "/".join(parts[:length])
            if part in refused or (folder.root / part).is_symlink():
                raise Refused(f"nothing was written: {part}: {refused.get(part, 'it is a symbolic link')}")
