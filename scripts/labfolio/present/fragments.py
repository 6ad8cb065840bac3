"""Views to HTML through the theme's fragments."""

from collections.abc import Mapping
from typing import Any

import jinja2


class Fragments:
    """The theme's fragments, compiled once. Everything printed is escaped unless it is `Markup`."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.DictLoader(dict(sources)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, **values: Any) -> str:
        """The HTML of a fragment. Raises jinja2.TemplateError for a faulty one."""
        return self._environment.get_template(name).render(**values)
