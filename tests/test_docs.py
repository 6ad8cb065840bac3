"""The documentation says what the code does."""

import json
import re
import subprocess
import sys
import tomllib

import click
import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from labfolio.cli.documentation import commands, documentation_files
from labfolio.model.declared import Declared
from labfolio.schema.reference import NOTE
from tests.conftest import ROOT

FILES = documentation_files()
COMMANDS = dict(commands())
_FENCED = re.compile(r"^(`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_reference_is_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text() == FILES[name], "run make docs"


@pytest.mark.parametrize("name", [name for name in sorted(FILES) if name.endswith(".json")])
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(json.loads((ROOT / "docs" / name).read_text()))


def test_each_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = (ROOT / "docs" / "dependencies.md").read_text()
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name = re.split(r"[<>=;\[ ]", requirement)[0]
        assert f"| {name} |" in named, name


def test_what_is_made_and_what_is_committed_are_the_same_files() -> None:
    """A page that is made no more must not stay."""
    made = [path for path in (ROOT / "docs").rglob("*.md") if path.read_text().startswith(NOTE)]
    made += (ROOT / "docs" / "schema").iterdir()
    assert {path.relative_to(ROOT / "docs").as_posix() for path in made} == FILES.keys()


def test_each_command_that_help_names_is_in_the_reference() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "labfolio.cli.commands", "--help"], capture_output=True, text=True
    ).stdout
    names = re.findall(r"^  ([\w-]+) ", shown.partition("Commands:\n")[2].partition("\n\n")[0], re.MULTILINE)
    assert {f"labfolio {name}" for name in names} == {name for name in COMMANDS if name.count(" ") == 1}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_its_arguments_and_its_options_are_documented(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    section = FILES["reference/commands.md"].partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert section
    for one in command.params:
        if isinstance(one, click.Option):
            assert one.help, one.name
            assert one.help.endswith("."), one.help
            assert all(f"`{option}`" in section for option in (*one.opts, *one.secondary_opts)), one.name
        else:
            word = (one.metavar or one.name or "").strip("[].")
            told = f"{command.help} {command.epilog or ''}".lower()
            assert word.lower() in told, f"the help does not say what {word} is"


def records(base: type[BaseModel] = Declared) -> set[type[BaseModel]]:
    """Every record that is declared."""
    return {one for child in base.__subclasses__() for one in (child, *records(child))}


@pytest.mark.parametrize("record", sorted(records(), key=lambda one: one.__name__))
def test_each_declared_field_has_its_meaning_an_example_and_a_line(record: type[BaseModel]) -> None:
    assert record.__doc__
    reference = "".join(text for name, text in FILES.items() if name.endswith(".md"))
    for name, field in record.model_fields.items():
        assert field.description, name
        # None stands where the field holds records: they have examples of their own.
        assert field.examples, name
        assert f"\n| `{field.alias or name}` |" in reference, name


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", _FENCED.sub("", page.read_text())):
            assert "://" in target or (page.parent / target).exists(), (page, target)
