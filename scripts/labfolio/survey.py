"""The first half of the pipeline: everything that is read and judged, before a page is rendered.

Commands that print facts and write no site stop here, and import nothing of Markdown, templates or feeds.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from labfolio.facts.allowances import allowances_of, stated
from labfolio.facts.answers import Answers, answer
from labfolio.facts.checklist import Known, Point, checklist
from labfolio.facts.claims import Judged, check_claims, judged
from labfolio.facts.lineage import as_they_are_in, neighbours
from labfolio.facts.lineage_graph import check_circles, lineage_graph
from labfolio.facts.portfolio import Portfolio, assemble, bodiless, check_program, check_references, newest_first
from labfolio.facts.progress import progress
from labfolio.facts.sections import written
from labfolio.facts.standard import conditions
from labfolio.markdown.links import site_path
from labfolio.model.allowance import Allowance
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Entry, Kind
from labfolio.model.front_matter import Evidence
from labfolio.model.ledger import LEDGER
from labfolio.model.log import LOG
from labfolio.model.memory import Memory
from labfolio.model.program import Program
from labfolio.model.site import LeftOut, Settings, Theme
from labfolio.model.source import SourceTree
from labfolio.parse.measure import Findings, measure
from labfolio.parse.tree import Parsed, read_tree
from labfolio.present.edition import Articles, Edition
from labfolio.present.urls import made_urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was read and judged as of a day. `tree` is without the private log."""

    tree: SourceTree
    today: date
    parsed: Parsed
    portfolio: Portfolio
    findings: Mapping[str, Findings]
    hashes: Mapping[str, str]
    claims: Mapping[str, tuple[Judged, ...]]
    answers: Answers
    diagnostics: tuple[Diagnostic, ...]
    memory: Memory = field(repr=False, compare=False)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What is not published and why, by path."""
        return tuple(sorted((*self.parsed.left_out, *self.portfolio.left_out), key=lambda item: item.path))


def survey(
    tree: SourceTree,
    settings: Settings,
    today: date,
    only: Collection[str] | None = None,
    *,
    preview: bool = False,
    memory: Memory | None = None,
) -> Survey:
    """The survey of a tree, or of `only` some of its Markdown files among the names of all others.

    For a preview drafts stand beside the entries. What the `memory` has is not read again.
    """
    memory = memory or Memory()
    parsed = read_tree(tree, settings, only, memory)
    # The log is private: from here on nothing can link to it, read a number from it or publish it.
    tree = replace(tree, files=tree.files - {parsed.log_path})
    memory.between()
    portfolio, found = assemble(parsed.entries, parsed.free_pages, parsed.program, today, preview=preview)
    diagnostics = [*settings.found, *parsed.diagnostics, *found]
    memory.between()
    diagnostics += _check_references(parsed)
    diagnostics += _check_program(portfolio, parsed)
    memory.between()
    answers, found = answer(parsed.ledger, portfolio, made_urls(portfolio), frozenset(parsed.faulty.values()), today)
    diagnostics += found
    memory.between()
    findings, hashes, found = measure(portfolio.entries, tree)
    memory.between()
    claims = _claims(portfolio.entries, findings, portfolio.program)
    diagnostics += found
    diagnostics += [one for entry in portfolio.entries for one in check_claims(entry, claims.get(entry.path, ()))]
    return Survey(
        tree=tree,
        today=today,
        parsed=parsed,
        portfolio=portfolio,
        findings=findings,
        hashes=hashes,
        claims=claims,
        answers=answers,
        diagnostics=tuple(diagnostics),
        memory=memory,
    )


def with_drafts(seen: Survey) -> Survey:
    """The survey of a preview, its drafts measured and judged too; the diagnostics are those of the drafts alone."""
    portfolio = seen.portfolio
    findings, hashes, found = measure(portfolio.drafts, seen.tree)
    claims = _claims(portfolio.drafts, findings, portfolio.program)
    checked = [one for entry in portfolio.drafts for one in check_claims(entry, claims.get(entry.path, ()))]
    return replace(
        seen,
        findings={**seen.findings, **findings},
        hashes={**seen.hashes, **hashes},
        claims={**seen.claims, **claims},
        diagnostics=(*found, *checked),
    )


def of_everything(seen: Survey) -> Survey:
    """The survey of a preview with its drafts among the entries, as an author sees them."""
    drawn, portfolio = with_drafts(seen), seen.portfolio
    entries = newest_first((*portfolio.entries, *portfolio.drafts))
    diagnostics = (*seen.diagnostics, *drawn.diagnostics)
    return replace(drawn, portfolio=replace(portfolio, entries=entries), diagnostics=diagnostics)


def edition_of(seen: Survey, settings: Settings, theme: Theme | None, articles: Articles) -> Edition:
    """The edition of a survey; without a theme and articles it serves facts and renders no page."""
    between = seen.memory.between
    made = progress(seen.portfolio, seen.today, seen.parsed.log)
    between()
    checklists = _checklists(seen)
    between()
    linked = {path: article.pages for path, article in articles.items()}
    near = neighbours(seen.portfolio, linked, between=between)
    between()
    graph = lineage_graph(seen.portfolio)
    between()
    wanted = seen.portfolio.program.standard
    return Edition(
        settings=settings,
        theme=theme or Theme(frame="", fragments={}, assets={}),
        portfolio=seen.portfolio,
        progress=made,
        neighbours=near,
        lineage=graph,
        conditions=conditions(wanted, made, seen.portfolio.entries, seen.claims, checklists) if wanted else (),
        checklists=checklists,
        papers=seen.parsed.papers,
        articles=articles,
        claims=seen.claims,
        findings=seen.findings,
        hashes=seen.hashes,
        data_urls=_data_urls(seen.findings, settings),
        ledger=seen.parsed.ledger,
        answers=seen.answers,
    )


def without_texts(edition: Edition, seen: Survey) -> Edition:
    """The edition as pages are printed from: of each source the front matter alone, so that what a page shows of a text
    it has from the article.
    """
    between = seen.memory.between
    portfolio = bodiless(edition.portfolio, seen.memory.recent)
    between()
    made = progress(portfolio, seen.today, seen.parsed.log)
    near = as_they_are_in(portfolio, edition.neighbours)
    between()
    preview = replace(without_texts(edition.preview, seen), progress=made) if edition.preview else None
    graph = lineage_graph(portfolio)
    between()
    return replace(edition, portfolio=portfolio, progress=made, neighbours=near, lineage=graph, preview=preview)


def _checklists(seen: Survey) -> dict[str, tuple[Point, ...]]:
    """The checklist of each published entry, by its path."""
    pillars = bool(seen.portfolio.program.pillars)
    known = partial(known_of, claims=seen.claims, findings=seen.findings, papers=seen.parsed.papers, pillars=pillars)

    def sections(kind: Kind, body: str) -> list[str]:
        seen.memory.between()
        return seen.memory.marks_of(f"sections {kind.name}", body, lambda: sorted(written(kind, body)))

    return {entry.path: checklist(entry, known(entry.path), sections) for entry in seen.portfolio.entries}


def known_of(
    path: str,
    *,
    claims: Mapping[str, tuple[Judged, ...]],
    findings: Mapping[str, Findings],
    papers: Collection[str],
    pillars: bool,
) -> Known:
    """What is known of an entry, by its source path, beside its own text."""
    measured = findings.get(path)
    return Known(
        claims=claims.get(path, ()),
        environment=measured.environment if measured else None,
        seconds=measured.seconds if measured else None,
        papers=papers,
        pillars=pillars,
    )


def allowances(seen: Survey, settings: Settings) -> tuple[Allowance, ...]:
    """What the front matter of all entries and pages allows, and what program.yml does for the files beside it."""
    parsed = seen.parsed
    hidden = seen.portfolio.hidden
    found = [one for entry in parsed.entries for one in allowances_of(entry, published=entry.path not in hidden)]
    found += [one for page in parsed.free_pages for one in allowances_of(page, published=True)]
    names = (LOG, *parsed.program.bibliography, LEDGER)
    files = (*(f"{settings.docs_dir}/{name}" for name in names), parsed.program_path)
    program, text = parsed.program, parsed.program_text
    return (*found, *stated(program.allow, parsed.program_path, files, text.positions, parsed.program_source))


def _check_references(parsed: Parsed) -> tuple[Diagnostic, ...]:
    """A programme or bibliography with faults of its own is mended first."""
    faulty = {one.path for one in parsed.diagnostics}
    pillars = None if parsed.program_path in faulty else [pillar.id for pillar in parsed.program.pillars]
    papers = parsed.papers if parsed.papers_sound else None
    found = check_references(parsed.entries, pillars, papers, _slugs(parsed.faulty))
    return (*found, *check_circles(parsed.entries))


def _check_program(portfolio: Portfolio, parsed: Parsed) -> tuple[Diagnostic, ...]:
    """Nothing is said of a programme that could not be read: its own faults come first."""
    if any(one.path == parsed.program_path for one in parsed.diagnostics):
        return ()
    positions, faulty = parsed.program_text.positions, _slugs(parsed.faulty)
    slugs = {entry.slug for entry in parsed.entries}
    return check_program(portfolio, parsed.program_path, parsed.program_source, positions, faulty, slugs)


def _slugs(faulty: Mapping[str, str]) -> frozenset[str]:
    return frozenset(url.split("/")[-2] for url in faulty.values() if url)


def _claims(
    entries: Iterable[Entry], findings: Mapping[str, Findings], program: Program
) -> dict[str, tuple[Judged, ...]]:
    found: dict[str, tuple[Judged, ...]] = {}
    for entry in entries:
        if isinstance(entry.front, Evidence) and entry.front.claims:
            found[entry.path] = judged(findings[entry.path].claims, entry.front.seeds, program.verdict)
    return found


def _data_urls(findings: Mapping[str, Findings], settings: Settings) -> dict[str, str]:
    used = {path for one in findings.values() for path in one.paths}
    return {path: site_path(path, settings.docs_dir) for path in sorted(used)}
