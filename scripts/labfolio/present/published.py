"""What an edition publishes, as the ledger knows it."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from pydantic import ValidationError

from labfolio.facts.answers import pages_of
from labfolio.model.ledger import LedgerLine
from labfolio.present.calendar_parts import every_part
from labfolio.present.edition import Edition
from labfolio.present.urls import CLAIMS, claim_parts, narrowed_lists, topic_url

# Of the lists, those that stand and fall with the entries in them; the others are always there.
_FLEETING = ("tag", "year")


def published(edition: Edition, today: date) -> Iterable[LedgerLine]:
    """A line for each page, each list of a topic or year and each part of a long one, and each figure or result file,
    as if it were new."""
    portfolio = edition.portfolio
    dates = {entry.url: entry.date for entry in portfolio.entries}
    for url, page in pages_of(portfolio).items():
        article = edition.articles.get(page.source.path)
        yield from _line(
            url,
            page.kind,
            dates.get(url, today),
            id=page.id,
            title=page.title,
            counted=page.counts,
            body=page.body,
            headings=tuple(one for one in article.headings if one.strip()) if article else (),
        )
    topics = {topic_url(tag) for entry in portfolio.entries for tag in entry.front.tags}
    narrowed = {url for url, one in narrowed_lists(portfolio).items() if any(one.answers.get(n) for n in _FLEETING)}
    claims = {f"{CLAIMS}{part.url}" for part in every_part(claim_parts(portfolio))}
    for url in sorted(topics | narrowed | claims):
        yield from _line(url, "list", today)
    for url in sorted(set(file_urls(edition).values())):
        yield from _line(url, "file", today)


def _line(url: str, kind: str, first: date, **fields: Any) -> Iterable[LedgerLine]:
    """The line, or none for a URL that no line can hold, such as a folder's with a control character in its name."""
    with suppress(ValidationError):
        yield LedgerLine.model_validate({"url": url, "kind": kind, "first": first, "state": "live", **fields})


def file_urls(edition: Edition) -> dict[str, str]:
    """The figures and result files that a published page refers to, by source, with their URLs."""
    wanted = dict(edition.data_urls)
    for article in edition.articles.values():
        wanted |= article.files
    return wanted
