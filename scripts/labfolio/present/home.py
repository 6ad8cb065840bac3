"""The home page: who, what is held, how far along."""

from labfolio.model.entry import KINDS
from labfolio.model.wording import listed, plural
from labfolio.present.edition import Edition
from labfolio.present.lineage_page import lineage_link
from labfolio.present.plate import counter, kind_counts, pillar_counts, plate
from labfolio.present.rows import entry_row
from labfolio.present.views.common import Link
from labfolio.present.views.progress import Count, HomeView

URL = ""
PROGRESS = "progress/"
RECENT = 5


def home(edition: Edition) -> HomeView:
    """The view of the home page: three entries the author chose, then the newest of any kind."""
    program, portfolio = edition.portfolio.program, edition.portfolio
    known = portfolio.by_slug()
    featured = [known[slug] for slug in program.featured[:3] if slug in known]
    shown = edition.shown
    begun = [entry for entry in shown.portfolio.entries if entry.status != "planned"]
    return HomeView(
        statement=program.statement or edition.settings.site_name,
        lead=program.lead or _lead(edition),
        standing=_standing(edition),
        lead_links=_lead_links(edition),
        note=program.note or "",
        counter=counter(edition.progress),
        plate=plate(edition, URL),
        counts=(*kind_counts(edition, URL), *_claims(edition)),
        pillars=pillar_counts(edition, URL),
        featured=tuple(entry_row(edition, entry, URL) for entry in featured),
        recent=tuple(entry_row(shown, entry, URL) for entry in begun[:RECENT]),
        everything=_everything(edition),
        empty="No entries yet. Write builds/first/index.md with a title and a date.",
    )


def _claims(edition: Edition) -> tuple[Count, ...]:
    """Claims and goals that held, of all that were made."""
    outcomes = [one.judgement.outcome for claims in edition.claims.values() for one in claims]
    held = sum(outcome in ("reproduced", "exceeded") for outcome in outcomes)
    href = edition.href("claims/", URL)
    return (Count(name="Claims that held", have=held, target=len(outcomes), href=href),) if outcomes else ()


def _everything(edition: Edition) -> Link:
    if edition.progress.days:
        return Link(text="All that was shipped, by sub-milestone", href=edition.href(PROGRESS, URL) + "#sub-milestones")
    return Link(text="All builds", href=edition.href("builds/", URL))


def _lead(edition: Edition) -> str:
    """What the programme aims at, in one sentence; empty without targets."""
    program = edition.portfolio.program
    nouns = {kind.section: kind.noun for kind in KINDS}
    targets = program.targets.model_dump()
    aims = [plural(targets[section], noun) for section, noun in nouns.items() if targets.get(section)]
    return (
        f"A programme of {plural(program.days, 'day')} that aims at {listed(aims)}." if aims and program.start else ""
    )


def _standing(edition: Edition) -> Link | None:
    """How far along, in one line: have of target by kind; None without targets."""
    given = [one for one in edition.progress.kinds if one.target is not None]
    if not given:
        return None
    counts = listed(f"{one.have} of {plural(one.target or 0, one.kind.noun)}" for one in given)
    return Link(text=f"So far {counts}", href=edition.href(PROGRESS, URL))


def _lead_links(edition: Edition) -> tuple[Link, ...]:
    """The ways on from the first screen: the contract, who it is, the transcript, the lineage."""
    free = {page.url: page.title for page in edition.portfolio.free_pages}
    wanted = [url for url in ("contract/", "about/") if url in free]
    own = [Link(text=free[url], href=edition.href(url, URL)) for url in wanted]
    transcript = [Link(text="Transcript", href=edition.href("transcript/", URL))] if edition.progress.days else []
    lineage = [lineage_link(edition, URL)] if edition.lineage.edges else []
    return (*own, *transcript, *lineage)
