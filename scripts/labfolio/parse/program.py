"""From `content/program.yml` to the programme."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.program import Program, Zone
from labfolio.model.rules import fault
from labfolio.model.source import START
from labfolio.parse.sentences import explain
from labfolio.parse.yaml_text import YamlText, read_yaml


def read_program(path: str, text: str) -> tuple[Program, YamlText, tuple[Diagnostic, ...]]:
    """The programme, the places of its fields and what is wrong with it; an empty programme where it has faults."""
    yaml_text = read_yaml(path, text)
    if not isinstance(yaml_text.value, dict):
        help = "Write fields, one a line: start: 2026-03-01"
        found = yaml_text.diagnostics or (
            fault("invalid-yaml", path, "the programme has no fields", help, START, text),
        )
        return Program(), yaml_text, found
    value = {key: entry for key, entry in yaml_text.value.items() if entry is not None}
    try:
        program = Program.model_validate(value, context={"zone": _zone(value)})
    except ValidationError as error:
        return Program(), yaml_text, yaml_text.diagnostics + explain(error, path, text, yaml_text, Program)
    return (Program() if has_errors(yaml_text.diagnostics) else program), yaml_text, yaml_text.diagnostics


def _zone(value: Mapping[str, Any]) -> str:
    """The zone that a programme states, where it is one; its own validation tells where it is none."""
    try:
        return str(TypeAdapter(Zone).validate_python(value.get("timezone", "UTC")))
    except ValidationError:
        return "UTC"
