"""Links and images of an imported body, led to where things are after the import."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from labfolio.importers.carried import Given
from labfolio.importers.prose import FINAL, Prose
from labfolio.importers.slugs import name_of
from labfolio.markdown.images import InvalidImage, image_size
from labfolio.markdown.links import IMAGE_TYPES, PUBLISHED_TYPES
from labfolio.markdown.metadata import UnknownContainer, without_metadata
from labfolio.markdown.pictures import picture
from labfolio.model.source import FILE_LIMIT

_INLINE = re.compile(
    r"(?P<sign>!?)\[(?P<text>(?:[^\[\]\n]|\n(?!\s*\n)|!?\[[^\[\]]{0,300}\](?:\([^()\n]{0,600}\))?){0,800})\]"
    r"\(\s{0,9}(?P<href><[^<>\n]{0,2000}>|(?:[^\s()]| (?=[^\s\"'])|\([^\s()]{0,300}\)){0,2000})"
    r"(?P<title>\s{1,9}(?:\"[^\"]{0,2000}\"|'[^']{0,2000}'))?\s{0,9}\)"
)
_DEFINED = re.compile(r"^(?P<before> {0,3}\[(?!\^)[^\]\n]{1,300}\]:[ \t]*)(?P<href>\S+)", re.MULTILINE)
_TAG = re.compile(
    r"(?P<before><(?P<tag>img|a|source|video|audio|iframe)\b[^<>]{0,2000}?\s(?:src|href)\s?=\s?)(?P<sign>[\"'])(?P<href>[^\"'<>]{0,2000})(?P=sign)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")

# Where a path that is written in a post leads (the post, the path): the name of a given file, or None.
Find = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where things are after the import: the folder of its entries, the path of each by source, and their slugs.

    `known` are the slugs of the site with their paths; `old_site` is the address of the site that is left, if known;
    `below` names the folder beside an entry that a file goes to, where it has one.
    """

    folder: str
    paths: Mapping[str, str]
    slugs: Mapping[str, str]
    known: Mapping[str, str]
    old_site: str = ""
    below: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Files:
    """The files beside posts that may be published; what is wrong with one is found once."""

    given: Given
    _problems: dict[str, str] = field(default_factory=dict)

    def problem(self, name: str) -> str:
        """Why a file cannot be published, empty where it can."""
        if name not in self._problems:
            self._problems[name] = self._judged(name)
        return self._problems[name]

    def _judged(self, name: str) -> str:
        suffix = posixpath.splitext(name)[1].lower()
        if suffix not in PUBLISHED_TYPES:
            return f"'{suffix or name}' is no type of file that is published"
        data = self.given.read(name)
        if len(data) > FILE_LIMIT:
            return f"it is over {FILE_LIMIT // 1024 // 1024} MiB"
        if suffix not in IMAGE_TYPES:
            return ""
        try:
            image_size(name, data)
            if suffix != ".svg":
                without_metadata(data)
        except InvalidImage as error:
            return f"it {error}"
        except UnknownContainer:
            return "" if picture(name, data).content else "it cannot be read to its end"
        return ""


