"""The settings of a site and what is written for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from labfolio.model.content import Content, SetAside, bytes_of
from labfolio.model.diagnostic import Diagnostic

# A site's own templates; each replaces the packaged one of its name.
FRAGMENTS = "theme/fragments"

# A memory of what is costly to make: given a key that names all that goes in and what makes it, gives the bytes.
Remember = Callable[[str, Callable[[], bytes]], Content]


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One line of the navigation: a title and a page, by source path or by URL."""

    title: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What labfolio takes from `mkdocs.yml`. Paths are relative to the root; URLs end in a slash.

    `search` is what the engine will answer searches from: an index of every word, or the list of all entries. A
    `proof` has the faults of the whole and none of its finery (smaller images, coloured code): for commands that write
    no site. `found` are the warnings about the file itself.
    """

    path: str
    site_name: str
    site_url: str
    docs_dir: str = "content"
    site_dir: str = "site"
    repo_url: str = ""
    edit_uri: str = ""
    copyright: str = ""
    language: str = "en"
    search: Literal["pagefind", "list"] = "list"
    proof: bool = False
    nav: tuple[NavItem, ...] = ()
    custom_dir: str = ""
    extensions: tuple[str, ...] = ()
    extension_configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()

    @property
    def base_path(self) -> str:
        """The path part of `site_url`, with a slash at both ends: `/` or `/project/`."""
        return (urlsplit(self.site_url).path or "/").rstrip("/") + "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The theme as texts and bytes: the frame, the core's fragments and the published assets.

    `replaced` are the packaged assets in whose place a site's own stand.
    """

    frame: str
    fragments: Mapping[str, str]
    assets: Mapping[str, bytes]
    replaced: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, init=False)
class Output:
    """One file of the site: its path, its bytes and the source that it came from."""

    path: str
    source: str
    held: Content = field(repr=False)

    def __init__(self, *, path: str, content: Content, source: str) -> None:
        for name, value in (("path", path), ("source", source), ("held", content)):
            object.__setattr__(self, name, value)

    @property
    def content(self) -> bytes:
        """The bytes, wherever they are held. Raises OSError where they cannot be had any more."""
        return bytes_of(self.held)

    def aside(self, put: SetAside) -> "Output":
        """The same file with its bytes set aside."""
        held = put(self.held) if isinstance(self.held, bytes) else self.held
        return self if held is self.held else Output(path=self.path, content=held, source=self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A source that is not published, with the reason in words."""

    path: str
    reason: str
