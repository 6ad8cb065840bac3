"""Every file that labfolio makes, from one edition."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from markupsafe import Markup

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import KINDS, Entry, FreeText
from labfolio.model.site import Output
from labfolio.present.assets import script, stylesheet, theme_outputs
from labfolio.present.cards import card_meta
from labfolio.present.choices import asked
from labfolio.present.citing import citation_files
from labfolio.present.claims_page import claims_page
from labfolio.present.edition import Edition, navigation
from labfolio.present.evidence_json import evidence_json
from labfolio.present.feeds.catalogue import feeds
from labfolio.present.feeds.items import Item
from labfolio.present.feeds.outputs import feed_outputs
from labfolio.present.feeds_page import feeds_page
from labfolio.present.fragments import Fragments
from labfolio.present.frame import SEARCH, Frame, site_context
from labfolio.present.home import home
from labfolio.present.lineage_json import lineage_json
from labfolio.present.lineage_page import LINEAGE, lineage_page
from labfolio.present.listing import listing, pillar_listing, topic_listing
from labfolio.present.makeup import topics
from labfolio.present.metadata import entry_data, entry_tags, page_tags, site_data
from labfolio.present.milestone import milestone_page
from labfolio.present.portfolio_files import papers_json, portfolio_json
from labfolio.present.progress import not_found, progress_page
from labfolio.present.progress_files import badge, progress_json
from labfolio.present.redirects import old_addresses
from labfolio.present.reference_list import references
from labfolio.present.report import pointed
from labfolio.present.resume import resume_json
from labfolio.present.search import PAGES, facts_of, search_list
from labfolio.present.site_files import site_files
from labfolio.present.sitemap import sitemap
from labfolio.present.transcript import transcript
from labfolio.present.twins import llms_txt, twins
from labfolio.present.urls import milestone_url
from labfolio.present.views.pages import Fault, FaultsView, FreeView, ListingView
from labfolio.present.write_up import write_up


def frame_site(edition: Edition) -> dict[str, Any]:
    """What the frame shows of the site; also the value of `config.extra.labfolio` under other engines."""
    author = edition.portfolio.program.author
    nav = navigation(edition.settings, edition.portfolio)
    return site_context(
        edition.settings,
        nav,
        author.name if author else "",
        stylesheet(edition.theme),
        script(edition.theme),
        edition.theme.assets.get(SEARCH, b""),
        _announced(edition),
    )


def _announced(edition: Edition) -> Iterable[dict[str, str]]:
    """The feeds that pages tell of: on every page those of all entries, on a section's pages its own."""
    name = edition.settings.site_name
    for feed in feeds(edition.portfolio):
        section = feed.page if feed.page.count("/") == 1 else ""
        if feed.full and (section or not feed.page):
            title = f"{name}: {feed.name}" if section else name
            yield {"title": title, "url": feed.url, "type": feed.type, "section": section}


def pages(edition: Edition) -> tuple[Output, ...]:
    """Home, listings, entries, progress, old URLs, 404, feed and the theme's files, without the author's own pages."""
    fragments = Fragments(edition.theme.fragments)
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    # Engines print these two later, when a fault in them could no longer be told.
    free_article(edition, "")
    fault_page(edition, "", ())
    items = {entry.path: Item(edition, fragments, entry) for entry in edition.portfolio.entries}
    return (
        *_pages(edition, fragments, frame),
        *old_addresses(edition, fragments, frame),
        *feed_outputs(edition, items),
        *twins(edition, items.values()),
        evidence_json(edition),
        progress_json(edition),
        badge(edition),
        search_list(edition),
        portfolio_json(edition),
        papers_json(edition),
        lineage_json(edition),
        resume_json(edition),
        llms_txt(edition),
        *site_files(edition),
        *citation_files(edition),
        sitemap(edition),
        *theme_outputs(edition.theme),
    )


def source_pages(edition: Edition, paths: Collection[str]) -> Iterable[Output]:
    """The pages of some texts, by their paths: of entries, of drafts in a preview and of the author's own pages."""
    fragments = Fragments(edition.theme.fragments)
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    page = _printer(edition, fragments, frame)
    yield from (_entry_page(edition, entry, page) for entry in edition.portfolio.entries if entry.path in paths)
    drafts = edition.shown.portfolio.drafts
    yield from (_draft_page(edition.shown, entry, page) for entry in drafts if entry.path in paths)
    own = (page for page in edition.portfolio.free_pages if page.path in paths)
    yield from (_free_page(edition, frame, page) for page in own)


def _printer(edition: Edition, fragments: Fragments, frame: Frame) -> Callable[..., Output]:
    """What prints a page from its URL, title, template, view, source and what the frame shows of it."""
    card = card_meta(edition)

    def page(url: str, title: str, template: str, view: object, source: str, **meta: Any) -> Output:
        meta.setdefault("tags", page_tags(edition, url, title, meta.get("description", "")))
        content = frame.render(url, title, fragments.render(template, view=view), **{**card, **meta})
        return Output(path=f"{url}index.html", content=content, source=source)

    return page


def _entry_page(edition: Edition, entry: Entry, page: Callable[..., Output]) -> Output:
    memo, meta = write_up(edition, entry), _entry_meta(edition, entry)
    return page(entry.url, entry.front.title, "entry.html", memo, entry.path, **meta)


