"""The page of feeds: what each holds and its address to copy."""

from labfolio.present.edition import Edition
from labfolio.present.frame import FEEDS
from labfolio.present.views.common import Link, TitleBlock, TitleField
from labfolio.present.views.pages import FeedLine, FeedsView

URL = "feeds/"


def feeds_page(edition: Edition) -> FeedsView:
    """The view of `/feeds/`."""
    settings = edition.settings
    lines = tuple(
        FeedLine(name=feed.name, holds=feed.holds, address=settings.site_url + feed.url, link=_link(edition, feed.url))
        for feed in FEEDS
    )
    newest = next((entry for entry in edition.portfolio.entries if entry.status in ("shipped", "abandoned")), None)
    fields = [TitleField(label="Feeds", value=str(len(lines)))]
    if newest is not None:
        fields.append(TitleField(label="Newest entry", value=newest.front.title, href=edition.href(newest.url, URL)))
    return FeedsView(
        block=TitleBlock(
            fields=tuple(fields),
            title="Feeds",
            result="Everything that is published here, in full, in a feed reader; no account, no mail address.",
        ),
        feeds=lines,
    )


def _link(edition: Edition, url: str) -> Link:
    return Link(text="Open", href=edition.href(url, URL))
