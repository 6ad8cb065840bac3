"""A sample of each program: what is made of it, to the byte, and what is named."""

import os
import re
import shutil
from pathlib import Path

import pytest

from labfolio.engines.importing import Plan, carry_out, plan
from labfolio.engines.site_folder import open_folder, run
from labfolio.importers.formats import FORMATS
from tests.conftest import EPOCH, ROOT, tree
from tests.conftest import run as command

HERE = ROOT / "tests" / "importers"
# Those of texts; what is imported from records and notebooks has its own samples.
TEXTS = ("jekyll", "hugo", "quarto", "markdown", "obsidian")
ENVIRONMENT = {"SOURCE_DATE_EPOCH": EPOCH}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with nothing in it but its settings and a pillar."""
    (tmp_path / "site" / "content").mkdir(parents=True)
    (tmp_path / "site" / "mkdocs.yml").write_text(
        "site_name: Ada\nsite_url: https://ada.example/\ndocs_dir: content\n"
        "theme: {name: material}\nplugins: [labfolio]\n"
    )
    (tmp_path / "site" / "content" / "program.yml").write_text(
        "pillars:\n  - {id: re, name: Engineering, share: 100}\n"
    )
    return tmp_path / "site"


def planned(site: Path, name: str, **options: bool) -> Plan:
    folder = open_folder(site / "mkdocs.yml", ENVIRONMENT)
    return plan(folder, name, HERE / "samples" / name, "note", ENVIRONMENT, **options)


def written(site: Path, name: str) -> Plan:
    made = planned(site, name)
    carry_out(open_folder(site / "mkdocs.yml", ENVIRONMENT), made)
    return made


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_made_and_what_is_named(site: Path, name: str) -> None:
    """The exact files and lines. `UPDATE_GOLDEN=1 pytest` writes them anew; the difference is then read in review."""
    made = planned(site, name)
    found = {one.file.path: one.file.content for one in made.files}
    lines = [f"{one.path}:{one.line}: {one.what}\n" for one in made.missed]
    found["missed.txt"] = "".join(lines).encode()
    golden = HERE / "golden" / name
    if os.environ.get("UPDATE_GOLDEN"):
        shutil.rmtree(golden, ignore_errors=True)
        for path, content in found.items():
            (golden / path).parent.mkdir(parents=True, exist_ok=True)
            (golden / path).write_bytes(content)
    assert found == tree(golden)


@pytest.mark.parametrize("name", TEXTS)
def test_a_second_import_changes_nothing(site: Path, name: str) -> None:
    first = written(site, name)
    before = tree(site)
    assert first.count("new") == len(first.files) > 0
    again = written(site, name)
    assert [one.state for one in again.files] == ["same"] * len(first.files)
    assert again.missed == first.missed
    assert tree(site) == before


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_made_builds_without_error(site: Path, name: str) -> None:
    """Each warning of the site is about something that the import named."""
    made = written(site, name)
    result = run(open_folder(site / "mkdocs.yml", ENVIRONMENT), ENVIRONMENT)
    assert result.outputs
    named = " ".join(one.what for one in made.missed)
    for one in result.diagnostics:
        assert one.level != "error", one
        subject = re.search(r"'([^']+)'|<\w+>", one.message)
        assert subject, one.message
        shortcode = re.match(r"\{\{. (\w+)", subject[1] or "")
        assert (shortcode[1] if shortcode else subject[1] or subject[0]).lstrip("/") in named


def test_a_site_imported_without_loss_builds_under_strict(site: Path) -> None:
    written(site, "quarto")
    merge = site / "content" / "notebook" / "merge" / "index.md"
    # The one thing that the import named and that a reader would see.
    merge.write_text(re.sub(r"\{\{< video .*>\}\}", "", merge.read_text()))
    built = command(["mkdocs", "build", "--strict"], site)
    assert built.returncode == 0, built.stderr
    assert (site / "site" / "notebook" / "merge" / "error.png").is_file()
    moved = (site / "site" / "posts" / "merge" / "index.html").read_text()
    assert "../../notebook/merge/" in moved


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_hidden_there_is_not_published_here(site: Path, name: str) -> None:
    written(site, name)
    result = run(open_folder(site / "mkdocs.yml", ENVIRONMENT), ENVIRONMENT)
    pages = b"".join(output.content for output in result.outputs)
    for secret in (
        b"ask Charles",
        b"Philippe",
        b"Not for readers",
        b"Until June",
        b"To be measured",
        b"Half a thought",
    ):
        assert secret not in pages


def test_every_format_has_a_reader() -> None:
    from labfolio.importers.formats import reader

    for one in FORMATS:
        assert callable(reader(one.name))
        assert one.what
