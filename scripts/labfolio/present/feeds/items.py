"""An entry as it stands in a feed, printed once for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from labfolio.model.entry import Entry
from labfolio.present.edition import Edition
from labfolio.present.feeds.clean import feed_html, plain
from labfolio.present.fragments import Fragments
from labfolio.present.press import Press
from labfolio.present.write_up import write_up

# Readers and aggregators give up on larger feeds (FeedBurner at 512 KB and 1 MB; Flipboard wants 30 entries).
MOST, FEWEST = 30, 10
BYTES = 1_000_000


@dataclass(frozen=True)
class Item:
    """One entry. Texts are fit for XML; `html` is the whole entry, cleaned, with absolute addresses.

    `updated` is the day of a change that its author told of, else that of publication.
    """

    edition: Edition
    press: Press
    fragments: Fragments
    entry: Entry

    @property
    def id(self) -> str:
        """The permanent id."""
        return permanent_id(self.edition, self.entry)

    @property
    def url(self) -> str:
        """The whole address."""
        return self.edition.settings.site_url + self.entry.url

    @property
    def title(self) -> str:
        """The title."""
        return plain(self.entry.front.title)

    @property
    def summary(self) -> str:
        """The result in a sentence or two."""
        return plain(self.edition.summary(self.entry))

    @property
    def tags(self) -> tuple[str, ...]:
        """The topics."""
        return tuple(plain(tag) for tag in self.entry.front.tags)

    @property
    def updated(self) -> date:
        """The day of the last change that readers were told of."""
        return self.entry.changed

    @property
    def html(self) -> str:
        """The entry in full."""
        return self.press.print(("item", self.entry.path), self._html)

    def _html(self, edition: Edition) -> str:
        return entry_html(edition, self.fragments, self.entry)


def entry_html(edition: Edition, fragments: Fragments, entry: Entry) -> str:
    """An entry in full, cleaned, with absolute addresses."""
    address = edition.settings.site_url + entry.url
    return feed_html(fragments.render("feed_item.html", view=write_up(edition, entry)), address)


def permanent_id(edition: Edition, entry: Entry) -> str:
    """A `tag:` URI (RFC 4151) from the entry's own id or first slug: neither its address nor its dates are in it."""
    own = entry.front.id or edition.answers.slugs.get(entry.url, entry.slug)
    return f"{authority(edition)}:{entry.kind.name}/{own}"


def authority(edition: Edition) -> str:
    """The beginning of every id of the site: `tag:ada.example,2026`."""
    program = edition.portfolio.program
    name = program.authority or urlsplit(edition.settings.site_url).hostname or "localhost"
    return f"tag:{name},{program.start.year if program.start else 2026}"


def newest(edition: Edition, members: Iterable[Item]) -> date:
    """The day of a feed: that of its last change, never the clock's; without an item the programme's first day."""
    start = edition.portfolio.program.start or date(2026, 1, 1)
    return max((item.updated for item in members), default=start)
