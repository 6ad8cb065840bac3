"""Reading a portfolio from the disk: regular files only, nothing followed, nothing outside the root."""

import errno
import os
import stat
from pathlib import Path

from labfolio.model.site import Theme
from labfolio.model.source import FILE_LIMIT, NOTEBOOK_LIMIT, WELL_KNOWN, Refused, SourceTree

SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "env", "wandb", "mlruns", "lightning_logs", "checkpoints"})
_TEXTS = (".md", ".yml", ".yaml", ".bib")


class FaultyTemplate(Exception):
    """A template that cannot be used, with the place of the fault."""

    def __init__(self, path: Path, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.path, self.line, self.column = path, line, column


def read_sources(root: Path, docs_dir: str) -> SourceTree:
    """The files below `docs_dir` and `builds`, Markdown, YAML and BibTeX read at once.

    What cannot be read, or may not be, is `refused`; `read` raises OSError.
    """
    files: list[str] = []
    refused: list[Refused] = []
    passed: list[str] = []
    for folder in dict.fromkeys((docs_dir, "builds")):
        _walk(root, folder, files, refused, passed)
    texts: dict[str, bytes] = {}
    for path in files:
        if path.endswith(_TEXTS) and _is_source(path, docs_dir):
            try:
                texts[path] = read_regular(root / path)
            except OSError as error:
                refused.append(_unreadable(path, error))
    known = frozenset(files) - {one.path for one in refused}

    def read(path: str) -> bytes:
        if path not in known:
            raise FileNotFoundError(path)
        return read_regular(root / path)

    return SourceTree(texts=texts, files=known, read=read, refused=tuple(refused), passed=tuple(passed))


def _is_source(path: str, docs_dir: str) -> bool:
    """Code beside a build brings its own READMEs and configuration; only the build's own page is read."""
    parts = path.split("/")
    if parts[0] == "builds" and docs_dir != "builds":
        return len(parts) == 2 or (len(parts) == 3 and parts[2] == "index.md")
    return True


def _walk(root: Path, folder: str, files: list[str], refused: list[Refused], passed: list[str]) -> None:
    """Collects regular files in sorted order; a link, pipe, socket or device is refused by name.

    What is hidden or a tool's own is `passed`, a folder as one.
    """
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        refused.append(_unreadable(folder, error))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if (entry.name.startswith(".") and entry.name != WELL_KNOWN) or entry.name in SKIPPED:
            passed.append(path)
            continue
        if not _is_utf8(entry.name):
            reason = f"byte {_not_utf8(entry.name)} of its name is not valid UTF-8"
            refused.append(Refused(path=path.encode("utf-8", "replace").decode(), reason=reason, rule="unsafe-name"))
        elif entry.is_symlink():
            refused.append(_link(root, path))
        elif entry.is_dir(follow_symlinks=False):
            _walk(root, path, files, refused, passed)
        elif entry.is_file(follow_symlinks=False):
            files.append(path)
        else:
            refused.append(Refused(path=path, reason="it is not a regular file"))


def _link(root: Path, path: str) -> Refused:
    """A symbolic link, which is never followed; it is a fault where it leads out of the site."""
    if Path(os.path.realpath(root / path)).is_relative_to(os.path.realpath(root)):
        return Refused(path=path, reason="it is a symbolic link")
    return Refused(path=path, reason="it is a symbolic link out of the site's folder", rule="refused-source")


def _unreadable(path: str, error: OSError) -> Refused:
    return Refused(path=path, reason=f"cannot be read: {error.strerror or 'it went away'}", rule="unreadable-file")


def _is_utf8(name: str) -> bool:
    return _not_utf8(name) < 0


def _not_utf8(name: str) -> int:
    """The first byte of a name that is not UTF-8, -1 without one."""
    try:
        os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    except UnicodeEncodeError as error:  # where names are no bytes
        return error.start
    return -1


def read_regular(path: Path, limit: int | None = None) -> bytes:
    """The bytes of a regular file, up to the limit (by default that of its kind) and one more, which tells its reader.

    Raises OSError, also for a symbolic link.
    """
    return _read(path, getattr(os, "O_NOFOLLOW", 0), limit)


def read_text_file(path: Path) -> bytes:
    """The bytes of one file that the author names, such as `mkdocs.yml`; a link is followed. Raises OSError."""
    return _read(path, 0)


def _read(path: Path, flags: int, limit: int | None = None) -> bytes:
    """A pipe is opened without waiting for its other end, and refused."""
    if limit is None:
        limit = NOTEBOOK_LIMIT if path.suffix.lower() == ".ipynb" else FILE_LIMIT
    flags |= os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        # Python makes room for as much as it is asked for.
        read = file.read(min(limit, found.st_size) + 1)
        # It grew since: what was read would end within a line.
        return read if len(read) <= found.st_size else read + file.read(max(0, limit + 1 - len(read)))


def packaged_theme() -> Path:
    """The folder of the theme: inside the installed package, or beside `scripts/` in a checkout."""
    inside = Path(__file__).resolve().parents[1] / "theme"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3] / "theme"


def read_theme(folder: Path, custom: Path | None = None, fragments: Path | None = None) -> Theme:
    """The packaged theme with a site's own files in the place of those of the same name.

    `custom` is the site's `custom_dir` (the frame and what is published), `fragments` its folder of fragments. A
    fragment that is replaced can still be had as `labfolio/<name>`. Raises OSError, and FaultyTemplate for a
    template that is empty or not UTF-8.
    """
    packaged = read_folder(folder / "overrides")
    own = read_folder(custom) if custom is not None and custom.resolve() != (folder / "overrides").resolve() else {}
    overrides = packaged | own
    templates = _templates(folder / "fragments")
    if fragments is not None and fragments.resolve() != (folder / "fragments").resolve():
        theirs = _templates(fragments)
        templates |= {f"labfolio/{name}": text for name, text in templates.items() if name in theirs} | theirs
    assets = {name: data for name, data in overrides.items() if name.startswith("assets/")}
    frame = _template(_own_frame(folder, custom), overrides["main.html"])
    replaced = {name: packaged[name] for name in assets if name in own and name in packaged}
    return Theme(frame=frame, fragments=templates, assets=assets, replaced=replaced)


def _templates(folder: Path) -> dict[str, str]:
    return {
        name: _template(folder / name, data) for name, data in read_folder(folder).items() if name.endswith(".html")
    }


def _own_frame(folder: Path, custom: Path | None) -> Path:
    """The site's own frame, else the packaged one."""
    own = custom / "main.html" if custom is not None else None
    return own if own is not None and own.is_file() else folder / "overrides" / "main.html"


def _template(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise FaultyTemplate(path, f"byte {error.start} is not valid UTF-8", line, column) from error
    if not text.strip():
        raise FaultyTemplate(path, "the file is empty")
    return text


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below a folder of templates or assets, by its path there; none for a folder that there is not.

    Raises OSError.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
