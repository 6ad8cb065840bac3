"""One edition of the site: every fact that a page may show, as of one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labfolio.facts.answers import Answers
from labfolio.facts.checklist import Point
from labfolio.facts.claims import Judged
from labfolio.facts.lineage import Neighbours
from labfolio.facts.lineage_graph import LineageGraph
from labfolio.facts.portfolio import Portfolio
from labfolio.facts.progress import Progress
from labfolio.facts.standard import Condition
from labfolio.facts.verdicts import page_outcome
from labfolio.markdown.links import relative
from labfolio.model.entry import KINDS, Entry
from labfolio.model.evidence import Outcome
from labfolio.model.ledger import Ledger
from labfolio.model.site import NavItem, Settings, Theme
from labfolio.parse.bibliography import Record
from labfolio.parse.measure import Findings
from labfolio.present.urls import made_urls

if TYPE_CHECKING:
    from labfolio.markdown.article import Article

# Articles by source path. The name is enough here: facts are printed without importing what renders Markdown.
Articles = Mapping[str, "Article"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All facts of one build.

    `conditions` are those of the graduation standard. `neighbours`, `checklists`, `articles`, `claims` and `findings`
    are by the entry's source path; `data_urls` and `hashes` give the URL and the SHA-256 of a result file. `answers`
    tell what the ledger's URLs lead to. `preview` is the same edition with drafts among its entries, None where they
    are not shown.
    """

    settings: Settings
    theme: Theme
    portfolio: Portfolio
    progress: Progress
    neighbours: Mapping[str, Neighbours]
    lineage: LineageGraph
    conditions: tuple[Condition, ...]
    checklists: Mapping[str, tuple[Point, ...]]
    papers: Mapping[str, Record]
    articles: Articles
    claims: Mapping[str, tuple[Judged, ...]]
    findings: Mapping[str, Findings]
    hashes: Mapping[str, str]
    data_urls: Mapping[str, str]
    ledger: Ledger
    answers: Answers
    preview: "Edition | None" = None

    @property
    def shown(self) -> "Edition":
        """The edition with everything that has a page: drafts too in a preview."""
        return self.preview or self

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


def navigation(settings: Settings, portfolio: Portfolio) -> tuple[NavItem, ...]:
    """The site's navigation as titles and URLs: as `nav` in mkdocs.yml says, else every kind, progress and free pages.

    Targets that nothing answers are left out.
    """
    free_urls = {page.path: (page.url, page.title) for page in portfolio.free_pages}
    if not settings.nav:
        kinds = [NavItem(title=kind.plural, target=f"{kind.section}/") for kind in KINDS]
        own = [NavItem(title=title, target=url) for url, title in sorted(free_urls.values()) if "/" not in url[:-1]]
        return (*kinds, NavItem(title="Progress", target="progress/"), *own)
    made = made_urls(portfolio)
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
            url = url if url in made or not url else url.rstrip("/") + "/"
            if url in made:
                found.append(NavItem(title=item.title or url.strip("/").capitalize(), target=url))
    return tuple(found)
