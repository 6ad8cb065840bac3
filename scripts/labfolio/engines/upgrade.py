"""`labfolio upgrade` and `labfolio override`: a site's own files beside labfolio's originals of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from labfolio import __version__
from labfolio.engines.site_folder import SiteFolder
from labfolio.files.destinations import create_file, replace_file
from labfolio.files.scaffold import packaged_scaffold
from labfolio.files.sources import packaged_theme, read_folder, read_sources
from labfolio.model.renamed import RENAMED, Renamed
from labfolio.model.site import FRAGMENTS, Settings
from labfolio.model.spelling import nearest
from labfolio.parse.text import decode
from labfolio.parse.tree import locate
from labfolio.schema.editor import editor_files
from labfolio.schema.scaffold import with_version
from labfolio.schema.upgrade import (
    RECORD,
    Difference,
    Rename,
    State,
    differences,
    digest,
    read_record,
    record_text,
    renamed,
    renames,
    tooling,
)


class Refused(Exception):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What this version changes for a site: files, fields, and the originals and texts that they are compared with."""

    files: tuple[Difference, ...]
    fields: tuple[Rename, ...]
    originals: Mapping[str, bytes]
    mine: Mapping[str, bytes]
    record: Mapping[str, str]

    def compared(self, path: str) -> str:
        """The site's file against the original, as a unified diff."""
        mine, original = (found.get(path, b"").decode("utf-8", "replace") for found in (self.mine, self.originals))
        return "".join(
            unified_diff(
                mine.splitlines(True), original.splitlines(True), f"{path} (yours)", f"{path} (labfolio {__version__})"
            )
        )


def upgrade(folder: SiteFolder, table: Iterable[Renamed] = RENAMED) -> Upgrade:
    """What this version changes for a site; nothing is written. Raises OSError."""
    record = _record(folder.root) or {}
    originals = _originals() if _own_theme(folder) else {}
    paths = overridable(folder.settings)
    kept = {paths[name]: one for name, one in originals.items() if (folder.root / paths[name]).is_file()}
    made = tooling(with_version(packaged_scaffold(), __version__) | editor_files())
    if made.keys() & record.keys():  # begun by `init`: its tooling is kept current too
        kept |= made
    mine = {path: (folder.root / path).read_bytes() for path in kept if (folder.root / path).is_file()}
    return Upgrade(
        files=differences(record, kept, mine),
        fields=tuple(_renames(folder, tuple(table))),
        originals=kept,
        mine=mine,
        record=record,
    )


def apply(folder: SiteFolder, found: Upgrade) -> tuple[str, ...]:
    """Does the safe part and gives the paths that were written. Raises OSError.

    Safe are files that nobody changed since labfolio made them, new ones, and the names of fields. A file that
    differs without a record is written down as it is, so that the next change of its original is told.
    """
    written = []
    for one in found.files:
        if one.safe:
            _write(folder.root / one.path, found.originals[one.path])
            written.append(one.path)
    for path in dict.fromkeys(one.path for one in found.fields):
        target = folder.root / path
        text = target.read_bytes().decode("utf-8")
        _write(target, renamed(text, (one for one in found.fields if one.path == path)).encode())
        written.append(path)
    settled = [one.path for one in found.files if one.state is not State.BOTH]
    _settle(folder.root, found, settled)
    return tuple(written)


def keep(folder: SiteFolder, found: Upgrade, path: str) -> None:
    """Says that a site's file stays as it is beside the original of this version. Raises Refused and OSError."""
    if path not in found.originals:
        raise Refused(f"{path} has no original in labfolio")
    _settle(folder.root, found, [path])


def override(folder: SiteFolder, name: str) -> str:
    """Copies an original of the theme into the site and gives its path there. Raises Refused and OSError."""
    content = original(name)
    if not _own_theme(folder):
        raise Refused("this folder is labfolio's own theme; edit it in place")
    path = overridable(folder.settings)[name]
    try:
        create_file(folder.root / path, content)
    except FileExistsError:
        raise Refused(f"{path} is there already") from None
    record = {**(_record(folder.root) or {}), path: digest(content)}
    _write(folder.root / RECORD, record_text(__version__, record).encode())
    return path


def original(name: str) -> bytes:
    """A file of the packaged theme, such as `fragments/home.html`. Raises Refused and OSError."""
    found = _originals()
    if name not in found:
        raise Refused(f"the theme has no '{name}'{nearest(name, found)}")
    return found[name]


def overridable(settings: Settings) -> dict[str, str]:
    """The path at which a site's own file would replace each file of the packaged theme. Raises OSError."""
    custom = settings.custom_dir or "theme/overrides"
    return {
        name: f"{FRAGMENTS}/{name.removeprefix('fragments/')}" if name.startswith("fragments/") else f"{custom}/{name}"
        for name in _originals()
    }


def _originals() -> dict[str, bytes]:
    theme = packaged_theme()
    fragments = {f"fragments/{name}": content for name, content in read_folder(theme / "fragments").items()}
    return fragments | read_folder(theme / "overrides")


def _own_theme(folder: SiteFolder) -> bool:
    """Whether the site's theme is another folder than the packaged one, as it is not in labfolio's own repository."""
    return (folder.root / FRAGMENTS).resolve() != (packaged_theme() / "fragments").resolve()


def _record(root: Path) -> dict[str, str] | None:
    try:
        return read_record((root / RECORD).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def _settle(root: Path, found: Upgrade, paths: Iterable[str]) -> None:
    """Writes down that these files were compared with this version's originals; the others keep theirs."""
    record = dict(found.record)
    for path, original in found.originals.items():
        unchanged = path in found.mine and digest(found.mine[path]) == digest(original)
        if path in paths or unchanged:
            record[path] = digest(original)
    text = record_text(__version__, record).encode()
    if not (root / RECORD).is_file() or (root / RECORD).read_bytes() != text:
        _write(root / RECORD, text)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)


def _renames(folder: SiteFolder, table: tuple[Renamed, ...]) -> Iterable[Rename]:
    """Renamed fields of every entry, page and the programme."""
    docs_dir = folder.settings.docs_dir
    texts = read_sources(folder.root, docs_dir).texts if table else {}
    for path, content in sorted(texts.items()):
        text, found = decode(path, content)
        if found or not (path.endswith(".md") or path == f"{docs_dir}/program.yml"):
            continue
        place = locate(path, docs_dir)
        holder = "program" if path.endswith(".yml") else place[0].name if place else "page"
        yield from renames(path, text, holder, table)
