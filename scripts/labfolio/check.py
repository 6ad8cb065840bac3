"""What is wrong with some files of a site, found without reading, judging and rendering all of it.

Most faults of a file show in the file alone, in the programme, and in the few entries that it names. Where one shows
that another file might explain, a whole run has the word: what is said here is what it would say.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import PurePosixPath

from labfolio.articles import bibliography_of, dead_anchors, filled_in, link_table, lost_headings, render_articles
from labfolio.facts.allowances import allow
from labfolio.leaks import leaks
from labfolio.markdown.article import Article
from labfolio.markdown.keeping import Texts
from labfolio.markdown.labels import kind_of
from labfolio.markdown.links import site_path
from labfolio.model.allowance import Allowance, Allowed
from labfolio.model.diagnostic import Diagnostic, in_order
from labfolio.model.ledger import LEDGER
from labfolio.model.limit import Within, unlimited
from labfolio.model.memory import Memory
from labfolio.model.site import LeftOut, Output, Settings
from labfolio.model.source import SourceTree
from labfolio.parse.tree import locate
from labfolio.present.prose import of_all
from labfolio.survey import Survey, allowances, survey

# What these rules report depends on files that a part of the site may leave out.
_OF_THE_WHOLE = frozenset({
    "circular-lineage", "circular-redirect", "dead-anchor", "dead-link", "duplicate-id", "duplicate-slug",
    "duplicate-url", "link-to-unpublished", "lost-file", "lost-heading", "lost-url", "taken-alias",
    "unknown-citation", "unknown-label", "unknown-reference", "unknown-value", "unused-allowance",
})  # fmt: skip
_RECORD = re.compile(rb"^(?=[ \t]*@)", re.MULTILINE)
_CITED = re.compile(rb"(?<![\w@/\\.])@\{?(\w+(?:[:.#$%&+?<>~/-]\w+)*)")
_ID = re.compile(rb"^id:[ \t]*[\"']?([A-Z]\d{2,4})\b", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is wrong with some files, what of them is left out, and which warnings stand by an allowance."""

    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    allowed: tuple[Allowed, ...]


def check(
    tree: SourceTree, settings: Settings, today: date, paths: Collection[str], within: Within = unlimited
) -> Checked | None:
    """Everything that is wrong with some sources, and with the files beside those that are entries, and what of them
    is left out, each text rendered `within` a limit of time. None where only a whole run can tell.
    """
    entries = answering(paths, tree)
    if not entries <= tree.texts.keys() or any(not path.endswith(".md") for path in entries):
        return None
    # Old URLs are held against those of all other pages.
    if any(b"\naliases:" in tree.texts[path] for path in entries):
        return None
    part = _named(tree, settings, entries)
    seen = survey(_lean(tree, settings, entries), settings, today, part)
    found = list(seen.diagnostics)
    values = of_all(seen.portfolio.entries, seen.claims)
    portfolio, unknown = filled_in(seen.portfolio, seen.claims, values)
    table = link_table(seen.tree, settings, portfolio, seen.parsed.faulty, seen.answers)
    bibliography = bibliography_of(seen.parsed, portfolio)
    texts = Texts(settings=settings, table=table, bibliography=bibliography, within=within, memory=Memory())
    draw = partial(render_articles, portfolio, texts, seen.claims, values)
    articles = draw(entries)
    targets = {link.url for article in articles.values() for link in article.anchors}
    sources = portfolio.sources
    linked = {source.path for source in sources if source.url in targets and source.path not in articles}
    articles |= draw(linked)
    found += [*unknown, *(one for article in articles.values() for one in article.diagnostics)]
    found += dead_anchors(portfolio, articles)
    found += lost_headings(portfolio, articles, seen.parsed.ledger, seen.answers, today)
    given = [source for source in sources if source.path in entries]
    private = leaks(
        seen.parsed, given, entries & seen.parsed.faulty.keys(), _files(seen, settings, articles, entries), seen.tree
    )
    found += [*private.found, *private.unused]
    told, allowed = allow(about(found, entries), _allowances(seen, settings, entries), whole=True)
    if any(one.rule in _OF_THE_WHOLE for one in (*told, *(one.diagnostic for one in allowed))):
        return None
    left_out = tuple(item for item in seen.left_out if any(lies_in(item.path, path) for path in entries))
    return Checked(diagnostics=told, left_out=left_out, allowed=allowed)


