"""The pipeline: sources and a day in, files and diagnostics out. Nothing here touches the disk or the clock."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import normalize

from labfolio.articles import (
    bibliography_of,
    dead_anchors,
    filled_in,
    link_table,
    lost_headings,
    render_articles,
    share_articles,
    unsound_macros,
)
from labfolio.facts.allowances import allow
from labfolio.facts.portfolio import Portfolio, newest_first
from labfolio.leaks import leaks
from labfolio.markdown.article import Article
from labfolio.markdown.keeping import Texts
from labfolio.markdown.links import LinkTable, site_path
from labfolio.markdown.works import Bibliography
from labfolio.model.allowance import Allowed
from labfolio.model.beside import ALONE, Beside
from labfolio.model.content import Content
from labfolio.model.diagnostic import Diagnostic, has_errors, in_order
from labfolio.model.limit import Within, unlimited
from labfolio.model.log import LOG
from labfolio.model.memory import Memory
from labfolio.model.rules import fault
from labfolio.model.site import LeftOut, Output, Remember, Settings, Theme
from labfolio.model.source import START, WELL_KNOWN, SourceTree
from labfolio.model.wording import plural
from labfolio.parse.tree import Parsed
from labfolio.present.cards import cards, draw_again
from labfolio.present.edition import Edition
from labfolio.present.fragments import Fragments
from labfolio.present.moved_files import moved_files
from labfolio.present.pages import pages
from labfolio.present.press import Press
from labfolio.present.prose import of_all
from labfolio.present.published import file_urls
from labfolio.present.twins import twins
from labfolio.survey import Survey, allowances, edition_of, survey, with_drafts, without_texts

# Files of the docs folder that hosts and crawlers look for, published though nothing refers to them.
AS_THEY_ARE = ("CNAME", "robots.txt", "CITATION.cff", "llms.txt", "resume.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build gives: the files (none where an error stands), what was found, what was left out and why.

    `allowed` are the warnings that their author lets stand; they are not among the `diagnostics`.
    `values` are the numbers that any text may ask for, by slug, claim and name; `bibliography` is what it may cite.
    """

    outputs: tuple[Output, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    edition: Edition
    links: LinkTable
    values: Mapping[str, str]
    bibliography: Bibliography
    allowed: tuple[Allowed, ...] = ()


def build(
    tree: SourceTree,
    settings: Settings,
    theme: Theme,
    today: date,
    remember: Remember = draw_again,
    *,
    preview: bool = False,
    within: Within = unlimited,
    memory: Memory | None = None,
    beside: Beside = ALONE,
) -> Result:
    """The site as of a day; `remember` is asked for the social cards, `memory` for all else that builds before made.

    `within` limits the time of a text; `beside` are processes that fill the memory's store ahead of this one. A preview
    shows drafts and entries of the future too, marked as such; nothing of them is in a file that is made for programs.
    """
    memory = memory or Memory()
    seen = survey(tree, settings, today, preview=preview, memory=memory)
    parsed, claims = seen.parsed, seen.claims
    values = of_all(seen.portfolio.entries, claims)
    portfolio, found = filled_in(seen.portfolio, claims, values)
    diagnostics = [*seen.diagnostics, *found, *unsound_macros(parsed)]
    table = link_table(seen.tree, settings, portfolio, parsed.faulty, seen.answers)
    bibliography = bibliography_of(parsed, portfolio)
    texts = Texts(settings=settings, table=table, bibliography=bibliography, within=within, memory=memory)
    articles = share_articles(portfolio, texts, claims, values, seen.findings, beside)
    diagnostics += _told(portfolio, articles, articles)
    edition = edition_of(replace(seen, portfolio=portfolio), settings, theme, articles)
    edition, found = _with_drafts(edition, replace(seen, portfolio=portfolio), texts)
    diagnostics += [*found, *lost_headings(portfolio, articles, parsed.ledger, seen.answers, today)]
    files = tuple(file.aside(memory.aside) for file in _files(edition, seen.tree))
    private = leaks(parsed, edition.shown.portfolio.sources, parsed.faulty, files, tree, settings, memory)
    diagnostics += private.found
    outputs: tuple[Output, ...] = ()
    if _sound(diagnostics, memory):
        outputs, found = _outputs(edition, _press(edition, seen, tree, memory), files, remember, beside)
        diagnostics += [*found, *private.unused]
    found = in_order((*diagnostics, *collisions(outputs, portfolio)))
    kept, allowed = allow(found, allowances(seen, settings), whole=not has_errors(found))
    return Result(
        outputs=() if has_errors(kept) else outputs,
        diagnostics=kept,
        allowed=allowed,
        values=values,
        bibliography=bibliography,
        left_out=(*seen.left_out, *_unpublished(seen.tree, files, parsed, settings)),
        edition=edition,
        links=table,
    )


def _sound(diagnostics: Iterable[Diagnostic], memory: Memory) -> bool:
    """Whether there is no error before anything is printed, which the memory is told."""
    sound = not has_errors(tuple(diagnostics))
    memory.turn(sound=sound)
    return sound


def _with_drafts(edition: Edition, seen: Survey, texts: Texts) -> tuple[Edition, tuple[Diagnostic, ...]]:
    """The edition with the one of its preview, in which drafts are entries too, and what is wrong with them."""
    if not seen.portfolio.drafts:
        return edition, ()
    settings, seen = edition.settings, with_drafts(seen)
    drafts = replace(seen.portfolio, entries=seen.portfolio.drafts, free_pages=())
    values = of_all((*seen.portfolio.entries, *drafts.entries), seen.claims)
    drafts, found = filled_in(drafts, seen.claims, values)
    entries = newest_first((*seen.portfolio.entries, *drafts.entries))
    seen = replace(seen, portfolio=replace(seen.portfolio, entries=entries, drafts=drafts.entries))
    linked = replace(seen.portfolio, hidden=frozenset())
    table = link_table(seen.tree, settings, linked, seen.parsed.faulty, seen.answers)
    texts = replace(texts, table=table, bibliography=bibliography_of(seen.parsed, seen.portfolio))
    own = render_articles(drafts, texts, seen.claims, values, findings=seen.findings)
    articles = {**edition.articles, **own}
    diagnostics = [*seen.diagnostics, *found, *_told(seen.portfolio, own, articles)]
    made = edition_of(seen, settings, edition.theme, articles)
    # Whatever counts stays as it will be published.
    made = replace(made, progress=edition.progress, conditions=edition.conditions)
    return replace(edition, preview=made), tuple(diagnostics)


def _told(
    portfolio: Portfolio, rendered: Mapping[str, Article], articles: Mapping[str, Article]
) -> Iterable[Diagnostic]:
    """What is wrong with the texts that were rendered, and with the links between all of them."""
    yield from (one for article in rendered.values() for one in article.diagnostics)
    yield from dead_anchors(portfolio, articles)


def _outputs(
    edition: Edition, press: Press, files: tuple[Output, ...], remember: Remember, beside: Beside
) -> tuple[tuple[Output, ...], tuple[Diagnostic, ...]]:
    """Pages, cards, files and copies of files that moved, with the old URLs of files that nothing answers.

    An author's own file takes the place of one that labfolio makes for crawlers.
    """
    own = {file.path for file in files} & set(AS_THEY_ARE)

    def ahead() -> None:
        """What stands last among the outputs, and takes about as long as the pages do."""
        deque(twins(press, Fragments(edition.theme.fragments)), 0)
        deque(cards(edition, remember), 0)

    with beside.begin(ahead):
        made = pages(press)
    drawn = cards(edition, press.memory.kept(remember))
    outputs = (*(page for page in made if page.path not in own), *drawn, *files)
    copies, found = moved_files(edition, outputs)
    return (*outputs, *copies), found


def _press(edition: Edition, seen: Survey, tree: SourceTree, memory: Memory) -> Press:
    """The press of a sound build."""
    written = _written(edition, tree)
    memory.between()
    return Press(without_texts(edition, seen), written, memory)


def _written(edition: Edition, tree: SourceTree) -> object:
    """All that the facts of an edition are made of beside Markdown, as it is written."""
    read = sorted(path for path in edition.shown.data_urls if path not in edition.shown.hashes)
    log = f"{edition.settings.docs_dir}/{LOG}"
    read += [log] if log in tree.files else []
    texts = {path: data for path, data in tree.texts.items() if not path.endswith(".md")}
    return texts, {path: tree.read(path) for path in read}


def _files(edition: Edition, tree: SourceTree) -> Iterable[Output]:
    """The figures and result files that a published page refers to, and no others."""
    wanted = file_urls(edition.shown)
    wanted |= {path: name for name in AS_THEY_ARE if (path := f"{edition.settings.docs_dir}/{name}") in tree.files}
    hidden = f"{edition.settings.docs_dir}/{WELL_KNOWN}/"
    wanted |= {path: site_path(path, edition.settings.docs_dir) for path in tree.files if path.startswith(hidden)}
    made: dict[str, Content] = {}
    for article in edition.shown.articles.values():
        made |= article.made
    for path, url in sorted(wanted.items()):
        yield Output(path=url, content=made.pop(url) if url in made else tree.read(path), source=path)
    yield from (Output(path=url, content=content, source="rendition") for url, content in sorted(made.items()))


def _folded(path: str) -> str:
    """What stands for all paths that a disk may take for the same (Unicode, section 3.13: canonical caseless match)."""
    if path.isascii():
        return path.lower()
    return normalize("NFC", normalize("NFC", path).casefold())


def _unpublished(tree: SourceTree, files: Iterable[Output], parsed: Parsed, settings: Settings) -> Iterable[LeftOut]:
    """How many files of each folder stay where they are, since no page links to them or nothing may."""
    named = {f"{settings.docs_dir}/{name}" for name in parsed.program.bibliography} | {one.source for one in files}
    kept = [path for path in tree.files if path not in named and path not in tree.texts]
    for folder in dict.fromkeys((settings.docs_dir, "builds")):
        counts = [sum(path.startswith(f"{folder}/") for path in paths) for paths in (kept, tree.passed)]
        if any(counts):
            hidden = f"; {counts[1]} hidden or of a tool" if counts[1] else ""
            yield LeftOut(path=f"{folder}/", reason=f"{plural(counts[0], 'file')} that no page publishes{hidden}")


def collisions(outputs: Iterable[Output], portfolio: Portfolio) -> Iterable[Diagnostic]:
    """Files that would be written to one place, also where a disk takes capital letters for small ones or composes
    letters and their accents, and names that hold control characters.

    A file in the place of a folder of another is such a place too.
    """
    taken: dict[str, str] = {}
    given = [(output.path, output.source) for output in outputs]
    given += [(f"{page.url}index.html", page.path) for page in portfolio.free_pages]
    files = {_folded(path): source for path, source in given}
    # Most files share their folder with others: each folder is looked at once.
    free = {""}

    def blocked(folder: str) -> str:
        """The nearest file in the place of a folder or of one that it lies in, empty without one."""
        above = folder
        while above not in free:
            if above in files:
                return above
            above = above.rpartition("/")[0]
        free.add(folder)
        return ""

    for path, source in given:
        if not path.isprintable():
            message = f"'{path}' cannot stand in a URL as it is"
            yield fault("unsafe-name", source, message, "Rename the file, or its folder.", START)
        folded = _folded(path)
        first = taken.setdefault(folded, source)
        folder = blocked(folded.rpartition("/")[0])
        if first != source or folder:
            place, first = (folder, files[folder]) if folder else (path, first)
            culprit = source if source.endswith(".md") else first
            other = first if culprit == source else source
            yield fault("duplicate-url", culprit, f"/{place} is already taken by {other}", position=START)
