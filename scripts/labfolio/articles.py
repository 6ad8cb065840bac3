"""The second step of the pipeline: every text rendered, with the links and numbers that it asks for."""

from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from labfolio.facts.answers import Answers, pages_of
from labfolio.facts.claims import Judged
from labfolio.facts.portfolio import Portfolio
from labfolio.facts.publication import gone_headings
from labfolio.markdown.article import Article
from labfolio.markdown.keeping import Texts
from labfolio.markdown.links import LinkTable
from labfolio.markdown.mathml import unsound
from labfolio.markdown.works import Bibliography
from labfolio.model.beside import Beside
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import PAPER, Entry
from labfolio.model.ledger import Ledger
from labfolio.model.log import LOG
from labfolio.model.rules import fault
from labfolio.model.site import Settings
from labfolio.model.source import START, SourceTree
from labfolio.model.spelling import closest, nearest
from labfolio.model.step import step
from labfolio.parse.measure import Findings
from labfolio.parse.tree import Parsed
from labfolio.present.code import repositories
from labfolio.present.prose import filled, values_of
from labfolio.present.urls import made_urls

NOTHING: Mapping[str, Findings] = {}


def link_table(
    tree: SourceTree, settings: Settings, portfolio: Portfolio, faulty: Mapping[str, str], answers: Answers
) -> LinkTable:
    """What links may lead to: published entries, the author's own pages, pages that are made, files beside sources.

    A tombstone is such a page; a redirect is none, since a link of the site itself should lead where it leads.
    """
    pages_by_source = dict(faulty) | {entry.path: entry.url for entry in portfolio.entries}
    pages_by_source |= {page.path: page.url for page in portfolio.free_pages}
    return LinkTable(
        pages=pages_by_source,
        urls=made_urls(portfolio) | {line.url for line in answers.tombstones},
        hidden=portfolio.hidden | {f"{settings.docs_dir}/{LOG}"},
        files=tree.files - frozenset(tree.texts),
        docs_dir=settings.docs_dir,
        read=tree.read,
    )


def bibliography_of(parsed: Parsed, portfolio: Portfolio) -> Bibliography:
    """What texts can cite, with the published paper notes on it; a work of several notes leads to the newest."""
    notes = [entry for entry in portfolio.entries if entry.kind is PAPER]
    return Bibliography(
        works=parsed.papers,
        form=parsed.program.citations,
        sound=parsed.papers_sound,
        notes={key: entry.url for entry in reversed(notes) for key in entry.front.paper},
    )


