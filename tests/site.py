"""A site in memory: files by path in, a build result out, no disk."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from labfolio.build import Result, build
from labfolio.engines.publishing import publication_of
from labfolio.files.sources import packaged_theme, read_sources, read_theme
from labfolio.model.site import Settings, Theme
from labfolio.model.source import SourceTree
from labfolio.parse.settings import read_settings
from labfolio.present.cards import leave_out
from labfolio.present.ledger_file import ledger_text
from tests.conftest import SMALL, TODAY

LEDGER_PATH = "content/permalinks.yml"


@cache
def theme() -> Theme:
    """The packaged theme."""
    return read_theme(packaged_theme())


@cache
def settings() -> Settings:
    """The settings of the small site."""
    return read_settings("mkdocs.yml", (SMALL / "mkdocs.yml").read_text(), {})[0]


def source_tree(files: Mapping[str, bytes]) -> SourceTree:
    """Files as they would be read from a disk."""
    texts = {path: data for path, data in files.items() if path.endswith((".md", ".yml", ".bib"))}
    return SourceTree(texts=texts, files=frozenset(files), read=dict(files).__getitem__)


def small_files() -> dict[str, bytes]:
    """The small site's files."""
    read = read_sources(SMALL, "content")
    return {path: read.read(path) for path in read.files}


def build_files(files: Mapping[str, bytes], today: date = TODAY) -> Result:
    """The build of files with the small site's settings; its social cards are left empty."""
    return build(source_tree(files), settings(), theme(), today, leave_out)


def entry(body: str = "Text.", **fields: str) -> bytes:
    """A Markdown file with front matter; title and date unless given."""
    given = {"title": "X", "date": "2026-03-03", **fields}
    lines = "".join(f"{key}: {value}\n" for key, value in given.items())
    return f"---\n{lines}---\n{body}\n".encode()


def published_files(files: Mapping[str, bytes], today: date = TODAY) -> dict[str, bytes]:
    """The files with the ledger as `labfolio publish` writes it on a day."""
    result = build_files(files, today)
    assert result.outputs, [one.message for one in result.diagnostics if one.level == "error"]
    return {**files, LEDGER_PATH: ledger_text(publication_of(result).lines).encode()}
