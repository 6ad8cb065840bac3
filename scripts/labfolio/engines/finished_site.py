"""Reading a site that was built, as its readers would."""

from pathlib import Path


def read_site(folder: Path) -> dict[str, bytes]:
    """Every file of a built site but its marker and the search index, by path. Raises OSError."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith((".labfolio", "pagefind/"))}
