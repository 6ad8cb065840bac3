"""Extensions whose work depends on the text and their options alone, so that what they made may be kept."""

import json
from collections.abc import Mapping
from typing import Any

from labfolio.model.site import Settings

# Read in Markdown 3.11 and pymdown-extensions 13.1: each of them opens no file, asks no clock and keeps nothing.
_MARKDOWN = frozenset({
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "md_in_html", "nl2br", "sane_lists", "smarty", "tables", "toc",
})  # fmt: skip
_PYMDOWNX = frozenset({
    "arithmatex", "betterem", "caret", "critic", "details", "emoji", "escapeall", "extra", "highlight", "inlinehilite",
    "keys", "magiclink", "mark", "progressbar", "saneheaders", "smartsymbols", "striphtml", "superfences", "tabbed",
    "tasklist", "tilde",
})  # fmt: skip
# Installed packages, whose versions are in the print of the toolchain.
_PACKAGES = ("markdown.", "material.extensions.emoji.", "pymdownx.")


def options_print(settings: Settings) -> str | None:
    """The Markdown options of a site as a text; None where one of them may do what no key can name."""
    if not all(_is_known(name) for name in (*settings.extensions, *settings.extension_configs)):
        return None
    try:
        return json.dumps([settings.extensions, _plain(settings.extension_configs)], sort_keys=True)
    except (TypeError, ValueError):
        return None


def _is_known(name: str) -> bool:
    short = name.removeprefix("markdown.extensions.")
    return short in _MARKDOWN or (short.startswith("pymdownx.") and short[len("pymdownx.") :] in _PYMDOWNX)


def _plain(value: Any) -> Any:
    """A value as JSON has it. Raises TypeError for one that is not plain, ValueError for what is not known."""
    if isinstance(value, Mapping):
        # Icons of an author's own folder.
        if "custom_icons" in value:
            raise ValueError
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(name := getattr(value, "name", None), str) and type(value).__name__ == "PythonName":
        if not name.startswith(_PACKAGES):
            raise ValueError
        return {"python": name}
    return value
