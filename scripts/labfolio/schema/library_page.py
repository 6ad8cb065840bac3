"""The reference of the library, made from its public names, their docstrings and the meanings of their fields."""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from labfolio.model.library import MEANING, Record
from labfolio.schema.reference import NOTE, cell

_MODULE = re.compile(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])")
_RAISES = re.compile(r"^ +(\w+): (.+)$", re.MULTILINE)


def library_page(public: Mapping[str, Any]) -> str:
    """The page of these names, in their order."""
    return "\n".join(_page(public))


def _page(public: Mapping[str, Any]) -> Iterable[str]:
    yield from (NOTE, "# The library\n")
    yield "All that `import labfolio` gives out; [how it is used](../guide/library.md). Of every record:\n"
    yield from _members(Record)
    for name, one in public.items():
        yield f"## {name}\n"
        if not isinstance(one, type):
            yield f"```python\nlabfolio.{name}{_signature(one)}\n```\n"
        yield _doc(one)
        if isinstance(one, type) and is_dataclass(one):
            yield from _fields(one)
            yield from _members(one)


def _fields(record: Any) -> Iterable[str]:
    types = get_type_hints(record)
    yield from ("| field | type | meaning |", "|---|---|---|")
    for one in fields(record):
        yield f"| `{one.name}` | `{cell(_type(types[one.name]))}` | {cell(one.metadata[MEANING])} |"
    yield ""


def _members(record: type) -> Iterable[str]:
    """The properties and methods that a class has of its own."""
    for name, value in vars(record).items():
        if name.startswith("_"):
            continue
        if isinstance(value, property):
            kind = _type(get_type_hints(value.fget)["return"])
            yield f"`.{name}`, `{kind}`: {_doc(value)}"
        elif inspect.isfunction(value):
            yield f"`.{name}{_signature(value).replace('self, ', '').replace('self', '')}`: {_doc(value)}"


def _signature(function: Callable[..., Any]) -> str:
    return _MODULE.sub("", str(inspect.signature(function)))


def _doc(thing: Any) -> str:
    """A docstring as Markdown: its paragraphs, and what is raised as a list."""
    text, _, raised = (inspect.getdoc(thing) or "").partition("\nRaises:\n")
    listed = [f"- `{name}` {why}" for name, why in _RAISES.findall(raised)]
    raises = "\nRaises:\n\n" + "\n".join(listed) + "\n" if listed else ""
    return f"{text.strip()}\n{raises}"


def _type(annotation: Any) -> str:
    """A type as it is written, the same under every Python."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return " | ".join(_type(one) for one in parts)
    if origin is Literal:
        return " | ".join(f'"{one}"' for one in parts)
    if origin is tuple:
        return f"tuple[{_type(parts[0])}, ...]"
    return "None" if annotation is NoneType else str(annotation.__name__)
