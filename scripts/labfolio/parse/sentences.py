"""What an author is told about a field: one table from the kind of error to a sentence, its place and its mend."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Keys
from labfolio.model.fix import Fix
from labfolio.model.rules import fault
from labfolio.model.source import START, Position
from labfolio.model.spelling import certain
from labfolio.parse.fields import example, fields_at
from labfolio.parse.mends import gained, meant_field, meant_value, replaced
from labfolio.parse.yaml_faults import quoted
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
    "seeds": "{seed} is named twice",
}

# Each fault takes time to tell, and nobody reads more of them; what is left is told when these are mended.
_MOST = 200

# Patterns of model/scalars.py -> what they ask for.
_FORMS = {
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": "of a name (letters, digits, '.', '_' and '-')",
    r"^10\.\d{4,9}/\S+$": "of a DOI, such as 10.5281/zenodo.1234567",
    r"^swh:1:[a-z]{3}:[0-9a-f]{40}\S*$": "of a Software Heritage identifier; it must start with swh:1:",
    r"^[A-Za-z0-9._-]+(@[A-Za-z0-9.-]+)?$": "of a domain, such as ada.example",
    r"^[0-9a-f]{4,40}$": "of a Git id",
    r"^[A-Z]\d{2,4}$": "of an entry id, such as B07",
}

# Kinds of error that a whole record raises -> the field that they are about, and the one to look at.
_ABOUT: dict[str, tuple[Keys, Keys]] = {
    "why": (("why",), ("status",)),
    "started": (("started",), ("started",)),
    "start": (("start",), ("targets",)),
    "measured": (("measured",), ("measured",)),
    "goal": ((), ()),
    "cost": ((), ()),
    "pause": ((), ("to",)),
    "to": (("to",), ("to",)),
    "retired": (("state",), ("state",)),
}

# Kinds of error -> the mend, where an example of the field would not do; names come from the error.
_MENDS = {
    "why": "Add a line, for example: why: The speed-up vanished on real input.",
    "started": "Write {date} or a day before it, or correct 'date'.",
    "start": "Add a line, for example: start: 2026-03-01",
    "measured": "Write where it is read, for example: measured: {{file: results/error.csv, value: rse}}",
    "goal": "Write one of the two: reported: -0.5 in a reproduction, target: 0.0325 in a build.",
    "rule": "{mend}",
    "yes_no": "Write {name}: yes or {name}: no.",
    "orcid": "Copy it again from your page at orcid.org.",
    "string_too_long": "Shorten it by {over} characters.",
    "seeds": "Remove the second {seed}.",
}


def key_path(keys: Keys) -> str:
    """A key path as an author reads it: `claims[0].tolerance`."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def explain(error: ValidationError, path: str, text: str, yaml_text: YamlText, model: Any) -> tuple[Diagnostic, ...]:
    """Each fault of a validation as a diagnostic at its place in the file."""
    teller = _Teller(path, text, yaml_text, model)
    details = _one_a_place(error.errors())[:_MOST]
    misspelt = {
        (*keys[:-1], meant_field(str(keys[-1]), fields_at(model, keys[:-1])))
        for keys in (_written(detail) for detail in details if detail["type"] == "extra_forbidden")
    }
    # A required field under a wrong name is one fault, not two.
    return tuple(teller.tell(one) for one in details if one["type"] != "missing" or _written(one) not in misspelt)


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


