"""An entry's file from its fields: front matter as an author would write it, then the body."""

from collections.abc import Mapping
from typing import Any

import yaml


def front_matter(fields: Mapping[str, Any]) -> str:
    """The fields between two lines `---`, one a line in the given order; those without a value are left out.

    Texts are quoted where YAML would read them as something else, lists of plain values stand on one line.
    """
    given = {name: value for name, value in fields.items() if value is not None and value not in ("", [], (), {})}
    if not given:
        return "---\n---\n"
    text = yaml.dump(given, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=False)
    return f"---\n{text}---\n"


def entry_file(fields: Mapping[str, Any], body: str) -> str:
    """The whole file: front matter, an empty line, the body, one line end."""
    return f"{front_matter(fields)}\n{body.strip(chr(10))}\n"


class _Dumper(yaml.SafeDumper):
    """Writes `yes` and `no` for booleans, and lists of plain values on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indents lists below their field, as people do."""
        return super().increase_indent(flow, False)


def _list(dumper: yaml.SafeDumper, value: Any) -> yaml.Node:
    plain = not any(isinstance(one, (dict, list, tuple)) for one in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", list(value), flow_style=plain)


def _truth(dumper: yaml.SafeDumper, value: bool) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")


_Dumper.add_representer(list, _list)
_Dumper.add_representer(tuple, _list)
_Dumper.add_representer(bool, _truth)
