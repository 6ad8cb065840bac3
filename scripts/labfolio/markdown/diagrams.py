"""Mermaid fences: no page runs a script to draw them, so their source is shown, and the author is told how to draw."""

import re

from labfolio.markdown.rendering import Rendering
from labfolio.model.rules import fault
from labfolio.model.source import Position, lines_of

# What `fence_code_format` writes of a fence, with the id that the fence may carry.
_MERMAID = re.compile(r'<pre(?: id="[^"]*")? class="mermaid[^"]*"[^>]*>(?:(?!<pre\b).)*?</pre>', re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+)?(`{3,}|~{3,})[ \t]*(?:\{[ \t]*\.?)?(mermaid\b)?")
_MEND = "Draw it once and put the SVG beside the entry: ![What it shows](figures/flow.svg)"


def as_source(html: str, rendering: Rendering) -> str:
    """The HTML with each Mermaid diagram as a figure of its source; each is told at its fence."""
    shown, count = _MERMAID.subn(_figure, html) if "mermaid" in html else (html, 0)
    for number in _fences(rendering)[:count] if count else ():
        column = lines_of(rendering.text)[number - 1].index("mermaid") + 1
        place = Position(line=number, column=column, width=len("mermaid"))
        message = "a Mermaid diagram is shown as its source"
        rendering.tell(fault("undrawn-diagram", rendering.source, message, _MEND, place, rendering.text))
    return shown


def _figure(drawing: re.Match[str]) -> str:
    note = "A Mermaid diagram, shown as its source."
    return f'<figure class="diagram-source">{drawing[0]}<figcaption>{note}</figcaption></figure>'


def _fences(rendering: Rendering) -> list[int]:
    """The numbers of the lines that open a Mermaid fence; one inside of another fence is none."""
    fence, found = "", []
    for number, line in enumerate(lines_of(rendering.text)[rendering.body_line - 1 :], start=rendering.body_line):
        opened = _FENCE.match(line)
        if fence:
            fence = "" if re.fullmatch(rf"[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*", line) else fence
        elif opened:
            fence = opened[1]
            found += [number] if opened[2] else []
    return found