@dataclass(slots=True, kw_only=True)
class Links:
    """The links of one body. `files` are the given files that lie beside the entry, by the name that they get."""

    prose: Prose
    places: Places
    stock: Files
    find: Find
    files: dict[str, str] = field(default_factory=dict)

    def rewrite(self) -> None:
        """Leads every link and image of the body; one that leads nowhere stays as it is and is named."""
        self.prose.replace(_INLINE, self._inline)
        self.prose.replace(_DEFINED, lambda m: m["before"] + self.led(m["href"], m.start("href")))
        self.prose.replace(
            _TAG,
            lambda m: (
                m["before"]
                + m["sign"]
                + self.led(m["href"], m.start("href"), image=m["tag"].lower() == "img")
                + m["sign"]
            ),
        )

    def _inline(self, match: re.Match[str]) -> str:
        href, text = match["href"].removeprefix("<").removesuffix(">"), match["text"]
        if "](" in text:
            offset = match.start("text")
            text = _INLINE.sub(lambda inner: self._led(inner, offset + inner.start("href"), inner["text"]), text)
        return self._led(match, match.start("href"), text, href)

    def _led(self, match: re.Match[str], at: int, text: str, href: str | None = None) -> str:
        written = match["href"] if href is None else href
        to = self.led(written, at, image=bool(match["sign"]))
        to = match["href"] if to == written else to
        return f"{match['sign']}[{text}]({to}{match['title'] or ''})"

    def led(self, href: str, at: int, *, image: bool = False) -> str:
        """The link that leads to the same thing after the import; the same link where that is unknown or elsewhere."""
        if not href or href.startswith((FINAL, "#")):
            return href
        inside = self._inside(href)
        if inside is None:
            if image:
                self.prose.miss(at, f"the image {_short(href)} is on another host, which no page asks; it is not shown")
            elif not re.match(r"(https?|mailto):", href, re.IGNORECASE):
                self.prose.miss(at, f"{_short(href)} is no path and no web address; it stays as it is")
            return href
        path, _, fragment = inside.partition("#")
        name = self.find(self.prose.source, unquote(path.partition("?")[0]))
        if name in self.places.paths and name is not None:
            return self.to_entry(self.places.paths[name], fragment)
        if name is not None and (not image or posixpath.splitext(name)[1].lower() in IMAGE_TYPES):
            return self.to_file(name, at) or href
        self.prose.miss(at, f"{_short(href)} leads to nothing that is imported; it stays as it is")
        return href

    def _inside(self, href: str) -> str | None:
        """The link without the address of the site that is left; None for one that leads elsewhere."""
        old = self.places.old_site
        if old and (href == old or href.startswith(f"{old}/")):
            return href.removeprefix(old) or "/"
        return None if _SCHEME.match(href) else href

    def to_entry(self, path: str, fragment: str = "") -> str:
        """The link from this entry to the source of another, or to a heading of itself."""
        own = self.places.paths[self.prose.source]
        if path == own:
            return FINAL + (f"#{fragment}" if fragment else posixpath.basename(own))
        way = posixpath.relpath(path, posixpath.dirname(own))
        return FINAL + way + (f"#{fragment}" if fragment else "")

    def to_known(self, slug: str) -> str:
        """The link to an entry that the site has already."""
        own = self.places.paths[self.prose.source]
        return FINAL + posixpath.relpath(self.places.known[slug], posixpath.dirname(own))

    def to_file(self, name: str, at: int) -> str:
        """The link to a given file that will lie beside the entry, empty (and named) where it cannot be published."""
        if problem := self.stock.problem(name):
            self.prose.miss(at, f"{_short(name)} is not carried: {problem}")
            return ""
        own = self.places.paths[self.prose.source]
        beside = f"{self.places.folder}/{self.places.slugs[self.prose.source]}"
        kept = next((as_ for as_, source in self.files.items() if source == name), "")
        if not kept:
            kept = self._free(posixpath.join(self.places.below.get(name, ""), name_of(posixpath.basename(name))))
            self.files[kept] = name
        return FINAL + quote(posixpath.relpath(f"{beside}/{kept}", posixpath.dirname(own)))

    def _free(self, name: str) -> str:
        """A name that no other file beside the entry has, whatever its capitals."""
        stem, suffix = posixpath.splitext(name)
        taken = {one.casefold() for one in self.files} | {"index.md"}
        number, free = 2, name
        while free.casefold() in taken:
            free, number = f"{stem}-{number}{suffix}", number + 1
        return free


def _short(text: str) -> str:
    return f"'{text[:80]}'" if len(text) <= 80 else f"'{text[:77]}...'"


def image(words: str, address: str, caption: str = "") -> str:
    """An image in Markdown; a caption makes it a figure with these words below it."""
    alt = " ".join(words.replace("[", "(").replace("]", ")").split())
    title = " ".join(caption.replace('"', "'").split())
    return f"![{alt}]({quote(address, safe='/:.~%-_?=&#')}" + (f' "{title}")' if title else ")")


def candidates(source: str, path: str, roots: tuple[str, ...] = ("",)) -> list[str]:
    """What a path in a file may name: from the file's folder, or from one of the roots; nothing that leaves them."""
    starts = [] if path.startswith("/") else [posixpath.dirname(source)]
    ways = [posixpath.normpath(posixpath.join(start, path.lstrip("/"))) for start in (*starts, *roots)]
    return [way for way in dict.fromkeys(ways) if way != "." and not way.startswith(("../", "/")) and way != ".."]
