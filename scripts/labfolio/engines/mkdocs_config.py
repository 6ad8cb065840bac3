"""What MkDocs is told of a site, and how it is handed the files."""

import re
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from labfolio.files.sources import packaged_theme
from labfolio.model.site import Output

if TYPE_CHECKING:
    from labfolio.build import Result
    from labfolio.model.entry import FreeText


def address_of(config: MkDocsConfig) -> str:
    """Where the site will be, as MkDocs knows it; empty where nobody said."""
    return config.site_url.rstrip("/") + "/" if config.site_url else ""


def carried(config: MkDocsConfig, output: Output) -> File:
    """A finished file as MkDocs carries it; Markdown goes under another name, since MkDocs would render it."""
    name = f"{output.path}.txt" if output.path.endswith(".md") else output.path
    file = File.generated(config, name, content=output.content, inclusion=InclusionLevel.INCLUDED)
    if name != output.path:
        file.dest_uri = output.path
    return file


def configure(config: MkDocsConfig, result: "Result") -> None:
    """The same flavour, frame and navigation for pages that MkDocs renders; none of Material's own pages."""
    from labfolio.markdown.flavour import extensions
    from labfolio.present.pages import frame_site

    names, configs = extensions(result.edition.settings)
    config.markdown_extensions = names
    config.mdx_configs = configs
    config.nav = None
    config.extra["labfolio"] = frame_site(result.edition)
    config.theme.static_templates -= {"404.html", "sitemap.xml"}
    overrides = str(packaged_theme() / "overrides")
    if overrides not in config.theme.dirs:
        custom = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(custom, overrides)


# Two characters that no text has, since control characters are refused in all of them.
_OPENED, _CLOSED = "\x0e", "\x0f"


def sheltered(markdown: str) -> str:
    """A text in which `{{ r.claim.mean }}` is no template of another plugin; `unsheltered` gives it back."""
    from labfolio.markdown.values import PATTERN

    return re.sub(PATTERN, lambda found: f"{_OPENED}{found[0][2:-2]}{_CLOSED}", markdown)


def unsheltered(markdown: str) -> str:
    """The text as it was before `sheltered`, with whatever other plugins changed in between."""
    return markdown.replace(_OPENED, "{{").replace(_CLOSED, "}}")


def lend_markdown(config: MkDocsConfig, own: "FreeText", result: "Result") -> None:
    """The extensions with which MkDocs renders one page of the author's own as labfolio would."""
    from labfolio.markdown.extension import LabfolioExtension
    from labfolio.markdown.flavour import extensions
    from labfolio.markdown.rendering import Rendering
    from labfolio.markdown.unread_text import UnreadText

    rendering = Rendering(
        source=own.path,
        url=own.url,
        text=own.text,
        body_line=own.body_line,
        table=result.links,
        entry=False,
        values=result.values,
        macros=result.edition.portfolio.program.macros,
        bibliography=result.bibliography,
        unsafe_html=own.unsafe_html,
    )
    names, _ = extensions(result.edition.settings)
    config.markdown_extensions = [*names, LabfolioExtension(rendering), UnreadText()]  # type: ignore[list-item]
