"""What HTML may reach a reader: an allow-list of elements and attributes, and every address through one function."""

import re
from collections.abc import Callable

import nh3

_TEXT = """
a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td
tfoot th thead time tr u ul var wbr input label svg path"""
TAGS = frozenset(_TEXT.split())

_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title", "lang", "dir", "role", "aria-label", "aria-hidden", "aria-labelledby"},
    "a": {"href", "rel", "name", "data-linked"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "details": {"open"},
    "input": {"type", "checked", "disabled", "name", "id"},
    "label": {"for"},
    "div": {"tabindex", "data-tabs"},
    "pre": {"tabindex"},
    "svg": {"viewbox", "viewBox", "xmlns", "width", "height"},
    "path": {"d", "fill"},
    "q": {"cite"},
    "col": {"span"},
}
_DROPPED_WITH_CONTENT = {"script", "style", "template", "noscript", "iframe", "object", "embed", "noembed", "noframes"}
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")

# The scheme under which the Markdown extension passes site links through an engine that would rewrite them itself.
CARRIED = "labfolio-link"


def foreign_markup(html: str) -> tuple[str, ...]:
    """The names of elements, and of attributes that run code, which `clean` will take out of `html`."""
    found: dict[str, None] = {}
    for name, attributes in _TAG.findall(html):
        if name.lower() not in TAGS:
            found[f"<{name.lower()}"] = None
        for attribute in re.findall(r"[\s\"'/](on[a-z]{3,})\s*=", attributes, re.IGNORECASE):
            found[attribute] = None
    return tuple(found)


def clean(html: str, address: Callable[[str, str], str | None]) -> str:
    """`html` with allowed markup only. `address(attribute, value)` gives each href and src, or None to drop it."""

    def filtered(tag: str, attribute: str, value: str) -> str | None:
        if tag not in TAGS:
            return None
        if attribute in ("href", "src", "cite"):
            return address(attribute, value)
        if tag == "input" and attribute == "type":
            return value if value in ("checkbox", "radio") else "checkbox"
        return value

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
