"""The pages of texts that were edited, from the facts of the last build: what a preview shows while the whole is built.

A page is the one that the whole build will give where the body alone was edited. Where a field was edited that only its
own page shows, that page is given too; wherever more could follow from an edit, nothing is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from labfolio.articles import dead_anchors, filled_in, render_articles
from labfolio.build import Result
from labfolio.facts.checklist import checklist
from labfolio.facts.lineage import neighbours
from labfolio.markdown.article import Article
from labfolio.markdown.keeping import Texts
from labfolio.model.diagnostic import has_errors
from labfolio.model.entry import PAPER, Entry, FreeText
from labfolio.model.limit import Within, unlimited
from labfolio.model.log import LOG
from labfolio.model.memory import Memory
from labfolio.model.site import Output
from labfolio.parse.front_matter import read_entry, read_free_page
from labfolio.parse.text import decode
from labfolio.present.edition import Articles, Edition
from labfolio.present.pages import source_pages
from labfolio.present.prose import of_all
from labfolio.present.urls import made_urls
from labfolio.survey import known_of

# Fields that are printed as they are and decide nothing: no order, no counter, no verdict, no other page's address.
_PRINTED = frozenset(
    {"title", "summary", "why", "command", "limitations", "decisions", "mismatches", "learned", "description"}
)

_Source = Entry | FreeText
_Sources = Mapping[str, _Source]


def edited_pages(result: Result, texts: Mapping[str, bytes], within: Within = unlimited) -> tuple[Output, ...]:
    """The pages of these sources with their new texts, by path, and the files that they refer to now.

    `result` is that of the last build, without a fault. None where a text is none that it has, where one has an error
    now, and where more than its own page hangs on what was edited: the whole build tells.
    """
    shown = result.edition.shown.portfolio
    known = {source.path: source for source in shown.sources}
    if not texts or not texts.keys() <= known.keys():
        return ()
    zone = shown.program.timezone
    edited = {path: _read(known[path], data, zone) for path, data in texts.items()}
    sources = {path: source for path, source in edited.items() if source is not None}
    if len(sources) < len(texts):
        return ()
    made = _rendered(result, sources, within)
    if made is None:
        return ()
    done, articles = made
    edition = _edited(result.edition, done, articles)
    dead = dead_anchors(edition.shown.portfolio, edition.shown.articles)
    if has_errors(tuple(one for one in dead if one.path in texts)):
        return ()
    return (*source_pages(edition, texts.keys()), *_files(result, articles.values()))


def _read(last: _Source, data: bytes, zone: str) -> _Source | None:
    """A source with its new text, None where that has a fault or changes what other pages show."""
    text, found = decode(last.path, data)
    if found:
        return None
    if isinstance(last, FreeText):
        page, found = read_free_page(last.path, last.url, text)
        before, _ = read_free_page(last.path, last.url, last.text)
        # Its title stands in the navigation of every page.
        same = page and before and _bare(page) == _bare(before)
        return replace(page, title=last.title) if page and same and not has_errors(found) else None
    entry, found = read_entry(last.kind, last.slug, last.path, text, zone)
    # The last one has its computed values filled in.
    was, _ = read_entry(last.kind, last.slug, last.path, last.text, zone)
    return entry if entry and was and not has_errors(found) and _alike(was, entry) else None


def _bare(page: FreeText) -> FreeText:
    """A page of the author's own without its text, for comparison."""
    return replace(page, text="", body="", body_line=1, description="", positions={})


def _alike(was: Entry, now: Entry) -> bool:
    """Whether two states of an entry differ in nothing but what its own page prints."""
    fields = now.front.model_fields_set | was.front.model_fields_set
    return all(name in _PRINTED or getattr(was.front, name) == getattr(now.front, name) for name in fields)


