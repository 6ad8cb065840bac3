"""What an author is told about a field: one table from the kind of error to a sentence, and the nearest good name."""

import difflib
import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Keys
from labfolio.model.rules import fault
from labfolio.model.source import START, Position
from labfolio.parse.yaml_text import YamlText

# The type of a pydantic error -> a sentence about the value; {got} is the value, other names come from the error.
_SENTENCES = {
    "string_type": "is {kind}; write text",
    "string_too_short": "is empty",
    "string_too_long": "has {length} characters; keep it under {max_length}",
    "string_pattern_mismatch": "{got} does not have the form {form}",
    "list_type": "is {kind}; write a list",
    "tuple_type": "is {kind}; write a list: [{plain}]",
    "dict_type": "is {kind}; write fields, one a line",
    "model_type": "is {kind}; write fields, one a line",
    "model_attributes_type": "is {kind}; write fields, one a line",
    "literal_error": "{got} is not one of {expected}",
}

# Patterns of model/scalars.py -> what they ask for.
_FORMS = {
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": "of a name (letters, digits, '.', '_' and '-')",
    r"^10\.\d{4,9}/\S+$": "of a DOI, such as 10.5281/zenodo.1234567",
    r"^swh:1:[a-z]{3}:[0-9a-f]{40}\S*$": "of a Software Heritage identifier; it must start with swh:1:",
    r"^[0-9a-f]{4,40}$": "of a Git id",
    r"^[A-Z]\d{2,4}$": "of an entry id, such as B07",
}

# Words that authors write for a status -> the status.
_MEANT = {
    "done": "shipped",
    "finished": "shipped",
    "published": "shipped",
    "complete": "shipped",
    "wip": "building",
    "started": "building",
    "in-progress": "building",
    "todo": "planned",
    "dropped": "abandoned",
    "failed": "abandoned",
}

# Kinds of error that a whole record raises -> the field that they are about.
_ABOUT: dict[str, Keys] = {
    "why": ("why",),
    "started": ("started",),
    "start": ("start",),
    "measured": ("measured",),
    "goal": (),
    "pause": (),
    "to": ("to",),
    "retired": ("state",),
}


def nearest(word: str, known: Iterable[str]) -> str:
    """ "; did you mean 'x'?" for the closest known word, ignoring case and separators, or an empty text."""

    def plain(text: str) -> str:
        return re.sub(r"[^a-z0-9]", "", text.lower())

    by_plain = {plain(name): name for name in known}
    close = difflib.get_close_matches(plain(word), list(by_plain), n=1, cutoff=0.7)
    return f"; did you mean '{by_plain[close[0]]}'?" if close else ""


def key_path(keys: Keys) -> str:
    """A key path as an author reads it: `claims[0].tolerance`."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def explain(error: ValidationError, path: str, text: str, yaml_text: YamlText, model: Any) -> tuple[Diagnostic, ...]:
    """Each fault of a validation as a diagnostic at its place in the file."""
    return tuple(_explain_one(detail, path, text, yaml_text, model) for detail in _one_a_place(error.errors()))


def _one_a_place(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """A value that fits no member of a union is reported once a member; the first says enough."""
    seen: dict[tuple[Any, ...], ErrorDetails] = {}
    for detail in details:
        seen.setdefault(_written(detail), detail)
    return list(seen.values())


def _written(detail: ErrorDetails) -> Keys:
    """The key path without the names that pydantic adds for members of a union; an unknown key is the author's own."""
    loc = detail["loc"]
    own = len(loc) - 1 if detail["type"] == "extra_forbidden" else len(loc)
    added = re.compile(r"[\[(]|^(function|constrained)-")
    kept = (key for key in loc[:own] if isinstance(key, int) or not added.search(key))
    return (*kept, *loc[own:])


