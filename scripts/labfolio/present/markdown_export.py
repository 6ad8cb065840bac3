"""The portfolio as plain Markdown files, readable wherever Markdown is: numbers computed, citations written out, links
from file to file, figures beside."""

from collections.abc import Callable, Collection, Iterable
from urllib.parse import unquote

from lxml import etree, html

from labfolio.markdown.links import relative
from labfolio.model.entry import Entry, FreeText
from labfolio.model.site import Output
from labfolio.model.source import lines_of
from labfolio.present.edition import Edition
from labfolio.present.feeds.items import entry_html
from labfolio.present.fragments import Fragments
from labfolio.present.plain_markdown import plain_address
from labfolio.present.portfolio_files import TWIN
from labfolio.present.twins import contents, entry_text, page_html, page_text

README = "README.md"


def markdown_pages(edition: Edition, outputs: Iterable[Output]) -> Iterable[Output]:
    """A README that lists everything, every entry and page of the author's own, and the files among `outputs` that
    they show, link to or measure by. What has no Markdown of its own, such as a list, is linked to on the site."""
    fragments = Fragments(edition.theme.fragments)
    files = {output.path: output for output in outputs}
    links = _Links(edition, files)
    for entry in edition.portfolio.entries:
        near = links.near(entry.url)
        text = entry_text(edition, entry, _moved(entry_html(edition, fragments, entry), near))
        yield _page(entry, text)
    for page in edition.portfolio.free_pages:
        near = links.near(page.url)
        yield _page(page, page_text(edition, page, _moved(page_html(edition, page), near), near))
    words = f"The same as a site: {plain_address(edition.settings.site_url)}"
    yield Output(path=README, content=contents(edition, "", words).encode(), source="contents")
    # Result files too: the front matter names them.
    wanted = links.wanted | {url for url in edition.data_urls.values() if url in files}
    yield from (files[path] for path in sorted(wanted))


class _Links:
    """Where links lead in the folder; remembers the files that are wanted there."""

    def __init__(self, edition: Edition, files: Collection[str]) -> None:
        self._base = edition.settings.site_url
        urls = [entry.url for entry in edition.portfolio.entries] + [page.url for page in edition.portfolio.free_pages]
        self._pages = {url: f"{url}{TWIN}" for url in urls} | {"": README}
        self._files = files
        self.wanted: set[str] = set()

    def near(self, page: str) -> Callable[[str], str]:
        """What the page at a URL prints for a whole address: the way to a file of the folder, where there is one."""

        def printed(address: str) -> str:
            url, mark, fragment = address.removeprefix(self._base).partition("#")
            url = unquote(url)
            if not address.startswith(self._base):
                return address
            if url in self._pages:
                return relative(self._pages[url], page) + mark + fragment
            if url in self._files and not url.endswith((".html", ".md")):
                self.wanted.add(url)
                return relative(url, page)
            return address

        return printed


def _moved(text: str, near: Callable[[str], str]) -> str:
    """HTML of the feeds with the addresses that are printed."""
    root = html.fragment_fromstring(text, create_parent="div")
    for element in root.iter("a", "img"):
        for name in ("href", "src"):
            if given := element.get(name):
                element.set(name, near(given))
    return str(etree.tostring(root, encoding="unicode", method="html"))


def _page(page: Entry | FreeText, text: str) -> Output:
    """A page's file: the front matter as its author wrote it, then the text."""
    front = "\n".join(lines_of(page.text)[: page.body_line - 1]).strip("\n")
    head = f"{front}\n\n" if front.startswith("---") else ""
    return Output(path=f"{page.url}{TWIN}", content=f"{head}{text}\n".encode(), source=page.path)
