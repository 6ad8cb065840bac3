"""The importers of papers and notebooks as an author runs them."""

from pathlib import Path

import pytest

from tests.conftest import run, tree
from tests.importers.into_small import SAMPLES


@pytest.mark.parametrize(
    ("format", "name"), [("bibtex", "bibtex"), ("bibtex", "zotero"), ("notes", "notes"), ("notebook", "notebook")]
)
def test_shown_then_written_then_the_same(format: str, name: str, small: Path) -> None:
    command = ["labfolio", "import", format, str(SAMPLES / name)]
    before = tree(small)
    shown = run(command, small)
    assert (shown.returncode, tree(small)) == (0, before)
    written = run([*command, "--write"], small)
    assert (written.returncode, written.stdout) == (0, shown.stdout)
    after = tree(small)
    assert len(after) > len(before)
    again = run([*command, "--write"], small)
    assert (again.returncode, tree(small)) == (0, after)
    assert again.stderr.startswith("0 written, ")
    assert run(["labfolio", "check"], small).returncode == 0


def test_library_that_the_site_has_whole(small: Path) -> None:
    (small / "library.bib").write_text("@misc{a2020b, title={B}}\n")
    command = ["labfolio", "import", "bibtex", "library.bib", "--write"]
    assert run(command, small).stdout == "content/papers.bib: grows\ncontent/papers/a2020b.md: new\n"
    again = run(command, small)
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr == "0 written, 1 the same, 0 kept; 0 not carried.\n"