def _rendered(result: Result, sources: _Sources, within: Within) -> tuple[_Sources, dict[str, Article]] | None:
    """The sources with their values filled in and their articles, as a build renders them; None where one has an error.

    An entry that is published links to what is published; a draft to other drafts too.
    """
    edition, shown = result.edition, result.edition.shown
    published = {entry.path for entry in edition.portfolio.entries}
    drafts = {path for path, one in sources.items() if isinstance(one, Entry) and path not in published}
    done: dict[str, _Source] = {}
    articles: dict[str, Article] = {}
    for basis, paths in ((result, sources.keys() - drafts), (_of_drafts(result) if drafts else result, drafts)):
        given = [sources[path] for path in sorted(paths)]
        portfolio = replace(
            edition.portfolio,
            entries=tuple(one for one in given if isinstance(one, Entry)),
            free_pages=tuple(one for one in given if isinstance(one, FreeText)),
        )
        portfolio, found = filled_in(portfolio, shown.claims, basis.values)
        texts = Texts(
            settings=edition.settings,
            table=basis.links,
            bibliography=basis.bibliography,
            within=within,
            memory=Memory(),
        )
        made = render_articles(portfolio, texts, shown.claims, basis.values, findings=shown.findings)
        if has_errors((*found, *(one for article in made.values() for one in article.diagnostics))):
            return None
        done |= {one.path: one for one in portfolio.sources}
        articles |= made
    return done, articles


def _of_drafts(result: Result) -> Result:
    """The result with the links, the values and the bibliography that drafts are rendered with in a preview."""
    edition, shown = result.edition, result.edition.shown
    linked = replace(shown.portfolio, hidden=frozenset())
    drafts = {entry.path: entry.url for entry in shown.portfolio.drafts}
    notes = {
        key: entry.url
        for entry in reversed(shown.portfolio.entries)
        if entry.kind is PAPER
        for key in entry.front.paper
    }
    links = replace(
        result.links,
        pages={**result.links.pages, **drafts},
        urls=result.links.urls | made_urls(linked),
        hidden=frozenset({f"{edition.settings.docs_dir}/{LOG}"}),
    )
    return replace(
        result,
        links=links,
        values=of_all((*edition.portfolio.entries, *shown.portfolio.drafts), shown.claims),
        bibliography=replace(result.bibliography, notes=notes),
    )


def _edited(edition: Edition, sources: _Sources, articles: Articles) -> Edition:
    """The edition, and the one of its preview, with some sources and their articles in the place of the last."""
    portfolio = edition.portfolio
    own = {entry.path: one for entry in portfolio.entries if isinstance(one := sources.get(entry.path), Entry)}
    later = {entry.path: one for entry in portfolio.drafts if isinstance(one := sources.get(entry.path), Entry)}
    free = {page.path: one for page in portfolio.free_pages if isinstance(one := sources.get(page.path), FreeText)}
    portfolio = replace(
        portfolio,
        entries=tuple(own.get(entry.path, entry) for entry in portfolio.entries),
        drafts=tuple(later.get(entry.path, entry) for entry in portfolio.drafts),
        free_pages=tuple(free.get(page.path, page) for page in portfolio.free_pages),
    )
    rendered = {**edition.articles, **{path: articles[path] for path in (*own, *free)}}
    known = partial(
        known_of,
        claims=edition.claims,
        findings=edition.findings,
        papers=edition.papers,
        pillars=bool(portfolio.program.pillars),
    )
    return replace(
        edition,
        portfolio=portfolio,
        articles=rendered,
        # Only their pages are printed.
        neighbours=neighbours(portfolio, {path: one.pages for path, one in rendered.items()}, sources.keys()),
        checklists={**edition.checklists, **{path: checklist(entry, known(path)) for path, entry in own.items()}},
        preview=_edited(edition.preview, sources, articles) if edition.preview else None,
    )


def _files(result: Result, articles: Iterable[Article]) -> Iterable[Output]:
    """The files that articles refer to and that the last build did not publish."""
    published = {output.path for output in result.outputs}
    for article in articles:
        for path, url in article.files.items():
            if url not in published and url not in article.made:
                yield Output(path=url, content=result.links.read(path), source=path)
        for url, content in article.made.items():
            if url not in published:
                yield Output(path=url, content=content, source="rendition")
