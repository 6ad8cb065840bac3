"""The documentation says what the code does."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from labfolio.schema.reference import reference_files
from tests.conftest import ROOT, run


@pytest.mark.parametrize("name", sorted(reference_files()))
def test_the_reference_is_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text() == reference_files()[name], "run make docs"


@pytest.mark.parametrize("name", [name for name in sorted(reference_files()) if name.endswith(".json")])
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(json.loads((ROOT / "docs" / name).read_text()))


def test_each_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = (ROOT / "docs" / "dependencies.md").read_text()
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name = re.split(r"[<>=;\[ ]", requirement)[0]
        assert f"| {name} |" in named, name


def test_each_command_is_documented() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "labfolio.cli.commands", "--help"], capture_output=True, text=True
    ).stdout
    commands = re.findall(r"^  (\w+) ", shown.partition("Commands:")[2], re.MULTILINE)
    assert commands
    guide = (ROOT / "docs" / "guide" / "commands.md").read_text()
    for command in commands:
        assert f"labfolio {command}" in guide


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)):
            assert "://" in target or (page.parent / target).exists(), (page, target)


def test_the_first_guide_page_works_as_it_is_written(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "guide" / "first-site.md").read_text()
    blocks = [block for _, block in re.findall(r"```(yaml|markdown)\n(.*?)```", text, re.DOTALL)]
    for path, block in zip(("mkdocs.yml", "content/program.yml", "builds/hello/index.md"), blocks, strict=False):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(block)
    (tmp_path / "content" / "CNAME").write_text("ada.example\n")
    result = run(["mkdocs", "build", "--strict"], tmp_path)
    assert result.returncode == 0, result.stderr
    assert "A first build" in (tmp_path / "site" / "builds" / "hello" / "index.html").read_text()
    assert (tmp_path / "site" / "CNAME").read_text() == "ada.example\n"
