"""What would be written, as a unified diff that `git apply` and `patch` take."""

from collections.abc import Iterable, Mapping
from difflib import unified_diff


def as_diff(files: Mapping[str, tuple[bytes, bytes]]) -> str:
    """The differences of files by path, each before and after; empty where nothing differs."""
    return "".join(line for path, pair in sorted(files.items()) for line in _file(path, *pair))


def _file(path: str, before: bytes, after: bytes) -> Iterable[str]:
    old, new = _lines(before), _lines(after)
    for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    """Lines that end in a line feed alone; a carriage return before it is a part of the line, as it is in a file."""
    parts = data.decode("utf-8", "surrogateescape").split("\n")
    return [f"{line}\n" for line in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
