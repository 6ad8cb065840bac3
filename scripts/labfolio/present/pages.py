"""Every file that labfolio makes, from one edition."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from labfolio.facts.progress import Milestone
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import KINDS, Entry, FreeText
from labfolio.model.program import Pillar
from labfolio.model.site import Output
from labfolio.present.assets import script, stylesheet, theme_outputs
from labfolio.present.calendar_parts import Part, every_part
from labfolio.present.cards import card_meta
from labfolio.present.choices import Asked, asked
from labfolio.present.citing import citation_files
from labfolio.present.claims_page import claims_page
from labfolio.present.edition import Edition, navigation
from labfolio.present.evidence_json import evidence_json
from labfolio.present.feeds.catalogue import feeds
from labfolio.present.feeds.outputs import feed_outputs
from labfolio.present.feeds_page import feeds_page
from labfolio.present.fragments import Fragments
from labfolio.present.frame import SEARCH, Frame, site_context
from labfolio.present.free_page import free_article
from labfolio.present.home import home
from labfolio.present.lineage_json import lineage_json
from labfolio.present.lineage_page import LINEAGE, lineage_page
from labfolio.present.listing import listing, pillar_listing, topic_listing
from labfolio.present.makeup import topics
from labfolio.present.metadata import entry_data, entry_tags, page_tags, site_data
from labfolio.present.milestone import milestone_page
from labfolio.present.portfolio_files import papers_json, portfolio_json
from labfolio.present.press import Noted, Press
from labfolio.present.progress import not_found, progress_page
from labfolio.present.progress_files import badge, progress_json
from labfolio.present.redirects import old_addresses
from labfolio.present.report import pointed
from labfolio.present.resume import resume_json
from labfolio.present.search import search_filters, search_list
from labfolio.present.site_files import site_files
from labfolio.present.sitemap import sitemap
from labfolio.present.transcript import transcript
from labfolio.present.twins import llms_txt, twins
from labfolio.present.urls import CLAIMS, Narrowed, claim_parts, milestone_url
from labfolio.present.views.common import TitleBlock
from labfolio.present.views.pages import Fault, FaultsView, ListingView
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


def pages(press: Press) -> tuple[Output, ...]:
    """Home, listings, entries, progress, old URLs, 404, feed and the theme's files, without the author's own pages."""
    edition = press.edition
    fragments = Fragments(edition.theme.fragments)
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    # Engines print these two later, when a fault in them could no longer be told.
    press.print("free article", lambda edition: free_article(edition, ""))
    press.print("fault page", lambda edition: fault_page(edition, "", ()))
    return (
        *_pages(press, fragments, frame),
        *press.print("old addresses", lambda edition: tuple(old_addresses(edition, fragments, frame))),
        *feed_outputs(press, fragments),
        *twins(press, fragments),
        *(output for name, make in _FILES.items() for output in press.print(name, make)),
        *theme_outputs(edition.theme),
    )


def _one(make: Callable[[Edition], Output]) -> Callable[[Edition], tuple[Output]]:
    return lambda edition: (make(edition),)


def _all(make: Callable[[Edition], Iterable[Output]]) -> Callable[[Edition], tuple[Output, ...]]:
    return lambda edition: tuple(make(edition))


# What has no page around it.
_FILES: Mapping[str, Callable[[Edition], tuple[Output, ...]]] = {
    "evidence": _one(evidence_json),
    "progress": _one(progress_json),
    "badge": _one(badge),
    "search": _one(search_list),
    "search filters": _one(search_filters),
    "portfolio": _one(portfolio_json),
    "papers": _one(papers_json),
    "lineage": _one(lineage_json),
    "resume": _one(resume_json),
    "llms": _one(llms_txt),
    "site": _all(site_files),
    "citation": _all(citation_files),
    "sitemap": _one(sitemap),
}


_Made = tuple[str, str, object, str, dict[str, Any]]


class _Titled(Protocol):
    """A view with a title block."""

    @property
    def block(self) -> TitleBlock: ...


def _pages(press: Press, fragments: Fragments, frame: Frame) -> Iterable[Output]:
    """Every page in the frame."""

    def page(url: str, made: Callable[[Edition], _Made], *heard: Noted) -> Output:
        printed = partial(_printed, url=url, made=made, fragments=fragments, frame=frame)
        return press.print(("page", url), printed, *heard)

    edition = press.edition
    yield page("", _home)
    for kind in KINDS:
        given, noted = press.hear(partial(asked, kind=kind))
        for url, (one, _) in given.lists.items():
            yield page(url, partial(_list, given=given, one=one), noted)
    for pillar in edition.portfolio.program.pillars:
        yield page(f"pillars/{pillar.id}/", partial(_pillar, pillar=pillar))
    for url in topics(edition.shown):
        yield page(url, partial(_topic, url=url))
    for entry in edition.portfolio.entries:
        yield page(entry.url, partial(_entry, entry=entry))
    for entry in edition.shown.portfolio.drafts:
        yield page(entry.url, partial(_draft, entry=entry))
    yield page("progress/", _PROGRESS)
    for milestone in edition.progress.milestones:
        yield page(milestone_url(milestone.number), partial(_milestone, milestone=milestone))
    for url, made in _RECORDS.items():
        yield page(url, made)
    parts = claim_parts(edition.portfolio)
    for part in every_part(parts):
        yield page(f"{CLAIMS}{part.url}", partial(_claims, parts=parts, part=part))

    def missing(edition: Edition) -> Output:
        base = edition.settings.base_path.rstrip("/")
        text = fragments.render("not_found.html", view=not_found(edition))
        content = frame.render("404.html", "Not found", text, base=base, robots="noindex")
        return Output(path="404.html", content=content, source="404")

    yield press.print("404.html", missing)


def _printed(
    edition: Edition, url: str, made: Callable[[Edition], _Made], fragments: Fragments, frame: Frame
) -> Output:
    """A page; `made` gives its title, fragment, view, source and what the frame shows of it."""
    title, template, view, source, meta = made(edition)
    given = {**card_meta(edition), **meta}
    if "tags" not in given:
        given["tags"] = page_tags(edition, url, title, meta.get("description", ""))
    content = frame.render(url, title, fragments.render(template, view=view), **given)
    return Output(path=f"{url}index.html", content=content, source=source)


def source_pages(edition: Edition, paths: Collection[str]) -> Iterable[Output]:
    """The pages of some texts, by their paths: of entries, of drafts in a preview and of the author's own pages."""
    fragments = Fragments(edition.theme.fragments)
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    drafts = edition.shown.portfolio.drafts
    made = [(entry.url, partial(_entry, entry=entry)) for entry in edition.portfolio.entries if entry.path in paths]
    made += [(entry.url, partial(_draft, entry=entry)) for entry in drafts if entry.path in paths]
    yield from (_printed(edition, url, one, fragments, frame) for url, one in made)
    own = (page for page in edition.portfolio.free_pages if page.path in paths)
    yield from (_free_page(edition, frame, page) for page in own)