class _Teller:
    """The faults of one record of one file."""

    def __init__(self, path: str, text: str, yaml_text: YamlText, model: Any) -> None:
        self.path, self.text, self.yaml_text, self.model = path, text, yaml_text, model
        self.value: Mapping[str, Any] = {
            key: one for key, one in (yaml_text.value or {}).items() if one is not None
        }  # an empty field counts as absent

    def tell(self, detail: ErrorDetails) -> Diagnostic:
        """One fault."""
        keys, kind = _written(detail), detail["type"]
        if kind == "extra_forbidden":
            return self.unknown(keys)
        if kind == "missing":
            shown = example(self.model, keys)
            help = f"Add {'a line' if len(keys) == 1 else 'it'}, for example: {shown}" if shown else ""
            return fault("missing-field", self.path, f"{key_path(keys)}: required", help, self.place(keys), self.text)
        about, point = _ABOUT.get(kind, ((), ()))
        message, help, fix = self.sentence(detail, keys + about), self.help(detail, keys), None
        place = self.place(keys + point, (detail.get("ctx") or {}).get("index"))
        if kind == "rule" or detail.get("input") is None:
            place = self.yaml_text.keys.get(keys, place)
        value = detail.get("input")
        if isinstance(value, str):
            meant, sure = meant_value(kind, value, _allowed(detail))
            help = _write(keys, meant) if meant else help
            if sure and gained(self.model, self.value, keys, lambda holder, key: _with(holder, key, meant)) > 0:
                fix = replaced(self.text, place, value, meant)
        elif kind == "string_type" and isinstance(value, dict):
            message, help, fix = self.colon(value, place) or (message, help, fix)
        return fault("invalid-value", self.path, message, help, place, self.text, fix)

    def unknown(self, keys: Keys) -> Diagnostic:
        """A field that the record does not have."""
        name, known = str(keys[-1]), fields_at(self.model, keys[:-1])
        meant = meant_field(name, known)
        holder = f" of {key_path(keys[:-1])}" if len(keys) > 1 else ""
        hint = f"; did you mean '{meant}'?" if meant else ""
        place = self.yaml_text.keys.get(keys) or self.place(keys)
        fix = None
        if meant and meant == certain(name, known):

            def renamed(holder: Any, key: Any) -> Any:
                return {meant if one == key else one: value for one, value in holder.items()}

            absent = meant not in _at(self.value, keys[:-1])
            # A value that does not fit the field either is told, and perhaps mended, under its name.
            if absent and gained(self.model, self.value, keys, renamed) >= 0:
                fix = replaced(self.text, place, name, meant)
        help = f"Write {meant} in the place of {name}." if meant else f"Remove it. The fields are {', '.join(known)}."
        if " " in name:
            help = "A comma in {...} ends a value: put the text in quotes."
        message = f"unknown field '{name}'{holder}{hint}"
        return fault("unknown-key", self.path, message, help, place, self.text, fix)

    def sentence(self, detail: ErrorDetails, keys: Keys) -> str:
        """What is wrong with a value."""
        kind, value, context = detail["type"], detail.get("input"), detail.get("ctx") or {}
        if kind in _ABOUT:
            return f"{key_path(keys)}: {detail['msg']}" if keys else detail["msg"]
        form = _FORMS.get(str(context.get("pattern")), "that is asked for")
        words = {"got": _got(value), "kind": _kind(value), "plain": value, "length": len(str(value)), "form": form}
        template = _SENTENCES.get(kind)
        if template is None:
            return f"{key_path(keys)}: {_got(value)} {detail['msg']}"
        meant = meant_value(kind, str(value), _allowed(detail))[0] if kind == "literal_error" else ""
        hint = f"; did you mean '{meant}'?" if meant else ""
        return f"{key_path(keys)}: {template.format(**{**context, **words})}{hint}"

    def help(self, detail: ErrorDetails, keys: Keys) -> str:
        """The mend of a kind of error, else what the declaration gives as an example of the field."""
        context = detail.get("ctx") or {}
        if template := _MENDS.get(detail["type"]):
            over = len(str(detail.get("input"))) - int(context.get("max_length", 0))
            return template.format(**{**context, "name": keys[-1] if keys else "", "over": over})
        shown = example(self.model, keys)
        return f"For example: {shown}" if shown else ""

    def colon(self, value: Mapping[str, Any], place: Position) -> tuple[str, str, Fix | None] | None:
        """A text that YAML took for a field because of the colon in it: the sentence, the mend and the fix."""
        line = self.text.split("\n")[place.line - 1][place.column - 1 :].rstrip()
        written = ": ".join(str(part) for part in next(iter(value.items()), ()))
        if len(value) != 1 or line != written:
            return None
        fix = replaced(self.text, Position(line=place.line, column=place.column, width=len(line)), line, quoted(line))
        return "a value with ': ' in it must be quoted", quoted(line), fix and Fix("put it in quotes", fix.edits)

    def place(self, keys: Keys, index: int | None = None) -> Position:
        """Where a field stands, else what holds it; `index` is that of an item of its list."""
        positions = self.yaml_text.positions
        if index is not None and (*keys, index) in positions:
            return positions[*keys, index]
        if keys in positions:
            return positions[keys]
        for length in range(len(keys) - 1, -1, -1):
            if keys[:length] in positions:
                return self.yaml_text.keys.get(keys[:length], positions[keys[:length]])
        return START


def _with(holder: Any, key: Any, value: str) -> Any:
    if isinstance(holder, dict):
        return {**holder, key: value}
    return [value if index == key else one for index, one in enumerate(holder)] if isinstance(holder, list) else value


def _at(value: Any, keys: Keys) -> Any:
    for key in keys:
        value = value[key]
    return value


def _write(keys: Keys, value: str) -> str:
    return f"Write {keys[-1]}: {value}" if keys and isinstance(keys[-1], str) else f"Write {value}"


def _allowed(detail: ErrorDetails) -> list[str]:
    return re.findall(r"'([^']*)'", str((detail.get("ctx") or {}).get("expected", "")))


def _got(value: Any) -> str:
    text = " ".join(str(value).split())
    return f"'{text[:60]}{'...' if len(text) > 60 else ''}'" if isinstance(value, str) else _kind(value)


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"the text '{value}'"
    return "a list" if isinstance(value, list) else "a group of fields"
