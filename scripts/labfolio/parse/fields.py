"""What a declared record says of itself: the fields below a key path, and an example of one."""

from typing import Any

from labfolio.model.entry import Keys


def fields_at(model: Any, keys: Keys) -> tuple[str, ...]:
    """The names of the fields of the record that a key path leads to."""
    record = _record(model, keys)
    return tuple(field.alias or name for name, field in record.model_fields.items()) if record else ()


def example(model: Any, keys: Keys) -> str:
    """A field with the example of its declaration, as it is written in YAML, or an empty text.

    What stands in a group of free names, such as a rule that is allowed, takes the example of the group.
    """
    holder = keys[:-1] if isinstance(keys[-1:][0] if keys else 0, str) else keys[:-2]
    name = next((key for key in reversed(keys) if isinstance(key, str)), "")
    record = _record(model, holder)
    field = next((f for n, f in record.model_fields.items() if name in (n, f.alias)), None) if record else None
    value = field.examples[0] if field is not None and field.examples else None
    if value is None:
        return example(model, holder) if field is None and holder else ""
    return f"{name}: {_yaml(value)}"


def _yaml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(one)}" for key, one in value.items()) + "}"
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _record(model: Any, keys: Keys) -> Any:
    for key in keys:
        if isinstance(key, str) and model is not None:
            field = model.model_fields.get(key)
            model = next(iter(_records(field.annotation)), None) if field else None
    return model


def _records(annotation: Any) -> list[Any]:
    if hasattr(annotation, "model_fields"):
        return [annotation]
    return [record for argument in getattr(annotation, "__args__", ()) for record in _records(argument)]
