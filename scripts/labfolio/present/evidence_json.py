"""`/evidence.json`: every claim with its inputs and its verdict, so that anyone can derive the verdict again."""

import math

from labfolio.facts.claims import Judged
from labfolio.facts.statistics import RESAMPLES
from labfolio.facts.verdicts import SLACK, page_outcome
from labfolio.model.entry import Entry
from labfolio.model.evidence_file import (
    VERSION,
    ClaimEvidence,
    EntryEvidence,
    EvidenceFile,
    Inputs,
    Place,
    ResultFile,
    Rule,
    Value,
)
from labfolio.model.front_matter import Evidence
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.rows import verdict_mark


def evidence_json(edition: Edition) -> Output:
    """The file; entries newest first, claims in the order of their front matter."""
    defaults = edition.portfolio.program.verdict
    shape = EvidenceFile(
        version=VERSION,
        site=edition.settings.site_url,
        rule=Rule(confidence=defaults.confidence, min_seeds=defaults.min_seeds, slack=SLACK, resamples=RESAMPLES),
        entries=[_entry(edition, entry) for entry in edition.portfolio.entries if edition.claims.get(entry.path)],
    )
    return Output(path="evidence.json", content=(shape.model_dump_json(indent=1) + "\n").encode(), source="evidence")


def _entry(edition: Edition, entry: Entry) -> EntryEvidence:
    front, claims = entry.front, edition.claims[entry.path]
    assert isinstance(front, Evidence)
    environment = edition.findings[entry.path].environment
    outcomes = [one.judgement.outcome for one in claims]
    return EntryEvidence(
        id=edition.portfolio.id_of(entry),
        slug=entry.slug,
        kind=entry.kind.name,
        url=entry.url,
        title=front.title,
        date=entry.date.isoformat(),
        code=front.code,
        command=front.command,
        commit=front.commit or (environment.commit if environment else None),
        verdict=page_outcome(outcomes),
        held=sum(outcome in ("reproduced", "exceeded") for outcome in outcomes),
        claims=[_claim(edition, entry, one) for one in claims],
    )


def _claim(edition: Edition, entry: Entry, one: Judged) -> ClaimEvidence:
    found, judgement = one.judgement.spread, one.judgement
    return ClaimEvidence(
        id=one.id,
        url=f"{entry.url}#claim-{one.id}",
        claim=one.claim.claim,
        locator=one.claim.locator,
        unit=one.claim.unit,
        inputs=_inputs(one),
        files=[
            ResultFile(path=path, url=edition.data_urls[path], sha256=edition.hashes[path])
            for path in one.paths
            if path in edition.data_urls
        ],
        n=found.n,
        measured=_number(found.value),
        sd=_number(found.sd),
        interval=_pair(found.own_low, found.own_high),
        difference=_number(judgement.delta),
        difference_interval=_pair(found.low, found.high),
        verdict=judgement.outcome,
        row=judgement.row,
        word=verdict_mark(entry, judgement.outcome).word,
        reason=judgement.reason,
    )


def _inputs(one: Judged) -> Inputs:
    claim, judgement = one.claim, one.judgement
    return Inputs(
        goal=claim.goal,
        written=one.written,
        expect=claim.expect,
        better=claim.better,
        tolerance=judgement.tolerance,
        tolerance_from=judgement.origin,
        baseline=claim.baseline,
        reported_sd=claim.reported_sd,
        reported_n=claim.reported_n,
        deterministic=claim.deterministic,
        statistic=claim.measured.statistic if claim.measured else "mean",
        declared=judgement.seeds.declared,
        values=[
            Value(
                replicate=value.replicate,
                value=_number(value.value),
                file=value.file,
                line=value.line,
                minus=Place(file=value.minus[0], line=value.minus[1]) if value.minus else None,
            )
            for value in one.values
        ],
        excluded=[name for name, _ in judgement.seeds.excluded],
    )


def _number(value: float) -> float | None:
    """JSON has no NaN."""
    return value if math.isfinite(value) else None


def _pair(low: float, high: float) -> list[float] | None:
    return [low, high] if math.isfinite(low) and math.isfinite(high) else None
