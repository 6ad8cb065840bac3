"""What answers each URL of the ledger: a page, a redirect of one hop, a tombstone, or nothing, which is an error."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from labfolio.facts.portfolio import Portfolio
from labfolio.facts.progress import counts
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import KINDS, Entry, FreeText
from labfolio.model.ledger import Ledger, LedgerLine
from labfolio.model.rules import fault
from labfolio.model.source import START
from labfolio.model.spelling import closest

_PLURALS = {kind.name: kind.plural for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An old URL and the page, list or tombstone that it leads to; `source` is the file that says so."""

    url: str
    to: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What answers old URLs beside the pages themselves.

    `origins` gives each page that took the place of published ones the oldest of their URLs; `slugs` gives a page's
    first slug where it was renamed. Both are by the page's URL.
    """

    redirects: tuple[Redirect, ...] = ()
    tombstones: tuple[LedgerLine, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(default_factory=dict)

    def ends(self) -> dict[str, str]:
        """Where each URL that redirects leads."""
        return {one.url: one.to for one in self.redirects}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A published entry or page of the author's own, as the ledger knows it."""

    url: str
    kind: str
    title: str
    id: str | None
    body: str | None
    aliases: tuple[str, ...]
    source: Entry | FreeText = field(repr=False)

    @property
    def counts(self) -> bool:
        """Whether it counts toward its kind's target."""
        return isinstance(self.source, Entry) and counts(self.source)


def digest(body: str) -> str | None:
    """The hash that tells a page by its Markdown; None for an empty one."""
    text = body.strip()
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12] if text else None


def pages_of(portfolio: Portfolio) -> dict[str, Page]:
    """What is published from sources, by URL."""
    entries = [
        Page(
            url=entry.url,
            kind=entry.kind.name,
            title=entry.front.title,
            id=entry.front.id,
            body=digest(entry.body),
            aliases=entry.front.aliases,
            source=entry,
        )
        for entry in portfolio.entries
    ]
    own = [
        Page(
            url=page.url,
            kind="page",
            title=page.title,
            id=None,
            body=digest(page.body),
            aliases=page.aliases,
            source=page,
        )
        for page in portfolio.free_pages
    ]
    return {page.url: page for page in (*entries, *own)}


def wider(url: str, stands: Callable[[str], bool] = lambda _: False) -> str:
    """The list that answers for one that is no more: the narrowest that stands of those that it was a part of, else all
    topics or all entries of the kind.

    `papers/tag/sketches/year/2026/` was a part of `papers/tag/sketches/`: an address names questions and answers.
    """
    section, *rest = url.strip("/").split("/")
    for end in range(len(rest) - 2, 0, -2):
        if stands(narrower := f"{'/'.join([section, *rest[:end]])}/"):
            return narrower
    return "progress/" if section == "topics" else f"{section}/"


def folded(url: str) -> str:
    """A URL as a disk without capitals knows it."""
    return url.rstrip("/").casefold()


@dataclass(slots=True)
class Site:
    """What can answer: pages, made URLs, aliases and the ledger's lines; `faulty` are URLs of sources with faults."""

    ledger: Ledger
    lines: Mapping[str, LedgerLine]
    pages: Mapping[str, Page]
    made: Collection[str]
    faulty: Collection[str]
    aliases: Mapping[str, Page] = field(default_factory=dict)
    _renamed: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._renamed = dict(self._renames())

    def stands(self, url: str) -> bool:
        """Whether a page is at a URL, or would be but for its faults."""
        return url in self.pages or url in self.made or url in self.faulty

    def way(self, url: str) -> tuple[str, ...]:
        """The URLs from one to that which answers, or to the last that is known; a circle ends where it closes."""
        trail = [url]
        while not self.stands(trail[-1]) and (following := self._next(trail[-1])):
            if following in trail:
                return (*trail, following)
            trail.append(following)
        return tuple(trail)

    def answered(self, url: str) -> bool:
        """Whether the end of a way is a page or a tombstone."""
        line = self.lines.get(url)
        return self.stands(url) or (line is not None and line.state == "retired")

    def _next(self, url: str) -> str:
        if url in self.aliases:
            return self.aliases[url].url
        line = self.lines.get(url)
        if line is None or line.state == "retired":
            return ""
        if line.state == "moved":
            return line.to or ""
        return wider(url, self.stands) if line.kind == "list" else self._renamed.get(url, "")

    def _renames(self) -> Iterable[tuple[str, str]]:
        """Live lines whose page is gone, with the page that has their id, else the only one that has their text."""
        gone = [
            line
            for line in self.lines.values()
            if line.state == "live" and not self.stands(line.url) and line.url not in self.aliases
        ]
        by_id = {page.id: page.url for page in self.pages.values() if page.id}
        yield from ((line.url, by_id[line.id]) for line in gone if line.id in by_id)
        gone = [line for line in gone if line.id not in by_id]
        known = {line.url for line in self.lines.values() if line.state == "live"}
        fresh = [page for page in self.pages.values() if page.url not in known]
        lost = Counter((line.kind, line.body) for line in gone)
        found = Counter((page.kind, page.body) for page in fresh)
        by_body = {(page.kind, page.body): page for page in fresh}
        for line in gone:
            key = (line.kind, line.body)
            if line.body and lost[key] == found[key] == 1 and not (line.id and by_body[key].id):
                yield line.url, by_body[key].url


