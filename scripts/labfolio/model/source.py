"""The files a portfolio is made from, as they were found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

# The one hidden folder of the docs folder that is published, as it is (RFC 8615).
WELL_KNOWN = ".well-known"
# The largest file that is read, in bytes; of a larger one just enough is read to know that it is larger.
FILE_LIMIT = 20 * 1024 * 1024
# That of a notebook, whose large outputs are passed over and never read.
NOTEBOOK_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A path that was not read, with the reason in words (a symbolic link, a pipe, no permission) and the rule that
    reports it."""

    path: str
    reason: str
    rule: str = "refused-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTree:
    """A portfolio's files. Paths are relative to the root, with forward slashes, in sorted order.

    `texts` holds the bytes of Markdown, YAML and BibTeX files; `files` names every regular file below `content/` and
    `builds/`; `read` gives the bytes of one of `files` and is handed in, so that nothing below opens a file. `passed`
    are files and folders that are hidden or a tool's own, of which nothing is known but their names.
    """

    texts: Mapping[str, bytes]
    files: frozenset[str]
    read: Callable[[str], bytes]
    refused: tuple[Refused, ...] = ()
    passed: tuple[str, ...] = ()

    def changed(self, files: Mapping[str, bytes]) -> Self:
        """The same files, some of them with other bytes."""
        if not files:
            return self
        texts = {path: files.get(path, data) for path, data in self.texts.items()}
        return replace(self, texts=texts, read=lambda path: files[path] if path in files else self.read(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in a text: line and column from 1, and how many characters it covers."""

    line: int
    column: int
    width: int = 1


START = Position(line=1, column=1)


# One text is asked for its lines once a fault, and there may be thousands of them.
@lru_cache(maxsize=8)
def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, without their ends."""
    return tuple(text.split("\n"))
