"""What would tell the public more than an author means to: tokens and home folders in all that is published.

A notebook and quoted code are not looked through here: what their pages print of them is masked already.
"""

import posixpath
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from labfolio.markdown.links import IMAGE_TYPES
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Entry, FreeText, Keys
from labfolio.model.ledger import LEDGER
from labfolio.model.log import LOG
from labfolio.model.memory import Memory
from labfolio.model.private_text import SECRET, Private, masked, private_in
from labfolio.model.rules import RULES, UNUSED, fault
from labfolio.model.scalars import AllowSecret
from labfolio.model.site import Output, Settings
from labfolio.model.source import START, Position, SourceTree
from labfolio.model.wording import plural
from labfolio.parse.tree import Parsed

# A file that is nothing but tokens is told of by so many.
_MOST = 20


@dataclass(frozen=True, slots=True)
class _Owner:
    """Where an author says what of some files opens nothing."""

    path: str
    prints: AllowSecret = ()
    positions: Mapping[Keys, Position] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaks:
    """What may not be published, and the fingerprints that let nothing stand; these only where all was looked at."""

    found: tuple[Diagnostic, ...]
    unused: tuple[Diagnostic, ...]


def leaks(
    parsed: Parsed,
    sources: Iterable[Entry | FreeText],
    faulty: Iterable[str],
    files: Iterable[Output],
    tree: SourceTree,
    settings: Settings | None = None,
    memory: Memory | None = None,
) -> Leaks:
    """The leaks of some entries and pages, of `faulty` ones too, and of published files, by the sources that they have.

    With `settings`, those of the settings, of the programme and of the files beside it too; `tree` has the private log.
    Texts in which the `memory` knows nothing private are not looked through again.
    """
    given = list(sources)
    search = _Search(parsed, given, memory or Memory())
    for source in given:
        search.look(source.path, source.text)
    # A pipe or a file that may not be read is faulty too, and has no text.
    for path in (one for one in faulty if one in tree.texts):
        # Its front matter cannot be read; a fingerprint that stands anywhere in it is meant.
        text = _text(tree.texts[path])
        search.look(path, text, partial(_not_named, text))
    published = {one.source: one for one in files if one.source in tree.files}
    if settings is not None:
        _look_at_programme(search, parsed, settings, tree, published)
    for path in sorted(published):
        _look_into(search, published[path], tree)
    return Leaks(found=tuple(search.found), unused=tuple(search.unused()))


def _not_named(text: str, one: Private) -> bool:
    return one.fingerprint not in text


class _Search:
    """What was found so far, and which fingerprints were asked for."""

    def __init__(self, parsed: Parsed, sources: Iterable[Entry | FreeText], memory: Memory) -> None:
        self.found: list[Diagnostic] = []
        self._memory = memory
        self._used: set[tuple[str, str]] = set()
        self._owners = {
            source.path: _Owner(source.path, _allowed(source), source.positions, source.text) for source in sources
        }
        self._programme = _Owner(
            parsed.program_path, parsed.program.allow_secret, parsed.program_text.positions, parsed.program_source
        )

    def look(
        self,
        path: str,
        text: str,
        wanted: Callable[[Private], bool] = lambda one: True,
        *,
        source: str = "",
        in_lines: bool = True,
    ) -> None:
        """Looks through a text of a file; `source` is the file where it is not published as it was written."""
        self._memory.between()
        # The memory has whether there is anything, never what it is.
        if not self._memory.marks_of("private", text, lambda: ["something"] if private_in(text) else []):
            return
        owner, places = self._owner(path), dict[str, list[Private]]()
        for one in private_in(text):
            if one.fingerprint in owner.prints:
                self._used.add((owner.path, one.fingerprint))
            elif wanted(one):
                places.setdefault(one.value, []).append(one)
        for group in list(places.values())[:_MOST]:
            self.found.append(_leak(path, owner, group, source or text, in_lines=in_lines, elsewhere=bool(source)))

    def unused(self) -> Iterable[Diagnostic]:
        """The fingerprints that nothing has."""
        for owner in (*self._owners.values(), self._programme):
            for index, one in enumerate(owner.prints):
                if (owner.path, one) not in self._used:
                    place = owner.positions.get(("allow_secret", index)) or owner.positions.get(
                        ("allow_secret",), START
                    )
                    message = f"allow_secret: nothing has the fingerprint {one}"
                    yield fault(UNUSED, owner.path, message, "Remove it.", place, owner.text)

    def _owner(self, path: str) -> _Owner:
        """The entry or page that a file is or lies beside, else the programme."""
        folders = [f"{path[:at]}/index.md" for at in range(len(path)) if path[at] == "/"]
        return next((self._owners[one] for one in (path, *reversed(folders)) if one in self._owners), self._programme)


def _allowed(source: Entry | FreeText) -> AllowSecret:
    return source.front.allow_secret if isinstance(source, Entry) else source.allow_secret


def _look_at_programme(
    search: _Search, parsed: Parsed, settings: Settings, tree: SourceTree, published: Collection[str]
) -> None:
    """Looks through what belongs to no entry and is shown on pages."""
    search.look(parsed.program_path, parsed.program_source)
    for name in (*parsed.program.bibliography, LEDGER, LOG):
        path = posixpath.normpath(f"{settings.docs_dir}/{name}")
        if path in tree.files and path not in published:
            # Of these, pages show some fields alone; a reference program writes where its copies of papers lie.
            search.look(path, _text(tree.read(path)), lambda one: one.rule == SECRET)
    stated = (settings.site_name, settings.site_url, settings.repo_url, settings.edit_uri, settings.copyright)
    search.look(settings.path, "\n".join(stated), in_lines=False)


def _look_into(search: _Search, file: Output, tree: SourceTree) -> None:
    """Looks through a published file and its name. Of an image its metadata is gone, and pixels are no text."""
    path = file.source
    suffix = posixpath.splitext(path)[1].lower()
    search.look(path, path, in_lines=False)
    if suffix in IMAGE_TYPES - {".svg"}:
        return
    if suffix == ".pdf":
        # Texts of a PDF's properties stand in it as bytes, or with a NUL before each.
        search.look(path, file.content.replace(b"\0", b"").decode("latin-1"), in_lines=False)
        return
    written = _text(tree.read(path)) if suffix == ".svg" else ""
    search.look(path, _text(file.content), source=written)


def _leak(path: str, owner: _Owner, places: list[Private], text: str, *, in_lines: bool, elsewhere: bool) -> Diagnostic:
    """One diagnostic for a value, at its first place."""
    first = places[0]
    start = max(text.find(first.value), 0) if elsewhere else first.start
    line = text.count("\n", 0, start) + 1
    width = len(first.value.split("\n", 1)[0])
    place = Position(line=line, column=start - text.rfind("\n", 0, start), width=width) if in_lines else START
    more = f", {plural(len(places), 'time')}" if len(places) > 1 else ""
    what = f"this looks like {first.kind}" if first.rule == SECRET else "this names a home folder"
    where = "the front matter" if owner.path == path else masked(owner.path)
    where = "" if path.endswith(".yml") and owner.path == path else f" in {where}"
    help = f"{RULES[first.rule].fix} If it opens nothing, write{where}: allow_secret: [{first.fingerprint}]"
    return fault(first.rule, path, f"{what}{more}", help, place, text if in_lines else "")


def _text(data: bytes) -> str:
    """The text of a file as others will read it; in UTF-16 a NUL stands beside each letter."""
    return data.replace(b"\0", b"").decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
