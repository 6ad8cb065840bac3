"""Records with every field of their declaration set: derived, so that a new field is among them by itself."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

Keys = tuple[str | int, ...]
# A text for a field that is named: the payload in it, or words of the same length.
Write = Callable[[str], str]

# What an example of the declaration cannot be in a small site: the name of a field -> what stands there instead.
_STATED: dict[str, Any] = {
    "file": "results/all.csv",
    "draft": "no",
    "deterministic": "no",
    "status": "shipped",
    "expect": "equals",
    "seeds": ["1", "2", "3"],
    "log": [],
    "at": "last",
    "paper": ["work"],
    "based_on": [],
    "pillar": "swe",
    "plan": [],
    "featured": [],
    "bibliography": ["papers.bib"],
    "timezone": "UTC",
    "start": "2026-02-26",
    "macros": {"KL": "D"},
    "pillars": [],
    "milestones": [],
    "commit": "12e4567",
    "date": "2026-11-10",
    "share": "30",
}
# Fields that a record has only without another one, or that name something else of the same record.
_LEFT_OUT = {"target", "graduation", "orcid"}
_RICHEST = {"object": 0, "array": 1, "string": 2}
# Columns of a result file: every one of them is called as the payload says.
COLUMNS = ("value", "by", "x", "y", "group", "slice", "label", "seconds", "where")


class Sample:
    """One record: its value, its leaves, and what a payload makes of each leaf."""

    def __init__(self, model: type[BaseModel], write: Write) -> None:
        self._model = TypeAdapter(model)
        self._schema = self._model.json_schema(by_alias=True)
        self._write = write
        self.value: dict[str, Any] = {}
        self.refused: set[str] = set()
        self.value = self._sound(self._schema, "", None)

    def filled(self, payload: str) -> dict[str, Any]:
        """The record with the payload in every leaf that the declaration lets have it, alone or after its example.

        Those that take it in no way are named in `refused`.
        """
        found = json.loads(json.dumps(self.value))
        for keys in list(leaves(found)):
            sound = at(found, keys)
            name = path_of(keys)
            column = self._is_column(keys, sound)
            tight = "".join(payload.split())
            for given in (self._write(str(keys[-1])) if not column else sound, f"{sound}{payload}", f"{sound}{tight}"):
                put(found, keys, given)
                if self._takes(found):
                    break
            else:
                put(found, keys, sound)
                self.refused.add(name)
        return found

    def _is_column(self, keys: Keys, sound: Any) -> bool:
        """Whether the payload is in it from the first: it names a column, or a cell, of the result file."""
        return sound == self._write(str(keys[-1])) or "where" in keys

    def _takes(self, value: Any) -> bool:
        try:
            self._model.validate_python(value)
        except ValidationError:
            return False
        return True

    def _sound(self, schema: Mapping[str, Any], name: str, example: Any) -> Any:
        if name in _STATED:
            return _STATED[name]
        schema = self._resolved(schema)
        if "examples" in schema:
            example = schema["examples"][0]
        for union in ("anyOf", "oneOf"):
            if union in schema:
                ways = [self._resolved(one) for one in schema[union]]
                return self._sound(min(ways, key=lambda one: _RICHEST.get(one.get("type", ""), 3)), name, example)
        if schema.get("type") == "object" and "properties" in schema:
            fields = {key: one for key, one in schema["properties"].items() if key not in _LEFT_OUT}
            # An entry's own number is one of all; what is within an entry is not.
            fields = {key: one for key, one in fields.items() if key != "id" or name}
            # An exhibit's name is its own in an entry; what bears on a claim names the one that there is.
            known = {"id": name.strip("[]"), "claim": "rate"} if name != "claims[]" else {"id": "rate"}
            known = {key: one for key, one in known.items() if "pattern" in json.dumps(fields.get(key, ""))}
            return {key: known.get(key) or self._sound(one, key, None) for key, one in fields.items()}
        if name == "where":
            return {self._write("where"): self._write("cell")}
        if name == "packages":
            return {self._write("package"): "1.26"}
        if schema.get("type") == "object":
            return example or {}
        if schema.get("type") == "array":
            return (
                example if isinstance(example, list) else [self._sound(schema.get("items", {}), name + "[]", example)]
            )
        if name in COLUMNS and "enum" not in schema:
            return self._write(name)
        return example if example is not None else schema.get("enum", [""])[0]

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in schema:
            return schema
        found = self._schema["$defs"][schema["$ref"].rpartition("/")[2]]
        return {**found, **{key: one for key, one in schema.items() if key != "$ref"}}


def leaves(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """The way to every text in a record."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from leaves(one, (*keys, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from leaves(one, (*keys, index))
    else:
        yield keys


def at(value: Any, keys: Keys) -> Any:
    """What stands at the end of a way."""
    for key in keys:
        value = value[key]
    return value


def put(value: Any, keys: Keys, given: Any) -> None:
    """Sets what stands at the end of a way."""
    at(value, keys[:-1])[keys[-1]] = given


def path_of(keys: Keys) -> str:
    """A way as an author reads it, without numbers: `claims.measured.file`."""
    return ".".join(key for key in keys if isinstance(key, str))
