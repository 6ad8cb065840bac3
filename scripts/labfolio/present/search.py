"""What readers can search: the facts that an index of every word filters by, and the list that stands in for it."""

import json

from labfolio.model.entry import Entry
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.rows import entry_mark, pillar_tag
from labfolio.present.views.common import SearchFacts

URL = "search.json"


def search_facts(edition: Edition, entry: Entry) -> SearchFacts:
    """What a result shows and a search can be narrowed by."""
    mark, tag = entry_mark(edition, entry), pillar_tag(edition, entry)
    return SearchFacts(
        sheet=edition.portfolio.id_of(entry),
        kind=entry.kind.plural,
        mark=mark.word if mark else "",
        pillar=tag.name if tag else "",
        year=str(entry.date.year),
    )


def search_list(edition: Edition) -> Output:
    """`/search.json`: every entry and page of the author's own with its title, result and topics.

    It answers where there is no index: in a preview, and where the indexing program is not installed.
    """
    rows = []
    for entry in edition.portfolio.entries:
        facts = search_facts(edition, entry)
        rows.append(
            {
                "url": entry.url,
                "sheet": facts.sheet,
                "kind": facts.kind,
                "title": entry.front.title,
                "result": edition.summary(entry),
                "mark": facts.mark,
                "pillar": facts.pillar,
                "year": facts.year,
                "tags": list(entry.front.tags),
            }
        )
    for page in edition.portfolio.free_pages:
        result = page.description or edition.articles[page.path].first_paragraph
        rows.append({"url": page.url, "kind": "Pages", "title": page.title, "result": result})
    text = json.dumps({"version": 1, "pages": rows}, ensure_ascii=False, separators=(",", ":"))
    return Output(path=URL, content=text.encode() + b"\n", source="search")
