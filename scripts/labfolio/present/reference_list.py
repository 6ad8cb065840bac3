"""The works of a page, those that it is about and those that its text cites, as one list."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from labfolio.markdown.links import relative
from labfolio.markdown.works import CitedWork, addresses
from labfolio.model.entry import Entry
from labfolio.present.edition import Edition
from labfolio.present.views.common import Link, Reference


def references(edition: Edition, path: str, url: str, *, cited: bool = False) -> tuple[Reference, ...]:
    """The list of the page at `url`, whose source is at `path`; where it names its work otherwise, only the `cited`."""
    works = [work for work in edition.articles[path].works if work.places or not cited]
    return reference_list(works, note_ids(edition, works), url)


def own_works(edition: Edition, entry: Entry) -> tuple[Reference, ...]:
    """The works that an entry is about."""
    works = [work for work in edition.articles[entry.path].works if work.record.key in entry.front.paper]
    return reference_list(works, note_ids(edition, works), entry.url)


def note_ids(edition: Edition, works: Iterable[CitedWork]) -> Mapping[str, str]:
    """The ids of the notes on some works, by their URLs."""
    urls = {work.note for work in works if work.note}
    if not urls:
        return {}
    return {entry.url: edition.portfolio.id_of(entry) for entry in edition.portfolio.entries if entry.url in urls}


def reference_list(works: Iterable[CitedWork], notes: Mapping[str, str], url: str) -> tuple[Reference, ...]:
    """The list of some works on the page at `url`; `notes` are the ids of the notes on them, by their URLs."""
    return tuple(_reference(work, notes, url) for work in works)


def _reference(work: CitedWork, notes: Mapping[str, str], url: str) -> Reference:
    links = [Link(text=text, href=href) for text, href in addresses(work.record)]
    if work.note in notes:
        links.append(Link(text=f"Note {notes[work.note]}", href=relative(work.note, url)))
    return Reference(
        anchor=work.anchor,
        number=work.number,
        text=work.text,
        links=tuple(links),
        places=tuple(Link(text=str(number), href=_here(id)) for number, id in enumerate(work.places, start=1)),
    )


def _here(id: str) -> str:
    return "#" + quote(id, safe="-_.:~")
