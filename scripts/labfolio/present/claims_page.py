"""The page of every claim in the portfolio, by verdict, with the rule that judged them."""

from collections.abc import Iterable, Sequence

from labfolio.facts.claims import Judged
from labfolio.facts.verdicts import OUTCOMES, VERDICTS
from labfolio.model.entry import REPRODUCTION, Entry
from labfolio.model.evidence import Outcome
from labfolio.model.wording import number, plural, sentence
from labfolio.present import calendar_parts, quantities
from labfolio.present.calendar_parts import LEVELS, Part
from labfolio.present.claims import claim_link
from labfolio.present.edition import Edition
from labfolio.present.long_list import PARTS_ANCHOR, neighbours, part_rows
from labfolio.present.rows import OUTCOME_MARKS, verdict_mark
from labfolio.present.urls import CLAIMS, claim_parts
from labfolio.present.views.common import Cell, Link, PlainTable, TitleBlock, TitleField
from labfolio.present.views.evidence import ClaimGroup, ClaimLine, ClaimsView
from labfolio.present.views.long_list import Cut


def claims_page(edition: Edition, parts: Sequence[Part] | None = None, part: Part | None = None) -> ClaimsView:
    """The view of `/claims/`, or of one of the parts of the claims where they are too many for a page."""
    every = _every(edition, part)
    parts = claim_parts(edition.portfolio) if parts is None else parts
    page = CLAIMS + (part.url if part else "")
    held = sum(one.judgement.outcome in ("reproduced", "exceeded") for _, one in every)
    fields = [TitleField(label="Held or met", value=f"{held} of {plural(len(every), 'claim')}")] if every else []
    found = {outcome: [one for one in every if one[1].judgement.outcome == outcome] for outcome in VERDICTS}
    found = {outcome: lines for outcome, lines in found.items() if lines}
    own = part.parts if part else parts
    room = max(1, calendar_parts.ROWS // len(found)) if own else None
    for outcome, lines in found.items():
        if outcome not in ("reproduced", "exceeded"):
            fields.append(TitleField(label=_heading(outcome), value=str(len(lines)), href=f"#{outcome}"))
    previous, following = neighbours(edition, CLAIMS, parts, page, part.answers if part else {})
    return ClaimsView(
        block=TitleBlock(
            fields=tuple(fields),
            title=f"Every claim: {part.words}" if part else "Every claim",
            result="Each claim of a paper and each goal of a build, judged by one rule from result files.",
        ),
        groups=tuple(_group(edition, outcome, lines[:room], page) for outcome, lines in found.items()),
        rule=None if part else _rule(),
        defaults=_defaults(edition),
        data=Link(text="evidence.json", href=edition.href("evidence.json", page)),
        empty="No claims yet. Write the field 'claims' into a build or a reproduction.",
        cut=_cut(edition, page, own, sum(len(lines[:room]) for lines in found.values()), len(every)),
        previous=previous,
        next=following,
    )


def _every(edition: Edition, part: Part | None) -> list[tuple[Entry, Judged]]:
    """All claims, or those of a part, with their entries."""
    names = part.names if part else ()
    keys = [*LEVELS.values()][: len(names)]
    # Most entries make no claim, and parts are many.
    claiming = (entry for entry in edition.portfolio.entries if entry.path in edition.claims)
    entries = (entry for entry in claiming if all(key(entry) == name for key, name in zip(keys, names, strict=True)))
    return [(entry, one) for entry in entries for one in edition.claims[entry.path]]


def _group(edition: Edition, outcome: Outcome, lines: Iterable[tuple[Entry, Judged]], page: str) -> ClaimGroup:
    return ClaimGroup(
        heading=_heading(outcome),
        anchor=outcome,
        lines=tuple(
            ClaimLine(
                entry=_entry_link(edition, entry, page),
                claim=claim_link(edition, entry, one, page),
                reported=quantities.reported(one),
                measured=quantities.measured(one),
                mark=verdict_mark(entry, outcome),
            )
            for entry, one in lines
        ),
    )


def _cut(edition: Edition, page: str, own: Sequence[Part], shown: int, total: int) -> Cut | None:
    """What a page says of the claims that it leaves out; None where one page holds all."""
    whole = [Link(text="Every claim", href=edition.href(CLAIMS, page))] if page != CLAIMS else []
    dated = [Link(text="All of them by date", href=f"#{PARTS_ANCHOR}")] if own else []
    said = f"The newest of each verdict, {shown} of {plural(total, 'claim')}." if own else ""
    return Cut(said=said, links=(*dated, *whole), rows=part_rows(edition, CLAIMS, own, page)) if own or whole else None


def _heading(outcome: Outcome) -> str:
    return {"reproduced": "Held", "partial": "Held in part", "not-reproduced": "Did not hold"}.get(
        outcome, OUTCOME_MARKS[outcome].word
    )


def _entry_link(edition: Edition, entry: Entry, page: str) -> Link:
    text = f"{edition.portfolio.id_of(entry)} {entry.front.title}"
    return Link(text=text, href=edition.href(entry.url, page))


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
