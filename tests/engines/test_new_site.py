"""`labfolio init` in a folder: a site that is served and built at once, and nothing that was there is lost."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import run, tree


def begun(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(["labfolio", "init", "me", "--author", "Ada Park", *options], folder)


@pytest.mark.parametrize("engine", ["mkdocs", "labfolio"])
def test_four_commands_and_no_edit(tmp_path: Path, engine: str) -> None:
    done = begun(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith('Next:\n  cd me\n  mkdocs serve\n  labfolio new build "A first build"\n')
    site = tmp_path / "me"
    assert sorted(tree(site)) == sorted(done.stdout.split())
    new = run(["labfolio", "new", "build", "Tiled attention"], site)
    assert (new.returncode, new.stdout) == (0, "builds/tiled-attention/index.md\n")
    built = run([engine, "build", "--strict"], site)
    assert built.returncode == 0, built.stderr
    assert "Tiled attention" in (site / "site/builds/tiled-attention/index.html").read_text()
    assert "Tiled attention" in (site / "site/index.html").read_text()
    checked = run(["labfolio", "check", "--strict"], site)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert run(["labfolio", "upgrade"], site).returncode == 0


def test_it_holds_content_and_no_code_of_the_generator(tmp_path: Path) -> None:
    begun(tmp_path, "--bare")
    assert not [path for path in tree(tmp_path / "me") if path.endswith((".py", ".html", ".css", ".js"))]


def test_answers_reach_their_fields(tmp_path: Path) -> None:
    done = begun(
        tmp_path, "--name", "Ada's bench", "--url", "https://ada.example/", "--repository", "https://git.example/ada",
        "--statement", "Ada: one GPU.", "--start", "2026-03-01", "--timezone", "Europe/Berlin",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shown = json.loads(run(["labfolio", "status", "--json"], tmp_path / "me").stdout)
    assert shown["day"] == 265
    settings = (tmp_path / "me/mkdocs.yml").read_text()
    assert 'site_url: !ENV [SITE_URL, "https://ada.example/"]' in settings
    assert "repo_url: https://git.example/ada" in settings
    assert "Ada: one GPU." in (tmp_path / "me/content/program.yml").read_text()


@pytest.mark.parametrize(
    ("options", "said", "code"),
    [
        (["--url", "ada.example"], "has no scheme", 1),
        (["--timezone", "Mars/Base"], "no such day or zone", 2),
        (["--start", "tomorrow"], "no such day or zone", 2),
    ],
)
def test_an_answer_that_does_not_fit_begins_nothing(tmp_path: Path, options: list[str], said: str, code: int) -> None:
    done = begun(tmp_path, *options)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert not (tmp_path / "me").exists()


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "me").mkdir()
    (tmp_path / "me/README.md").write_text("Mine.\n")
    done = begun(tmp_path)
    assert done.returncode == 0
    assert "kept as it was: README.md" in done.stderr
    assert (tmp_path / "me/README.md").read_text() == "Mine.\n"
    again = begun(tmp_path)
    assert again.returncode == 1
    assert "has a mkdocs.yml already" in again.stderr


def test_a_link_or_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "me").symlink_to("there")
    assert begun(tmp_path).returncode == 1
    (tmp_path / "me").unlink()
    (tmp_path / "me").write_text("a file")
    assert begun(tmp_path).returncode == 1
    assert not list((tmp_path / "there").iterdir())


def test_the_examples_numbers_are_those_that_their_code_gives(tmp_path: Path) -> None:
    begun(tmp_path)
    site = tmp_path / "me"
    for folder in ("builds/example-running-variance", "content/reproductions/example-birthdays"):
        before = tree(site / folder / "results")
        subprocess.run([sys.executable, "run.py"], cwd=site / folder, check=True, timeout=120)
        assert tree(site / folder / "results") == before
