"""From `content/permalinks.yml` to the ledger: any order of lines, every fault at its place."""

import re
from dataclasses import replace

from pydantic import ValidationError

from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.entry import Keys
from labfolio.model.ledger import Ledger, LedgerLine, by_url
from labfolio.model.rules import fault
from labfolio.model.source import Position
from labfolio.parse.sentences import explain
from labfolio.parse.yaml_text import YamlText, read_yaml

# A ledger grows with every page; these hold some ten thousand lines.
LIMIT = 2 * 1024 * 1024
MOST = 200_000

_LINE = "Write one line a URL: - {url: builds/x/, kind: build, first: 2026-03-01, state: live}"
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?= |$)", re.MULTILINE)


def read_ledger(path: str, text: str) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """The ledger and everything that is wrong with it; what could not be read is left out of its lines.

    Nothing of it is mended without its author: publishing and retiring alone write it.
    """
    ledger, found = _read(path, text)
    return ledger, tuple(replace(one, fix=None) for one in found)


def _read(path: str, text: str) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    if conflict := _CONFLICT.search(text):
        position = Position(line=text.count("\n", 0, conflict.start()) + 1, column=1, width=7)
        help = "Keep the lines of both sides and delete the three markers; labfolio joins lines of one URL."
        found = fault("invalid-yaml", path, "a merge was left unfinished here", help, position, text)
        return Ledger(path=path, text=text, sound=False), (found,)
    yaml_text = read_yaml(path, text, limit=LIMIT, most=MOST)
    if has_errors(yaml_text.diagnostics) and not isinstance(yaml_text.value, list):
        return Ledger(path=path, text=text, sound=False), yaml_text.diagnostics
    if not isinstance(yaml_text.value, list):
        # A file without a line yet, or with comments alone, is an empty ledger.
        if not yaml_text.value:
            return Ledger(path=path, text=text), yaml_text.diagnostics
        found = fault("invalid-yaml", path, "the ledger is no list of URLs", _LINE, text=text)
        return Ledger(path=path, text=text, sound=False), (found,)
    return _ledger(path, text, yaml_text, yaml_text.value)


def _ledger(path: str, text: str, yaml_text: YamlText, items: list[object]) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    lines: list[LedgerLine] = []
    positions: dict[str, Position] = {}
    found = list(yaml_text.diagnostics)
    for index, item in enumerate(items):
        if not isinstance(item, dict):
            place = yaml_text.positions[(index,)]
            found.append(fault("invalid-value", path, "is no line of the ledger", _LINE, place, text))
            continue
        value = {key: one for key, one in item.items() if one is not None}
        try:
            line = LedgerLine.model_validate(value)
        except ValidationError as error:
            found += explain(error, path, text, _one(yaml_text, index), LedgerLine)
            continue
        lines.append(line)
        positions.setdefault(line.url, yaml_text.positions[index, "url"])
    sound = not has_errors(tuple(found))
    ledger = Ledger(path=path, lines=by_url(tuple(lines)), positions=positions, text=text, sound=sound)
    return ledger, tuple(found)


def _one(yaml_text: YamlText, index: int) -> YamlText:
    """One item of the list as a document of its own, with its places in the file."""

    def below(places: dict[Keys, Position]) -> dict[Keys, Position]:
        return {keys[1:]: place for keys, place in places.items() if keys[:1] == (index,)}

    positions, keys = below(dict(yaml_text.positions)), below(dict(yaml_text.keys))
    return YamlText(value=yaml_text.value[index], positions=positions, keys=keys, diagnostics=())
