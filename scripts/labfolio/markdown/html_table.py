"""Tables in the HTML of other programs, such as pandas, as the cells and words of them alone."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from markdown.util import AtomicString

if TYPE_CHECKING:
    from lxml import html

ROWS = 200
_COLUMNS = 100
_SIGNS = 400
# A mebibyte of HTML has more rows than are shown.
LIMIT = 1024 * 1024
_NUMBER = re.compile(r"[-+\u2212]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?%?|nan|NaN|inf")


Plain = Callable[[str], str]


def tables_of(text: str, plain: Plain) -> tuple[list[etree.Element], bool]:
    """The outermost tables of an HTML text of at most LIMIT characters, and whether a table was cut.

    `plain` is asked for what of the words of a cell may be shown.
    """
    from lxml import etree as markup  # imported only where there is a table
    from lxml import html

    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (markup.LxmlError, ValueError, RecursionError):
        return [], False
    for element in list(root.iter("script", "style", "template", "noscript", "iframe", "object")):
        element.drop_tree()
    found = [table for table in root.iter("table") if next(table.iterancestors("table"), None) is None]
    made = [_table(table, plain) for table in found]
    return [table for table, _ in made if len(table)], any(cut for _, cut in made)


def _table(given: "html.HtmlElement", plain: Plain) -> tuple[etree.Element, bool]:
    """A table of words, its first row the head where the program names none."""
    table = etree.Element("table")
    caption = given.find("caption")
    if caption is not None and (words := _words(caption, plain)):
        etree.SubElement(table, "caption").text = AtomicString(words)
    rows = [row for row in given.iter("tr") if next(row.iterancestors("table")) is given]
    rows = [row for row in rows if row.find("td") is not None or row.find("th") is not None]
    heads = [row for row in rows if row.getparent().tag == "thead" or row.find("td") is None]
    body = [row for row in rows if row not in heads]
    for name, part in (("thead", heads[:10]), ("tbody", body[:ROWS])):
        if part:
            _rows(etree.SubElement(table, name), part, plain, in_head=name == "thead")
    wide = any(len(row) > _COLUMNS for row in rows[:ROWS])
    return table, len(body) > ROWS or len(heads) > 10 or wide


def _rows(parent: etree.Element, rows: "Iterable[html.HtmlElement]", plain: Plain, *, in_head: bool) -> None:
    for given in rows:
        row = etree.SubElement(parent, "tr")
        for cell in given.findall("*")[:_COLUMNS]:
            if cell.tag not in ("td", "th"):
                continue
            words = _words(cell, plain)
            spans = {name: span for name in ("colspan", "rowspan") if (span := _span(cell.get(name)))}
            # A corner without words heads nothing.
            heads = cell.tag == "th" and bool(words)
            made = etree.SubElement(row, "th" if heads else "td", spans)
            if heads:
                made.set("scope", "col" if in_head else "row")
            if _NUMBER.fullmatch(words):
                made.set("class", "num")
                words = f"\u2212{words[1:]}" if words.startswith("-") else words
            made.text = AtomicString(words)


def _words(element: "html.HtmlElement", plain: Plain) -> str:
    words = plain(" ".join(str(element.text_content()).split()))
    return words if len(words) <= _SIGNS else words[:_SIGNS] + "..."


def _span(written: str | None) -> str:
    return written if written and re.fullmatch(r"[2-9]|[1-9]\d", written) else ""
