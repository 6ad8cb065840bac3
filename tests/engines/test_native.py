"""The native engine where MkDocs and Material are not installed."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT, run, tree
from tests.engines.test_native_serve import Preview

# Read by every Python that starts: both packages are as if they were not there.
BLOCK = """\
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("mkdocs", "material"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
"""


@pytest.fixture
def without_mkdocs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every program that is started from here on finds neither."""
    (tmp_path / "absent").mkdir()
    (tmp_path / "absent" / "sitecustomize.py").write_text(BLOCK)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'absent'}:{ROOT / 'scripts'}")
    assert run(["mkdocs", "--version"], tmp_path).returncode == 1


@pytest.mark.usefixtures("without_mkdocs")
def test_a_new_site_is_built_checked_and_exported(tmp_path: Path) -> None:
    begun = run(["labfolio", "init", "x", "--bare"], tmp_path)
    assert begun.returncode == 0
    assert "  labfolio serve\n" in begun.stderr
    for command in (["check"], ["build"], ["audit"], ["export", "../out"], ["export", "--markdown", "../plain"]):
        done = run(["labfolio", *command], tmp_path / "x")
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    assert {"index.html", "404.html", "sitemap.xml", "about/index.html"} <= tree(tmp_path / "x" / "site").keys()


@pytest.mark.usefixtures("without_mkdocs")
def test_a_preview_is_served(small: Path, tmp_path: Path) -> None:
    preview = Preview(small, tmp_path / "log")
    try:
        assert "Ada measures." in preview.ask(f"{preview.base}about/")[2]
        page = small / "content" / "about.md"
        page.write_text(page.read_text() + "\nSaved again.\n")
        preview.wait(f"{preview.base}about/", "Saved again.")
        assert preview.end() == 0
    finally:
        preview.process.kill()


@pytest.mark.usefixtures("without_mkdocs")
def test_icons_of_material_are_one_fault_with_its_place(small: Path) -> None:
    settings = small / "mkdocs.yml"
    option = "emoji_generator: !!python/name:material.extensions.emoji.to_svg"
    settings.write_text(f"{settings.read_text()}markdown_extensions:\n  - pymdownx.emoji:\n      {option}\n")
    done = run(["labfolio", "check", "--format", "concise"], small)
    assert done.returncode == 2
    message = "error[invalid-settings]: markdown_extensions: pymdownx.emoji: No module named 'material'"
    assert done.stdout.startswith(f"mkdocs.yml:{len(settings.read_text().splitlines()) - 1}:1: {message}")
    assert "Traceback" not in done.stderr


def test_the_list_for_it_is_that_of_the_package() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    listed = (ROOT / "requirements-native.txt").read_text().splitlines()
    assert [line for line in listed if not line.startswith("#")] == [
        one for one in wanted if not re.match(r"mkdocs(-material)?\b", one)
    ]
