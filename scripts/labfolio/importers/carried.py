"""What an importer is given and what it gives: files that would be written, and what could not be carried over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from labfolio.model.entry import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A folder, or a single file, of another program.

    `files` names every regular file by its path relative to what was named, with forward slashes and in sorted order;
    `read` gives the bytes of one of them.
    """

    files: tuple[str, ...]
    read: Callable[[str], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The site that is imported into.

    `kind` is what posts become where they do not say it themselves; `slugs` are the names that are taken, with the
    source path of each; `bibliography` is the path and `papers` the text of the BibTeX file as it is. `urls` are the
    URLs that are answered, with the source path of who does (empty for a page that labfolio makes); `days` are the
    dates of the entries that stand, by path, so that what states no date keeps the one of its first import. `noted`
    are the BibTeX keys of the papers that have a note.
    """

    docs_dir: str
    kind: Kind
    today: date
    slugs: Mapping[str, str] = field(default_factory=dict)
    pillars: tuple[str, ...] = ()
    bibliography: str = "content/papers.bib"
    papers: str = field(default="", repr=False)
    urls: Mapping[str, str] = field(default_factory=dict, repr=False)
    days: Mapping[str, date] = field(default_factory=dict, repr=False)
    noted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A file that would be written: its path relative to the site's root, its bytes and the file it was made from.

    `grows` marks a file that is appended to (a bibliography): `content` is then the whole new text. `entry` is the
    path of the entry that it belongs to: where that stays as it is, so does what lies beside it.
    """

    path: str
    content: bytes = field(repr=False)
    source: str
    grows: bool = False
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What could not be carried over: where it stands in the other program's file, and what became of it."""

    path: str
    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """All that an importer makes of what it was given, in order of path.

    `known` names what the site has already and the importer therefore does not make again.
    """

    files: tuple[Carried, ...]
    missed: tuple[Missed, ...]
    known: tuple[str, ...] = ()
