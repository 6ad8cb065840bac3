"""Every link of the built demo leads to a file, and no page loads anything from another host."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from tests.markup.conftest import ADDRESS

LOADED_RELATIONS = {
    "stylesheet",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "icon",
    "manifest",
}


@cache
def document(page: Path) -> html.HtmlElement:
    """A page, parsed."""
    return html.document_fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


@cache
def anchors(page: Path) -> set[str]:
    """The fragments that a page can be opened at."""
    return {"", "top", *document(page).xpath("//@id"), *document(page).xpath("//a/@name")}


def address(site: Path, file: Path) -> str:
    """Where a file is served; the 404 page is served at any depth."""
    path = file.relative_to(site).as_posix()
    return ADDRESS + ("no/such/page/" if path == "404.html" else path.removesuffix("index.html"))


def is_loaded(element: html.HtmlElement) -> bool:
    """Whether a browser fetches the element's target by itself."""
    return element.tag != "a" and (
        element.tag != "link" or bool(LOADED_RELATIONS & set(element.get("rel", "").lower().split()))
    )


def page_links(page: Path) -> Iterator[tuple[str, bool]]:
    """The links of a page, each with whether it is loaded."""
    for element in document(page).iter(etree.Element):
        for name in ("href", "xlink:href", "src", "poster", "data", "action"):
            if name in element.attrib:
                yield element.attrib[name].strip(), is_loaded(element)
        for name in ("srcset", "imagesrcset"):
            for candidate in re.split(r",\s+", element.get(name, "").strip()):
                if candidate:
                    yield candidate.split()[0], True


def sheet_links(sheet: Path) -> Iterator[tuple[str, bool]]:
    """The files that a style sheet loads; a fragment alone means the page that uses it."""
    for link in re.findall(r"""url\(\s*["']?([^"'#)][^"')]*)""", sheet.read_text()):
        yield link, True


def fault(site: Path, page: Path, link: str, loaded: bool) -> str:
    """What is wrong with a link, or nothing."""
    if link.startswith("#"):
        return "" if unquote(link[1:]) in anchors(page) else "no such fragment"
    target = urlsplit(urljoin(address(site, page), link))
    if target.scheme not in ("http", "https"):
        return ""
    if target.netloc != urlsplit(ADDRESS).netloc:
        return "loaded from another host" if loaded else ""
    base = urlsplit(ADDRESS).path
    if not target.path.startswith(base):
        return "outside the site"
    file = site / unquote(target.path.removeprefix(base))
    if target.path.endswith("/"):
        file /= "index.html"
    if not file.is_file():
        return "no such file"
    if target.fragment and (file.suffix != ".html" or unquote(target.fragment) not in anchors(file)):
        return "no such fragment"
    return ""


def faults(site: Path) -> list[str]:
    """Every link at fault with the file that it stands in."""
    links = {page: page_links(page) for page in site.rglob("*.html")}
    links |= {sheet: sheet_links(sheet) for sheet in site.rglob("*.css")}
    return sorted(
        {
            f"{file.relative_to(site).as_posix()}: {link}: {said}"
            for file, found in links.items()
            for link, loaded in found
            if (said := fault(site, file, link, loaded))
        }
    )


def test_every_link_leads_somewhere(site: Path) -> None:
    found = faults(site)
    assert not found, "\n".join(found)


def test_dead_and_foreign_links_are_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<p id="here"><a href="#here">1</a><a href="#gone">2</a><a href="gone/">3</a><a href="/">4</a>'
        '<a href="https://other.example/">5</a><img src="https://other.example/a.png">'
        '<img srcset="index.html 1x, gone.png 2x">'
    )
    assert faults(tmp_path) == [
        "index.html: #gone: no such fragment",
        "index.html: /: outside the site",
        "index.html: gone.png: no such file",
        "index.html: gone/: no such file",
        "index.html: https://other.example/a.png: loaded from another host",
    ]