def _explain_one(detail: ErrorDetails, path: str, text: str, yaml_text: YamlText, model: Any) -> Diagnostic:
    keys = _written(detail)
    keys += _ABOUT.get(detail["type"], ())
    place = yaml_text.positions.get(keys) or _nearest_place(keys, yaml_text)
    kind = detail["type"]
    if kind == "extra_forbidden":
        name, known = str(keys[-1]), _fields_at(model, keys[:-1])
        holder = f" of {key_path(keys[:-1])}" if len(keys) > 1 else ""
        message = f"unknown field '{name}'{holder}{nearest(name, known)}"
        help = "A comma in {...} ends a value: put the text in quotes." if " " in name else _known(known)
        return fault("unknown-key", path, message, help, yaml_text.keys.get(keys, place), text)
    if kind == "missing":
        return fault("missing-field", path, f"{key_path(keys)}: required", "", _nearest_place(keys, yaml_text), text)
    return fault("invalid-value", path, _sentence(detail, keys), _help(detail, keys, model), place, text)


def _known(fields: Iterable[str]) -> str:
    return f"The fields are {', '.join(fields)}."


def _sentence(detail: ErrorDetails, keys: Keys) -> str:
    value, context = detail.get("input"), detail.get("ctx") or {}
    if detail["type"] in _ABOUT:
        return f"{key_path(keys)}: {detail['msg']}" if keys else detail["msg"]
    form = _FORMS.get(str(context.get("pattern")), "that is asked for")
    words = {"got": _got(value), "kind": _kind(value), "plain": value, "length": len(str(value)), "form": form}
    template = _SENTENCES.get(detail["type"])
    if template is None:
        return f"{key_path(keys)}: {_got(value)} {detail['msg']}"
    sentence = template.format(**{**context, **words})
    if detail["type"] == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        meant = _MEANT.get(str(value).lower())
        sentence += f"; did you mean '{meant}'?" if meant in allowed else nearest(str(value), allowed)
    return f"{key_path(keys)}: {sentence}"


def _help(detail: ErrorDetails, keys: Keys, model: Any) -> str:
    """The mend: what the declaration gives as an example of the field."""
    if detail["type"] == "why":
        return "Write a reason in the field 'why'."
    example = _example(model, keys)
    return f"For example: {example}" if example else ""


def _example(model: Any, keys: Keys) -> str:
    holder = keys[:-1] if isinstance(keys[-1:][0] if keys else 0, str) else keys[:-2]
    name = next((key for key in reversed(keys) if isinstance(key, str)), "")
    for key in holder:
        if isinstance(key, str):
            field = model.model_fields.get(key)
            model = next(iter(_records(field.annotation)), None) if field else None
        if model is None:
            return ""
    field = next((f for n, f in model.model_fields.items() if name in (n, f.alias)), None)
    value = field.examples[0] if field is not None and field.examples else None
    if value is None:
        return ""
    return f"{name}: [{', '.join(map(str, value))}]" if isinstance(value, list) else f"{name}: {value}"


def _got(value: Any) -> str:
    text = " ".join(str(value).split())
    return f"'{text[:60]}{'...' if len(text) > 60 else ''}'" if isinstance(value, str) else _kind(value)


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"the text '{value}'"
    return "a list" if isinstance(value, list) else "a group of fields"


def _nearest_place(keys: Keys, yaml_text: YamlText) -> Position:
    """Where to point when the field itself is absent: at what holds it."""
    for length in range(len(keys) - 1, -1, -1):
        if keys[:length] in yaml_text.positions:
            return yaml_text.keys.get(keys[:length], yaml_text.positions[keys[:length]])
    return START


def _fields_at(model: Any, keys: Keys) -> tuple[str, ...]:
    """The names of the fields of the record that a key path leads to."""
    for key in keys:
        if isinstance(key, str):
            field = model.model_fields.get(key)
            model = next(iter(_records(field.annotation)), None) if field else None
        if model is None:
            return ()
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _records(annotation: Any) -> list[Any]:
    if hasattr(annotation, "model_fields"):
        return [annotation]
    return [record for argument in getattr(annotation, "__args__", ()) for record in _records(argument)]