def answer(
    ledger: Ledger, portfolio: Portfolio, made: Collection[str], faulty: Collection[str], today: date
) -> tuple[Answers, tuple[Diagnostic, ...]]:
    """What answers the ledger's URLs and all aliases as of a day, and what does not.

    Lines of a later day are passed over. A ledger with faults is judged by nobody: they are mended first.
    """
    pages = pages_of(portfolio)
    found: list[Diagnostic] = []
    aliases = _aliases(pages, {*made, *faulty}, found)
    lines = {url: line for url, line in ledger.lines.items() if line.kind != "file" and line.first <= today}
    site = Site(ledger, lines if ledger.sound else {}, pages, made, faulty, aliases)
    redirects = {url: Redirect(url=url, to=p.url, kind=p.kind, source=p.source.path) for url, p in aliases.items()}
    tombstones = []
    twins = {folded(url): url for url in (*made, *pages)}
    for url, line in site.lines.items():
        if site.stands(url):
            continue
        way = site.way(url)
        if (twin := twins.get(folded(url))) is not None:
            message = f"{url} was published and differs from {twin} in capitals only"
            help = "One would overwrite the other on many disks: keep the old name, or take one that is new."
            found.append(fault("duplicate-url", ledger.path, message, help, ledger.position(url), ledger.text))
        elif way[-1] in way[:-1]:
            if url == min(way[way.index(way[-1]) :]):
                message = " leads to ".join(way[way.index(url) :])
                found.append(fault("circular-redirect", ledger.path, message, "", ledger.position(url), ledger.text))
        elif not site.answered(way[-1]):
            found += _lost(site, url, way, portfolio)
        elif way == (url,):
            tombstones.append(line)
        elif url not in redirects:
            redirects[url] = Redirect(url=url, to=way[-1], kind=line.kind, source=ledger.path)
    ordered = tuple(redirects[url] for url in sorted(redirects))
    origins = _origins(site, ordered)
    answers = Answers(
        redirects=ordered, tombstones=tuple(tombstones), origins=origins, slugs=_slugs(ledger, pages, origins)
    )
    return answers, (*found, *_fallen(site, answers))


def _aliases(pages: Mapping[str, Page], others: Collection[str], found: list[Diagnostic]) -> dict[str, Page]:
    """Each alias with its page; one that is taken is told."""
    taken = {folded(url): "a page that labfolio makes" for url in others}
    taken |= {folded(page.url): page.source.path for page in pages.values()}
    aliases: dict[str, Page] = {}
    for page in sorted(pages.values(), key=lambda page: page.source.path):
        for index, alias in enumerate(page.aliases):
            first = aliases.setdefault(alias, page) if folded(alias) not in taken else None
            if first is page:
                continue
            owner = f"already an alias of {first.source.path}" if first else f"the URL of {taken[folded(alias)]}"
            place = page.source.positions.get(("aliases", index)) or page.source.positions.get(("aliases",), START)
            message = f"aliases: {alias} is {owner}"
            found.append(fault("taken-alias", page.source.path, message, "", place, page.source.text))
    return aliases


