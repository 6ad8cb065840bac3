"""Keeps MkDocs from reading the text of a page by itself."""

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from markdown import Markdown


class UnreadText(Extension):
    """Keeps MkDocs from reading the raw text of a page as HTML, at which some texts raise (CVE-2025-69534).

    It looks for anchors that a link may lead to; labfolio has checked those itself.
    """

    def extendMarkdown(self, md: Markdown) -> None:
        """Registers the step that runs before all others."""
        md.preprocessors.register(_Skip(md), "labfolio-unread", 1000)


class _Skip(Preprocessor):
    """MkDocs registers its step after every extension, so it is taken out when the text comes."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are."""
        if "mkdocs_raw_html" in self.md.preprocessors:
            self.md.preprocessors["mkdocs_raw_html"].run = _as_they_are  # type: ignore[method-assign]
        return lines


def _as_they_are(lines: list[str]) -> list[str]:
    return lines
