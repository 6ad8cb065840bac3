"""A site as another engine takes it: finished files as they are, the author's own pages as Markdown, one `mkdocs.yml`.

The engine is asked for little: it copies files, and renders the author's own pages through one extension of
Python-Markdown, which is labfolio's whole rendering, into the one frame.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

import jinja2
import yaml
from jinja2 import meta

from labfolio.markdown.article import render
from labfolio.markdown.exported import Exported, ExportedPage, digest_of, encoded
from labfolio.markdown.questions import Questions, Site
from labfolio.markdown.works import Bibliography
from labfolio.model.entry import FreeText
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.free_page import FREE
from labfolio.present.pages import frame_site, free_meta
from labfolio.present.reference_list import note_ids

SETTINGS, DOCS, THEME, SOURCES, FACTS = "mkdocs.yml", "content", "theme", "sources", "labfolio.json"
# What the engine makes in the folder of an export: its site and what it keeps for the next build.
MADE_BY_ENGINE = ("site", ".cache")
EXTENSION = "labfolio.engines.exported_page"
# The first line of the Markdown of a page, by which the extension knows it under any engine.
MARK = "<!-- labfolio: {} -->"
_HEAD = f"""\
# Written by labfolio export; the next export writes it again.
# zensical build   makes the site in {MADE_BY_ENGINE[0]}/; labfolio, installed beside Zensical, renders the Markdown.
"""


def exported(edition: Edition, site: Site, outputs: Iterable[Output]) -> Iterable[Output]:
    """Every file of the export; `outputs` are the finished files of the site without the author's own pages."""
    for output in outputs:
        # In the docs folder Markdown would be rendered; beside the frame it is a file like any other.
        folder = THEME if output.path.endswith(".md") else DOCS
        yield Output(path=f"{folder}/{output.path}", content=output.held, source=output.source)
    asked = _asked(edition, site)
    for page in edition.portfolio.free_pages:
        yield Output(path=f"{DOCS}/{page.url}index.md", content=_markdown(edition, page), source=page.path)
    for kind, path in sorted(asked):
        if kind == "read":
            yield Output(path=f"{SOURCES}/{path}", content=site.table.read(path), source=path)
    # Engines drop the last line feed of a template.
    yield Output(path=f"{THEME}/main.html", content=f"{edition.theme.frame.rstrip()}\n\n".encode(), source="theme")
    yield Output(path=FACTS, content=encoded(_facts(edition, site, asked)), source="facts")
    yield Output(path=SETTINGS, content=_settings(edition), source=edition.settings.path)


def _asked(edition: Edition, site: Site) -> Mapping[tuple[str, str], object]:
    """What the author's own pages ask of the site while they are rendered, with the answers."""
    questions = Questions(site)
    for page in edition.portfolio.free_pages:
        heard = questions.listening()
        render(
            page.body,
            source=page.path,
            url=page.url,
            text=page.text,
            body_line=page.body_line,
            settings=edition.settings,
            table=heard.table,
            entry=False,
            values=heard.values,
            macros=edition.portfolio.program.macros,
            bibliography=heard.bibliography,
            unsafe_html=page.unsafe_html,
        )
    return questions.asked


def _facts(edition: Edition, site: Site, asked: Mapping[tuple[str, str], object]) -> Exported:
    """What the pages may ask: all that is published, and what they ask already."""
    named = {kind: {key for (one, key), answer in asked.items() if one == kind and answer} for kind, _ in asked}
    works = {work.record.key for article in edition.articles.values() for work in article.works}
    works |= {key for (kind, key), answer in asked.items() if kind.startswith("work") and answer}
    files = {path for article in edition.articles.values() for path in article.files}
    cited = site.bibliography
    table = replace(
        site.table,
        files=files | named.get("file?", set()),
        hidden=named.get("hidden?", set()),
    )
    bibliography = Bibliography(
        works={key: cited.works[key] for key in works if key in cited.works},
        form=cited.form,
        sound=cited.sound,
        notes=cited.notes,
    )
    pages = edition.portfolio.free_pages
    return Exported(
        settings=edition.settings,
        site=Site(table=table, bibliography=bibliography, values=site.values),
        pages={page.path: _page(page) for page in pages},
        notes=note_ids(edition, (work for page in pages for work in edition.articles[page.path].works)),
        fragments=_fragments(edition.theme.fragments),
        macros=edition.portfolio.program.macros,
    )


def _page(page: FreeText) -> ExportedPage:
    digest = digest_of(page.body)
    return ExportedPage(url=page.url, body_line=page.body_line, digest=digest, unsafe_html=page.unsafe_html)


def _fragments(sources: Mapping[str, str]) -> dict[str, str]:
    """The fragment around an article, and those that it asks for."""
    found: dict[str, str] = {}
    waiting = [FREE]
    while waiting:
        name = waiting.pop()
        if name not in found and name in sources:
            found[name] = sources[name]
            waiting += filter(None, meta.find_referenced_templates(jinja2.Environment().parse(sources[name])))
    return found


def _markdown(edition: Edition, page: FreeText) -> bytes:
    """A page as Markdown: what the frame shows of it as front matter, and the text as its author wrote it."""
    front = {"title": page.title, **free_meta(edition, page)}
    # JSON is YAML, and says of every value whether it is text.
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items())
    return f"---\n{head}\n---\n\n{MARK.format(page.path)}\n{page.body}".encode()


def _settings(edition: Edition) -> bytes:
    """The settings for the engine: where things are, and what the frame shows of the site."""
    settings = edition.settings
    found = {
        "site_name": settings.site_name,
        "site_url": settings.site_url,
        "docs_dir": DOCS,
        "site_dir": MADE_BY_ENGINE[0],
        # Two kinds of folders that engines leave out unless they are told otherwise.
        "exclude_docs": "!.well-known/\n!templates/\n",
        "theme": {"name": None, "custom_dir": THEME},
        "plugins": [],
        "markdown_extensions": [EXTENSION],
        # labfolio has checked every link, also those that lead to pages that no engine knows.
        "validation": {"invalid_links": False, "invalid_link_anchors": False},
        "extra": {"labfolio": frame_site(edition)},
    }
    return (_HEAD + yaml.safe_dump(found, sort_keys=False, allow_unicode=True)).encode()