def _home(edition: Edition) -> _Made:
    view = home(edition)
    meta = {
        "window_title": edition.settings.site_name,
        "description": view.lead or view.statement,
        "linked_data": site_data(edition),
        "section": "",
    }
    return edition.settings.site_name, "home.html", view, "home", meta


def _list(edition: Edition, given: Asked, one: Narrowed) -> _Made:
    view, kind = listing(edition, given, one), given.kind
    return _listed(view, view.block.title, f"list of {kind.noun}s", f"{kind.section}/")


def _pillar(edition: Edition, pillar: Pillar) -> _Made:
    return _listed(pillar_listing(edition, pillar), pillar.name, "pillar", "progress/")


def _topic(edition: Edition, url: str) -> _Made:
    name, entries = topics(edition.shown)[url]
    return _listed(topic_listing(edition, url, name, entries), name, "topic", "progress/")


def _listed(view: ListingView, title: str, source: str, section: str) -> _Made:
    return title, "listing.html", view, source, {"description": view.block.result, "section": section}


def _entry(edition: Edition, entry: Entry) -> _Made:
    return entry.front.title, "entry.html", write_up(edition, entry), entry.path, _entry_meta(edition, entry)


def _draft(edition: Edition, entry: Entry) -> _Made:
    view = write_up(edition.shown, entry)
    meta = {"description": view.block.result, "section": f"{entry.kind.section}/", "robots": "noindex"}
    return entry.front.title, "entry.html", view, entry.path, meta


def _milestone(edition: Edition, milestone: Milestone) -> _Made:
    view = milestone_page(edition, milestone)
    meta = {"description": view.block.result, "section": "progress/"}
    return view.block.title, "milestone.html", view, "sub-milestone", meta


def _claims(edition: Edition, parts: Sequence[Part], part: Part) -> _Made:
    view = claims_page(edition, parts, part)
    return view.block.title, "every_claim.html", view, "claims", {"description": view.block.result}


def _record(title: str, template: str, source: str, make: Callable[[Edition], _Titled]) -> Callable[[Edition], _Made]:
    """A page of its own, with its result as its description."""

    def made(edition: Edition) -> _Made:
        view = make(edition)
        return title, template, view, source, {"description": view.block.result}

    return made


_RECORDS: Mapping[str, Callable[[Edition], _Made]] = {
    "transcript/": _record("Transcript", "transcript.html", "transcript", transcript),
    CLAIMS: _record("Every claim", "every_claim.html", "claims", claims_page),
    LINEAGE: _record("Lineage", "lineage_page.html", "lineage", lineage_page),
    "feeds/": _record("Feeds", "feeds.html", "feeds", feeds_page),
}
_PROGRESS = _record("Progress", "progress.html", "progress", progress_page)


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


def free_pages(edition: Edition) -> Iterable[Output]:
    """The author's own pages, for engines that do not render them themselves."""
    frame = Frame(edition.theme, edition.settings, frame_site(edition))
    return (_free_page(edition, frame, page) for page in edition.portfolio.free_pages)


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
