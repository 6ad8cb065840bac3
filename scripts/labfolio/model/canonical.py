"""Values as a text that two processes write alike: equal texts stand for values that nothing can tell apart."""

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

_PLAIN = (int, float, bool, type(None))


class NotCanonical(TypeError):
    """A value of a type whose text is not known to be the same in another process."""


class Fingerprints:
    """The fingerprints of values, those of one object taken once while this lives."""

    def __init__(self) -> None:
        # With the object, so that its place in memory is not given to another one.
        self._taken: dict[int, tuple[object, str]] = {}

    def of(self, value: object) -> str:
        """The SHA-256 of a value's canonical text. Raises NotCanonical."""
        parts: list[str] = []
        self._write(value, parts)
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def _write(self, value: Any, parts: list[str]) -> None:
        """Each value with its type and, where it holds others, how many, so that no two values have one text."""
        kind: Any = type(value)
        if kind is str:
            parts.append(f"str {len(value)} {value}")
        elif kind in _PLAIN:
            # 1, 1.0 and True are equal and are printed differently.
            parts.append(repr(value))
        elif kind is bytes:
            parts.append(f"bytes {sha256(value).hexdigest()}")
        elif kind in (tuple, list):
            parts.append(f"{kind.__name__} {len(value)}")
            for one in value:
                self._write(one, parts)
        elif (names := _fields_of(kind)) is not None:
            parts.append(self._fields(value, names))
        elif isinstance(value, type):
            parts.append(f"type {_name(value)}")
        elif isinstance(value, Enum):
            parts.append(f"{_name(kind)}.{value.name}")
        elif isinstance(value, Mapping):
            parts.append(f"mapping {len(value)}")
            for key, one in value.items():
                self._write(key, parts)
                self._write(one, parts)
        elif isinstance(value, Set):
            parts.append(f"set {len(value)}")
            parts += sorted(map(self.of, value))
        elif isinstance(value, date):
            parts.append(repr(value))
        else:
            raise NotCanonical(_name(kind))

    def _fields(self, value: Any, names: tuple[str, ...]) -> str:
        taken = self._taken.get(id(value))
        if taken is None:
            given = {name: getattr(value, name) for name in names}
            taken = value, f"{_name(type(value))} {self.of(given)}"
            self._taken[id(value)] = taken
        return taken[1]


@cache
def _fields_of(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass or a model, None for a type that is neither."""
    if issubclass(kind, BaseModel):
        return tuple(kind.model_fields)
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else None


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
