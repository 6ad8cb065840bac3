"""HTML and text as every feed reader takes them."""

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

_KEPT = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "caption",
        "pre",
        "code",
        "blockquote",
        "figure",
        "figcaption",
        "img",
        "a",
        "em",
        "strong",
        "sub",
        "sup",
        "del",
        "hr",
        "br",
    ]
)
_ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "li": ("value",),
    "ol": ("start", "reversed"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan",),
}
# Elements whose content browsers take otherwise than this parser.
_RAW = ("iframe", "object", "embed", "template", "noscript", "noembed", "noframes", "xmp", "plaintext", "textarea")
# The class of code that is TeX.
TEX = "tex"
# Marks that a sheet of the site draws, as signs that a reader's own font has.
_DRAWN = {"task done": "\u2611 ", "task": "\u2610 ", "tombstone": " \u220e"}
# What an element is called until its tag is taken away with all others at once.
_GONE = "labfolio-gone"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def feed_html(content: str, address: str) -> str:
    """HTML that every reader shows: few elements, absolute addresses, no anchors within the page."""
    root = html.fragment_fromstring(_CONTROL.sub("", content), create_parent="div")
    _without_line_numbers(root)
    for math in list(root.iter("math")):
        _as_tex(math)
    for element in list(root.iter()):
        if element is root:
            continue
        if (
            not isinstance(element.tag, str)
            or "cited" in (element.get("class") or "").split()
            or element.tag in ("svg", "input", "label", "button", "script", "style", *_RAW)
        ):
            element.drop_tree()
        elif element.tag == "a" and (element.get("href") or "#").startswith("#"):
            headerlink = "headerlink" in (element.get("class") or "")
            if headerlink:
                element.drop_tree()
            else:
                element.tag = _GONE
        elif element.tag not in _KEPT:
            element.text = _DRAWN.get(element.get("class") or "", element.text)
            element.tag = _GONE
        else:
            _keep(element, address)
    etree.strip_tags(root, _GONE)
    text = (root.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in root)
    return text.strip()


def _without_line_numbers(root: html.HtmlElement) -> None:
    """Code whose lines are numbered in a table as the code alone."""
    for table in root.xpath(".//table[contains(@class, 'highlighttable')]"):
        for element in table.xpath(".//td[contains(@class, 'linenos')]"):
            element.drop_tree()
        for element in [*table.iter("tbody", "tr", "td", "th"), table]:
            element.drop_tag()


def _as_tex(math: html.HtmlElement) -> None:
    """An expression as its TeX, in a class by which it can be told from code: few readers take MathML."""
    if not (tex := math.get("data-tex")):
        return
    display = math.get("display") == "block"
    tail = math.tail
    math.clear()
    math.tail, math.tag = tail, "pre" if display else "code"
    code = etree.SubElement(math, "code") if display else math
    code.set("class", TEX)
    code.text = tex


def _keep(element: html.HtmlElement, address: str) -> None:
    for name in list(element.attrib):
        if element.tag == "code" and element.get(name) == TEX:
            continue
        if name not in _ATTRIBUTES.get(element.tag, ()):
            del element.attrib[name]
        elif name in ("href", "src"):
            whole = _absolute(address, element.get(name) or "")
            element.set(name, whole) if whole else element.attrib.pop(name)


def _absolute(address: str, given: str) -> str:
    """An address in full; empty for one that a reader must not follow."""
    try:
        whole = urljoin(address, given)
        return whole if urlsplit(whole).scheme in ("http", "https", "mailto") else ""
    except ValueError:
        return ""


def plain(text: str) -> str:
    """Text that XML can carry."""
    return _CONTROL.sub("", text)
