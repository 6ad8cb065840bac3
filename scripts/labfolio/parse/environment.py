"""What an entry was run on, from its front matter or from the JSON file that it names."""

import json
from posixpath import dirname, join, normpath
from typing import Any

from pydantic import ValidationError

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Entry
from labfolio.model.environment import Environment, EnvironmentFile
from labfolio.model.rules import fault
from labfolio.model.source import SourceTree
from labfolio.parse.file_names import leads_out
from labfolio.parse.sentences import explain
from labfolio.parse.table import InvalidTable, table_text
from labfolio.parse.text import printable
from labfolio.parse.yaml_text import YamlText


class _RepeatedError(Exception):
    """A name stands twice in an object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, its texts as a page can print them. Raises _RepeatedError."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _RepeatedError(printable(name))
        found[name] = _printed(value)
    return found


def _printed(value: Any) -> Any:
    if isinstance(value, list):
        return [_printed(one) for one in value]
    return printable(value) if isinstance(value, str) else value


def read_environment(
    entry: Entry, given: str | Environment | None, tree: SourceTree
) -> tuple[Environment | None, str, tuple[Diagnostic, ...]]:
    """The environment, the path of its file (empty without one), and what is wrong with that."""
    if not isinstance(given, str):
        return given, "", ()
    path = normpath(join(dirname(entry.path), given))
    place = entry.position("environment")

    def wrong(message: str, help: str = "") -> tuple[None, str, tuple[Diagnostic, ...]]:
        return None, "", (fault("invalid-data", entry.path, f"environment: {message}", help, place, entry.text),)

    if path not in tree.files and leads_out(given, path):
        return wrong(f"{given} is no path within the site", "Put the file beside the entry: environment.json")
    if path not in tree.files:
        if entry.status in ("planned", "building"):
            return None, "", ()
        return wrong(f"there is no file {given}", "Run the entry's command under `labfolio capture`.")
    try:
        text = table_text(tree.read(path))
        value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once)
    except InvalidTable as error:
        return wrong(f"{given}:{error.line}: {error}")
    except _RepeatedError as error:
        return wrong(f"{given}: '{error}' is given twice", "Remove one of the two.")
    except json.JSONDecodeError as error:
        return wrong(f"{given}:{error.lineno}: is not JSON: {error.msg}")
    except RecursionError:
        return wrong(f"{given} is nested too deeply")
    if not isinstance(value, dict):
        return wrong(f"{given} is no JSON object")
    try:
        return EnvironmentFile.model_validate(value), path, ()
    except ValidationError as error:
        written = YamlText(value=value, positions={}, keys={}, diagnostics=())
        return None, "", explain(error, path, text, written, EnvironmentFile)
