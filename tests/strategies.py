"""What an author or a program might write, made from what is declared: a new field is tried unnamed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from pydantic import BaseModel

# What YAML, Python or a browser would take for something else, and what no page can carry.
ODD = (
    *(
        "",
        "~",
        "no",
        "null",
        "1.10",
        "010",
        "12:30:45",
        "1e400",
        "-0",
        "nan",
        "-inf",
        "1_000",
        "1,5",
        "50%",
        "0x1f",
        "٣",
    ),
    *(
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "2026-03-03T23:59:59-12:00",
        "../../.ssh/id_rsa",
        "C:\\x",
        "%2e%2e/x",
        "/",
    ),
    *("javascript:alert(1)", "http://[", "https://a.example/?q=%", "<script>", "</title>", "{{ r.x }}", "$\\frac$"),
    *(
        "\u202ex\u202c",
        "\u2028",
        "\ufeff",
        "e\u0301",
        "\U0001f600",
        "x" * 300,
        "a\nb",
        "\t",
        "---",
        "'\"`",
        "[",
        "a: b #c",
    ),
)
TEXTS = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
# Any text on one line that a file of UTF-8 can hold.
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40)
VALUES = st.recursive(
    TEXTS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=6,
)


def in_ci(examples: int, **others: Any) -> settings:
    """Settings for a property of which one example takes long: so many in CI, all of the profile in a long run."""
    given = settings().max_examples
    return settings(max_examples=examples if given <= 200 else given, **others)


@st.composite
def declared(draw: st.DrawFn, model: type[BaseModel]) -> dict[str, Any]:
    """A record of a model as it would be written: required fields by their examples, then some with any value."""
    written = {name: example for name, required, example, _ in fields(model) if required}
    for name, _, example, records in draw(st.lists(st.sampled_from(list(fields(model))), max_size=4)):
        ways = [st.just(example), VALUES]
        ways += [one for record in records for one in (declared(record), st.lists(declared(record), max_size=2))]
        written[name] = draw(st.one_of(ways))
    return written


def fields(model: type[BaseModel]) -> Iterator[tuple[str, bool, Any, tuple[type[BaseModel], ...]]]:
    """Every field: its written name, whether it is required, its example as a text or list, the records it holds."""
    for name, field in model.model_fields.items():
        example = (field.examples or [""])[0]
        written = example.isoformat() if isinstance(example, date) else example
        yield field.alias or name, field.is_required(), written, tuple(_records(field.annotation))


def _records(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _records(argument)
