"""What every declared record has in common, and how a field is declared: type, default, meaning, example together."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Declared(BaseModel):
    """A frozen record that knows no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Shape(BaseModel):
    """A record of a file that is published for programs: it has the fields of its schema and no others."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


def optional(doc: str, example: Any, default: Any = None) -> Any:
    """A field that may be left out, with its meaning and an example."""
    return Field(default, description=doc, examples=[example])


def required(doc: str, example: Any) -> Any:
    """A field that must be written, with its meaning and an example."""
    return Field(description=doc, examples=[example])