def filled_in(
    portfolio: Portfolio, claims: Mapping[str, tuple[Judged, ...]], values: Mapping[str, str]
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """The portfolio with computed values in the texts of its front matter."""
    known = dict(values)
    made = [filled(entry, _with_own(entry, claims, known)) for entry in portfolio.entries]
    entries = tuple(entry for entry, _ in made)
    return replace(portfolio, entries=entries), tuple(one for _, found in made for one in found)


def _with_own(entry: Entry, claims: Mapping[str, tuple[Judged, ...]], values: dict[str, str]) -> ChainMap[str, str]:
    """The values that any text may ask for and those that an entry's own may; looked up, never copied for an entry."""
    return ChainMap(values, values_of(entry, claims.get(entry.path, ())))


def _render(texts: Texts, body: str, *, source: str, **given: Any) -> Article:
    with step(f"rendering {source}"):
        return texts.article(body, source=source, **given)


def render_articles(
    portfolio: Portfolio,
    texts: Texts,
    claims: Mapping[str, tuple[Judged, ...]],
    values: Mapping[str, str],
    only: Collection[str] | None = None,
    findings: Mapping[str, Findings] = NOTHING,
) -> dict[str, Article]:
    """The article of every published entry and of every page of the author's own, by source path; or of `only` some.

    With `findings` what is quoted of their code leads to its repository.
    """
    code, known = repositories(portfolio.entries, findings, texts.settings), dict(values)
    on_this_site = partial(_render, texts, macros=portfolio.program.macros)
    articles = {
        entry.path: on_this_site(
            entry.body,
            source=entry.path,
            url=entry.url,
            text=entry.text,
            body_line=entry.body_line,
            entry=True,
            values=_with_own(entry, claims, known),
            code=code.get(entry.path),
            own=entry.front.paper,
            unsafe_html=entry.front.unsafe_html,
        )
        for entry in portfolio.entries
        if only is None or entry.path in only
    }
    return articles | {
        page.path: on_this_site(
            page.body,
            source=page.path,
            url=page.url,
            text=page.text,
            body_line=page.body_line,
            entry=False,
            values=values,
            unsafe_html=page.unsafe_html,
        )
        for page in portfolio.free_pages
        if only is None or page.path in only
    }


def share_articles(
    portfolio: Portfolio,
    texts: Texts,
    claims: Mapping[str, tuple[Judged, ...]],
    values: Mapping[str, str],
    findings: Mapping[str, Findings],
    beside: Beside,
) -> dict[str, Article]:
    """What `render_articles` gives, rendered by several processes at once: all but this one leave theirs in the store
    of the memory."""
    paths = [entry.path for entry in portfolio.entries] + [page.path for page in portfolio.free_pages]
    made = partial(render_articles, portfolio, texts, claims, values, findings=findings)
    if beside.processes < 2:
        return made()
    shares = [frozenset(paths[first :: beside.processes]) for first in range(beside.processes)]
    with beside.begin(*(partial(made, only=share) for share in shares[1:])):
        own = made(only=shares[0])
    articles = own | made(only=frozenset(paths) - shares[0])
    return {path: articles[path] for path in paths}


def unsound_macros(parsed: Parsed) -> Iterable[Diagnostic]:
    """Commands of the programme for mathematics that cannot be used, each at its name."""
    macros = parsed.program.macros
    if not macros:
        return
    for name, problem in unsound(tuple(sorted(macros.items()))).items():
        keys = ("macros", name)
        place = parsed.program_text.positions.get(keys, START)
        message = f"the macro '{name}': {problem}"
        help = "Write TeX that can stand in an expression, with its braces closed."
        yield fault("invalid-mathematics", parsed.program_path, message, help, place, parsed.program_source)


def dead_anchors(portfolio: Portfolio, articles: Mapping[str, Article]) -> Iterable[Diagnostic]:
    """Links to headings that their page does not have; only pages made from Markdown are asked."""
    sources = [source for source in portfolio.sources if source.path in articles]
    ids = {source.url: articles[source.path].ids for source in sources}
    for source in sources:
        for link in articles[source.path].anchors:
            if link.url in ids and link.fragment not in ids[link.url]:
                known = sorted(ids[link.url])
                help = f"Write #{close}" if (close := closest(link.fragment, known)) else ""
                message = f"'#{link.fragment}' is no heading of {link.url or 'this page'}"
                message += nearest(link.fragment, known)
                yield fault("dead-anchor", source.path, message, help, link.position, source.text)


def anchors(portfolio: Portfolio, articles: Mapping[str, Article]) -> dict[str, frozenset[str]]:
    """All anchors of the articles of published pages, by URL."""
    sources = {page.source.path: url for url, page in pages_of(portfolio).items()}
    return {url: articles[path].ids for path, url in sources.items() if path in articles}


def lost_headings(
    portfolio: Portfolio, articles: Mapping[str, Article], ledger: Ledger, answers: Answers, today: date
) -> Iterable[Diagnostic]:
    """Headings that were published and that their page does not have any more, told at the page."""
    sources = {url: page.source for url, page in pages_of(portfolio).items()}
    ids = anchors(portfolio, articles)
    for url, page, heading in gone_headings(ledger, answers, ids, today):
        hint = nearest(heading, ids[page])
        message = f"'#{heading}' of {url} was published and is no anchor of the page now{hint}"
        help = f"Keep it: write {{#{heading}}} after a heading. Or let it go: labfolio publish."
        yield fault("lost-heading", sources[page].path, message, help, START, sources[page].text)
