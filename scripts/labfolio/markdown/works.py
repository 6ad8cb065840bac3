"""The works that a text cites: how running text names them and how a list prints them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from labfolio.parse.bibliography import Record
from labfolio.parse.names import OTHERS

# How many authors a list names.
_NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """What texts can cite, and in which form they do.

    `sound` tells that every file of it could be read: only then is a key unknown for certain. `notes` are the URLs of
    the published paper notes, by the key of their work.
    """

    works: Mapping[str, Record] = field(default_factory=dict)
    form: Literal["author-year", "numbered"] = "author-year"
    sound: bool = True
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWork:
    """A work in the list of one page: its number, or the letter after its year, each empty where there is none.

    `places` are the ids of the citations in the text, in order; `note` is the URL of the paper note on it.
    """

    record: Record
    number: str = ""
    letter: str = ""
    places: tuple[str, ...] = ()
    note: str = ""

    @property
    def anchor(self) -> str:
        """The id of its line in the list."""
        return f"ref-{self.record.key}"

    @property
    def href(self) -> str:
        """A link to its line from the same page."""
        return "#" + quote(self.anchor, safe="-_.:~")

    @property
    def year(self) -> str:
        """The year with its letter: `2007a`; `n.d.` where the record gives none."""
        return (self.record.year or "n.d.") + self.letter

    @property
    def text(self) -> str:
        """The line of the list, without links."""
        record = self.record
        shown = ", ".join(record.authors[:_NAMED]) + (" and others" if len(record.authors) > _NAMED else "")
        year = f"{record.year}{self.letter}" if record.year else ""
        parts = (shown, record.title, record.venue, year)
        return "".join(f"{part}{'' if part.endswith('.') else '.'} " for part in parts if part).strip()


def credited(record: Record) -> str:
    """Who a text names for a work: one author, two, or the first `et al.`; the title or the key where none is given."""
    families = [name for name in record.families if name != OTHERS]
    if not families:
        return record.title or record.key
    if len(families) == 2 and OTHERS not in record.families:
        return " and ".join(families)
    return families[0] if len(record.families) == 1 else f"{families[0]} et al."


def addresses(record: Record) -> tuple[tuple[str, str], ...]:
    """Where a work can be read, as text and link: DOI and arXiv, else its address."""
    found = []
    if record.doi:
        found.append((f"doi:{record.doi}", f"https://doi.org/{record.doi}"))
    if record.arxiv:
        found.append((f"arXiv:{record.arxiv}", f"https://arxiv.org/abs/{record.arxiv}"))
    if record.url and not found:
        found.append(("Link", record.url))
    return tuple(found)


def listed(
    bibliography: Bibliography, own: Sequence[str], cited: Mapping[str, Sequence[str]], page: str
) -> tuple[CitedWork, ...]:
    """The works of one page, in the order of its list: those that it is about (`own`) and those that it cites.

    `cited` gives the ids of the citations of each, by its key and in the order of the text.
    Numbers go by the first citation, with what is not cited last; without numbers the list goes by names and years,
    and works that would read alike get letters. A page is not referred to itself for the note on a work.
    """
    works = bibliography.works
    keys = [key for key in dict.fromkeys([*cited, *own]) if key in works]
    numbered = bibliography.form == "numbered"
    letters: Mapping[str, str] = {}
    if not numbered:
        keys.sort(key=lambda key: (_sorted_as(works[key]), works[key].year, works[key].title, key))
        letters = _letters([works[key] for key in keys])
    return tuple(
        CitedWork(
            record=works[key],
            number=str(number) if numbered else "",
            letter=letters.get(key, ""),
            places=tuple(cited.get(key, ())),
            note=url if (url := bibliography.notes.get(key, "")) != page else "",
        )
        for number, key in enumerate(keys, start=1)
    )


def _sorted_as(record: Record) -> tuple[str, ...]:
    return tuple(name.casefold() for name in record.families or (credited(record),))


def _letters(records: Collection[Record]) -> dict[str, str]:
    """A letter for each of the works that a text would name alike, in the order that is given."""
    alike: dict[tuple[str, str], list[str]] = {}
    for record in records:
        alike.setdefault((credited(record), record.year), []).append(record.key)
    return {key: _letter(place) for keys in alike.values() if len(keys) > 1 for place, key in enumerate(keys)}


def _letter(place: int) -> str:
    """a to z, then aa, ab and so on."""
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)
