"""Views to HTML through the theme's fragments."""

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from labfolio.model.site import FRAGMENTS


class _Loader(jinja2.BaseLoader):
    """Sources by name; a site's own fragment finds the packaged one that it replaces as `labfolio/<name>`."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text, and the name by which a fault in it is told."""
        if template not in self._sources:
            raise jinja2.TemplateNotFound(template)
        return self._sources[template], f"{FRAGMENTS}/{template}", lambda: True


class Fragments:
    """The theme's fragments, compiled once. Everything printed is escaped unless it is `Markup`."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._environment = _compiled(tuple(sorted(sources.items())))

    def render(self, name: str, **values: Any) -> str:
        """The HTML of a fragment. Raises jinja2.TemplateError for a faulty one."""
        return self._environment.get_template(name).render(**values)


# Compiling takes longer than printing a small site: a preview compiles again only what its author changed.
@lru_cache(maxsize=2)
def _compiled(sources: tuple[tuple[str, str], ...]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=_Loader(dict(sources)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["isolated"] = isolated
    return environment


def isolated(text: str) -> Markup:
    """A text whose letters run from right to left, apart from what stands around it (HTML, 4.5.24); others as it is."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return escape(text)
    return Markup("<bdi>{}</bdi>").format(text)
