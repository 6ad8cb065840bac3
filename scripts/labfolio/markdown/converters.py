"""One converter for text after text: a flavour takes as long to get ready as a page takes to be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from markdown.extensions import Extension

from labfolio.markdown.flavour import BASE, converter
from labfolio.markdown.inline import Inline
from labfolio.model.site import Settings
from markdown import Markdown

# The converter of the flavour that was asked for last, by what makes the flavour.
_idle: dict[str, "_Converter"] = {}


@contextmanager
def lent(settings: Settings, own: Extension) -> Iterator[Any]:
    """Python-Markdown in the site's flavour with `own` extension of a text, for that text alone.

    Raises InvalidExtension.
    """
    flavour = _flavour(settings)
    if flavour is None:
        yield converter(settings, own)
        return
    kept = _idle.pop(flavour, None) or _Converter(converter(settings))
    yield kept.ready(own)
    # One that was interrupted, by a fault or for its time, may hold a part of its text: it does not come to this.
    _idle.clear()
    _idle[flavour] = kept


def _flavour(settings: Settings) -> str | None:
    """What tells a flavour from others; None where an extension or an option is code of others, which may remember
    what it saw."""
    if not BASE.issuperset(settings.extensions):
        return None
    options = {name: dict(config) for name, config in sorted(settings.extension_configs.items())}
    plain = all(isinstance(value, str | int | float | None) for config in options.values() for value in config.values())
    return f"{settings.proof} {options!r}" if plain and BASE.issuperset(options) else None


class _Converter:
    """A converter as its flavour made it, whatever was added to it since."""

    def __init__(self, md: Markdown) -> None:
        self._md, self._inline = md, Inline(md)
        md.treeprocessors.register(self._inline, "inline", 20)
        self._escaped = md.ESCAPED_CHARS
        self._steps = [registry[:] for registry in _registries(md)]

    def ready(self, own: Extension) -> Markdown:
        """The converter with the steps of `own` beside those of the flavour, and nothing of a text before."""
        # Steps hold the registries that they stand in: these stay, and what is in them is put back.
        for registry, steps in zip(_registries(self._md), self._steps, strict=True):
            vars(registry).update(vars(steps[:]))
        self._md.ESCAPED_CHARS = self._escaped
        own.extendMarkdown(self._md)
        self._inline.ready()
        return self._md.reset()


def _registries(md: Markdown) -> tuple[Any, ...]:
    return md.preprocessors, md.parser.blockprocessors, md.inlinePatterns, md.treeprocessors, md.postprocessors
