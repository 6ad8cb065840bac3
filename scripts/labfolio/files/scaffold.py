"""What a new site begins with: the texts that travel in the package."""

from pathlib import Path

from labfolio.files.sources import packaged_theme

_DOT = "dot_"
# The demo publishes with the workflow that a new site gets, so it stands in one place.
_WORKFLOW = ".github/workflows/pages.yml"


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
    if _WORKFLOW not in found:  # a checkout; in a wheel it lies beside the others
        found[_WORKFLOW] = (packaged_theme().parent / _WORKFLOW).read_bytes()
    return dict(sorted(found.items()))


def _named(path: Path) -> str:
    return "/".join(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in path.parts)
