"""Markdown within a text that is not its author's own line by line: cells of a notebook, code that is quoted."""

import xml.etree.ElementTree as etree

from markdown import Markdown


def parse_into(md: Markdown, parent: etree.Element, text: str) -> None:
    """Appends the blocks of a Markdown text to an element, by all the steps that the text around it goes through."""
    lines = text.split("\n")
    for step in md.preprocessors:
        lines = step.run(lines)
    md.parser.parseChunk(parent, "\n".join(lines))
