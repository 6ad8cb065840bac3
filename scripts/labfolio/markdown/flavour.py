"""The Markdown that authors write: Material's flavour, the same under every engine."""

import importlib
from collections.abc import Mapping
from typing import Any

from markdown.extensions import Extension
from markdown.extensions.toc import slugify

import markdown
from labfolio.markdown import emphasis
from labfolio.markdown.invalid_extension import InvalidExtension
from labfolio.markdown.sanitise import RESERVED
from labfolio.model.site import Settings


def heading_id(text: str, separator: str) -> str:
    """A heading's id as Python-Markdown makes it, kept apart from the ids of the page around it."""
    id = slugify(text, separator)
    return f"h-{id}" if RESERVED.fullmatch(id) else id


_BASE: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("abbr", {}),
    ("admonition", {}),
    ("attr_list", {}),
    ("def_list", {}),
    ("footnotes", {"BACKLINK_TITLE": "Back to the text", "BACKLINK_TEXT": "Back", "USE_DEFINITION_ORDER": False}),
    ("md_in_html", {}),
    ("sane_lists", {}),
    ("tables", {"use_align_attribute": True}),
    ("toc", {"permalink": "#", "permalink_title": "Link to this section", "slugify": heading_id}),
    ("pymdownx.arithmatex", {"generic": True}),
    ("pymdownx.betterem", {}),
    ("pymdownx.caret", {}),
    ("pymdownx.details", {}),
    ("pymdownx.highlight", {"use_pygments": True, "anchor_linenums": False}),
    ("pymdownx.inlinehilite", {}),
    ("pymdownx.keys", {}),
    ("pymdownx.magiclink", {}),
    ("pymdownx.mark", {}),
    ("pymdownx.superfences", {"relaxed_headers": True}),
    ("pymdownx.tasklist", {}),
    ("pymdownx.tabbed", {"alternate_style": True}),
    ("pymdownx.tilde", {}),
)


# What looks different and is never at fault; half of the time that a first text takes goes into getting these ready.
_LOOKS = frozenset({"pymdownx.betterem", "pymdownx.caret", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.tilde"})


# The extensions of every site's flavour; nothing of a text stays in one of them once it is reset.
BASE = frozenset(name for name, _ in _BASE)


def converter(settings: Settings, *own: Extension) -> Any:
    """Python-Markdown in the site's flavour, with `own` extensions of a page. Raises InvalidExtension."""
    names, configs = extensions(settings)
    try:
        made = markdown.Markdown(extensions=[*names, *own], extension_configs=configs, output_format="html")
    except Exception as error:  # an extension is code of others
        for name in names:
            _check(name, configs.get(name, {}))
        raise InvalidExtension("markdown_extensions", error) from error
    emphasis.register(made)
    return made


def _check(name: str, config: Mapping[str, Any]) -> None:
    try:
        markdown.Markdown(extensions=[name], extension_configs={name: dict(config)})
    except Exception as error:
        raise InvalidExtension(name, error) from error


def extensions(settings: Settings) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Names and options for `markdown.Markdown`: the base flavour, then what the site's settings add or change.

    Raises InvalidExtension where an option names an object that there is not.
    """
    base = {name: dict(config) for name, config in _BASE if not (settings.proof and name in _LOOKS)}
    names, configs = list(base), base
    if settings.proof:
        configs["pymdownx.highlight"]["use_pygments"] = False
    for name in settings.extensions:
        name = _short(name)
        names += [name] if name not in names else []
    for name, config in settings.extension_configs.items():
        try:
            configs[_short(name)] = {**configs.get(_short(name), {}), **{k: _imported(v) for k, v in config.items()}}
        except (ImportError, AttributeError, ValueError) as error:
            raise InvalidExtension(name, error) from error
    fences = configs["pymdownx.superfences"]
    try:
        fences["custom_fences"] = _with_mermaid(fences.get("custom_fences", []))
    except (AttributeError, TypeError) as error:
        raise InvalidExtension("pymdownx.superfences", error) from error
    return names, {name: config for name, config in configs.items() if config}


def _with_mermaid(fences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The fences that are no code, Mermaid among them as Material's documentation sets it."""
    from pymdownx.superfences import fence_code_format  # loads what highlights code

    if any(fence.get("name") == "mermaid" for fence in fences):
        return fences
    return [*fences, {"name": "mermaid", "class": "mermaid", "format": fence_code_format}]


def _short(name: str) -> str:
    return name.removeprefix("markdown.extensions.")


def _imported(value: Any) -> Any:
    """A `!!python/name:` tag as the object that it names; settings are trusted, content is not."""
    name = getattr(value, "name", None)
    if isinstance(name, str) and type(value).__name__ == "PythonName":
        module, _, attribute = name.rpartition(".")
        return getattr(importlib.import_module(module), attribute)
    if isinstance(value, dict):
        return {key: _imported(item) for key, item in value.items()}
    return [_imported(item) for item in value] if isinstance(value, list) else value
