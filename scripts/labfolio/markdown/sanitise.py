"""What HTML may reach a reader: an allow-list of elements and attributes, and every address through one function."""

import re
from collections.abc import Callable

import nh3

from labfolio.model.limit import OutOfTime

_TEXT = """
a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td
tfoot th thead time tr u ul var wbr input label svg path"""
# Presentation MathML (MathML Core); nothing of it runs or links.
_MATHS = """
math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup
mtable mtd mtext mtr munder munderover semantics"""
TAGS = frozenset((_TEXT + _MATHS).split())

_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title", "lang", "dir", "role", "aria-label", "aria-hidden", "aria-labelledby"},
    "a": {"href", "rel", "data-linked"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "details": {"open"},
    "input": {"type", "checked", "disabled", "name", "id"},
    "label": {"for"},
    "div": {"tabindex", "data-tabs", "data-pagefind-ignore"},
    "pre": {"tabindex"},
    "svg": {"viewbox", "viewBox", "xmlns", "width", "height"},
    "path": {"d", "fill"},
    "q": {"cite"},
    "col": {"span"},
    "math": {"display", "alttext", "data-tex", "data-pagefind-ignore"},
    "mi": {"mathvariant"},
    "mo": {
        "stretchy",
        "fence",
        "separator",
        "form",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
        "largeop",
        "accent",
        "movablelimits",
        "symmetric",
    },
    "mspace": {"width", "height"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mrow": {"displaystyle", "scriptlevel"},
    "mtable": {"displaystyle", "scriptlevel"},
    "mfrac": {"displaystyle", "scriptlevel", "linethickness"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "mtd": {"columnspan", "rowspan"},
}
_DROPPED_WITH_CONTENT = {
    "annotation",
    "annotation-xml",
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "noembed",
    "noframes",
}
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_HANDLER = re.compile(r"[\s\"'/](on[a-z]{3,})\s*=", re.IGNORECASE)
# What HTML has for more than a letter: markup, what is written as a reference, and what a parser drops or changes.
MARKUP = re.compile("[<>&\0\r\xa0\ufeff]")

# Ids that the frame and the fragments give; neither a heading nor raw HTML may take one of them.
RESERVED = re.compile(r"main|(?:s|claim|record|exhibit|chart|shape|point|ask|search|day|milestone|ref)-.*")
# How often cleaned HTML is read again; one time sufficed for all that was tried.
_READINGS = 5
_NO_SOURCE = re.compile(r"<img\b(?![^>]*\ssrc=)[^>]*>")

# The scheme under which the Markdown extension passes site links through an engine that would rewrite them itself.
CARRIED = "labfolio-link"


def foreign_markup(html: str) -> tuple[str, ...]:
    """The names of elements, and of attributes that run code, which `clean` will take out of `html`."""
    found: dict[str, None] = {}
    for name, attributes in _TAG.findall(html):
        if name.lower() not in TAGS:
            found[f"<{name.lower()}"] = None
        if "on" in attributes.lower():
            found |= dict.fromkeys(_HANDLER.findall(_VALUE.sub("=''", attributes)))
    return tuple(found)


def clean(html: str, address: Callable[[str, str], str | None]) -> str:
    """`html` with allowed markup only. `address(attribute, value)` gives each href and src, or None to drop it.

    Raises OutOfTime, and the OSError of a file that `address` asks for; what else it raises is lost.
    """

    def filtered(tag: str, attribute: str, value: str) -> str | None:
        if tag not in TAGS:
            return None
        if attribute == "id" and RESERVED.fullmatch(value):
            return None
        if attribute in ("href", "src", "srcset", "cite"):
            return address(attribute, value)
        if tag == "input" and attribute == "type":
            return value if value in ("checkbox", "radio") else "checkbox"
        # Engines write these as `open` or as `open="open"`.
        if attribute in ("checked", "disabled", "open", "reversed"):
            return ""
        return value

    # A heading's words are cleaned for the table of contents as a page is, and most have no markup.
    if not MARKUP.search(html):
        return html
    ended: list[OutOfTime | OSError] = []

    def until_ended(tag: str, attribute: str, value: str) -> str | None:
        """The same, until time is over or a file has gone: what calls this loses exceptions, prints their tracebacks,
        and would ask on to the last attribute."""
        try:
            return None if ended else filtered(tag, attribute, value)
        except (OutOfTime, OSError) as error:
            ended.append(error)
            return None

    cleaned = _allowed(html, until_ended)
    if ended:
        raise ended[0]
    # What a block within a paragraph leaves of it.
    return _NO_SOURCE.sub("", _settled(cleaned)).replace("<p></p>", "")


def _settled(html: str) -> str:
    """Cleaned HTML in which a browser finds the elements that were checked: a link within a link, written out, can be
    read otherwise than it was."""
    for _ in range(_READINGS):
        again = _allowed(html, None)
        if again == html:
            break
        html = again
    return html


def _allowed(html: str, filtered: Callable[[str, str, str], str | None] | None) -> str:
    """What the allow-list keeps, each attribute as `filtered` gives it."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=filtered,
        url_schemes={"http", "https", "mailto", CARRIED},
        link_rel=None,
        set_tag_attribute_values={"pre": {"tabindex": "0"}},
    )
