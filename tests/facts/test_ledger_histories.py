"""Any history of a site: whatever was published once answers in at most one hop, and nothing stands over a page."""

import re
from datetime import date, timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from labfolio.facts.answers import Answers, pages_of
from labfolio.facts.publication import Publication, grown, retired
from labfolio.model.ledger import Ledger
from labfolio.parse.ledger import read_ledger
from labfolio.present.ledger_file import ledger_text
from labfolio.present.published import published
from labfolio.present.redirects import output_path
from labfolio.survey import Survey, edition_of, survey
from tests.site import LEDGER_PATH, build_files, entry, settings, source_tree
from tests.strategies import in_ci

SLUGS = st.sampled_from(["a", "b", "c", "d", "e"])
START = date(2026, 3, 1)


class Source:
    """An entry as its author has it."""

    def __init__(self, kind: str, id: str | None, body: str, tag: str) -> None:
        self.kind, self.id, self.body, self.tag = kind, id, body, tag
        self.draft, self.status = False, "shipped"
        self.aliases: set[str] = set()
        self.published: set[str] = set()

    def url(self, slug: str) -> str:
        return f"{'builds' if self.kind == 'build' else 'notebook'}/{slug}/"

    def file(self, slug: str) -> tuple[str, bytes]:
        fields = {"title": f"T {slug}", "date": START.isoformat(), "status": self.status, "tags": f"[{self.tag}]"}
        fields |= {"id": self.id} if self.id else {}
        fields |= {"why": "no"} if self.status == "abandoned" else {}
        fields |= {"draft": "yes"} if self.draft else {}
        fields |= {"aliases": f"[{', '.join(sorted(self.aliases))}]"} if self.aliases else {}
        folder = "builds" if self.kind == "build" else "content/notebook"
        return f"{folder}/{slug}.md", entry(self.body, **fields)


