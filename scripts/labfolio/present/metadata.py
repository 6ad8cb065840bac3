"""What machines read of a page: Open Graph, citation tags, and linked data (schema.org) as JSON-LD."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from labfolio.model.entry import BUILD, NOTE, PAPER, REPRODUCTION, SUBMISSION, Entry
from labfolio.model.front_matter import Submission
from labfolio.parse.bibliography import Record
from labfolio.parse.names import OTHERS
from labfolio.present.edition import Edition
from labfolio.present.rows import verdict_mark

Tag = Mapping[str, str]

_ARTICLES = {
    BUILD: "TechArticle",
    REPRODUCTION: "ScholarlyArticle",
    SUBMISSION: "ScholarlyArticle",
    NOTE: "BlogPosting",
    PAPER: "BlogPosting",
}
# What a reference program saves as a report; a note on a paper is not the paper.
_CITED = (BUILD, REPRODUCTION, SUBMISSION)


def page_tags(edition: Edition, url: str, title: str, description: str, type: str = "website") -> list[Tag]:
    """Open Graph's tags of any page (ogp.me)."""
    found = {
        "og:type": type,
        "og:site_name": edition.settings.site_name,
        "og:title": title,
        "og:description": description,
        "og:url": edition.settings.site_url + url,
    }
    return [{"property": name, "content": text} for name, text in found.items() if text]


def entry_tags(edition: Edition, entry: Entry) -> list[Tag]:
    """Open Graph's tags of an entry, and those by which reference programs save it as a report."""
    description = edition.summary(entry) or entry.front.title
    tags = page_tags(edition, entry.url, entry.front.title, description, "article")
    tags.append({"property": "article:published_time", "content": entry.date.isoformat()})
    if entry.changed != entry.date:
        tags.append({"property": "article:modified_time", "content": entry.changed.isoformat()})
    if entry.kind not in _CITED:
        return tags
    found = {
        "citation_title": entry.front.title,
        "citation_author": author_name(edition),
        "citation_publication_date": entry.date.strftime("%Y/%m/%d"),
        "citation_technical_report_institution": edition.settings.site_name,
        "citation_technical_report_number": edition.portfolio.id_of(entry),
        "citation_public_url": edition.settings.site_url + entry.url,
        "citation_doi": entry.front.doi or "",
        "citation_keywords": "; ".join(entry.front.tags),
        "citation_language": edition.settings.language,
    }
    if isinstance(entry.front, Submission) and entry.front.pdf:
        found["citation_pdf_url"] = entry.front.pdf
    return tags + [{"name": name, "content": text} for name, text in found.items() if text]


def site_data(edition: Edition) -> str:
    """The linked data of the home page: the site and its author."""
    program = edition.portfolio.program
    site = {
        "@type": "WebSite",
        "@id": edition.settings.site_url,
        "name": edition.settings.site_name,
        "url": edition.settings.site_url,
        "description": program.lead or program.statement or "",
        "author": _author(edition),
        "inLanguage": edition.settings.language,
    }
    return _script([_filled(site)])


def entry_data(edition: Edition, entry: Entry) -> str:
    """The linked data of an entry: the article, its code, and one review a judged claim."""
    address = edition.settings.site_url + entry.url
    front = entry.front
    article = {
        "@type": _ARTICLES[entry.kind],
        "@id": address,
        "url": address,
        "headline": front.title,
        "abstract": edition.summary(entry),
        "datePublished": entry.date.isoformat(),
        "dateModified": entry.changed.isoformat(),
        "author": _author(edition),
        "isPartOf": {"@id": edition.settings.site_url},
        "identifier": front.doi or edition.portfolio.id_of(entry),
        "keywords": list(front.tags),
        "isBasedOn": list(_based_on(edition, entry)),
        "citation": [_work(one.record) for one in edition.articles[entry.path].works if one.places],
        "about": _about(edition, entry) if entry.kind is PAPER else {},
    }
    graph = [_filled(article)]
    if front.repository:
        graph.append(
            {"@type": "SoftwareSourceCode", "codeRepository": front.repository, "targetProduct": {"@id": address}}
        )
    return _script([*graph, *_reviews(edition, entry, address)])


def _reviews(edition: Edition, entry: Entry, address: str) -> Iterable[dict[str, Any]]:
    """A review for each claim with a verdict; its rating is the verdict's word."""
    for one in edition.claims.get(entry.path, ()):
        if one.judgement.outcome == "untested":
            continue
        yield {
            "@type": "ClaimReview",
            "url": f"{address}#claim-{one.id}",
            "claimReviewed": one.claim.claim,
            "itemReviewed": {"@type": "Claim", "appearance": next(iter(_works(edition, entry)), {"@id": address})},
            "author": {"@id": edition.settings.site_url + "#author"},
            "reviewRating": {"@type": "Rating", "alternateName": verdict_mark(entry, one.judgement.outcome).word},
        }


def _based_on(edition: Edition, entry: Entry) -> Iterable[dict[str, str]]:
    near = edition.neighbours.get(entry.path)
    for other in near.based_on if near else ():
        yield {"@id": edition.settings.site_url + other.url}
    if entry.kind is not PAPER:
        yield from _works(edition, entry)


def _about(edition: Edition, entry: Entry) -> dict[str, Any]:
    """The paper that a note is on."""
    record = next((edition.papers[key] for key in entry.front.paper if key in edition.papers), None)
    return _work(record) if record is not None else {}


def _work(record: Record) -> dict[str, Any]:
    """A paper, with its address where it has one."""
    authors = [{"name": name} for name in record.authors if name != OTHERS]
    return {"@type": "ScholarlyArticle", "name": record.title, "author": authors, **_address(record)}


def _works(edition: Edition, entry: Entry) -> Iterable[dict[str, str]]:
    """The papers of an entry that have an address."""
    papers = (edition.papers[key] for key in entry.front.paper if key in edition.papers)
    return (found for record in papers if (found := _address(record)))


def _address(record: Record) -> dict[str, str]:
    if record.doi:
        return {"@id": f"https://doi.org/{record.doi}"}
    return {"@id": f"https://arxiv.org/abs/{record.arxiv}"} if record.arxiv else {}


def author_name(edition: Edition) -> str:
    """The author's name, else the site's."""
    author = edition.portfolio.program.author
    return author.name if author else edition.settings.site_name


def _author(edition: Edition) -> dict[str, Any]:
    author = edition.portfolio.program.author
    found: dict[str, Any] = {
        "@type": "Person",
        "@id": edition.settings.site_url + "#author",
        "name": author_name(edition),
        "url": (author.url if author else None) or edition.settings.site_url,
    }
    if author and author.orcid:
        found["sameAs"] = f"https://orcid.org/{author.orcid}"
    if author and author.affiliation:
        found["affiliation"] = author.affiliation
    return found


def _filled(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value}


def _script(graph: list[dict[str, Any]]) -> str:
    """JSON that may stand in a script element: nothing in it can end the element or a line of JavaScript."""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