def _files(
    seen: Survey, settings: Settings, articles: Mapping[str, Article], entries: frozenset[str]
) -> Iterable[Output]:
    """The files that some entries publish, images as they are made."""
    for path in sorted(entries & articles.keys()):
        made = articles[path].made
        measured = seen.findings[path].paths if path in seen.findings else ()
        files = {one: site_path(one, settings.docs_dir) for one in measured} | dict(articles[path].files)
        for source, url in files.items():
            yield Output(path=url, content=made.get(url) or seen.tree.read(source), source=source)


def _allowances(seen: Survey, settings: Settings, entries: frozenset[str]) -> Iterable[Allowance]:
    """The allowances of the entries themselves; whether one is in use a whole run tells."""
    return (one for one in allowances(seen, settings) if one.path in entries)


def answering(paths: Iterable[str], tree: SourceTree) -> frozenset[str]:
    """The sources that answer for some paths: a text for itself, another file with the entry that it lies beside."""
    return frozenset(_answering(path, tree) for path in paths)


def _answering(path: str, tree: SourceTree) -> str:
    if path in tree.texts:
        return path
    folders = (f"{folder}/index.md" for folder in PurePosixPath(path).parents)
    return next((source for source in folders if source in tree.texts), path)


def about(found: Iterable[Diagnostic], paths: Collection[str]) -> tuple[Diagnostic, ...]:
    """The diagnostics of some files, of those below a folder, and of those beside an entry's page, in order."""
    return in_order(tuple(one for one in found if any(lies_in(one.path, path) for path in paths)))


def lies_in(path: str, wanted: str) -> bool:
    """Whether a file is the wanted one, lies below that folder, or beside that entry's page."""
    folder = wanted.removesuffix("index.md") if wanted.endswith("/index.md") else f"{wanted.rstrip('/')}/"
    return path == wanted or path.startswith(folder)


def _named(tree: SourceTree, settings: Settings, entries: frozenset[str]) -> frozenset[str]:
    """The sources, those that their texts name, and in turn those that the front matter of these names.

    A name is a slug or the stem of a file anywhere in the text: too many cost a little time, too few would be wrong.
    """
    names: dict[bytes, set[str]] = {}
    for path in tree.texts:
        if path.endswith(".md"):
            place = locate(path, settings.docs_dir)
            names.setdefault((place[1] if place else PurePosixPath(path).stem).encode().lower(), set()).add(path)
    found, waiting = set(entries), list(entries)
    ids = {id for path in entries for id in _ID.findall(tree.texts[path])}
    for path in tree.texts:
        if path.endswith(".md") and ids.intersection(_ID.findall(tree.texts[path])):
            found.add(path)
    while waiting:
        path = waiting.pop()
        text = tree.texts[path].lower()
        text = text if path in entries else text.partition(b"\n---")[0]
        for name, sources in names.items():
            if name in text or path in sources:
                waiting += sources - found
                found |= sources
    return frozenset(found)


def _lean(tree: SourceTree, settings: Settings, entries: frozenset[str]) -> SourceTree:
    """The tree with those lines of the ledger and records of the bibliography alone that these entries name."""
    text = b"\n".join(tree.texts[path] for path in entries)
    texts = dict(tree.texts)
    ledger = f"{settings.docs_dir}/{LEDGER}"
    lines = texts.get(ledger, b"").split(b"\n")
    # Another than labfolio may have written it; then it stays whole.
    if all(line.startswith((b"- {url: ", b"#")) or not line.strip() for line in lines):
        places = [locate(entry, settings.docs_dir) for entry in entries]
        urls = [f"- {{url: {place[0].section}/{place[1]}/,".encode() for place in places if place]
        texts[ledger] = b"\n".join([*(line for line in lines if line.startswith(tuple(urls))), b""])
    files = [path for path in texts if path.endswith(".bib")]
    records = {path: [(_key(record), record) for record in _RECORD.split(texts[path])[1:]] for path in files}
    keys = {key for found in records.values() for key, _ in found}
    # A key that is cited and is not there may be a slip of the pen: of which one, only all of them tell.
    if all(key in keys or kind_of(key.decode()) for key in _CITED.findall(text)):
        for path, found in records.items():
            texts[path] = b"".join(record for key, record in found if key in text)
    return replace(tree, texts=texts)


def _key(record: bytes) -> bytes:
    return record.partition(b"{")[2].partition(b",")[0].strip()
