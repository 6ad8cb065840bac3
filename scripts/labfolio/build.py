"""The pipeline: sources and a day in, files and diagnostics out. Nothing here touches the disk or the clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from labfolio.facts.allowances import allow
from labfolio.facts.answers import Answers, pages_of
from labfolio.facts.claims import Judged
from labfolio.facts.portfolio import Portfolio
from labfolio.facts.publication import gone_headings
from labfolio.markdown.article import Article, render
from labfolio.markdown.links import LinkTable, site_path
from labfolio.model.allowance import Allowed
from labfolio.model.diagnostic import Diagnostic, has_errors, in_order
from labfolio.model.entry import Entry, FreeText
from labfolio.model.log import LOG
from labfolio.model.rules import fault
from labfolio.model.site import LeftOut, Output, Remember, Settings, Theme
from labfolio.model.source import START, WELL_KNOWN, SourceTree
from labfolio.model.spelling import closest, nearest
from labfolio.present.cards import cards, draw_again
from labfolio.present.edition import Edition
from labfolio.present.moved_files import moved_files
from labfolio.present.pages import pages
from labfolio.present.prose import filled, of_all, values_of
from labfolio.present.published import anchors, file_urls
from labfolio.present.urls import made_urls
from labfolio.survey import allowances, edition_of, survey

# Files of the docs folder that hosts and crawlers look for, published though nothing refers to them.
AS_THEY_ARE = ("CNAME", "robots.txt", "CITATION.cff", "llms.txt", "resume.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build gives: the files (none where an error stands), what was found, what was left out and why.

    `allowed` are the warnings that their author lets stand; they are not among the `diagnostics`.
    `values` are the numbers that any text may ask for, by slug, claim and name.
    """

    outputs: tuple[Output, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    edition: Edition
    links: LinkTable
    values: Mapping[str, str]
    allowed: tuple[Allowed, ...] = ()


def build(tree: SourceTree, settings: Settings, theme: Theme, today: date, remember: Remember = draw_again) -> Result:
    """The site as of a day; `remember` is asked for what is costly to make again, the social cards."""
    seen = survey(tree, settings, today)
    parsed, claims, diagnostics = seen.parsed, seen.claims, list(seen.diagnostics)
    values = of_all(seen.portfolio.entries, claims)
    portfolio, found = _filled(seen.portfolio, claims, values)
    diagnostics += found
    table = link_table(seen.tree, settings, portfolio, parsed.faulty, seen.answers)
    articles = render_articles(portfolio, settings, table, claims, values)
    diagnostics += [one for article in articles.values() for one in article.diagnostics]
    diagnostics += dead_anchors(portfolio, articles)
    edition = edition_of(replace(seen, portfolio=portfolio), settings, theme, articles)
    diagnostics += lost_headings(edition)
    outputs: tuple[Output, ...] = ()
    if not has_errors(tuple(diagnostics)):
        outputs = _outputs(edition, seen.tree, remember)
        copies, found = moved_files(edition, outputs)
        outputs, diagnostics = (*outputs, *copies), [*diagnostics, *found]
    diagnostics += collisions(outputs, portfolio)
    found = in_order(tuple(diagnostics))
    kept, allowed = allow(found, allowances(seen, settings), whole=not has_errors(found))
    return Result(
        outputs=() if has_errors(kept) else outputs,
        diagnostics=kept,
        allowed=allowed,
        values=values,
        left_out=seen.left_out,
        edition=edition,
        links=table,
    )


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


def _filled(
    portfolio: Portfolio, claims: Mapping[str, tuple[Judged, ...]], values: Mapping[str, str]
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """The portfolio with computed values in the texts of its front matter."""
    made = [filled(entry, {**values_of(entry, claims.get(entry.path, ())), **values}) for entry in portfolio.entries]
    entries = tuple(entry for entry, _ in made)
    return replace(portfolio, entries=entries), tuple(one for _, found in made for one in found)


def render_articles(
    portfolio: Portfolio,
    settings: Settings,
    table: LinkTable,
    claims: Mapping[str, tuple[Judged, ...]],
    values: Mapping[str, str],
) -> dict[str, Article]:
    """The article of every published entry and of every page of the author's own, by source path."""
    articles = {
        entry.path: render(
            entry.body,
            source=entry.path,
            url=entry.url,
            text=entry.text,
            body_line=entry.body_line,
            settings=settings,
            table=table,
            entry=True,
            values={**values_of(entry, claims.get(entry.path, ())), **values},
        )
        for entry in portfolio.entries
    }
    return articles | {
        page.path: render(
            page.body,
            source=page.path,
            url=page.url,
            text=page.text,
            body_line=page.body_line,
            settings=settings,
            table=table,
            entry=False,
            values=values,
        )
        for page in portfolio.free_pages
    }


def dead_anchors(portfolio: Portfolio, articles: Mapping[str, Article]) -> Iterable[Diagnostic]:
    """Links to headings that their page does not have; only pages made from Markdown are asked."""
    sources: list[Entry | FreeText] = [*portfolio.entries, *portfolio.free_pages]
    ids = {source.url: articles[source.path].ids for source in sources}
    for source in sources:
        for link in articles[source.path].anchors:
            if link.url in ids and link.fragment not in ids[link.url]:
                known = sorted(ids[link.url])
                help = f"Write #{close}" if (close := closest(link.fragment, known)) else ""
                message = f"'#{link.fragment}' is no heading of {link.url or 'this page'}"
                message += nearest(link.fragment, known)
                yield fault("dead-anchor", source.path, message, help, link.position, source.text)


def _outputs(edition: Edition, tree: SourceTree, remember: Remember) -> tuple[Output, ...]:
    """Pages, cards and files; an author's own file takes the place of one that labfolio makes for crawlers."""
    files = tuple(_files(edition, tree))
    own = {file.path for file in files} & set(AS_THEY_ARE)
    return (*(page for page in pages(edition) if page.path not in own), *cards(edition, remember), *files)


def lost_headings(edition: Edition) -> Iterable[Diagnostic]:
    """Headings that were published and that their page does not have any more, told at the page."""
    sources = {url: page.source for url, page in pages_of(edition.portfolio).items()}
    ids = anchors(edition)
    for url, page, heading in gone_headings(edition.ledger, edition.answers, ids, edition.progress.today):
        hint = nearest(heading, ids[page])
        message = f"'#{heading}' of {url} was published and is no anchor of the page now{hint}"
        help = f"Keep it: write {{#{heading}}} after a heading. Or let it go: labfolio publish."
        yield fault("lost-heading", sources[page].path, message, help, START, sources[page].text)


def _files(edition: Edition, tree: SourceTree) -> Iterable[Output]:
    """The figures and result files that a published page refers to, and no others."""
    wanted = file_urls(edition)
    wanted |= {path: name for name in AS_THEY_ARE if (path := f"{edition.settings.docs_dir}/{name}") in tree.files}
    hidden = f"{edition.settings.docs_dir}/{WELL_KNOWN}/"
    wanted |= {path: site_path(path, edition.settings.docs_dir) for path in tree.files if path.startswith(hidden)}
    made: dict[str, bytes] = {}
    for article in edition.articles.values():
        made |= article.made
    for path, url in sorted(wanted.items()):
        yield Output(path=url, content=made.pop(url) if url in made else tree.read(path), source=path)
    yield from (Output(path=url, content=content, source="rendition") for url, content in sorted(made.items()))


def collisions(outputs: Iterable[Output], portfolio: Portfolio) -> Iterable[Diagnostic]:
    """Files that would be written to one place, also where a disk takes capital letters for small ones.

    A file in the place of a folder of another is such a place too.
    """
    taken: dict[str, str] = {}
    given = [(output.path, output.source) for output in outputs]
    given += [(f"{page.url}index.html", page.path) for page in portfolio.free_pages]
    files = {path.casefold(): source for path, source in given}
    for path, source in given:
        first = taken.setdefault(path.casefold(), source)
        folder = next((f"{one}" for one in PurePosixPath(path.casefold()).parents if f"{one}" in files), "")
        if first != source or folder:
            place, first = (folder, files[folder]) if folder else (path, first)
            culprit = source if source.endswith(".md") else first
            other = first if culprit == source else source
            yield fault("duplicate-url", culprit, f"/{place} is already taken by {other}", position=START)