class Histories(RuleBasedStateMachine):
    """What an author does between publications, in any order; slugs are few, so that they are taken again."""

    @initialize()
    def begin(self) -> None:
        self.sources: dict[str, Source] = {}
        self.ledger = ""
        self.today = START
        self.ever: set[str] = set()
        self.numbers = count(1)

    @rule(slug=SLUGS, kind=st.sampled_from(["build", "note"]), named=st.booleans(), same=st.booleans(), tag=SLUGS)
    def create(self, slug: str, kind: str, named: bool, same: bool, tag: str) -> None:
        if slug not in self.sources:
            number = next(self.numbers)
            id = f"{'B' if kind == 'build' else 'N'}{number:02d}" if named else None
            self.sources[slug] = Source(kind, id, "Text." if same else f"Text {number}.", tag)
            self._free(self.sources[slug].url(slug))

    @rule(slug=SLUGS, new=SLUGS, alias=st.booleans())
    def rename(self, slug: str, new: str, alias: bool) -> None:
        if slug in self.sources and new not in self.sources:
            source = self.sources[new] = self.sources.pop(slug)
            self._free(source.url(new))
            if alias:
                source.aliases.add(source.url(slug))

    @rule(slug=SLUGS, into=SLUGS)
    def merge(self, slug: str, into: str) -> None:
        if slug in self.sources and into in self.sources and slug != into:
            gone = self.sources.pop(slug)
            self.sources[into].aliases |= {gone.url(slug), *gone.aliases}

    @rule(slug=SLUGS)
    def edit(self, slug: str) -> None:
        if slug in self.sources:
            self.sources[slug].body = f"Text {next(self.numbers)}."

    @rule(slug=SLUGS, status=st.sampled_from(["shipped", "abandoned", "building"]))
    def judge(self, slug: str, status: str) -> None:
        if slug in self.sources:
            self.sources[slug].status = status

    @rule(slug=SLUGS)
    def delete(self, slug: str) -> None:
        self.sources.pop(slug, None)

    @rule(slug=SLUGS)
    def draft(self, slug: str) -> None:
        if slug in self.sources:
            self.sources[slug].draft = not self.sources[slug].draft

    @rule()
    def forget_aliases(self) -> None:
        """What was published as an alias is in the ledger; the others never were."""
        for source in self.sources.values():
            source.aliases.clear()

    @rule(days=st.integers(0, 40))
    def publish(self, days: int) -> None:
        self.today += timedelta(days=days)
        before, _ = read_ledger(LEDGER_PATH, self.ledger)
        seen = self._settled()
        lines = self._grown(seen)
        self.ledger = ledger_text(lines.lines)
        after = self._survey()
        assert not [one for one in after.diagnostics if one.rule not in ("link-to-unpublished",)]
        assert ledger_text(self._grown(after).lines) == self.ledger
        assert set(before.lines) <= set(lines.lines)
        assert all(lines.lines[url].first <= line.first for url, line in before.lines.items())
        pages = pages_of(after.portfolio)
        self.ever |= {url for url, line in lines.lines.items() if line.kind != "file"}
        self._answered(after.answers, set(pages) | {u for u, one in lines.lines.items() if self._is_list(u, one.state)})
        ids = [(p.kind, after.answers.slugs.get(u, p.source.path.rpartition("/")[2])) for u, p in pages.items()]
        assert len(ids) == len(set(ids))

    @precondition(lambda self: self.ledger)
    @rule()
    def take_the_ledger_apart(self) -> None:
        """Lines in another order, each twice, say the same."""
        lines = self.ledger.splitlines(keepends=True)
        other, found = read_ledger(LEDGER_PATH, "".join([*lines[:0:-1], *lines]))
        assert not found
        assert ledger_text(other.lines) == self.ledger

    def teardown(self) -> None:
        """The site itself, once a history: each old URL has its file, and no redirect leads to another."""
        if not self.ever:
            return
        self.publish(0)
        result = build_files(self._files(), self.today)
        files = {output.path: output.content.decode("utf-8", "replace") for output in result.outputs}
        assert len(files) == len(result.outputs)
        moved = re.compile(r'<link rel="canonical" href="https://ada.example/([^"]*)">\n<script>location.replace')
        for url in self.ever:
            if leads := moved.search(files[output_path(url)]):
                assert not moved.search(files[output_path(leads[1])])
        for entry_ in result.edition.portfolio.entries:
            assert f"<h1>{entry_.front.title}</h1>" in files[output_path(entry_.url)]

    def _free(self, url: str) -> None:
        """A page that is written takes its URL out of the aliases of others, as labfolio asks."""
        for source in self.sources.values():
            source.aliases.discard(url)

    def _files(self) -> dict[str, bytes]:
        files = dict(source.file(slug) for slug, source in self.sources.items())
        return {**files, LEDGER_PATH: self.ledger.encode()} if self.ledger else files

    def _survey(self) -> Survey:
        return survey(source_tree(self._files()), settings(), self.today)

    def _settled(self) -> Survey:
        """The survey once the author did what the errors ask: a name for what moved, a word for what went."""
        for _ in range(100):
            seen = self._survey()
            faults = [one for one in seen.diagnostics if one.level == "error"]
            if not faults:
                return seen
            assert {one.rule for one in faults} == {"lost-url"}, faults
            ledger = seen.parsed.ledger
            url = next(url for url in ledger.lines if ledger.position(url) == faults[0].position)
            lines = {**ledger.lines, url: retired(ledger.lines[url], "It was wrong.", self.today)}
            self.ledger = ledger_text(lines)
        raise AssertionError("the errors never end")

    def _grown(self, seen: Survey) -> Publication:
        edition = edition_of(seen, settings(), None, {})
        return grown(seen.parsed.ledger, seen.answers, published(edition, self.today), {}, self.today)

    def _is_list(self, url: str, state: str) -> bool:
        return state == "live" and bool(re.match(r"topics/|\w+/(tag|year)/", url))

    def _answered(self, answers: Answers, pages: set[str]) -> None:
        ends, stones = answers.ends(), {line.url for line in answers.tombstones}
        always = {"builds/", "notebook/", "progress/"}
        for url in self.ever:
            assert url in pages or url in ends or url in stones, url
        assert not (set(ends) | stones) & pages
        assert not set(ends) & stones
        for url, to in ends.items():
            assert to in pages | stones | always, (url, to)
            assert to not in ends


Histories.TestCase.settings = in_ci(80, stateful_step_count=25)
TestHistories = Histories.TestCase


def test_an_empty_ledger_answers_nothing() -> None:
    assert Ledger(path=LEDGER_PATH).lines == {}
    assert read_ledger(LEDGER_PATH, "# Nothing yet\n") == (Ledger(path=LEDGER_PATH, text="# Nothing yet\n"), ())
