"""`labfolio check --fix`: what is certain is mended, round by round until nothing is left, and then written."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from labfolio.check import lies_in
from labfolio.engines.checking import Found, check_all, check_some
from labfolio.engines.site_folder import Unusable, open_folder
from labfolio.files.destinations import DestinationError, replace_file
from labfolio.files.lock import locked_file
from labfolio.files.sources import read_regular
from labfolio.model.diagnostic import Diagnostic
from labfolio.parse.edited import edited

# What is mended may bring to light what it hid: a key behind a syntax fault, a value behind a key.
ROUNDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What came of it: the faults that were mended, where they stood; the files before and after; what is left.

    `usable` tells whether the site could be read at all in the end.
    """

    fixed: tuple[Diagnostic, ...]
    files: Mapping[str, tuple[bytes, bytes]]
    found: Found
    usable: bool


def mend(config: Path, environment: Mapping[str, str], stated: str = "", paths: Collection[str] = ()) -> Mended:
    """The site of a `mkdocs.yml` with every certain mend made, in memory; with `paths` those of these files alone."""
    work = _Work(config, paths)
    for _ in range(ROUNDS):
        found, usable = work.look(environment, stated)
        if not work.round(found.diagnostics):
            break
    files = {path: (data, work.now[path]) for path, data in work.before.items() if data != work.now[path]}
    return Mended(fixed=tuple(work.fixed), files=files, found=found, usable=usable)


def write_mended(config: Path, files: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Writes the files, each whole. Raises DestinationError for one that changed meanwhile or cannot be written."""
    for path, (before, after) in sorted(files.items()):
        target = _place(config, path)
        try:
            # A line that is being appended to the log is waited for.
            with locked_file(target):
                if read_regular(target) != before:
                    raise DestinationError(f"{path} was changed meanwhile and is left alone; run it again")
                replace_file(target, after)
        except OSError as error:
            raise DestinationError(f"cannot write {path}: {error.strerror}") from error


def _place(config: Path, path: str) -> Path:
    """Where a file lies: the settings as they were named, so that a link to them is not followed either."""
    return config if path == config.name else config.absolute().parent / path


@dataclass(slots=True)
class _Work:
    """The files of a site while they are mended; nothing is written."""

    config: Path
    paths: Collection[str]
    before: dict[str, bytes] = field(default_factory=dict)
    now: dict[str, bytes] = field(default_factory=dict)
    fixed: list[Diagnostic] = field(default_factory=list)

    def look(self, environment: Mapping[str, str], stated: str) -> tuple[Found, bool]:
        """What is found in the files as they are by now, and whether the site can be read at all."""
        try:
            folder = open_folder(self.config, environment, self.now.get(self.config.name))
            if self.paths:
                return check_some(folder, self.paths, environment, stated, self.now), True
            return check_all(folder, environment, stated, self.now), True
        except Unusable as error:
            return Found(diagnostics=error.diagnostics), False

    def round(self, found: Iterable[Diagnostic]) -> bool:
        """Makes every fix that fits; whether there was any."""
        by_path: dict[str, list[Diagnostic]] = {}
        for one in found:
            asked = not self.paths or any(lies_in(one.path, path) for path in self.paths)
            if one.fix is not None and asked:
                by_path.setdefault(one.path, []).append(one)
        return sum(self.mend(path, faults) for path, faults in by_path.items()) > 0

    def mend(self, path: str, faults: list[Diagnostic]) -> bool:
        """Makes the fixes of one file; whether it is another then."""
        if path not in self.now:
            try:
                self.before[path] = self.now[path] = read_regular(_place(self.config, path))
            except OSError:
                # A symbolic link is never followed: its fault stays.
                return False
        data, made = edited(self.now[path], [one.fix for one in faults if one.fix is not None])
        self.fixed += [one for one in faults if one.fix in made]
        changed = data != self.now[path]
        self.now[path] = data
        return changed
