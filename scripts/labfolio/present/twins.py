"""Pages as plain Markdown, and `/llms.txt`, which leads to them.

The text is made from the cleaned HTML of the feeds, not from the author's source: what a page does not show (a comment,
a value's name, a link to a draft) is not in it either.
"""

from collections.abc import Iterable
from functools import partial
from urllib.parse import urljoin

from labfolio.model.entry import KINDS, Entry, FreeText
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.feeds.clean import feed_html
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
    item = Item(edition, press, fragments, entry)
    mark, tag = entry_mark(edition, entry), pillar_tag(edition, entry)
    facts = (
        edition.portfolio.id_of(entry),
        entry.date.isoformat(),
        tag.name if tag else "",
        mark.word if mark else "",
        f"{share} questions answered" if (share := answered(edition, entry)) else "",
    )
    line = ", ".join([*(fact for fact in facts if fact), item.url])
    summary = [f"> {plain_line(plain_words(item.summary))}"] if item.summary else []
    head = [f"# {plain_words(item.title)}", *summary, plain_words(line)]
    return _output(entry.url, "\n\n".join([*head, plain_markdown(item.html)]), entry.path)


def _page_twin(edition: Edition, page: FreeText) -> Output:
    address = edition.settings.site_url + page.url
    html = edition.articles[page.path].html.replace("<h1", "<h2").replace("</h1>", "</h2>")
    parts = [plain_markdown(feed_html(html, address)), *_references(edition, page), address]
    return _output(page.url, "\n\n".join(parts), page.path)


def _references(edition: Edition, page: FreeText) -> Iterable[str]:
    """The list of what a page cites, in two parts; none for a page that cites nothing."""
    listed = references(edition, page.path, page.url)
    if listed:
        yield "## References"
        yield "\n".join(_reference(one, edition.settings.site_url + page.url) for one in listed)


def _reference(one: Reference, address: str) -> str:
    links = "".join(
        f" [{plain_words(link.text)}]({plain_address(urljoin(address, link.href or ''))})" for link in one.links
    )
    return f"- {f'({one.number}) ' if one.number else ''}{plain_words(one.text)}{links}"


def _output(url: str, text: str, source: str) -> Output:
    return Output(path=f"{url}{TWIN}", content=text.encode() + b"\n", source=source)


def llms_txt(edition: Edition) -> Output:
    """`/llms.txt` (llmstxt.org): the site in a paragraph and every page's twin with its result."""
    settings, program = edition.settings, edition.portfolio.program
    name = plain_words(settings.site_name)
    lines = [f"# {name}", "", f"> {plain_words(program.lead or program.statement) or name}", ""]
    lines.append(f"For programs: {', '.join(f'[{name}]({settings.site_url}{name})' for name in _FILES)}.")
    for kind in KINDS:
        entries = edition.portfolio.of(kind)
        lines += ["", f"## {kind.plural}", ""] if entries else []
        for entry in entries:
            title = _linked(f"{edition.portfolio.id_of(entry)} {entry.front.title}")
            lines.append(f"- [{title}]({settings.site_url}{entry.url}{TWIN}): {plain_words(edition.summary(entry))}")
    if edition.portfolio.free_pages:
        lines += ["", "## Pages", ""]
        pages = edition.portfolio.free_pages
        lines += [f"- [{_linked(page.title)}]({settings.site_url}{page.url}{TWIN})" for page in pages]
    return Output(path="llms.txt", content="\n".join([*lines, ""]).encode(), source="llms")


def _linked(words: str) -> str:
    """Words within the brackets of a link; not every program that reads the list knows escaped ones."""
    return plain_words(words.replace("[", "(").replace("]", ")"))
