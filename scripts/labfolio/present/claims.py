"""The claims of an entry: a table to read in a minute, and a record for each with everything behind the verdict."""

from collections.abc import Iterable

from labfolio.facts.claims import Judged
from labfolio.model.entry import BUILD, Entry
from labfolio.model.evidence import Selector
from labfolio.model.front_matter import Evidence
from labfolio.model.wording import listed, number, plural, rounded, sentence
from labfolio.present import quantities
from labfolio.present.charts.dot_strip import dot_strip
from labfolio.present.edition import Edition
from labfolio.present.files import commit_field, data_file
from labfolio.present.rows import claims_held, verdict_mark
from labfolio.present.urls import CLAIMS
from labfolio.present.views.charts import Chart
from labfolio.present.views.common import Link, TitleField
from labfolio.present.views.evidence import ClaimRecord, ClaimRow, ClaimTable, DataFile


def claim_table(edition: Edition, entry: Entry) -> ClaimTable | None:
    """The table, None where the entry makes no claim."""
    if not isinstance(entry.front, Evidence) or not entry.front.claims:
        return None
    claims = edition.claims[entry.path]
    verb = "met" if entry.kind is BUILD else "held"
    goal = "target" if entry.kind is BUILD else "paper"
    confidence = edition.portfolio.program.verdict.confidence
    intervals = any(one.judgement.spread.own_high > one.judgement.spread.own_low for one in claims)
    return ClaimTable(
        heading="Goals" if entry.kind is BUILD else "Claims",
        reported_label="Target" if entry.kind is BUILD else "Paper",
        summary=f"{claims_held(edition, entry)} {verb}.",
        rows=tuple(_row(edition, entry, one) for one in claims),
        note=f"Measured: mean \u00b1 half width of the {100 * confidence:g}% interval over seeds." if intervals else "",
        records=tuple(_record(edition, entry, one) for one in claims),
        key=f"Line: {goal}. Band: what agrees. Dots: seeds. Bar: interval of the mean."
        + (" Dashed: baseline." if any(one.claim.baseline is not None for one in claims) else ""),
        rule=edition.href(CLAIMS, entry.url) + "#rule",
    )


def _row(edition: Edition, entry: Entry, one: Judged) -> ClaimRow:
    files = _files(edition, entry, one)
    return ClaimRow(
        anchor=f"claim-{one.id}",
        id=one.id,
        claim=one.claim.claim,
        locator=one.claim.locator or "",
        reported=quantities.reported(one),
        tolerance=quantities.tolerance(one),
        measured=quantities.measured(one),
        runs=quantities.runs(one),
        difference=quantities.difference(one) if one.values else "",
        mark=verdict_mark(entry, one.judgement.outcome),
        reason=sentence(one.judgement.reason),
        record=f"#record-{one.id}",
        data=files[0].file if files else None,
    )


def _record(edition: Edition, entry: Entry, one: Judged) -> ClaimRecord:
    return ClaimRecord(
        anchor=f"record-{one.id}",
        row=f"#claim-{one.id}",
        id=one.id,
        claim=one.claim.claim,
        mark=verdict_mark(entry, one.judgement.outcome),
        strip=_strip(entry, one),
        fields=tuple(_fields(edition, entry, one)),
        files=_files(edition, entry, one),
        notes=tuple(_notes(one)),
    )


def _strip(entry: Entry, one: Judged) -> Chart | None:
    goal = "target" if entry.kind is BUILD else "paper"
    name = one.claim.metric or one.claim.claim
    title = f"{name}: {quantities.measured(one)} against {quantities.reported(one)}"
    values = [rounded(value.value, abs(value.value) / 1000) for value in one.values if value.value == value.value]
    shown = listed(values[:12]) + (f" and {len(values) - 12} more" if len(values) > 12 else "")
    description = f"Seeds gave {shown}. Tolerance {quantities.tolerance(one)}. {sentence(one.judgement.reason)}"
    return dot_strip(f"strip-{one.id}", one, goal, title, description)


