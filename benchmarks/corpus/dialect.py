"""How each generator wants the same entry written: the place of its file, its front matter, links, figures, notes."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

KINDS = {"build": "builds", "reproduction": "reproductions", "paper": "papers"}
Matter = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """Markdown as MkDocs reads it, all below `content/`; the others say what differs."""

    name: str = "material"

    def path(self, kind: str, slug: str, figures: bool) -> str:
        """The source of an entry; `figures` says whether some stand beside it."""
        return f"content/{KINDS[kind]}/{slug}/index.md"

    def link(self, here: str, there: str, url: str) -> str:
        """What a link holds from one source to another, which will be published at a URL below the site's root."""
        return posixpath.relpath(there, posixpath.dirname(here))

    def figure(self, name: str) -> str:
        """What an image holds that stands beside the entry."""
        return name

    def heading(self, text: str) -> str:
        """A heading; where its id is stated, it is in braces."""
        return text.partition(" {#")[0]

    def note(self, title: str, text: str) -> str:
        """A paragraph that is set apart."""
        return f'!!! note "{title}"\n\n    {text}'

    def front(self, fields: Matter, tags: list[str]) -> str:
        """The front matter."""
        lines = [f"{name}: {text}" for name, text in fields.items()]
        return "\n".join(["---", *lines, f"tags: [{', '.join(tags)}]", "---", ""])

    def listing(self, kind: str, rows: list[tuple[str, str, str]]) -> tuple[str, str] | None:
        """The source of a listing of sources, titles and summaries, where the generator makes none itself."""
        path = f"content/{KINDS[kind]}/index.md"
        lines = [f"- [{title}]({self.link(path, source, '')}): {summary}" for source, title, summary in rows]
        # A list of thousands is more than a search takes in.
        return path, "---\nsearch: {exclude: true}\n---\n# " + KINDS[kind].title() + "\n\n" + "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Labfolio(Dialect):
    """Builds beside `content/`, papers in one file, headings with their ids; every field that labfolio judges."""

    name: str = "labfolio"

    def path(self, kind: str, slug: str, figures: bool) -> str:
        if kind == "build":
            return f"builds/{slug}/index.md"
        return f"content/{KINDS[kind]}/{slug}/index.md" if figures or kind != "paper" else f"content/papers/{slug}.md"

    def heading(self, text: str) -> str:
        return text

    def listing(self, kind: str, rows: list[tuple[str, str, str]]) -> tuple[str, str] | None:
        return None


@dataclass(frozen=True, slots=True)
class Hugo(Dialect):
    """Page bundles; links as they are on the site; notes in quotes."""

    name: str = "hugo"

    def link(self, here: str, there: str, url: str) -> str:
        return f"/{url}"

    def note(self, title: str, text: str) -> str:
        return f"> [!NOTE] {title}\n> {text}"

    def listing(self, kind: str, rows: list[tuple[str, str, str]]) -> tuple[str, str] | None:
        return f"content/{KINDS[kind]}/_index.md", f"---\ntitle: {KINDS[kind].title()}\n---\n"


@dataclass(frozen=True, slots=True)
class Pelican(Dialect):
    """Header lines instead of YAML; links and figures that Pelican resolves."""

    name: str = "pelican"

    def link(self, here: str, there: str, url: str) -> str:
        return "{filename}/" + there.removeprefix("content/")

    def figure(self, name: str) -> str:
        return "{attach}" + name

    def front(self, fields: Matter, tags: list[str]) -> str:
        lines = [f"{name.title()}: {text}" for name, text in fields.items()]
        return "\n".join([*lines, f"Tags: {', '.join(tags)}", "", ""])

    def listing(self, kind: str, rows: list[tuple[str, str, str]]) -> tuple[str, str] | None:
        return None


DIALECTS = {one.name: one for one in (Labfolio(), Dialect(), Hugo(), Pelican())}
