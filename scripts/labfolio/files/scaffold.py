"""What a new site begins with: the texts that travel in the package."""

from pathlib import Path

from labfolio.files.sources import packaged_theme

_DOT = "dot_"
# The demo is installed, published and audited by the files that a new site gets, so they stand in one place.
_SHARED = (
    "requirements.lock",
    ".github/audit.lock",
    ".github/build.lock",
    ".github/workflows/audit.yml",
    ".github/workflows/pages.yml",
)


def packaged_scaffold() -> dict[str, bytes]:
    """Every file of a new site by its path, with placeholders `@name@`; a name beginning `dot_` begins with a dot.

    Raises OSError.
    """
    folder = packaged_theme() / "scaffold"
    found = {
        _named(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    for path in _SHARED:
        if path not in found:  # a checkout; in a wheel it lies beside the others
            found[path] = (packaged_theme().parent / path).read_bytes()
    return dict(sorted(found.items()))


def _named(path: Path) -> str:
    return "/".join(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in path.parts)