def _fields(edition: Edition, entry: Entry, one: Judged) -> Iterable[TitleField]:
    claim, judgement, defaults = one.claim, one.judgement, edition.portfolio.program.verdict
    for label, text in (("Metric", claim.metric), ("Data", claim.dataset), ("Split", claim.split)):
        if text:
            yield TitleField(label=label, value=text)
    goal = quantities.reported(one)
    if spread := quantities.paper_spread(claim):
        goal += f" ({spread})"
    yield TitleField(label="Target" if entry.kind is BUILD else "Reported", value=goal)
    yield TitleField(label="Tolerance", value=f"{quantities.tolerance(one)} ({quantities.origin(one, defaults)})")
    if claim.baseline is not None:
        yield TitleField(label="Baseline", value=number(claim.baseline) + quantities.unit(claim))
    if one.values:
        statistic = claim.measured.statistic if claim.measured else "mean"
        label = {"mean": "Mean", "median": "Median", "iqm": "Interquartile mean"}[statistic]
        yield TitleField(label=label if judgement.runs > 1 else "Measured", value=quantities.mean(one))
        if judgement.runs > 1:
            yield TitleField(label="Standard deviation", value=quantities.deviation(one))
        kind = "" if statistic == "mean" else " bootstrap"
        label = f"{100 * defaults.confidence:g}%{kind} interval"
        if (interval := quantities.interval(one)) != quantities.NONE:
            yield TitleField(label=label, value=interval + quantities.unit(claim))
        yield TitleField(label="Runs", value=quantities.runs(one))
        yield TitleField(label="Difference", value=f"{quantities.difference(one)} ({_relative(one)})")
        if (interval := quantities.difference_interval(one)) != quantities.NONE:
            yield TitleField(label="Its interval", value=interval)
    yield TitleField(
        label="Verdict",
        value=f"{verdict_mark(entry, judgement.outcome).word} by row {judgement.row}",
        href=edition.href(CLAIMS, entry.url) + "#rule",
    )
    if one.values and isinstance(entry.front, Evidence):
        if entry.front.command:
            yield TitleField(label="Command", value=entry.front.command)
        if commit := commit_field(edition, entry):
            yield commit


def _relative(one: Judged) -> str:
    share = quantities.relative(one)
    return f"relative {share}" if one.claim.goal else f"relative {share}, for the goal is 0"


def _files(edition: Edition, entry: Entry, one: Judged) -> tuple[DataFile, ...]:
    found = []
    for path in one.paths:
        lines = sorted({line for value in one.values for file, line in value.places if file == path and line})
        found += [file] if (file := data_file(edition, entry, path, _lines(lines))) else []
    return tuple(found)


def _lines(lines: list[int]) -> str:
    """`line 3`, `lines 2 to 11`, `lines 2, 4 and 9`, `10 lines from 2 to 40`."""
    if len(lines) < 2:
        return f"line {lines[0]}" if lines else ""
    if lines[-1] - lines[0] == len(lines) - 1:
        return f"lines {lines[0]} to {lines[-1]}"
    if len(lines) <= 6:
        return f"lines {listed(map(str, lines))}"
    return f"{len(lines)} lines from {lines[0]} to {lines[-1]}"


def _notes(one: Judged) -> Iterable[str]:
    """What was read, and which replicates are not in the numbers."""
    if one.claim.measured is not None:
        yield _selection(one.claim.measured)
    seeds = one.judgement.seeds
    excluded = dict(seeds.excluded)
    for name, why in excluded.items():
        yield f"Left out: seed {name}, {why.rstrip('.')}. It counts as missing."
    if seeds.failed:
        yield f"Gave no number: {listed(seeds.failed)}."
    if missing := [name for name in seeds.missing if name not in excluded]:
        yield f"Declared and not found: {listed(missing)}."
    if seeds.extra:
        yield f"Found and not declared: {listed(seeds.extra)}."
    if one.judgement.more:
        yield f"About {plural(one.judgement.more, 'more seed')} would decide it, if mean and spread stayed as they are."
    if one.claim.measured is not None and one.claim.measured.at == "best":
        yield "Each run counts by its best checkpoint, chosen on this metric."
    if one.judgement.outcome == "exceeded":
        yield "Exceeding a paper is no praise: it usually means that the set-up differs."


def _selection(selector: Selector) -> str:
    """The rows in words: `Column rse where m = 1024 and ratio = 100, one value a seed.`"""
    where = f" where {_where(selector.where)}" if selector.where else ""
    at = {"mean": "its mean", "best": "its best row"}.get(selector.at or "", f"its {selector.at} row")
    words = f"Column {selector.value}{where}, one value a {selector.by}" + (f" ({at})" if selector.at else "")
    if selector.minus is not None:
        other = selector.minus
        words += f", minus {other.value or selector.value}" + (f" where {_where(other.where)}" if other.where else "")
        words += f" in {other.file}" if other.file else ""
    return sentence(words + (f", times {number(selector.scale)}" if selector.scale != 1 else ""))


def _where(where: dict[str, str]) -> str:
    return listed(f"{name} = {text}" for name, text in where.items())


def claim_link(edition: Edition, entry: Entry, one: Judged, page: str) -> Link:
    """A claim as a link to its row."""
    return Link(text=one.claim.claim, href=f"{edition.href(entry.url, page)}#claim-{one.id}")
