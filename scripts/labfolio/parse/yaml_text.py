"""YAML as text: every scalar as the author wrote it, with the place of every key and value.

PyYAML would read `NO` as false, `3.10` as 3.1 and commit `1234567` as a number, and keeps the last of two equal keys in
silence. Here the composed nodes are taken apart instead, and the schema gives the text its type.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Keys
from labfolio.model.fix import Edit, Fix
from labfolio.model.rules import fault
from labfolio.model.source import Position
from labfolio.parse.text import uncarried
from labfolio.parse.yaml_faults import Syntax, TooDeep, compose, quoted, syntax_fault

LIMIT = 64 * 1024
DEPTH = 64
NODES = 20_000
# The reader also ends lines at three rare signs (YAML 1.1, 4.2).
_LINE_END = re.compile("[\n\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlText:
    """A YAML document: nested dicts, lists and texts (None for an empty value), and where each key path stands.

    `positions` leads to values; `keys` leads to the keys themselves.
    """

    value: Any
    positions: Mapping[Keys, Position]
    keys: Mapping[Keys, Position]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Reading:
    path: str
    text: str
    first_line: int
    # The lines of the cut text as the reader ends them, and where each begins in it, by lines as files have them, from
    # 0; empty where both end lines alike.
    lines: list[str]
    rare: list[tuple[int, int]]
    positions: dict[Keys, Position] = field(default_factory=dict)
    keys: dict[Keys, Position] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    most: int = NODES
    nodes: int = 0

    def place(self, node: yaml.Node) -> Position:
        start, end = node.start_mark, node.end_mark
        width = end.column - start.column if start.line == end.line else 1
        return self.position(start.line, start.column, width)

    def position(self, line: int, column: int, width: int) -> Position:
        """The place in the file of one that the reader counts from 0 in the cut text."""
        if self.rare:
            below, right = self.rare[min(line, len(self.rare) - 1)]
            line, column = below, right + column
        return Position(line=line + self.first_line, column=column + 1, width=max(width, 1))

    def report(self, rule: str, message: str, position: Position, help: str = "", fix: Fix | None = None) -> None:
        self.found.append(fault(rule, self.path, message, help, position, self.text, fix))

    def syntax(self, told: Syntax) -> None:
        """A fault of the cut text, told in the lines of the file."""
        position = self.position(told.line, told.column, told.width)
        edits = tuple(Edit(edit.line + self.first_line, edit.column + 1, edit.old, edit.new) for edit in told.edits)
        fix = Fix(told.what, edits) if edits and not self.rare else None
        self.report("invalid-yaml", told.message, position, told.help, fix)

    def take(self, node: yaml.Node, keys: Keys) -> Any:
        self.nodes += 1
        if len(keys) > DEPTH or self.nodes > self.most:
            raise TooDeep
        self.positions[keys] = self.place(node)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, keys)
        if isinstance(node, yaml.SequenceNode):
            return [self.take(child, (*keys, index)) for index, child in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, keys: Keys) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report("invalid-yaml", "a key is a list or a mapping", self.place(key_node), "Use a plain word.")
                continue
            key = str(key_node.value)
            self.carried(key_node)
            here = (*keys, key)
            if key in result:
                self.repeated(key_node, value_node, here, result[key])
                continue
            self.keys[here] = self.place(key_node)
            result[key] = self.take(value_node, here)
        return result

    def repeated(self, key: yaml.ScalarNode, node: yaml.Node, keys: Keys, first: Any) -> None:
        """A key that was given before; the second goes where it says the same on a line of its own."""
        place, before = self.place(key), self.keys[keys].line
        message = f"'{key.value}' is given twice, first in line {before}"
        same = isinstance(node, yaml.ScalarNode) and isinstance(first, str) and node.value == first
        if same and place.line > before and not self.rare and self.alone(key, node):
            previous, line = self.lines[key.start_mark.line - 1 : key.start_mark.line + 1]
            fix = Fix("remove the line", (Edit(place.line - 1, len(previous) + 1, f"\n{line}", ""),))
            self.report("duplicate-key", message, place, f"Remove the line; line {before} says the same.", fix)
        else:
            self.report("duplicate-key", message, place, f"Remove this one or the one in line {before}.")

    def alone(self, key: yaml.Node, value: yaml.Node) -> bool:
        """Whether a field is all that its line holds."""
        line = self.lines[key.start_mark.line]
        around = line[: key.start_mark.column] + line[value.end_mark.column :]
        return value.end_mark.line == key.start_mark.line and not around.strip()

    def scalar(self, node: yaml.Node) -> str | None:
        self.carried(node)
        if not getattr(node, "style", None):
            line, column = node.end_mark.line, node.end_mark.column
            before = self.lines[line][:column] if line < len(self.lines) else ""
            rest = self.lines[line][column:] if before else ""
            # Two spaces are how people set a comment apart; after one, the sign may have been meant as text.
            if rest.startswith(" #") and before.endswith(node.value[-1:]):
                left = f"'{node.value}' is all that is left" if node.value else "nothing is left"
                whole = quoted(f"{node.value}{rest}".strip())
                help = f"If all of it belongs to the value: {whole}"
                self.report("cut-value", f"{left}; the rest is a comment", self.place(node), help)
        if node.tag == "tag:yaml.org,2002:null":
            return None
        return str(node.value)

    def carried(self, node: yaml.Node) -> None:
        """The text itself has no such character; an escape in double quotes may give one."""
        if found := uncarried(str(node.value)):
            message = f"an escape in it gives U+{ord(found):04X}, which is no character of a text"
            self.report("control-character", message, self.place(node), "Remove the escape.")


def _beginnings(text: str) -> list[tuple[int, int]]:
    """Line and column, from 0, at which each line begins that the reader counts."""
    found, line, start = [(0, 0)], 0, 0
    for end in _LINE_END.finditer(text):
        if end[0] == "\n":
            line, start = line + 1, end.end()
        found.append((line, end.end() - start))
    return found


def _reading(path: str, text: str, whole: str = "", first_line: int = 1, most: int = NODES) -> _Reading:
    lines = _LINE_END.split(text)
    rare = _beginnings(text) if len(lines) > text.count("\n") + 1 else []
    return _Reading(path=path, text=whole or text, first_line=first_line, lines=lines, rare=rare, most=most)


def loading_fault(path: str, text: str, error: yaml.MarkedYAMLError) -> Diagnostic:
    """What PyYAML's own loader refuses in a file that `read_yaml` could read, at its place in the file's lines.

    Its scanner takes no tab between two tokens, and its constructor no value that does not fit the tag.
    """
    reading = _reading(path, text)
    mark = error.problem_mark
    position = reading.position(mark.line, mark.column, 1) if mark else Position(line=1, column=1)
    if "'\\t'" in (error.problem or ""):
        reading.report("invalid-yaml", "a tab stands where YAML wants a space", position, "Write a space in its place.")
    else:
        reading.report("invalid-yaml", error.problem or "not valid YAML", position, "Put the value in quotes.")
    return reading.found[0]


def read_yaml(
    path: str, text: str, *, whole: str = "", first_line: int = 1, limit: int = LIMIT, most: int = NODES
) -> YamlText:
    """A YAML document as text. `whole` is the file that `text` was cut from, `first_line` the line it begins at;
    `limit` is in bytes, `most` in values.

    Syntax faults, repeated keys, cut values and documents over the limits are diagnostics; nothing is raised.
    """
    reading = _reading(path, text, whole, first_line, most)
    value: Any = None
    try:
        if len(text.encode()) > limit:
            raise TooDeep
        node = compose(text)
        value = reading.take(node, ()) if node is not None else {}
    except yaml.MarkedYAMLError as error:
        reading.syntax(syntax_fault(error, reading.lines))
    except (TooDeep, RecursionError):
        start = Position(line=first_line, column=1)
        reading.report("too-large", f"more than {limit // 1024} KiB, {DEPTH} levels or {most:,} values", start)
    except (yaml.YAMLError, ValueError) as error:
        reading.report("invalid-yaml", str(error).split("\n")[0], Position(line=first_line, column=1))
    return YamlText(value=value, positions=reading.positions, keys=reading.keys, diagnostics=tuple(reading.found))
