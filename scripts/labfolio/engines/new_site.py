"""`labfolio init`: a folder that holds content only, ready for `mkdocs serve`."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from labfolio.files.destinations import create_file
from labfolio.files.scaffold import packaged_scaffold
from labfolio.model.diagnostic import has_errors
from labfolio.parse.program import read_program
from labfolio.parse.settings import read_settings
from labfolio.schema.editor import editor_files
from labfolio.schema.scaffold import NewSite, site_files
from labfolio.schema.upgrade import RECORD, digest, record_text, tooling


class Refused(Exception):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What `init` did: the files that it wrote and those that were there already, relative to the folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def new_site(folder: Path, new: NewSite, *, examples: bool = True) -> Begun:
    """Writes a new site into a folder, which is made. Files that are there stay. Raises Refused and OSError."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Refused(f"{folder.name} is not a folder")
    if (folder / "mkdocs.yml").exists():
        raise Refused(f"{folder.name or 'this folder'} has a mkdocs.yml already: it is a site")
    files = site_files(packaged_scaffold(), new, examples=examples) | editor_files()
    made = {path: digest(content) for path, content in tooling(files).items()}
    files[RECORD] = record_text(new.version, made).encode()
    _check(files)
    written, kept = [], []
    # The settings come last: without them the same command may be given again, and goes on where this one was stopped.
    for path, content in sorted(files.items(), key=lambda item: (item[0] == "mkdocs.yml", item[0])):
        try:
            create_file(folder / path, content)
            written.append(path)
        except FileExistsError:
            kept.append(path)
    return Begun(written=tuple(written), kept=tuple(kept))


def _check(files: Mapping[str, bytes]) -> None:
    """Raises Refused where an answer does not fit its field, so that no faulty site is begun."""
    program = files["content/program.yml"].decode()
    _, _, found = read_program("content/program.yml", program)
    found += read_settings("mkdocs.yml", files["mkdocs.yml"].decode(), {})[1]
    if has_errors(found):
        raise Refused("; ".join(one.message for one in found))


def author_of(environment: Mapping[str, str]) -> str:
    """The name that Git commits carry here, empty where Git knows none."""
    try:
        done = subprocess.run(
            ["git", "config", "--get", "user.name"], capture_output=True, text=True, timeout=5, env=dict(environment)
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return ""
    return " ".join(done.stdout.split())


def zone_of(environment: Mapping[str, str]) -> str:
    """The IANA name of this machine's time zone, `UTC` where it has none."""
    stated = environment.get("TZ", "").lstrip(":")
    link = Path("/etc/localtime")
    found = stated or (str(link.resolve()).partition("zoneinfo/")[2] if link.is_symlink() else "")
    _, _, faults = read_program("", f"timezone: {json.dumps(found)}")
    return found if found and not has_errors(faults) else "UTC"
