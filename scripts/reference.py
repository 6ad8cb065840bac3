"""Writes the generated reference pages and schemas below docs/; with --check it only says whether they are current."""

import sys
from pathlib import Path

from labfolio.cli.documentation import documentation_files

DOCS = Path(__file__).resolve().parents[1] / "docs"


def main() -> int:
    """0 where all files are current or were written, 1 where --check found others."""
    stale = []
    for name, text in documentation_files().items():
        path = DOCS / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(
            f"docs/{name} {'is not what the declarations say; run make docs' if '--check' in sys.argv else 'written'}"
        )
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
