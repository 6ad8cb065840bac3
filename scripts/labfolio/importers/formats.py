"""The programs that can be imported from, in one table."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from labfolio.importers.carried import Given, Import, Target


@dataclass(frozen=True, slots=True)
class Format:
    """A program: the name that authors type, what is read of it, and the module whose `read` does so."""

    name: str
    what: str
    module: str


FORMATS = (
    Format("jekyll", "posts, drafts and collections of a Jekyll site", "jekyll"),
    Format("hugo", "the pages below content/ of a Hugo site", "hugo"),
    Format("quarto", "the .qmd files of a Quarto site", "quarto"),
    Format("markdown", "Markdown files, with or without front matter", "plain"),
    Format("obsidian", "the notes of an Obsidian vault", "obsidian"),
    Format("bibtex", "a bibliography in BibTeX or CSL-JSON (Zotero, Mendeley), with a paper note each", "bibtex"),
    Format("notes", "notes on papers, in Markdown or plain text, without front matter", "paper_notes"),
    Format("notebook", "Jupyter notebooks with their outputs", "notebook"),
)


def reader(name: str) -> "Callable[[Given, Target], Import]":
    """The importer of a format, loaded now. Raises KeyError for a name that is none."""
    module = {one.name: one.module for one in FORMATS}[name]
    found: Callable[[Given, Target], Import] = import_module(f"labfolio.importers.{module}").read
    return found
