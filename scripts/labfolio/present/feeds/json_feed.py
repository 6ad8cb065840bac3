"""JSON Feed 1.1 (jsonfeed.org/version/1.1) with full content."""

import json
from collections.abc import Sequence
from typing import Any

from labfolio.present.edition import Edition
from labfolio.present.feeds.catalogue import Feed
from labfolio.present.feeds.clean import plain
from labfolio.present.feeds.items import Item
from labfolio.present.feeds.rss import moment


def json_feed(edition: Edition, feed: Feed, members: Sequence[Item]) -> bytes:
    """The feed as a document."""
    settings, program = edition.settings, edition.portfolio.program
    made: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(settings.site_name),
        "home_page_url": settings.site_url + feed.page,
        "feed_url": settings.site_url + feed.url,
        "description": plain(program.lead or program.statement or settings.site_name),
        "language": settings.language,
    }
    if program.author:
        author = {"name": plain(program.author.name), "url": program.author.url or ""}
        made["authors"] = [{name: value for name, value in author.items() if value}]
    if program.hub:
        made["hubs"] = [{"type": "WebSub", "url": program.hub}]
    made["items"] = [_item(item) for item in members]
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "date_published": moment(item.entry.date).isoformat(),
    }
    if item.updated != item.entry.date:
        found["date_modified"] = moment(item.updated).isoformat()
    if item.tags:
        found["tags"] = list(item.tags)
    return {name: value for name, value in found.items() if value != ""}
