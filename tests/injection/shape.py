"""What an output is made of, without its words: elements, attributes, schemes, keys. Words alone cannot change it."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import bibtexparser
from lxml import etree, html

import markdown

# Attributes that a browser takes for an address.
_ADDRESSES = {"href", "src", "action", "formaction", "data", "cite", "poster", "ping", "background", "xlink:href"}
SCHEMES = {"", "http", "https", "mailto"}
# Elements that run or fetch something; the frame's own scripts are counted by `shape_of`.
ACTIVE = {"iframe", "object", "embed", "base", "form", "applet", "frame", "frameset", "portal", "template"}
Shape = Iterable[Any]


def shape_of(path: str, content: bytes) -> list[Any]:
    """The shape of an output by its type; bytes that hold no text have none, nor has a
    result file, which is published as it was written. Raises where it cannot be parsed."""
    suffix = path.rpartition(".")[2]
    match suffix:
        case "html":
            return list(_elements(html.document_fromstring(content.decode(), parser=_html())))
        case "xml" | "opml" | "svg":
            return list(_elements(etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))))
        case "json":
            return list(_members(json.loads(content), path))
        case "md" | "txt":
            text = content.decode()
            return list(_elements(html.document_fromstring(f"<div>{markdown.markdown(text)}</div>", parser=_html())))
        case "bib":
            library = bibtexparser.parse_string(content.decode())
            assert not library.failed_blocks
            return [(entry.entry_type, sorted(entry.fields_dict)) for entry in library.entries]
    return []


def active_parts(content: str) -> list[str]:
    """What of some HTML would run, fetch or leave: elements, event handlers, addresses of other schemes, styles."""
    found: list[str] = []
    root = html.document_fromstring(f"<div>{content}</div>", parser=_html())
    for element in root.iter():
        name = str(element.tag)
        if name in ACTIVE | {"script", "style", "link", "meta"}:
            found.append(f"<{name}>")
        for attribute, value in element.attrib.items():
            if attribute.startswith("on") or attribute in ("style", "srcdoc"):
                found.append(f"{name} {attribute}")
            if attribute in _ADDRESSES and scheme(value) not in SCHEMES:
                found.append(f"{name} {attribute}={value}")
    return found


def scheme(address: str) -> str:
    """The scheme of an address as a browser sees it: without spaces, tabs and control characters."""
    seen = re.sub("[\x00-\x20\x7f-\xa0]", "", address)
    try:
        return urlsplit(seen).scheme.lower() if ":" in seen.partition("/")[0] else ""
    except ValueError:
        return "?"


def _html() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", huge_tree=True)


def _elements(root: Any) -> Iterator[Any]:
    """Every element with the names of its attributes; linked data and the HTML in feeds with what is in them."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield type(element).__name__
            continue
        names = sorted(element.attrib)
        yield element.tag, names, [scheme(element.get(name)) for name in names if name in _ADDRESSES]
        text = element.text or ""
        if element.tag == "script":
            yield (
                list(_members(json.loads(text), ""))
                if "json" in element.get("type", "")
                else re.sub(r"\".*\"", "", text)
            )
        elif element.tag == "style":
            yield re.sub(r"\"Sheet [A-Z0-9]+, \"", "", text)
        elif _holds_html(element) and "<" in text:
            assert not active_parts(text), text
            yield list(_elements(html.document_fromstring(f"<div>{text}</div>", parser=_html())))


def _holds_html(element: Any) -> bool:
    """Whether readers take an element's text for HTML."""
    return (
        element.tag in ("description", "{http://purl.org/rss/1.0/modules/content/}encoded")
        or element.get("type") == "html"
    )


def _members(value: Any, key: str) -> Iterator[Any]:
    """Every member of a JSON value by its kind; HTML in a feed with what is in it."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from _members(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _members(one, key)
    else:
        yield type(value).__name__
        if key == "content_html":
            assert not active_parts(value), value
            yield list(_elements(html.document_fromstring(f"<div>{value}</div>", parser=_html())))
        if key.endswith(("url", "@id", "sameAs")) and isinstance(value, str):
            yield scheme(value)
