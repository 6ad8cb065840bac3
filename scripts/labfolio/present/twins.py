"""Pages as plain Markdown, and `/llms.txt`, which leads to them.

The text is made from the cleaned HTML of the feeds, not from the author's source: what a page does not show (a comment,
a value's name, a link to a draft) is not in it either.
"""

from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import urljoin

from labfolio.model.entry import KINDS, Entry, FreeText
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.feeds.clean import feed_html, plain
from labfolio.present.feeds.items import Item
from labfolio.present.fragments import Fragments
from labfolio.present.open_questions import answered
from labfolio.present.plain_markdown import plain_address, plain_line, plain_markdown, plain_words
from labfolio.present.portfolio_files import TWIN
from labfolio.present.press import Press
from labfolio.present.reference_list import references
from labfolio.present.rows import entry_mark, pillar_tag
from labfolio.present.views.common import Reference

_FILES = ("portfolio.json", "evidence.json", "papers.json", "lineage.json", "progress.json")


def twins(press: Press, fragments: Fragments) -> Iterable[Output]:
    """The Markdown twin of every entry and page of the author's own, beside its page."""
    for entry in press.edition.portfolio.entries:
        yield press.print(("twin", entry.path), partial(_twin, entry=entry, press=press, fragments=fragments))
    for page in press.edition.portfolio.free_pages:
        yield press.print(("twin", page.path), partial(_page_twin, page=page))


def _twin(edition: Edition, entry: Entry, press: Press, fragments: Fragments) -> Output:
    html = Item(edition, press, fragments, entry).html
    return _output(entry.url, entry_text(edition, entry, html), entry.path)


def _page_twin(edition: Edition, page: FreeText) -> Output:
    return _output(page.url, page_text(edition, page, page_html(edition, page)), page.path)


def entry_text(edition: Edition, entry: Entry, html: str) -> str:
    """An entry as Markdown: its title, its result, its facts in a line, and its whole page from the feeds' `html`."""
    mark, tag = entry_mark(edition, entry), pillar_tag(edition, entry)
    facts = (
        edition.portfolio.id_of(entry),
        entry.date.isoformat(),
        tag.name if tag else "",
        mark.word if mark else "",
        f"{share} questions answered" if (share := answered(edition, entry)) else "",
    )
    line = ", ".join([*(fact for fact in facts if fact), edition.settings.site_url + entry.url])
    result = plain(edition.summary(entry))
    summary = [f"> {plain_line(plain_words(result))}"] if result else []
    head = [f"# {plain_words(plain(entry.front.title))}", *summary, plain_words(line)]
    return "\n\n".join([*head, plain_markdown(html)])


def page_html(edition: Edition, page: FreeText) -> str:
    """The article of a page of the author's own as feeds have it."""
    html = edition.articles[page.path].html.replace("<h1", "<h2").replace("</h1>", "</h2>")
    return feed_html(html, edition.settings.site_url + page.url)


def page_text(edition: Edition, page: FreeText, html: str, near: Callable[[str], str] = str) -> str:
    """A page of the author's own as Markdown, with what it cites; `near` gives the address to print for one."""
    address = edition.settings.site_url + page.url
    return "\n\n".join([plain_markdown(html), *_references(edition, page, near), address])


def _references(edition: Edition, page: FreeText, near: Callable[[str], str]) -> Iterable[str]:
    """The list of what a page cites, in two parts; none for a page that cites nothing."""
    listed = references(edition, page.path, page.url)
    if listed:
        address = edition.settings.site_url + page.url
        yield "## References"
        yield "\n".join(_reference(one, lambda href: near(urljoin(address, href))) for one in listed)


def _reference(one: Reference, whole: Callable[[str], str]) -> str:
    links = "".join(f" [{plain_words(link.text)}]({plain_address(whole(link.href or ''))})" for link in one.links)
    return f"- {f'({one.number}) ' if one.number else ''}{plain_words(one.text)}{links}"


def _output(url: str, text: str, source: str) -> Output:
    return Output(path=f"{url}{TWIN}", content=text.encode() + b"\n", source=source)


def llms_txt(edition: Edition) -> Output:
    """`/llms.txt` (llmstxt.org): the site in a paragraph and every page's twin with its result."""
    base = edition.settings.site_url
    programs = f"For programs: {', '.join(f'[{name}]({base}{name})' for name in _FILES)}."
    return Output(path="llms.txt", content=contents(edition, base, programs).encode(), source="llms")


def contents(edition: Edition, base: str, words: str) -> str:
    """The site in a paragraph, then `words`, then every page's twin with its result; `base` stands before each path."""
    program, name = edition.portfolio.program, plain_words(edition.settings.site_name)
    lines = [f"# {name}", "", f"> {plain_words(program.lead or program.statement) or name}", "", words]
    for kind in KINDS:
        entries = edition.portfolio.of(kind)
        lines += ["", f"## {kind.plural}", ""] if entries else []
        for entry in entries:
            title = _linked(f"{edition.portfolio.id_of(entry)} {entry.front.title}")
            lines.append(f"- [{title}]({base}{entry.url}{TWIN}): {plain_words(edition.summary(entry))}")
    if edition.portfolio.free_pages:
        lines += ["", "## Pages", ""]
        pages = edition.portfolio.free_pages
        lines += [f"- [{_linked(page.title)}]({base}{page.url}{TWIN})" for page in pages]
    return "\n".join([*lines, ""])


def _linked(words: str) -> str:
    """Words within the brackets of a link; not every program that reads the list knows escaped ones."""
    return plain_words(words.replace("[", "(").replace("]", ")"))
