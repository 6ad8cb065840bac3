"""One edition of the site: every fact that a page may show, as of one day."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labfolio.facts.claims import Judged
from labfolio.facts.portfolio import Portfolio
from labfolio.facts.progress import Progress
from labfolio.facts.standard import Condition
from labfolio.facts.verdicts import VERDICTS, page_outcome
from labfolio.markdown.links import relative
from labfolio.model.entry import KINDS, REPRODUCTION, Entry
from labfolio.model.evidence import Outcome
from labfolio.model.program import Pillar, Program
from labfolio.model.site import NavItem, Settings, Theme
from labfolio.parse.bibliography import Record
from labfolio.parse.measure import Findings

if TYPE_CHECKING:
    from labfolio.markdown.article import Article

# Articles by source path. The name is enough here: facts are printed without importing what renders Markdown.
Articles = Mapping[str, "Article"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All facts of one build.

    `conditions` are those of the graduation standard; `completeness` is the share of checklist points that an entry
    gives. `completeness`, `articles`, `claims` and `findings` are by the entry's source path; `data_urls` and `hashes`
    give the URL and the SHA-256 of a result file.
    """

    settings: Settings
    theme: Theme
    portfolio: Portfolio
    progress: Progress
    conditions: tuple[Condition, ...]
    completeness: Mapping[str, float]
    papers: Mapping[str, Record]
    articles: Articles
    claims: Mapping[str, tuple[Judged, ...]]
    findings: Mapping[str, Findings]
    hashes: Mapping[str, str]
    data_urls: Mapping[str, str]

    def outcome(self, entry: Entry) -> Outcome | None:
        """The verdict on an entry, None where it makes no claim."""
        given = self.claims.get(entry.path, ())
        return page_outcome(one.judgement.outcome for one in given) if given else None

    def summary(self, entry: Entry) -> str:
        """The stated summary, or the first paragraph."""
        return entry.front.summary or self.articles[entry.path].first_paragraph

    def href(self, url: str, page: str) -> str:
        """A URL of the site as a link from a page."""
        return relative(url, page)


FIXED_URLS = (
    "",
    "progress/",
    "progress.json",
    "progress.svg",
    "transcript/",
    "claims/",
    "evidence.json",
    "feed.xml",
    "sitemap.xml",
    "404.html",
)


def narrowed_url(verdict: str, pillar: str) -> str:
    """The list of reproductions with a verdict, of a pillar, or both; an empty text stands for all."""
    parts = [("verdict", verdict), ("pillar", pillar)]
    return "/".join([REPRODUCTION.section, *(f"{name}/{value}" for name, value in parts if value), ""])


def narrowed_urls(pillars: Iterable[Pillar]) -> Mapping[str, tuple[str, str]]:
    """Every narrowed list with its verdict and pillar; empty ones are made too, so that no address ever breaks."""
    ids = ["", *(pillar.id for pillar in pillars)]
    pairs = [(verdict, id) for verdict in ("", *VERDICTS) for id in ids if verdict or id]
    return {narrowed_url(*pair): pair for pair in pairs}


def made_urls(program: Program | None = None) -> frozenset[str]:
    """The URLs that labfolio makes from no single source."""
    pillars = [f"pillars/{pillar.id}/" for pillar in program.pillars] if program else []
    narrowed = narrowed_urls(program.pillars if program else ())
    length = len(program.calendar()) if program else 0
    milestones = (
        [milestone_url(number + 1) for number in range(-(-length // program.milestone_days))] if program else []
    )
    sections = [f"{kind.section}/" for kind in KINDS]
    return frozenset({*FIXED_URLS, *sections, *pillars, *narrowed, *milestones})


def milestone_url(number: int) -> str:
    """The page of a sub-milestone."""
    return f"milestones/{number}/"


def topic_url(tag: str) -> str:
    """The page of a topic; tags that differ in capitals or spaces share one."""
    words = tag.lower().replace("+", "plus").replace("#", "sharp")
    return f"topics/{re.sub(r'[^a-z0-9._-]+', '-', words).strip('-.') or 'topic'}/"


def navigation(settings: Settings, free_urls: Mapping[str, tuple[str, str]]) -> tuple[NavItem, ...]:
    """The site's navigation as titles and URLs: as `nav` in mkdocs.yml says, else every kind, progress and free pages.

    `free_urls` maps the source of a page of the author's own to its URL and title. Targets that nothing answers are
    left out.
    """
    if not settings.nav:
        kinds = [NavItem(title=kind.plural, target=f"{kind.section}/") for kind in KINDS]
        own = [NavItem(title=title, target=url) for url, title in sorted(free_urls.values()) if "/" not in url[:-1]]
        return (*kinds, NavItem(title="Progress", target="progress/"), *own)
    found: list[NavItem] = []
    for item in settings.nav:
        target = item.target.removeprefix("./").lstrip("/")
        source = f"{settings.docs_dir}/{target}"
        if target.startswith(("http://", "https://")):
            found.append(item)
        elif source in free_urls:
            url, title = free_urls[source]
            found.append(NavItem(title=item.title or title, target=url))
        else:
            url = target.removesuffix("index.md")
            url = url if url in made_urls() or not url else url.rstrip("/") + "/"
            if url in made_urls():
                found.append(NavItem(title=item.title or url.strip("/").capitalize(), target=url))
    return tuple(found)
