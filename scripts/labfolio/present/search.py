"""What readers can search: the facts that an index of every word filters by, and the list that stands in for it."""

import json
from collections.abc import Mapping

from labfolio.model.entry import Entry
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.rows import entry_mark, pillar_tag
from labfolio.present.views.common import SearchFacts

LIST, FILTERS = "search-list.json", "search-filters.json"
PAGES = "Pages"


def search_facts(edition: Edition, entry: Entry) -> SearchFacts:
    """What a result shows and a search can be narrowed by."""
    mark, tag = entry_mark(edition, entry), pillar_tag(edition, entry)
    return facts_of(
        sheet=edition.portfolio.id_of(entry),
        kind=entry.kind.plural,
        mark=mark.word if mark else "",
        pillar=tag.name if tag else "",
        year=str(entry.date.year),
    )


def facts_of(*, kind: str, sheet: str = "", mark: str = "", pillar: str = "", year: str = "") -> SearchFacts:
    """Facts with their words.

    Pagefind's own filters are written in an order that changes from run to run; words of an index are not.
    """
    given = {"kind": kind, "verdict": mark, "pillar": pillar, "year": year}
    words = " ".join(_word(name, value) for name, value in given.items() if value)
    return SearchFacts(sheet=sheet, kind=kind, mark=mark, pillar=pillar, year=year, words=words)


def _word(name: str, value: str) -> str:
    """One word for a fact, which no text holds: `xkindbuildsz`. The search dialog makes the same."""
    plain = "".join(c if c.isascii() and c.isalnum() else f"{ord(c):x}" for c in value.lower())
    return f"x{name}{plain}z"


def search_list(edition: Edition) -> Output:
    """`/search-list.json`: every entry and page of the author's own with its title, result and topics.

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
        rows.append({"url": page.url, "kind": PAGES, "title": page.title, "result": result})
    return _written(LIST, {"pages": rows})


def search_filters(edition: Edition) -> Output:
    """`/search-filters.json`: how many pages can be searched, and the values that narrow them, by their fact.

    A dialog offers these before anybody asked a word, so that the list, which grows with the entries, need not come.
    """
    facts = [search_facts(edition, entry) for entry in edition.portfolio.entries]
    values = {
        "kind": {one.kind for one in facts} | ({PAGES} if edition.portfolio.free_pages else set()),
        "pillar": {one.pillar for one in facts},
        "verdict": {one.mark for one in facts},
        "year": {one.year for one in facts},
    }
    filters = {name: sorted(found - {""}) for name, found in values.items()}
    return _written(FILTERS, {"number": len(facts) + len(edition.portfolio.free_pages), "filters": filters})


def _written(path: str, content: Mapping[str, object]) -> Output:
    text = json.dumps({"version": 1, **content}, ensure_ascii=False, separators=(",", ":"))
    return Output(path=path, content=text.encode() + b"\n", source="search")