def _draft_page(shown: Edition, entry: Entry, page: Callable[..., Output]) -> Output:
    memo = write_up(shown, entry)
    meta = {"description": memo.block.result, "section": f"{entry.kind.section}/", "robots": "noindex"}
    return page(entry.url, entry.front.title, "entry.html", memo, entry.path, **meta)


def _pages(edition: Edition, fragments: Fragments, frame: Frame) -> Iterable[Output]:
    settings = edition.settings
    page = _printer(edition, fragments, frame)
    home_view = home(edition)
    yield page(
        "",
        settings.site_name,
        "home.html",
        home_view,
        "home",
        window_title=settings.site_name,
        description=home_view.lead or home_view.statement,
        linked_data=site_data(edition),
        section="",
    )
    for url, title, source, section, view in _lists(edition):
        yield page(url, title, "listing.html", view, source, description=view.block.result, section=section)
    yield from (_entry_page(edition, entry, page) for entry in edition.portfolio.entries)
    yield from (_draft_page(edition.shown, entry, page) for entry in edition.shown.portfolio.drafts)
    progress_view = progress_page(edition)
    yield page(
        "progress/", "Progress", "progress.html", progress_view, "progress", description=progress_view.block.result
    )
    for milestone in edition.progress.milestones:
        sheet = milestone_page(edition, milestone)
        meta = {"description": sheet.block.result, "section": "progress/"}
        url = milestone_url(milestone.number)
        yield page(url, sheet.block.title, "milestone.html", sheet, "sub-milestone", **meta)
    record = transcript(edition)
    yield page("transcript/", "Transcript", "transcript.html", record, "transcript", description=record.block.result)
    every = claims_page(edition)
    yield page("claims/", "Every claim", "every_claim.html", every, "claims", description=every.block.result)
    lineage = lineage_page(edition)
    yield page(LINEAGE, "Lineage", "lineage_page.html", lineage, "lineage", description=lineage.block.result)
    told = feeds_page(edition)
    yield page("feeds/", "Feeds", "feeds.html", told, "feeds", description=told.block.result)
    missing = fragments.render("not_found.html", view=not_found(edition))
    content = frame.render("404.html", "Not found", missing, base=settings.base_path.rstrip("/"), robots="noindex")
    yield Output(path="404.html", content=content, source="404")


def _entry_meta(edition: Edition, entry: Entry) -> dict[str, Any]:
    """What the frame shows of an entry."""
    return {
        "description": edition.summary(entry) or entry.front.title,
        "section": f"{entry.kind.section}/",
        "sheet": edition.portfolio.id_of(entry),
        "tags": entry_tags(edition, entry),
        "linked_data": entry_data(edition, entry),
        **card_meta(edition, entry),
    }


def _lists(edition: Edition) -> Iterable[tuple[str, str, str, str, ListingView]]:
    """URL, title, source, section of the navigation and view of every list."""
    pillars = edition.portfolio.program.pillars
    for kind in KINDS:
        given, section = asked(edition, kind), f"{kind.section}/"
        for url, (one, _) in given.lists.items():
            view = listing(edition, given, one)
            yield url, view.block.title, f"list of {kind.noun}s", section, view
    for pillar in pillars:
        yield f"pillars/{pillar.id}/", pillar.name, "pillar", "progress/", pillar_listing(edition, pillar)
    for url, (name, entries) in topics(edition.shown).items():
        yield url, name, "topic", "progress/", topic_listing(edition, url, name, entries)


def free_article(edition: Edition, article: str, page: FreeText | None = None) -> str:
    """The content of a page of the author's own, around its article, with the list of what it cites."""
    listed = references(edition, page.path, page.url) if page else ()
    view = FreeView(article=Markup(article), references=listed, search=facts_of(kind=PAGES))
    return Fragments(edition.theme.fragments).render("free.html", view=view)


def free_pages(edition: Edition) -> Iterable[Output]:
    """The author's own pages, for engines that do not render them themselves."""
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    yield from (_free_page(edition, frame, page) for page in edition.portfolio.free_pages)


def _free_page(edition: Edition, frame: Frame, page: FreeText) -> Output:
    article = free_article(edition, edition.articles[page.path].html, page)
    content = frame.render(page.url, page.title, article, **free_meta(edition, page))
    return Output(path=f"{page.url}index.html", content=content, source=page.path)


def free_meta(edition: Edition, page: FreeText) -> dict[str, Any]:
    """What the frame shows of a page of the author's own: its stated description or first paragraph, tags, card."""
    description = page.description or edition.articles[page.path].first_paragraph
    tags = page_tags(edition, page.url, page.title, description)
    return {"description": description, "section": page.url, "tags": tags, **card_meta(edition)}


def fault_page(edition: Edition, url: str, diagnostics: Iterable[Diagnostic]) -> Output:
    """The page that a preview shows in place of one that cannot be built, or of the one for unknown addresses."""
    faults = tuple(
        Fault(
            place=one.place,
            rule=f"{one.level}[{one.rule}]",
            message=one.message,
            source=source,
            caret=caret,
            help=one.help,
        )
        for one in diagnostics
        for source, caret in (pointed(one),)
    )
    title = "This page cannot be built yet"
    view = FaultsView(title=title, result="The last good site stays until these are mended.", faults=faults)
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    everywhere = url.endswith(".html")
    content = frame.render(
        url,
        title,
        Fragments(edition.theme.fragments).render("faults.html", view=view),
        base=edition.settings.base_path.rstrip("/") if everywhere else None,
        robots="noindex",
    )
    return Output(path=url if everywhere else f"{url}index.html", content=content, source="diagnostics")
