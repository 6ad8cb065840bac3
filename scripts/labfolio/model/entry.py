"""The kinds of entries, and one entry as it was read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256

from labfolio.model.front_matter import Build, Common, NotebookPost, PaperNote, Reproduction, Submission
from labfolio.model.scalars import Allow, AllowSecret
from labfolio.model.source import START, Position

Keys = tuple[str | int, ...]


# A part of an address is a folder's name too, for which disks have 255 bytes.
_SLUG = 80


@lru_cache(maxsize=4096)
def tag_slug(tag: str) -> str:
    """A topic as a part of an address; tags that differ in capitals or spaces share one.

    Letters that an address would have to encode, and what is beyond its length, are told apart by a hash.
    """
    words = tag.lower().replace("+", "plus").replace("#", "sharp")
    plain = re.sub(r"[^a-z0-9._-]+", "-", words).strip("-.")[:_SLUG].rstrip("-.") or "topic"
    if len(words) > _SLUG or any(letter.isalnum() and not letter.isascii() for letter in words):
        return f"{plain}-{sha256(words.encode('utf-8', 'replace')).hexdigest()[:6]}"
    return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of entry: where its files lie, where its pages go and what it is called.

    `folder` is the first part of its sources below `content/`, or below the root where `in_root` says so; `section`
    is the part of its URLs; `letter` begins its ids; `digits` pads them.
    """

    name: str
    noun: str
    plural: str
    folder: str
    section: str
    letter: str
    digits: int
    declared: type[Common]
    status: str
    in_root: bool = False


BUILD = Kind(
    name="build",
    noun="build",
    plural="Builds",
    folder="builds",
    section="builds",
    letter="B",
    digits=2,
    declared=Build,
    status="building",
    in_root=True,
)
REPRODUCTION = Kind(
    name="reproduction",
    noun="reproduction",
    plural="Reproductions",
    folder="reproductions",
    section="reproductions",
    letter="R",
    digits=2,
    declared=Reproduction,
    status="building",
)
PAPER = Kind(
    name="paper",
    noun="paper note",
    plural="Papers",
    folder="papers",
    section="papers",
    letter="P",
    digits=3,
    declared=PaperNote,
    status="shipped",
)
NOTE = Kind(
    name="note",
    noun="notebook post",
    plural="Notebook",
    folder="notebook",
    section="notebook",
    letter="N",
    digits=2,
    declared=NotebookPost,
    status="shipped",
)
SUBMISSION = Kind(
    name="submission",
    noun="submission",
    plural="Submissions",
    folder="submissions",
    section="submissions",
    letter="S",
    digits=2,
    declared=Submission,
    status="shipped",
)

KINDS = (BUILD, REPRODUCTION, PAPER, NOTE, SUBMISSION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: its kind, its front matter and its Markdown.

    `path` is the source relative to the root; `text` the whole file with `\\n` line ends; `body` the Markdown after the
    front matter, which begins at `body_line`; `positions` tells where each field stands.
    """

    kind: Kind
    slug: str
    path: str
    front: Common
    text: str = field(repr=False)
    body: str = field(repr=False)
    body_line: int = 1
    positions: Mapping[Keys, Position] = field(default_factory=dict, repr=False)

    @property
    def status(self) -> str:
        """The stated status, or the kind's."""
        return self.front.status or self.kind.status

    @property
    def changed(self) -> date:
        """The day of the last change that its author told of: `updated`, a revision, or publication."""
        stated = [self.front.updated] if self.front.updated else []
        return max([self.front.date, *stated, *(one.date for one in self.front.revisions)])

    @property
    def date(self) -> date:
        """The day of publication."""
        return self.front.date

    @property
    def url(self) -> str:
        """The permalink relative to the site's root: `builds/hll-sketch/`."""
        return f"{self.kind.section}/{self.slug}/"

    def position(self, *keys: str | int) -> Position:
        """Where a field stands, or the start of the file where it is not written."""
        return self.positions.get(keys, START)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """A Markdown file below `content/` that is no entry: a page of the author's own."""

    path: str
    url: str
    title: str
    description: str
    text: str = field(repr=False)
    body: str = field(repr=False)
    body_line: int = 1
    draft: bool = False
    aliases: tuple[str, ...] = ()
    allow: Allow = field(default_factory=dict)
    allow_secret: AllowSecret = ()
    unsafe_html: bool = False
    positions: Mapping[Keys, Position] = field(default_factory=dict, repr=False)
