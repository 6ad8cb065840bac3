"""The transcript: courses are pillars, laboratory work is reproductions, the thesis is submissions."""

from collections.abc import Iterable

from labfolio.facts.progress import counts
from labfolio.model.entry import BUILD, PAPER, REPRODUCTION, SUBMISSION, Entry
from labfolio.model.wording import amount, day_text, plural
from labfolio.present import calendar_parts
from labfolio.present.edition import Edition
from labfolio.present.progress import standard
from labfolio.present.rows import claims_held, entry_mark
from labfolio.present.urls import Narrowed
from labfolio.present.views.common import Link, TitleBlock, TitleField, as_date
from labfolio.present.views.progress import TranscriptPart, TranscriptRow, TranscriptView

URL = "transcript/"
# Its rows are a line each: a page has room for more of them.
_LOW = 2


def transcript(edition: Edition) -> TranscriptView:
    """The view of `/transcript/`."""
    program, progress = edition.portfolio.program, edition.progress
    fields = [TitleField(label="Name", value=program.author.name)] if program.author else []
    if progress.days:
        fields.append(TitleField(label="From", value=day_text(progress.days[0].date)))
        fields.append(TitleField(label="To", value=day_text(progress.days[-1].date)))
        fields.append(TitleField(label="Day", value=f"{progress.day} of {program.days}"))
    if progress.hours.total:
        fields.append(TitleField(label="Hours", value=amount(progress.hours.total)))
    fields.append(TitleField(label="As of", value=day_text(progress.today), date=as_date(progress.today)))
    return TranscriptView(
        block=TitleBlock(fields=tuple(fields), title="Transcript", result=_result(edition)),
        parts=tuple(_parts(edition)),
        standard=standard(edition, URL),
        hours=bool(progress.hours.total),
        notes=tuple(_notes(edition)),
    )


def _result(edition: Edition) -> str:
    counted = {one.kind: one.have for one in edition.progress.kinds}
    kinds = (BUILD, REPRODUCTION, PAPER, SUBMISSION)
    return ", ".join(plural(counted[kind], kind.noun) for kind in kinds) + "."


def _parts(edition: Edition) -> Iterable[TranscriptPart]:
    """A course a pillar with its builds, builds without a pillar, then laboratory and thesis."""
    builds = [entry for entry in edition.portfolio.of(BUILD) if counts(entry)]
    known = [one.pillar.id for one in edition.progress.pillars]
    logged = bool(edition.progress.hours.total)
    for one in edition.progress.pillars:
        own = [entry for entry in builds if entry.front.pillar == one.pillar.id]
        share = f"{one.hours_share:.0f}% of hours" if logged else f"{one.share:.0f}% of entries"
        note = f"{plural(len(one.entries), 'entry')} of all kinds, {share}, planned {one.pillar.share:g}%"
        url = Narrowed(kind=BUILD, answers={"pillar": one.pillar.id}).url
        yield _part(edition, f"Course: {one.pillar.name}", note, own, "No build yet.", url)
    if rest := [entry for entry in builds if entry.front.pillar not in known]:
        yield _part(edition, "Further builds" if known else "Builds", "", rest, "", f"{BUILD.section}/")
    labs = [entry for entry in edition.portfolio.of(REPRODUCTION) if counts(entry)]
    yield _part(edition, "Laboratory: reproductions", "", labs, "No reproduction yet.", f"{REPRODUCTION.section}/")
    theses = [entry for entry in edition.portfolio.of(SUBMISSION) if counts(entry)]
    yield _part(edition, "Thesis: submissions", "", theses, "No submission yet.", f"{SUBMISSION.section}/")


def _part(edition: Edition, heading: str, note: str, entries: Iterable[Entry], empty: str, url: str) -> TranscriptPart:
    """A part with its entries in order of time, as many of the newest as a page has room for; `url` has them all."""
    ordered = sorted(entries, key=lambda entry: (entry.date, entry.path))
    kept = ordered[-room:] if (room := _room(edition)) else ordered
    more = Link(text=f"The newest {len(kept)} of {len(ordered)} stand here: all", href=edition.href(url, URL))
    return TranscriptPart(
        heading=heading,
        note=note,
        rows=tuple(_row(edition, entry) for entry in kept),
        empty=empty,
        more=more if len(kept) < len(ordered) else None,
    )


def _room(edition: Edition) -> int | None:
    """How many rows each part may have, None where the page has room for all."""
    kinds = (BUILD, REPRODUCTION, SUBMISSION)
    rows, room = sum(one.have for one in edition.progress.kinds if one.kind in kinds), _LOW * calendar_parts.ROWS
    return max(1, room // (len(edition.progress.pillars) + len(kinds))) if rows > room else None


def _row(edition: Edition, entry: Entry) -> TranscriptRow:
    hours = edition.progress.hours.items.get(entry.slug, 0.0)
    held = claims_held(edition, entry)
    return TranscriptRow(
        sheet=edition.portfolio.id_of(entry),
        title=Link(text=entry.front.title + (f" ({held})" if held else ""), href=edition.href(entry.url, URL)),
        date=as_date(entry.date),
        hours=amount(hours) if hours else "",
        mark=entry_mark(edition, entry),
    )


def _notes(edition: Edition) -> Iterable[str]:
    """How things were counted."""
    papers = next(one for one in edition.progress.kinds if one.kind is PAPER)
    yield f"{plural(papers.have, 'paper note')} are not listed one by one."
    if edition.progress.hours.total:
        yield "Hours are those of the daily log; the hours of an entry are its lines there."
    else:
        yield "No hours are stated: there is no log."
    yield "Verdicts are computed from result files; a reproduction that failed is listed like one that succeeded."
    address = edition.settings.site_url
    yield f"Every line can be checked at {address}."