def _lost(site: Site, url: str, way: tuple[str, ...], portfolio: Portfolio) -> Iterable[Diagnostic]:
    """A URL that nothing answers; one that leads to another such URL is told there."""
    line, ledger = site.lines[url], site.ledger
    if (way != (url,) and way[-1] in site.lines) or any(one not in site.lines for one in site.faulty):
        # The page may be in a file that could not be read: that is mended first.
        return
    named = f" as '{line.title}'" if line.title else ""
    message = f"{url} was published on {line.first}{named} and nothing answers it now"
    help = f"labfolio retire {url} --reason ..., or restore the file."
    if way != (url,):
        message = f"{url} moved to {way[-1]}, which nothing answers"
        help = f"Correct 'to', or labfolio retire {url} --reason ..."
    elif kept := next((one for one in portfolio.left_out if _stands_for(one.path, url)), None):
        message = f"{url} was published on {line.first}{named}, and now {kept.path} is left out: {kept.reason}"
        help = f"Publish {kept.path} again, or labfolio retire {url} --reason ..."
    else:
        fresh = [page for page in site.pages.values() if page.url not in site.lines and page.kind == line.kind]
        names = {page.title: page for page in fresh} | {page.url: page for page in fresh}
        close = closest(line.title or url, names) or closest(url, names)
        holder = names[close].source.path if close else "the page that takes its place"
        help = f"Write aliases: [{url}] in {holder}, or {help}"
    yield fault("lost-url", ledger.path, message, help, ledger.position(url), ledger.text)


def _stands_for(path: str, url: str) -> bool:
    """Whether a source's path ends as the page's URL does: builds/x.md or builds/x/index.md for builds/x/."""
    stem = path.removesuffix(".md").removesuffix("/index")
    return f"/{stem}".endswith(f"/{url.rstrip('/')}")


def _origins(site: Site, redirects: Iterable[Redirect]) -> dict[str, str]:
    """For each page that is not in the ledger as it is: the line that it continues, one of its kind before others."""
    claims: dict[str, list[LedgerLine]] = {}
    for one in redirects:
        line, there = site.lines.get(one.url), site.lines.get(one.to)
        fresh = one.to in site.pages and (there is None or there.state != "live")
        if fresh and line is not None and line.state == "live":
            claims.setdefault(one.to, []).append(line)
    return {
        url: min(lines, key=lambda line: (line.kind != site.pages[url].kind, line.first, line.url)).url
        for url, lines in claims.items()
    }


def _slugs(ledger: Ledger, pages: Mapping[str, Page], origins: Mapping[str, str]) -> dict[str, str]:
    """The first slug of renamed entries without id; it is in the ledger once the rename is published.

    A slug that was taken again is that of one entry only: of its page, else of the first that is in the ledger with it.
    """
    found: dict[str, str] = {}
    taken = {(page.kind, page.source.slug) for page in pages.values() if isinstance(page.source, Entry)}
    for url in sorted(pages, key=lambda url: (url in origins, url)):
        page, line = pages[url], ledger.lines.get(origins.get(url, url))
        if isinstance(page.source, Entry) and not page.id and line is not None and line.kind == page.kind:
            slug = line.was or line.url.rstrip("/").rpartition("/")[2]
            if (page.kind, slug) not in taken:
                found[url] = slug
                taken.add((page.kind, slug))
    return found


def _fallen(site: Site, answers: Answers) -> Iterable[Diagnostic]:
    """Entries that counted when they were last published and do not count now, a line each."""
    ledger = site.ledger
    ends = answers.ends()
    retired = {line.url for line in answers.tombstones}
    for url, line in site.lines.items():
        if not line.counted or line.kind not in _PLURALS:
            continue
        page = site.pages.get(url)
        to = ends.get(url, "")
        if page is not None:
            status = page.source.status if isinstance(page.source, Entry) else ""
            reason = "" if page.counts else f"its status is {status} now" if status != "shipped" else "it was not sent"
        elif to:
            follows = answers.origins.get(to) == url and site.pages[to].kind == line.kind and site.pages[to].counts
            reason = "" if follows else f"it leads to {to} now"
        else:
            reason = "it was retired" if url in retired else ""
        if reason:
            message = f"{url} ('{line.title}') no longer counts toward {_PLURALS[line.kind]}: {reason}"
            yield fault("falling-counter", ledger.path, message, "", ledger.position(url), ledger.text)
