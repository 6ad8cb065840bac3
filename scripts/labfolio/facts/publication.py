"""How the ledger grows: what a site publishes today is added, what moved is noted, nothing is ever taken out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from labfolio.facts.answers import Answers
from labfolio.model.ledger import Ledger, LedgerLine

_PLAIN = {"to": None, "last": None, "reason": None, "counted": False, "body": None, "headings": (), "was": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The ledger after a publication, by URL in sorted order, and what is new in it.

    `added` are URLs; `moved` are old URLs with their new ones; `headings` are URLs with a heading that went; `restored`
    are URLs that were moved or retired and are pages again.
    """

    lines: Mapping[str, LedgerLine]
    added: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    headings: tuple[tuple[str, str], ...]
    restored: tuple[str, ...]


def gone_headings(
    ledger: Ledger, answers: Answers, ids: Mapping[str, Collection[str]], today: date
) -> Iterable[tuple[str, str, str]]:
    """Headings of published pages that nothing answers: the old URL, the page's URL and the heading.

    `ids` are all anchors of the pages that are published now, by URL.
    """
    ends = answers.ends()
    for url, line in ledger.lines.items() if ledger.sound else ():
        page = url if url in ids else ends.get(url, "")
        if line.first <= today and page in ids:
            yield from ((url, page, heading) for heading in line.headings if heading not in ids[page])


def grown(
    ledger: Ledger,
    answers: Answers,
    published: Iterable[LedgerLine],
    ids: Mapping[str, Collection[str]],
    today: date,
) -> Publication:
    """The ledger with what is published today. `published` are the lines of what is there, as if each were new."""
    lines = dict(ledger.lines)
    ends = answers.ends()
    kept = _kept_anchors(ledger, ends, ids)
    for line in published:
        old = ledger.lines.get(line.url)
        headings = (*line.headings, *(one for one in kept.get(line.url, ()) if one not in line.headings))
        update: dict[str, Any] = {"headings": headings, "was": answers.slugs.get(line.url)}
        if old is not None and old.first <= today:
            update["first"] = old.first
        lines[line.url] = line.model_copy(update=update)
    for one in answers.redirects:
        old = ledger.lines.get(one.url)
        new = LedgerLine.model_validate(
            {"url": one.url, "kind": one.kind, "first": today, "state": "moved", "to": one.to}
        )
        lines[one.url] = (old or new).model_copy(update={**_PLAIN, "state": "moved", "to": one.to})
    for line in answers.tombstones:
        lines[line.url] = line.model_copy(update={**_PLAIN, "last": line.last, "reason": line.reason})
    before = {url: line.state for url, line in ledger.lines.items()}
    changed = [url for url in sorted(lines) if url in before and lines[url].state != before[url]]
    return Publication(
        lines={url: lines[url] for url in sorted(lines)},
        added=tuple(url for url in sorted(lines) if url not in before and lines[url].state == "live"),
        moved=tuple((one.url, one.to) for one in answers.redirects if before.get(one.url) != "moved"),
        headings=tuple((url, heading) for url, _, heading in gone_headings(ledger, answers, ids, today)),
        restored=tuple(url for url in changed if lines[url].state == "live"),
    )


def _kept_anchors(
    ledger: Ledger, ends: Mapping[str, str], ids: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """Anchors that were published and still answer on each page, headings or not, in sorted order."""
    found: dict[str, set[str]] = {}
    for url, line in ledger.lines.items():
        page = url if url in ids else ends.get(url, "")
        found.setdefault(page, set()).update(one for one in line.headings if one in ids.get(page, ()))
    return {url: tuple(sorted(anchors)) for url, anchors in found.items()}


def retired(line: LedgerLine, reason: str, today: date) -> LedgerLine:
    """The line of a URL that is retired as of a day; one that was before keeps its last day.

    It goes on saying that the entry counted, until a publication takes note of it.
    """
    last = line.last or max(today, line.first)
    update = {**_PLAIN, "state": "retired", "last": last, "reason": reason, "counted": line.counted}
    return line.model_copy(update=update)
