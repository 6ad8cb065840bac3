"""What is wrong with a finished site: dead links and anchors, other hosts, feeds and JSON that are none."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

# What a browser fetches by itself when it meets such a link.
_LOADED = {"stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "icon", "manifest"}
# The 404 page is served at any depth.
_NOWHERE = "no/such/page/"


@dataclass(frozen=True)
class _Site:
    """The files by path, and the address that they are served at."""

    files: Mapping[str, bytes]
    address: str
    documents: dict[str, html.HtmlElement] = field(default_factory=dict)

    def document(self, path: str) -> html.HtmlElement:
        if path not in self.documents:
            parser = html.HTMLParser(encoding="utf-8")
            self.documents[path] = html.document_fromstring(self.files[path] or b"<html></html>", parser=parser)
        return self.documents[path]

    def anchors(self, path: str) -> set[str]:
        return {"", "top", *self.document(path).xpath("//@id"), *self.document(path).xpath("//a/@name")}


def audit(files: Mapping[str, bytes], address: str) -> tuple[str, ...]:
    """Every fault as `file: what: why`, sorted. `address` is where the site is served, with a slash at its end."""
    site = _Site(files, address)
    found = {f"{path}: {fault}" for path in files for fault in _faults(site, path)}
    return tuple(sorted(found))


def _faults(site: _Site, path: str) -> Iterator[str]:
    if path.endswith(".html"):
        yield from _dead(site, path, _page_links(site.document(path)))
        yield from _data(site.document(path))
    elif path.endswith(".css"):
        text = site.files[path].decode("utf-8", "replace")
        yield from _dead(site, path, ((link, True) for link in re.findall(r"""url\(\s*["']?([^"'#)][^"')]*)""", text)))
    elif path.endswith((".xml", ".opml")):
        yield from _xml(site.files[path])
    elif path.endswith(".json") and "/" not in path:
        yield from _json(site.files[path].decode("utf-8", "replace"))


def _page_links(page: html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """The links of a page, each with whether a browser follows it by itself."""
    for element in page.iter(etree.Element):
        kinds = set((element.get("rel") or "").lower().split())
        loaded = element.tag != "a" and (element.tag != "link" or bool(_LOADED & kinds))
        for name in ("href", "xlink:href", "src", "poster", "data", "action"):
            if name in element.attrib:
                yield str(element.attrib[name]).strip(), loaded
        for candidate in re.split(r",\s+", (element.get("srcset") or "").strip()):
            if candidate:
                yield candidate.split()[0], True


def _dead(site: _Site, path: str, links: Iterable[tuple[str, bool]]) -> Iterator[str]:
    for link, loaded in links:
        if said := _why_dead(site, path, link, loaded):
            yield f"{link}: {said}"


def _why_dead(site: _Site, path: str, link: str, loaded: bool) -> str:
    """What is wrong with a link; empty where nothing is."""
    if link.startswith("#"):
        return "" if unquote(link[1:]) in site.anchors(path) else "no such fragment"
    page = site.address + (_NOWHERE if path == "404.html" else path.removesuffix("index.html"))
    try:
        target = urlsplit(urljoin(page, link))
    except ValueError:
        return "no address"
    home = urlsplit(site.address)
    if target.scheme not in ("http", "https"):
        return ""
    if target.netloc != home.netloc:
        return "loaded from another host" if loaded else ""
    if not target.path.startswith(home.path):
        return "outside the site"
    file = normpath(unquote(target.path.removeprefix(home.path)) or ".")
    file = normpath(join(file, "index.html")) if target.path.endswith("/") else file
    if file not in site.files:
        return "no such file"
    if target.fragment and (not file.endswith(".html") or unquote(target.fragment) not in site.anchors(file)):
        return "no such fragment"
    return ""


def _data(page: html.HtmlElement) -> Iterator[str]:
    """Linked data that no program could read."""
    for script in page.xpath("//script[@type='application/ld+json']"):
        for fault in _json(script.text or ""):
            yield f"linked data: {fault}"


def _json(text: str) -> Iterator[str]:
    try:
        json.loads(text)
    except ValueError as error:
        yield f"not JSON: {error}"


def _xml(data: bytes) -> Iterator[str]:
    """What feed readers refuse: XML that is none, ids and dates that are missing or given twice."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield f"not XML: {error}"
        return
    atom = "{http://www.w3.org/2005/Atom}"
    items = [*root.iter("item"), *root.iter(f"{atom}entry")]
    ids = [item.findtext("guid") or item.findtext(f"{atom}id") or "" for item in items]
    if len(set(ids)) < len(ids) or "" in ids:
        yield "an entry has no id, or that of another"
    for item in items:
        if not (item.findtext("pubDate") or item.findtext(f"{atom}updated")):
            yield f"{item.findtext('title') or item.findtext(f'{atom}title')}: no date"
