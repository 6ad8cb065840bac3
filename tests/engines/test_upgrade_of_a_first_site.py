"""A site that the first version with `labfolio init` made, under this version.

`tests/sites/first/` is what `labfolio init me --author "Ada Park"` wrote at commit eef0550, its examples published on
2026-11-18; `tests/sites/first.urls` are the files that that version built of it on 2026-11-20, without its assets and
the list that its search asks for.
"""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, run, sources, tree

SITES = ROOT / "tests" / "sites"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A copy of the site."""
    return Path(shutil.copytree(SITES / "first", tmp_path / "me"))


def test_it_builds_as_it_is_and_every_url_stays(first: Path) -> None:
    done = run(["labfolio", "build", "--strict"], first)
    assert done.returncode == 0, done.stdout + done.stderr
    wanted = set((SITES / "first.urls").read_text().split())
    assert len(wanted) > 150
    assert wanted - tree(first / "site").keys() == set()


def test_upgrade_renews_its_tooling_and_nothing_that_its_author_wrote(first: Path) -> None:
    before = sources(first)
    told = run(["labfolio", "upgrade", "--check"], first)
    assert told.returncode == 1
    assert (
        ".github/workflows/pages.yml: labfolio's is newer, yours is as it was made; --apply replaces it" in told.stdout
    )
    assert run(["labfolio", "upgrade", "--apply"], first).returncode == 0
    after = sources(first)
    changed = {path for path in after if before.get(path) != after[path]}
    assert before.keys() <= after.keys()
    assert changed == {line.partition(": ")[0] for line in told.stdout.splitlines() if "--apply adds it" in line
                       or "--apply replaces it" in line} | {".labfolio/made.json"}  # fmt: skip
    assert not [path for path in changed if path.startswith(("content/", "builds/")) or path == "mkdocs.yml"]
    assert run(["labfolio", "upgrade", "--check"], first).returncode == 0
    done = run(["labfolio", "build", "--strict"], first)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set((SITES / "first.urls").read_text().split()) <= tree(first / "site").keys()


def test_what_this_version_refuses_names_what_to_change(first: Path) -> None:
    config = first / "mkdocs.yml"
    config.write_text(config.read_text() + "markdown_extensions:\n  - pymdownx.snippets\n")
    done = run(["labfolio", "build"], first)
    assert done.returncode == 2
    assert "mkdocs.yml:" in done.stdout
    assert "help: " in done.stdout
    config.write_text(config.read_text().partition("markdown_extensions")[0])
    assert run(["labfolio", "build"], first).returncode == 0
