"""What other generators would have evaluated: shortcodes and templates. Here it is text, and its author is told."""

import re

from labfolio.markdown.rendering import Rendering
from labfolio.markdown.values import PATTERN
from labfolio.model.source import Position

# What is code or mathematics; braces mean something else there. Bounded, so that unclosed ones cost little.
_OTHER = re.compile(
    r"(`+)(?:(?!\1).){1,4000}?\1|\$\$.{1,4000}?\$\$|\$[^$\n]{1,1000}\$|\\\[.{1,4000}?\\\]|\\\(.{1,1000}?\\\)"
    r"|\\begin\{(\w+\*?)\}.{1,4000}?\\end\{\2\}",
    re.DOTALL,
)
_FORMS = (
    (re.compile(r"\{\{[<%][^{}\n]{1,300}[>%]\}\}"), "a shortcode of Hugo or Quarto"),
    (re.compile(r"(?<!\{)\{%-?\s*[a-z]\w*[^{}\n]{0,300}%\}"), "a tag of Liquid (Jekyll) or Jinja"),
    (re.compile(r"(?<![\\{])\{\{(?![<%{])[^{}\n]{1,300}\}\}(?!\})"), "an expression of Liquid (Jekyll) or Jinja"),
)
_VALUE = re.compile(PATTERN)


def foreign_templates(rendering: Rendering) -> None:
    """Reports what looks like another generator's, once for each kind, at its first place in prose."""
    if "{{" not in rendering.text and "{%" not in rendering.text:
        return
    lines = rendering.text.split("\n")
    prose = "\n".join(line if number in rendering.prose else "" for number, line in enumerate(lines, start=1))
    prose = _OTHER.sub(lambda other: re.sub(r"[^\n]", " ", other[0]), _VALUE.sub(lambda m: " " * len(m[0]), prose))
    for form, what in _FORMS:
        if found := form.search(prose):
            line = prose.count("\n", 0, found.start()) + 1
            column = found.start() - prose.rfind("\n", 0, found.start())
            place = Position(line=line, column=column, width=len(found[0]))
            rendering.report_at("foreign-template", f"'{found[0][:60]}' is {what} and stays as it is written", place)
