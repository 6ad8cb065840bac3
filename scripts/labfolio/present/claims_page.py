"""The page of every claim in the portfolio, by verdict, with the rule that judged them."""

from labfolio.facts.verdicts import OUTCOMES, VERDICTS
from labfolio.model.entry import REPRODUCTION, Entry
from labfolio.model.evidence import Outcome
from labfolio.model.wording import number, plural, sentence
from labfolio.present import quantities
from labfolio.present.claims import CLAIMS, claim_link
from labfolio.present.edition import Edition
from labfolio.present.rows import OUTCOME_MARKS, verdict_mark
from labfolio.present.views.common import Cell, Link, PlainTable, TitleBlock, TitleField
from labfolio.present.views.evidence import ClaimGroup, ClaimLine, ClaimsView


def claims_page(edition: Edition) -> ClaimsView:
    """The view of `/claims/`."""
    every = [(entry, one) for entry in edition.portfolio.entries for one in edition.claims.get(entry.path, ())]
    held = sum(one.judgement.outcome in ("reproduced", "exceeded") for _, one in every)
    fields = [TitleField(label="Held or met", value=f"{held} of {plural(len(every), 'claim')}")] if every else []
    groups = []
    for outcome in VERDICTS:
        lines = [(entry, one) for entry, one in every if one.judgement.outcome == outcome]
        if lines:
            heading = _heading(outcome)
            if outcome not in ("reproduced", "exceeded"):
                fields.append(TitleField(label=heading, value=str(len(lines)), href=f"#{outcome}"))
            groups.append(
                ClaimGroup(
                    heading=heading,
                    anchor=outcome,
                    lines=tuple(
                        ClaimLine(
                            entry=_entry_link(edition, entry),
                            claim=claim_link(edition, entry, one, CLAIMS),
                            reported=quantities.reported(one),
                            measured=quantities.measured(one),
                            mark=verdict_mark(entry, outcome),
                        )
                        for entry, one in lines
                    ),
                )
            )
    return ClaimsView(
        block=TitleBlock(
            fields=tuple(fields),
            title="Every claim",
            result="Each claim of a paper and each goal of a build, judged by one rule from result files.",
        ),
        groups=tuple(groups),
        rule=_rule(),
        defaults=_defaults(edition),
        data=Link(text="evidence.json", href=edition.href("evidence.json", CLAIMS)),
        empty="No claims yet. Write the field 'claims' into a build or a reproduction.",
    )


def _heading(outcome: Outcome) -> str:
    return {"reproduced": "Held", "partial": "Held in part", "not-reproduced": "Did not hold"}.get(
        outcome, OUTCOME_MARKS[outcome].word
    )


def _entry_link(edition: Edition, entry: Entry) -> Link:
    text = f"{edition.portfolio.id_of(entry)} {entry.front.title}"
    return Link(text=text, href=edition.href(entry.url, CLAIMS))


def _rule() -> PlainTable:
    header = (Cell(text="Row", num=True), Cell(text="When"), Cell(text="Verdict"))
    rows = tuple(
        (
            Cell(text=str(row.number), num=True),
            Cell(text=sentence(row.when)),
            Cell(text="", mark=OUTCOME_MARKS[row.outcome]) if row.outcome else Cell(text="The build stops"),
        )
        for row in OUTCOMES
    )
    return PlainTable(name="The rule", header=header, rows=rows)


def _defaults(edition: Edition) -> str:
    given = edition.portfolio.program.verdict
    absolute, share = given.tolerance
    parts = [f"{100 * share:g}% of the goal"] if share else []
    parts += [number(absolute)] if absolute else []
    words = REPRODUCTION.plural.lower()
    return (
        f"Intervals have {100 * given.confidence:g}% confidence. A claim that states no tolerance takes"
        f" {' or '.join(parts) or 'none'}. Fewer than {plural(given.min_seeds, 'seed')} never support a claim."
        f" Builds say met and missed where {words} say reproduced and not reproduced; a reproduction whose code was"
        " rewritten says replicated."
    )
