"""`labfolio upgrade` and `labfolio override`: what a newer version changes for a site, and what is safe to do."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from labfolio import __version__
from labfolio.cli.commands import cli
from labfolio.engines import upgrade as engine
from labfolio.engines.site_folder import open_folder
from labfolio.model.renamed import Renamed
from tests.conftest import run, sources

RENAMES = (
    Renamed(holder="build", path=("title",), new="name", since="0.2.0"),
    Renamed(holder="reproduction", path=("claims", "*", "tolerance"), new="within", since="0.2.0"),
    Renamed(holder="program", path=("targets", "builds"), new="make", since="0.2.0"),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    assert run(["labfolio", "init", "me", "--author", "Ada Park"], tmp_path).returncode == 0
    return tmp_path / "me"


def upgrade(site: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["upgrade", "-f", str(site / "mkdocs.yml"), *options])


def older(site: Path, path: str, content: str) -> None:
    """A file as an older version made it, with its record."""
    (site / path).write_text(content)
    record = json.loads((site / ".labfolio/made.json").read_text())
    record["files"][path] = engine.digest(content.encode())
    (site / ".labfolio/made.json").write_text(json.dumps(record))


def test_a_new_site_is_current(site: Path) -> None:
    before = sources(site)
    done = upgrade(site)
    assert (done.exit_code, done.stdout) == (0, "")
    assert upgrade(site, "--apply").exit_code == 0
    assert sources(site) == before


def test_a_file_that_nobody_changed_is_replaced(site: Path) -> None:
    current = (site / ".vscode/tasks.json").read_text()
    older(site, ".vscode/tasks.json", "{}\n")
    done = upgrade(site, "--check")
    assert done.exit_code == 1
    assert ".vscode/tasks.json: labfolio's is newer" in done.stdout
    assert (site / ".vscode/tasks.json").read_text() == "{}\n"
    assert upgrade(site, "--apply").exit_code == 0
    assert (site / ".vscode/tasks.json").read_text() == current


def test_the_lock_and_the_version_go_up_together(site: Path) -> None:
    """What an author keeps otherwise, such as an address of labfolio, stays."""
    current = {name: (site / name).read_text() for name in ("requirements.txt", "requirements.lock")}
    assert f"labfolio=={__version__}\n" in current["requirements.txt"]
    older(site, "requirements.txt", "labfolio==0.0.9\n")
    older(site, "requirements.lock", "jinja2==3.1.5\n")
    assert upgrade(site, "--apply").exit_code == 0
    assert {name: (site / name).read_text() for name in current} == current
    (site / "requirements.txt").write_text("labfolio @ https://ada.example/labfolio.whl\n")
    assert upgrade(site, "--apply").exit_code == 0
    assert "ada.example" in (site / "requirements.txt").read_text()


def test_a_file_that_both_changed_is_named_until_it_is_settled(site: Path) -> None:
    older(site, ".gitignore", "/site/\n")
    (site / ".gitignore").write_text("/site/\n/mine/\n")
    assert ".gitignore: yours and labfolio's were both changed" in upgrade(site).stdout
    assert upgrade(site, "--apply").exit_code == 1
    assert "-/mine/" in upgrade(site, "--diff").stdout
    assert (site / ".gitignore").read_text() == "/site/\n/mine/\n"
    assert upgrade(site, "--keep", ".gitignore").exit_code == 0
    assert upgrade(site).exit_code == 0


def test_what_only_the_author_changed_or_took_away_is_theirs(site: Path) -> None:
    (site / ".gitignore").write_text("mine\n")
    (site / "frontmatter.json").unlink()
    assert upgrade(site, "--apply").exit_code == 0
    assert (site / ".gitignore").read_text() == "mine\n"
    assert not (site / "frontmatter.json").exists()


def test_a_file_that_is_new_in_this_version_is_added(site: Path) -> None:
    record = json.loads((site / ".labfolio/made.json").read_text())
    del record["files"]["frontmatter.json"]
    (site / ".labfolio/made.json").write_text(json.dumps(record))
    (site / "frontmatter.json").unlink()
    assert "frontmatter.json: new in this version" in upgrade(site).stdout
    assert upgrade(site, "--apply").exit_code == 0
    assert (site / "frontmatter.json").is_file()


def test_a_replaced_template_is_told_when_its_original_changes(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(["labfolio", "override", "fragments/home.html"], site)
    assert (done.returncode, done.stdout) == (0, "theme/fragments/home.html\n")
    assert run(["labfolio", "override", "fragments/home.html"], site).returncode == 2
    mine = site / "theme/fragments/home.html"
    mine.write_text(mine.read_text() + "<p>Mine.</p>\n")
    assert upgrade(site).exit_code == 0
    newer = {**engine._originals(), "fragments/home.html": b"<p>Newer.</p>\n"}
    monkeypatch.setattr(engine, "_originals", lambda: newer)
    done_again = upgrade(site, "--diff")
    assert done_again.exit_code == 1
    assert "theme/fragments/home.html: yours and labfolio's were both changed" in done_again.stdout
    assert "+<p>Newer.</p>" in done_again.stdout


def test_a_template_without_a_record_is_named_once(small: Path) -> None:
    (small / "theme/fragments").mkdir(parents=True)
    (small / "theme/fragments/home.html").write_text("<p>Mine.</p>\n")
    assert "nothing says what it began as" in upgrade(small).stdout
    assert upgrade(small, "--apply").exit_code == 0
    assert upgrade(small).exit_code == 0
    assert (small / "theme/fragments/home.html").read_text() == "<p>Mine.</p>\n"


def test_a_site_without_a_record_is_asked_about_its_templates_only(small: Path) -> None:
    assert upgrade(small).exit_code == 0
    assert not (small / ".labfolio").exists()


def test_renamed_fields_are_named_with_their_place_and_written_anew(small: Path) -> None:
    folder = open_folder(small / "mkdocs.yml", {})
    before = sources(small)
    found = engine.upgrade(folder, RENAMES)
    places = {(one.path, one.old, one.new) for one in found.fields}
    assert ("builds/sketch/index.md", "title", "name") in places
    assert ("content/reproductions/rate/index.md", "tolerance", "within") in places
    engine.apply(folder, found)
    assert not engine.upgrade(folder, RENAMES).fields
    after = sources(small)
    for path in {one.path for one in found.fields}:
        told = [one for one in found.fields if one.path == path]
        changed = [
            (one, other)
            for one, other in zip(before[path].split(b"\n"), after[path].split(b"\n"), strict=True)
            if one != other
        ]
        assert len(changed) == len({one.position.line for one in told})
        assert all(one.new.encode() in line for one, (_, line) in zip(told[:1], changed[:1], strict=True))
    untouched = set(before) - {one.path for one in found.fields}
    assert all(before[path] == after[path] for path in untouched)


def test_what_cannot_be_overridden_is_said(site: Path) -> None:
    done = run(["labfolio", "override", "fragments/hom.html"], site)
    assert done.returncode == 2
    assert "did you mean 'fragments/home.html'?" in done.stderr
    listed = run(["labfolio", "override"], site).stdout
    assert "fragments/home.html\n" in listed
    assert "assets/css/tokens.css\n" in listed
    shown = run(["labfolio", "override", "--print", "fragments/home.html"], site).stdout
    assert "{%" in shown


def test_wrong_usage_is_said_as_such(site: Path) -> None:
    assert upgrade(site, "--check", "--apply").exit_code == 2
    assert upgrade(site, "--keep", "nowhere.html").exit_code == 2
