"""What a newer labfolio changes for a site: files that it once made, templates that a site replaced, renamed fields."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from labfolio.model.entry import Keys
from labfolio.model.renamed import Renamed
from labfolio.model.source import Position
from labfolio.parse.front_matter import split
from labfolio.parse.yaml_text import read_yaml
from labfolio.schema.editor import SCHEMAS

# What labfolio made in a site, with the hash of each file as it was made.
RECORD = ".labfolio/made.json"
_TOOLING = (
    "requirements.txt",
    "requirements.lock",
    ".github/audit.lock",
    ".github/build.lock",
    ".github/dependabot.yml",
    ".github/workflows/audit.yml",
    ".github/workflows/pages.yml",
    ".vscode/tasks.json",
    "frontmatter.json",
    ".gitignore",
    ".gitattributes",
)


class State(StrEnum):
    """What became of a file of a site whose original labfolio has."""

    NEWER = "newer"  # the site's is as it was made, the original is newer
    ADDED = "added"  # the original is new in this version
    BOTH = "both"  # both were changed since
    UNKNOWN = "unknown"  # it differs, and nothing says what it began as


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A file that is not what labfolio would make now, and why; one that was changed in the site alone is none."""

    path: str
    state: State

    @property
    def safe(self) -> bool:
        """Whether the original can be put in its place without losing anything that was written."""
        return self.state in (State.NEWER, State.ADDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A field of a site's file that has another name now, and where the old one stands."""

    path: str
    position: Position
    old: str
    new: str
    since: str


def digest(content: bytes) -> str:
    """The SHA-256 of a file, line ends aside: Git may have changed them."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def tooling(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of a new site's files that labfolio keeps up to date: no content, no settings."""
    return {path: content for path, content in files.items() if path in _TOOLING or path.startswith(f"{SCHEMAS}/")}


def record_text(version: str, originals: Mapping[str, str]) -> str:
    """The record: the version that last looked at the site, and the digest of each original."""
    made = {"version": 1, "labfolio": version, "files": dict(sorted(originals.items()))}
    return json.dumps(made, indent=2) + "\n"


def read_record(text: str) -> dict[str, str] | None:
    """The digests of a record by path, None for a text that is none."""
    try:
        found = json.loads(text)
        return {str(path): str(value) for path, value in found["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def differences(
    record: Mapping[str, str], originals: Mapping[str, bytes], mine: Mapping[str, bytes]
) -> tuple[Difference, ...]:
    """The files of a site that labfolio would make otherwise now, in order of path.

    `mine` are those that exist. A recorded file that was taken away stays away; so does a replaced template.
    """
    found = []
    for path, original in sorted(originals.items()):
        state = _state(record.get(path), original, mine.get(path))
        if state is not None:
            found.append(Difference(path=path, state=state))
    return tuple(found)


def _state(made: str | None, original: bytes, mine: bytes | None) -> State | None:
    if mine is None:
        return State.ADDED if made is None else None
    if digest(mine) == digest(original) or made == digest(original):
        return None
    if made is None:
        return State.UNKNOWN
    return State.NEWER if made == digest(mine) else State.BOTH


def renames(path: str, text: str, holder: str, table: Iterable[Renamed]) -> tuple[Rename, ...]:
    """Fields of one file that have another name now; one whose new name is there as well is left to its author."""
    matter, first = (text, 1) if holder == "program" else (split(text)[0], 2)
    if matter is None:
        return ()
    keys = read_yaml(path, matter, whole=text, first_line=first).keys
    found = []
    for one in table:
        for place, position in keys.items():
            if one.holder == holder and _matches(place, one.path) and (*place[:-1], one.new) not in keys:
                found.append(Rename(path=path, position=position, old=one.path[-1], new=one.new, since=one.since))
    return tuple(found)


def _matches(place: Keys, path: tuple[str, ...]) -> bool:
    return len(place) == len(path) and all(
        wanted == "*" if isinstance(key, int) else key == wanted for key, wanted in zip(place, path, strict=True)
    )


def renamed(text: str, found: Iterable[Rename]) -> str:
    """The text with the new names; everything else stays as it is."""
    lines = text.split("\n")
    for one in sorted(found, key=lambda one: (one.position.line, one.position.column), reverse=True):
        row, column = one.position.line - 1, one.position.column - 1
        line = lines[row]
        lines[row] = line[:column] + one.new + line[column + one.position.width :]
    return "\n".join(lines)
