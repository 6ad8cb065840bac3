"""The page of one entry."""

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from markupsafe import Markup

from labfolio.model.entry import BUILD, PAPER, REPRODUCTION, Entry
from labfolio.model.front_matter import Evidence, PaperNote, Submission
from labfolio.model.wording import day_text
from labfolio.present.checklist import checks
from labfolio.present.citing import bibtex, csl
from labfolio.present.claims import claim_table
from labfolio.present.edition import Edition
from labfolio.present.exhibits import baseline_table, exhibits, place
from labfolio.present.files import commit_field
from labfolio.present.open_questions import anchor, answered, unasked, with_open_questions
from labfolio.present.paper import DECIDED, DEPTHS, led_to, record_of, short
from labfolio.present.reference_list import own_works, references
from labfolio.present.relations import beside, named, relations, strip
from labfolio.present.rows import STATUS_MARKS, claims_held, draft_mark, entry_mark, pillar_tag
from labfolio.present.search import search_facts
from labfolio.present.surroundings import surroundings
from labfolio.present.urls import topic_url
from labfolio.present.views.common import Link, TitleBlock, TitleField, as_date
from labfolio.present.views.entry import Decision, EntryView, Grown, Mismatch, RevisionLine

# Status -> the word before its reason.
_EXPLAINED = {"abandoned": "Abandoned", "planned": "Planned"}


def write_up(edition: Edition, entry: Entry) -> EntryView:
    """The view of an entry's page."""
    front = entry.front
    evidence = front if isinstance(front, Evidence) else None
    shown = exhibits(edition, entry)
    html = with_open_questions(edition, entry)
    parts, left_over = place(html, shown)
    claims = claim_table(edition, entry)
    previous, following = beside(edition, entry)
    return EntryView(
        block=TitleBlock(fields=tuple(_fields(edition, entry)), title=front.title, result=edition.summary(entry)),
        kind=entry.kind.name,
        search=search_facts(edition, entry),
        draft=mark.word if (mark := draft_mark(edition, entry)) else "",
        why=front.why or "" if entry.status in _EXPLAINED else "",
        why_of=_EXPLAINED.get(entry.status, ""),
        sources=own_works(edition, entry) if entry.kind is PAPER else (),
        grown=_grown(edition, entry),
        contents=_contents(edition, entry),
        article=Markup(html),
        parts=parts,
        markers=any(
            point.shape != "disc"
            for group in shown
            for exhibit in group.exhibits
            for point in (exhibit.chart.points if exhibit.chart else ())
        ),
        claims=claims,
        exhibits=left_over,
        baselines=baseline_table(edition, entry),
        surroundings=surroundings(edition, entry),
        checklist=checks(edition, entry),
        decisions=_decisions(evidence),
        mismatches=_mismatches(evidence),
        limitations=evidence.limitations if evidence else (),
        command=evidence.command or "" if evidence else "",
        provenance=tuple(_provenance(edition, entry)),
        references=references(edition, entry.path, entry.url, cited=entry.kind is PAPER),
        strip=strip(edition, entry),
        relations=tuple(relations(edition, entry)),
        revisions=_revisions(entry),
        citations=_citations(edition, entry),
        learned=front.learned or "" if isinstance(front, Submission) else "",
        tags=tuple(Link(text=tag, href=edition.href(topic_url(tag), entry.url)) for tag in front.tags),
        links=tuple(_links(edition, entry)),
        previous=previous,
        next=following,
    )


def _fields(edition: Edition, entry: Entry) -> Iterable[TitleField]:
    """Three to seven fields: id, day and date, pillar, the paper or what became of reading it, the mark."""
    yield TitleField(label="Sheet", value=edition.portfolio.id_of(entry))
    yield from _standing(edition, entry)
    day = edition.progress.day_of(entry.date)
    if day is not None:
        yield TitleField(label="Day", value=f"{day} of {edition.portfolio.program.days}")
    yield TitleField(label="Date", value=day_text(entry.date), date=as_date(entry.date))
    if entry.front.revisions:
        yield TitleField(label="Rev", value=str(1 + len(entry.front.revisions)), href="#s-revisions")
    if tag := pillar_tag(edition, entry):
        yield TitleField(label="Pillar", value=tag.name, pillar=tag)
    record = record_of(edition, entry)
    if entry.kind is REPRODUCTION and record is not None and record.year:
        yield TitleField(label="Paper", value=short(record))
    if isinstance(entry.front, Submission) and entry.front.venue:
        yield TitleField(label="Venue", value=entry.front.venue)
    if isinstance(entry.front, PaperNote):
        yield from _reading(edition, entry, entry.front)


def _reading(edition: Edition, entry: Entry, front: PaperNote) -> Iterable[TitleField]:
    """How deep a paper was read, how many of the questions are answered and what follows."""
    if front.read:
        yield TitleField(label="Depth", value=DEPTHS[front.read])
    if share := answered(edition, entry):
        yield TitleField(label="Answered", value=share, href="#s-checklist")
    if front.decision:
        yield TitleField(label="Decision", value=DECIDED[front.decision])


def _standing(edition: Edition, entry: Entry) -> Iterable[TitleField]:
    """The verdict or the status, with the claims that held: what a reader in a hurry looks for first."""
    if mark := draft_mark(edition, entry):
        yield TitleField(label="Status", value=mark.word, mark=mark)
        return
    mark, held = entry_mark(edition, entry) or STATUS_MARKS[entry.status], claims_held(edition, entry)
    if entry.kind in (BUILD, REPRODUCTION) or entry.status != "shipped" or isinstance(entry.front, Submission):
        judged = mark is not STATUS_MARKS[entry.status] and entry.kind is REPRODUCTION
        word = f"{mark.word}: {held}" if held and entry.status == "shipped" else mark.word
        yield TitleField(label="Verdict" if judged else "Status", value=word, mark=replace(mark, word=word))


