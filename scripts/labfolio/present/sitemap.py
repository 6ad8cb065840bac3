"""`/sitemap.xml`: every page with the day of its last change, from the front matter."""

from xml.sax.saxutils import escape

from labfolio.model.entry import KINDS
from labfolio.model.site import Output
from labfolio.present.edition import Edition


def sitemap(edition: Edition) -> Output:
    """Home, listings, progress, entries and the author's own pages; a listing changed with its newest entry."""
    portfolio = edition.portfolio
    changed = dict.fromkeys(("", "progress/", "claims/", "lineage/", "transcript/"), _newest(edition))
    for kind in KINDS:
        entries = portfolio.of(kind)
        changed[f"{kind.section}/"] = entries[0].date.isoformat() if entries else ""
    changed |= {entry.url: entry.changed.isoformat() for entry in portfolio.entries}
    changed |= {page.url: "" for page in portfolio.free_pages}
    rows = [_row(edition.settings.site_url + url, day) for url, day in sorted(changed.items())]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    return Output(path="sitemap.xml", content="\n".join([*lines, *rows, "</urlset>", ""]).encode(), source="sitemap")


def _newest(edition: Edition) -> str:
    return edition.portfolio.entries[0].date.isoformat() if edition.portfolio.entries else ""


def _row(address: str, day: str) -> str:
    return f"<url><loc>{escape(address)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
