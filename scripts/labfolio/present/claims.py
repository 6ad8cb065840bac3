"""The claims of an entry as a table: what was stated, what was measured, and the verdict."""

import math

from labfolio.facts.verdicts import Judgement
from labfolio.model.entry import BUILD, Entry
from labfolio.model.evidence import Claim
from labfolio.model.front_matter import Evidence
from labfolio.present.edition import Edition
from labfolio.present.rows import claims_held, verdict_mark
from labfolio.present.views import ClaimRow, ClaimTable, Link
from labfolio.present.wording import number, rounded


def claim_table(edition: Edition, entry: Entry) -> ClaimTable | None:
    """The table, None where the entry makes no claim."""
    front = entry.front
    if not isinstance(front, Evidence) or not front.claims:
        return None
    judged = edition.judgements[entry.path]
    verb = "met" if entry.kind is BUILD else "held"
    confidence = edition.portfolio.program.verdict.confidence
    intervals = any(math.isfinite(one.half_width) and one.half_width > 0 for one in judged)
    return ClaimTable(
        heading="Goals" if entry.kind is BUILD else "Claims",
        reported_label="Target" if entry.kind is BUILD else "Paper",
        summary=f"{claims_held(edition, entry)} {verb}.",
        rows=tuple(
            _row(edition, entry, index, claim, judgement)
            for index, (claim, judgement) in enumerate(zip(front.claims, judged, strict=True), start=1)
        ),
        note=f"Measured: mean \u00b1 half width of the {100 * confidence:g}% t interval over seeds."
        if intervals
        else "",
    )


def _row(edition: Edition, entry: Entry, index: int, claim: Claim, judgement: Judgement) -> ClaimRow:
    id = claim.id or f"c{index}"
    unit = f" {claim.unit}" if claim.unit and claim.unit != "fraction" else ""
    return ClaimRow(
        anchor=f"claim-{id}",
        id=id,
        claim=claim.claim,
        locator=claim.locator or "",
        reported=_bound(claim) + number(claim.goal) + unit,
        tolerance=f"\u00b1 {number(judgement.tolerance, 3)}{unit}, {judgement.origin}"
        if judgement.origin != "bound"
        else "none",
        measured=_measured(judgement, unit),
        runs=_runs(judgement),
        mark=verdict_mark(entry, judgement.outcome),
        reason=judgement.reason[:1].upper() + judgement.reason[1:] + ".",
        data=_data(edition, entry, claim),
    )


def _bound(claim: Claim) -> str:
    return {"equals": "", "at-least": "at least ", "at-most": "at most "}[claim.expect]


def _measured(judgement: Judgement, unit: str) -> str:
    if not math.isfinite(judgement.mean):
        return "n/a" if judgement.runs else ""
    if math.isfinite(judgement.half_width) and judgement.half_width > 0:
        spread = rounded(judgement.half_width, judgement.half_width)
        return f"{rounded(judgement.mean, judgement.half_width)} \u00b1 {spread}{unit}"
    return number(judgement.mean) + unit


def _runs(judgement: Judgement) -> str:
    if not judgement.runs:
        return ""
    return f"{judgement.n} of {max(judgement.declared or 0, judgement.runs)}"


def _data(edition: Edition, entry: Entry, claim: Claim) -> Link | None:
    if claim.measured is None:
        return None
    path = entry.path.rpartition("/")[0] + "/" + claim.measured.file
    url = edition.data_urls.get(path)
    return Link(text=claim.measured.file, href=edition.href(url, entry.url)) if url else None
