"""Every file that labfolio makes, from one edition."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import KINDS, FreeText
from labfolio.model.site import Output
from labfolio.present.assets import script, stylesheet, theme_outputs
from labfolio.present.choices import asked
from labfolio.present.claims_page import claims_page
from labfolio.present.edition import Edition, navigation
from labfolio.present.evidence_json import evidence_json
from labfolio.present.feed import feed
from labfolio.present.feeds_page import feeds_page
from labfolio.present.fragments import Fragments
from labfolio.present.frame import SEARCH, Frame, site_context
from labfolio.present.home import home
from labfolio.present.listing import listing, pillar_listing, topic_listing
from labfolio.present.makeup import topics
from labfolio.present.milestone import milestone_page
from labfolio.present.progress import not_found, progress_page
from labfolio.present.progress_files import badge, progress_json
from labfolio.present.search import search_list
from labfolio.present.sitemap import sitemap
from labfolio.present.transcript import transcript
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
    )


def pages(edition: Edition) -> tuple[Output, ...]:
    """Home, listings, entries, progress, 404, feed and the theme's files, without the author's own pages."""
    fragments = Fragments(edition.theme.fragments)
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    return (
        *_pages(edition, fragments, frame),
        feed(edition, fragments),
        evidence_json(edition),
        progress_json(edition),
        badge(edition),
        search_list(edition),
        sitemap(edition),
        *theme_outputs(edition.theme),
    )


def _pages(edition: Edition, fragments: Fragments, frame: Frame) -> Iterable[Output]:
    settings = edition.settings

    def page(url: str, title: str, template: str, view: object, source: str, **meta: str) -> Output:
        content = frame.render(url, title, fragments.render(template, view=view), **meta)
        return Output(path=f"{url}index.html", content=content, source=source)

    home_view = home(edition)
    yield page(
        "",
        settings.site_name,
        "home.html",
        home_view,
        "home",
        window_title=settings.site_name,
        description=home_view.lead or home_view.statement,
        section="",
    )
    for url, title, source, section, view in _lists(edition):
        yield page(url, title, "listing.html", view, source, description=view.block.result, section=section)
    for entry in edition.portfolio.entries:
        yield page(
            entry.url,
            entry.front.title,
            "entry.html",
            write_up(edition, entry),
            entry.path,
            description=edition.summary(entry) or entry.front.title,
            section=f"{entry.kind.section}/",
            sheet=edition.portfolio.id_of(entry),
        )
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
    feeds = feeds_page(edition)
    yield page("feeds/", "Feeds", "feeds.html", feeds, "feeds", description=feeds.block.result)
    missing = fragments.render("not_found.html", view=not_found(edition))
    content = frame.render("404.html", "Not found", missing, base=settings.base_path.rstrip("/"), robots="noindex")
    yield Output(path="404.html", content=content, source="404")


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
    for url, (name, entries) in topics(edition).items():
        yield url, name, "topic", "progress/", topic_listing(edition, url, name, entries)


def free_article(edition: Edition, article: str) -> str:
    """The content of a page of the author's own, around its article."""
    return Fragments(edition.theme.fragments).render("free.html", view=FreeView(article=Markup(article)))


def free_pages(edition: Edition) -> Iterable[Output]:
    """The author's own pages, for engines that do not render them themselves."""
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    for page in edition.portfolio.free_pages:
        content = frame.render(
            page.url,
            page.title,
            free_article(edition, edition.articles[page.path].html),
            description=free_description(edition, page),
            section=page.url,
        )
        yield Output(path=f"{page.url}index.html", content=content, source=page.path)


def free_description(edition: Edition, page: FreeText) -> str:
    """The stated description of a page, or its first paragraph."""
    return page.description or edition.articles[page.path].first_paragraph


def fault_page(edition: Edition, url: str, diagnostics: Iterable[Diagnostic]) -> Output:
    """The page that a preview shows in place of one that cannot be built."""
    faults = tuple(
        Fault(
            place=one.place,
            rule=f"{one.level}[{one.rule}]",
            message=one.message,
            source=one.source,
            caret=" " * (one.position.column - 1) + "^" * one.position.width,
            help=one.help,
        )
        for one in diagnostics
    )
    title = "This page cannot be built yet"
    view = FaultsView(title=title, result="The last good site stays until these are mended.", faults=faults)
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    content = frame.render(
        url, title, Fragments(edition.theme.fragments).render("faults.html", view=view), robots="noindex"
    )
    return Output(path=f"{url}index.html", content=content, source="diagnostics")
