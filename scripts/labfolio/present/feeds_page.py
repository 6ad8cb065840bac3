"""The page of feeds: what each holds and its address to copy."""

from labfolio.model.wording import day_text
from labfolio.present.edition import Edition
from labfolio.present.feeds.catalogue import OPML, Feed, feeds
from labfolio.present.views.common import Link, TitleBlock, TitleField, as_date
from labfolio.present.views.pages import FeedLine, FeedsView

URL = "feeds/"


def feeds_page(edition: Edition) -> FeedsView:
    """The view of `/feeds/`: feeds of all entries, each with its address to copy, then the narrower ones in a table."""
    settings, every = edition.settings, feeds(edition.portfolio)
    fields = [TitleField(label="Feeds", value=str(len(every)))]
    if told := every[0].entries:
        fields.append(TitleField(label="Newest entry", value=day_text(told[0].date), date=as_date(told[0].date)))
    return FeedsView(
        block=TitleBlock(
            fields=tuple(fields),
            title="Feeds",
            result="Everything that is published here, in full, in a feed reader; no account, no mail address.",
        ),
        feeds=tuple(_line(edition, feed) for feed in every if not feed.page),
        narrower=tuple(_line(edition, feed) for feed in every if feed.page),
        opml=Link(text="All feeds as OPML", href=edition.href(OPML, URL)),
        address=settings.site_url,
    )


def _line(edition: Edition, feed: Feed) -> FeedLine:
    address = edition.settings.site_url + feed.url
    return FeedLine(
        name=feed.name,
        holds=feed.holds,
        entries=str(len(feed.entries)),
        address=address,
        link=Link(text=feed.name, href=edition.href(feed.url, URL)),
    )
