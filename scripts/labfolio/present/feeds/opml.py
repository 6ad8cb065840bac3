"""All feeds as OPML 2.0, to subscribe to at once."""

from collections.abc import Iterable

from lxml import etree

from labfolio.present.edition import Edition
from labfolio.present.feeds.catalogue import ATOM, RSS, Feed
from labfolio.present.feeds.clean import plain


def opml(edition: Edition, feeds: Iterable[Feed]) -> bytes:
    """The list as a document; JSON Feed is left out, since few readers import it from there."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = plain(edition.settings.site_name)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        if feed.type not in (RSS, ATOM):
            continue
        attributes = {
            "type": "rss",
            "text": f"{plain(edition.settings.site_name)}: {plain(feed.name)}",
            "xmlUrl": edition.settings.site_url + feed.url,
            "htmlUrl": edition.settings.site_url + feed.page,
        }
        etree.SubElement(body, "outline", attributes)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
