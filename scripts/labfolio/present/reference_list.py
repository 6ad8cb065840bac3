"""The works of a page, those that it is about and those that its text cites, as one list."""

from urllib.parse import quote

from labfolio.markdown.works import CitedWork, addresses
from labfolio.model.entry import Entry
from labfolio.present.edition import Edition
from labfolio.present.views.common import Link, Reference


def references(edition: Edition, path: str, url: str, *, cited: bool = False) -> tuple[Reference, ...]:
    """The list of the page at `url`, whose source is at `path`; where it names its work otherwise, only the `cited`."""
    works = edition.articles[path].works
    return tuple(_reference(edition, work, url) for work in works if work.places or not cited)


def own_works(edition: Edition, entry: Entry) -> tuple[Reference, ...]:
    """The works that an entry is about."""
    works = edition.articles[entry.path].works
    return tuple(_reference(edition, work, entry.url) for work in works if work.record.key in entry.front.paper)


def _reference(edition: Edition, work: CitedWork, url: str) -> Reference:
    links = [Link(text=text, href=href) for text, href in addresses(work.record)]
    notes = [entry for entry in edition.portfolio.entries if entry.url == work.note]
    links += [Link(text=f"Note {edition.portfolio.id_of(note)}", href=edition.href(note.url, url)) for note in notes]
    return Reference(
        anchor=work.anchor,
        number=work.number,
        text=work.text,
        links=tuple(links),
        places=tuple(Link(text=str(number), href=_here(id)) for number, id in enumerate(work.places, start=1)),
    )


def _here(id: str) -> str:
    return "#" + quote(id, safe="-_.:~")