def _contents(edition: Edition, entry: Entry) -> tuple[Link, ...]:
    """The headings of the author's, then the questions that he has none for."""
    given = [Link(text=text, href=f"#{id}") for id, text in edition.articles[entry.path].contents]
    return (*given, *(Link(text=one.asks, href=f"#{anchor(one)}") for one in unasked(edition, entry)))


def _grown(edition: Edition, entry: Entry) -> tuple[Grown, ...]:
    """What grew out of a paper note, with its verdict."""
    if entry.kind is not PAPER:
        return ()
    return tuple(
        Grown(link=named(edition, other, entry), mark=entry_mark(edition, other)) for other in led_to(edition, entry)
    )


def _decisions(evidence: Evidence | None) -> tuple[Decision, ...]:
    given = sorted(evidence.decisions, key=lambda one: one.date) if evidence else []
    return tuple(
        Decision(date=as_date(one.date), tried=one.tried, outcome=one.outcome.replace("-", " "), why=one.why)
        for one in given
    )


def _mismatches(evidence: Evidence | None) -> tuple[Mismatch, ...]:
    return tuple(
        Mismatch(what=one.what, cause=one.likely_cause, tested="Tested" if one.tested else "Not tested")
        for one in (evidence.mismatches if evidence else ())
    )


def _provenance(edition: Edition, entry: Entry) -> Iterable[TitleField]:
    front = entry.front
    if front.started is not None:
        yield TitleField(label="Begun", value=day_text(front.started), date=as_date(front.started))
    if entry.changed != entry.date:
        yield TitleField(label="Updated", value=day_text(entry.changed), date=as_date(entry.changed))
    if isinstance(front, Evidence):
        if front.seeds is not None:
            seeds = front.seeds if isinstance(front.seeds, int) else len(front.seeds)
            yield TitleField(label="Seeds", value=str(seeds))
        if front.code is not None:
            yield TitleField(label="Code", value=_code(entry, front.code))
        if commit := commit_field(edition, entry):
            yield commit
        if front.authors_contact is not None:
            words = {"none": "Not contacted", "asked": "Asked, no answer yet", "answered": "Answered"}
            yield TitleField(label="Authors", value=words[front.authors_contact])
    if isinstance(front, PaperNote) and front.novelty:
        yield TitleField(label="New in", value=", ".join(front.novelty))
    if isinstance(front, Submission):
        if front.deadline is not None:
            yield TitleField(label="Deadline", value=day_text(front.deadline), date=as_date(front.deadline))
        for event in front.events:
            yield TitleField(
                label=event.event.replace("-", " ").capitalize(), value=day_text(event.date), href=event.url
            )


def _code(entry: Entry, code: str) -> str:
    """Who wrote the code; for a reproduction also what that makes of it (ACM's terms: reproduced, replicated)."""
    words = {
        "original": "The authors' own: a reproduction",
        "reimplemented": "Rewritten: a replication",
        "mixed": "Partly rewritten",
    }
    return words[code] if entry.kind is not BUILD else code


def _revisions(entry: Entry) -> tuple[RevisionLine, ...]:
    """The revisions, the publication first; none where nothing was revised."""
    revisions = sorted(entry.front.revisions, key=lambda one: one.date)
    lines = [(entry.date, "Published."), *((one.date, one.what) for one in revisions)]
    made = (RevisionLine(number=n, date=as_date(day), what=what) for n, (day, what) in enumerate(lines, start=1))
    return tuple(made) if revisions else ()


def _citations(edition: Edition, entry: Entry) -> tuple[tuple[str, Markup], ...]:
    given = (("BibTeX", bibtex(edition, entry)), ("CSL-JSON", csl(edition, entry)))
    # Quotes may stand in a text as they are; escaped, they would be a good part of the page's weight.
    return tuple((name, Markup(escape(text, quote=False))) for name, text in given if text)


def _links(edition: Edition, entry: Entry) -> Iterable[Link]:
    front = entry.front
    if front.repository:
        yield Link(text="Code", href=front.repository)
    if front.demo:
        yield Link(text="Demonstration", href=front.demo)
    if front.slides:
        yield Link(text="Slides", href=front.slides)
    if front.doi:
        yield Link(text=f"doi:{front.doi}", href=f"https://doi.org/{front.doi}")
    if front.swh:
        yield Link(text="Software Heritage", href=f"https://archive.softwareheritage.org/{front.swh}")
    if isinstance(front, Submission):
        for text, address in (("PDF", front.pdf), ("Open review", front.openreview)):
            if address:
                yield Link(text=text, href=address)
        if front.arxiv:
            yield Link(text=f"arXiv:{front.arxiv}", href=f"https://arxiv.org/abs/{front.arxiv}")
    if edit := edit_address(edition, entry.path):
        yield Link(text="Edit this page", href=edit)


def edit_address(edition: Edition, path: str) -> str:
    """Where a source is edited in the repository; empty where mkdocs.yml names none."""
    settings = edition.settings
    if not settings.repo_url or not settings.edit_uri:
        return ""
    base = f"{settings.repo_url}/{settings.edit_uri.strip('/')}"
    inside = path.removeprefix(f"{settings.docs_dir}/")
    if inside != path:
        return f"{base}/{inside}"
    return f"{base.removesuffix('/' + settings.docs_dir)}/{path}"
