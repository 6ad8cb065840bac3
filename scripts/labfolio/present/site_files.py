"""What crawlers and reference programs look for at the root: `/robots.txt` and `/CITATION.cff`."""

from collections.abc import Iterable

import yaml

from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.feeds.catalogue import told
from labfolio.present.metadata import author_name


def site_files(edition: Edition) -> Iterable[Output]:
    """The files; an author's own of the same name, in the docs folder, takes their place."""
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {edition.settings.site_url}sitemap.xml\n"
    yield Output(path="robots.txt", content=robots.encode(), source="robots")
    yield Output(path="CITATION.cff", content=_citation(edition), source="citation")


def _citation(edition: Edition) -> bytes:
    """The portfolio as a whole in the Citation File Format 1.2.0."""
    author, newest = edition.portfolio.program.author, told(edition.portfolio)[:1]
    person = {"name": author_name(edition)}
    if author and author.orcid:
        person["orcid"] = f"https://orcid.org/{author.orcid}"
    found = {
        "cff-version": "1.2.0",
        "message": 'Cite an entry by what stands under "Cite this" on its page, the portfolio as a whole like this.',
        "type": "software",
        "title": edition.settings.site_name,
        "authors": [person],
        "url": edition.settings.site_url,
        "repository-code": edition.settings.repo_url,
        "date-released": newest[0].date.isoformat() if newest else "",
    }
    text = yaml.safe_dump({name: value for name, value in found.items() if value}, sort_keys=False, allow_unicode=True)
    return str(text).encode()
