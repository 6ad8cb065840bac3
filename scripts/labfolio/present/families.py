"""Every family of files that a built site holds: its address, what it is, for whom, and the schema of its shape.

A word in angle brackets stands for one part of an address, and `<page>`, `<old>`, `<file>` and `<picture>` for several;
`<kind>` is the section of a kind, such as `builds`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from labfolio.model.entry import KINDS
from labfolio.present.urls import QUESTIONS

# A month, day or letter within a year.
_MONTHS = r"month/\d\d(?:/day/\d\d(?:/letter/[^/]+)?)?"
# What a word in angle brackets stands for; every other is one part of an address.
_WORDS = {
    "kind": "|".join(kind.section for kind in KINDS),
    "question": "|".join(QUESTIONS),
    "number": r"\d+",
    "calendar": rf"year/\d+(?:/{_MONTHS})?",
    "months": _MONTHS,
    "page": r"[^/]+(?:/[^/]+)*",
    "old": r"(?!(?:.+/)?index\.html$).+",
    "file": r"(?!.*(?:\.html|\.\d+w\.webp|\.ipynb\.cell-\d+-\d+\.\w+)$).+",
    "format": "png|jpg|svg",
    "picture": ".+",
}


@dataclass(frozen=True)
class Family:
    """Files of one kind, by their path in the site."""

    path: str
    holds: str
    reader: str
    schema: str = ""

    @property
    def address(self) -> str:
        """The path as a reader asks for it."""
        return f"/{self.path.removesuffix('index.html')}"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = re.split(r"<(\w+)>", self.path)
        made = (f"(?:{_WORDS.get(part, '[^/]+')})" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        return re.compile("".join(made))

    def has(self, path: str) -> bool:
        """Whether a file of the site is one of the family."""
        return self._pattern.fullmatch(path) is not None


_VISITORS, _SUBSCRIBERS, _PROGRAMS, _CRAWLERS = "readers", "feed readers", "programs", "search engines"
_MODELS, _CITING, _BROWSERS, _SHARING = "language models", "who cites it", "browsers", "chats and feeds"

# What labfolio makes, under the headings of the reference.
MADE: Mapping[str, tuple[Family, ...]] = {
    "Pages": (
        Family("index.html", "The home page.", _VISITORS),
        Family("<kind>/index.html", "Every entry of a kind.", _VISITORS),
        Family(
            "<kind>/<question>/<answer>/index.html",
            "The same, narrowed by verdict, pillar, status, tag or year, or in another order; papers also by depth,"
            " decision or open questions, and grouped by topic, year or venue.",
            _VISITORS,
        ),
        Family("<kind>/year/<number>/<months>/index.html", "A month or day of a list too long for a page.", _VISITORS),
        Family(
            "<kind>/<question>/<answer>/<calendar>/index.html",
            "A year, month or day of a narrowed list too long for a page.",
            _VISITORS,
        ),
        Family("<kind>/verdict/<answer>/pillar/<answer>/index.html", "Reproductions by verdict and pillar.", _VISITORS),
        Family(
            "<kind>/<slug>/index.html",
            "An entry; at the URL of one that is gone, a redirect or a tombstone.",
            _VISITORS,
        ),
        Family("claims/index.html", "Every claim by its verdict, and the rule.", _VISITORS),
        Family("claims/<calendar>/index.html", "A year, month or day of them, where they are many.", _VISITORS),
        Family("lineage/index.html", "What grew out of what, drawn and as a table.", _VISITORS),
        Family("progress/index.html", "The programme: targets, pillars, standard, sub-milestones.", _VISITORS),
        Family("milestones/<number>/index.html", "A sub-milestone.", _VISITORS),
        Family("pillars/<id>/index.html", "A pillar's entries.", _VISITORS),
        Family("topics/<topic>/index.html", "A topic's entries, of every kind.", _VISITORS),
        Family("transcript/index.html", "The whole on two printed sides.", _VISITORS),
        Family("feeds/index.html", "Every feed with what it holds.", _VISITORS),
        Family("404.html", "What stands at addresses that nothing has.", _VISITORS),
    ),
    "Beside an entry": (
        Family("<page>/index.md", "A page of yours or an entry as plain Markdown.", _MODELS),
        Family("<kind>/<slug>/card.png", "The entry's social card.", _SHARING),
        Family("<kind>/<slug>/cite.bib", "The entry as BibTeX.", _CITING),
        Family("<kind>/<slug>/cite.json", "The entry as CSL-JSON.", _CITING),
    ),
    "Feeds": (
        Family("feed.xml", "The newest entries in full, RSS 2.0.", _SUBSCRIBERS),
        Family("atom.xml", "The same as Atom.", _SUBSCRIBERS),
        Family("feed.json", "The same as JSON Feed 1.1.", _SUBSCRIBERS),
        Family("feeds/<kind>.xml", "The entries of a kind, RSS 2.0.", _SUBSCRIBERS),
        Family("feeds/pillars/<id>.xml", "The entries of a pillar.", _SUBSCRIBERS),
        Family("feeds/topics/<topic>.xml", "The entries of a topic.", _SUBSCRIBERS),
        Family("feeds/archive.xml", "Every entry there ever was, by its summary, Atom.", _SUBSCRIBERS),
        Family("feeds/feeds.opml", "All feeds, to subscribe to at once.", _SUBSCRIBERS),
    ),
    "For programs": (
        Family("portfolio.json", "Every entry with dates, status, verdict and claims.", _PROGRAMS, "portfolio"),
        Family("evidence.json", "Every claim with its inputs, to judge it again.", _PROGRAMS, "evidence"),
        Family("papers.json", "The works that entries rest on.", _PROGRAMS, "papers"),
        Family("lineage.json", "What grew out of what: entries with their stages, and links.", _PROGRAMS, "lineage"),
        Family("progress.json", "Counts, pace and forecast.", _PROGRAMS, "progress"),
        Family("resume.json", "The programme and shipped work as JSON Resume.", _PROGRAMS, "resume"),
        Family("progress.svg", "A badge for a README.", "readers elsewhere"),
        Family("llms.txt", "The site in a page (llmstxt.org).", _MODELS),
        Family("CITATION.cff", "The portfolio as a reference (Citation File Format 1.2.0).", _CITING),
        Family("sitemap.xml", "Every page with the day of its last change.", _CRAWLERS),
        Family("robots.txt", "What may be read: everything.", _CRAWLERS),
    ),
    "What pages need": (
        Family("assets/labfolio.css", "Every style sheet in one.", _BROWSERS),
        Family("assets/labfolio.js", "Every script in one; pages work without it.", _BROWSERS),
        Family("assets/later/<name>.js", "A script that is fetched when it is wanted.", _BROWSERS),
        Family("assets/fonts/<name>", "Fonts with their licences.", _BROWSERS),
        Family("assets/favicon.svg", "The site's sign.", _BROWSERS),
        Family("search-filters.json", "What a search can be narrowed by.", _BROWSERS),
        Family("search-list.json", "The entries by title, result and topic, where there is no full index.", _BROWSERS),
        Family("pagefind/<page>", "The index of every word.", _BROWSERS),
        Family("card.png", "The social card of the home page and of pages that are no entry.", _SHARING),
        Family(".labfolio", "The hash of each file: only a folder that has it is ever replaced.", "labfolio"),
    ),
}

# What the author brings. A path that is also one of labfolio's own is that.
BROUGHT: tuple[Family, ...] = (
    Family("<page>/index.html", "A page of your own, or what leads on from an old URL.", _VISITORS),
    Family("<old>.html", "What leads on from an old URL of such a form, named in `aliases`.", _VISITORS),
    Family("<file>", "A figure, result file or code that a page refers to; `CNAME`, `.well-known`.", _VISITORS),
    Family("<picture>.ipynb.cell-<number>-<number>.<format>", "An image of a notebook, by cell and place.", _BROWSERS),
    Family("<picture>.<number>w.webp", "A smaller copy of a picture, by its width.", _BROWSERS),
)


def families_of(path: str) -> tuple[Family, ...]:
    """The families that a file of the site belongs to: one, unless the table is wrong."""
    made = tuple(one for group in MADE.values() for one in group if one.has(path))
    return made or tuple(one for one in BROUGHT if one.has(path))
