"""The ledger as a file: written and read alike, in any order of lines, merged by Git without a loss."""

import random
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labfolio.model.ledger import Ledger, LedgerLine, by_url, joined
from labfolio.parse.ledger import read_ledger
from labfolio.present.ledger_file import ledger_text
from tests.conftest import ROOT

DAYS = st.integers(0, 300).map(lambda days: date(2026, 3, 1) + timedelta(days=days))
URLS = st.sampled_from(["builds/a/", "builds/b/", "papers/c/", "a b/é/", "old/page.html", "notebook/tag/x/"])
# Whatever a title can hold: what YAML reads otherwise, what no editor shows, what ends a quote.
SHOWN = st.characters(exclude_categories=("Cc", "Cs", "Cn"))
TEXTS = st.text(SHOWN, min_size=1).map(str.strip).filter(lambda text: any(map(str.isalnum, text))) | st.sampled_from(
    ["null", "~", "no", "a: b", "a #b", "x, y", "}{", "'\"\\", "a\u2028\x85\ufeffb", "\U0001f600", "- a", "1e3"]
)


@st.composite
def lines(draw: st.DrawFn) -> LedgerLine:
    state = draw(st.sampled_from(["live", "moved", "retired"]))
    value = {
        "url": draw(URLS),
        "kind": draw(st.sampled_from(["build", "page", "list", "file"])),
        "title": draw(st.none() | TEXTS),
        "first": draw(DAYS),
        "state": state,
        "counted": draw(st.booleans()),
        "headings": draw(st.lists(st.sampled_from(["a", "b", "c: d", "é"]), unique=True)),
    }
    value |= {"to": draw(URLS)} if state == "moved" else {}
    value |= {"last": draw(DAYS), "reason": draw(st.sampled_from(["Wrong.", "Old"]))} if state == "retired" else {}
    return LedgerLine.model_validate(value)


def read(text: str) -> Ledger:
    ledger, found = read_ledger("permalinks.yml", text)
    assert not found
    return ledger


@settings(deadline=None)
@given(st.lists(lines(), max_size=8))
def test_what_is_written_is_read(given: list[LedgerLine]) -> None:
    ledger = by_url(tuple(given))
    text = ledger_text(ledger)
    assert read(text).lines == ledger
    assert text.count("\n") == len(ledger) + 1
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == [
        line.split(",")[0] for line in ledger_text(read(text).lines).splitlines()[1:]
    ]


@given(lines(), lines(), lines())
def test_lines_of_one_url_join_in_any_order(one: LedgerLine, two: LedgerLine, three: LedgerLine) -> None:
    two, three = (other.model_copy(update={"url": one.url}) for other in (two, three))
    assert joined(one, two) == joined(two, one)
    assert joined(joined(one, two), three) == joined(one, joined(two, three))
    assert joined(one, one) == one
    both = joined(one, two)
    assert joined(both, one) == joined(both, two) == both
    assert both.first == min(one.first, two.first)
    assert set(both.headings) == {*one.headings, *two.headings}


@settings(deadline=None)
@given(st.lists(lines()), st.lists(lines()), st.lists(lines()), st.randoms())
def test_two_branches_lose_nothing(
    base: list[LedgerLine], ours: list[LedgerLine], theirs: list[LedgerLine], order: random.Random
) -> None:
    """Git's union keeps the lines of both sides, those of one URL twice, in an order that nobody promises."""
    one, other = (by_url((*base, *own)) for own in (ours, theirs))
    both = [*ledger_text(one).splitlines()[1:], *ledger_text(other).splitlines()[1:]]
    order.shuffle(both)
    merged = read("\n".join(both))
    assert merged.lines == by_url((*one.values(), *other.values()))
    assert set(merged.lines) == {*one, *other}
    for url, line in merged.lines.items():
        asked = [side[url] for side in (one, other) if url in side]
        assert line.first == min(each.first for each in asked)
        assert set(line.headings) == {heading for each in asked for heading in each.headings}
        assert line.state in {each.state for each in asked}


def test_git_merges_two_branches(tmp_path: Path) -> None:
    """With the attribute of this repository there is no conflict, also where both changed and added neighbours."""

    def git(*command: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *identity, *command], cwd=tmp_path, check=True, capture_output=True)

    def commit(name: str, *given: LedgerLine) -> None:
        (tmp_path / "content" / "permalinks.yml").write_text(ledger_text(by_url(given)), encoding="utf-8")
        git("add", ".")
        git("commit", "-m", name)

    def line(url: str, **fields: object) -> LedgerLine:
        return LedgerLine.model_validate(
            {"url": url, "kind": "build", "first": "2026-03-01", "state": "live", **fields}
        )

    (tmp_path / "content").mkdir()
    (tmp_path / ".gitattributes").write_text((ROOT / ".gitattributes").read_text())
    git("init")
    base = [line("builds/a/"), line("builds/b/", headings=["x"]), line("builds/c/")]
    commit("base", *base)
    git("checkout", "-b", "other")
    gone = line("builds/a/", state="retired", last="2026-09-01", reason="Wrong.")
    commit("other", gone, line("builds/b/", headings=["x", "y"]), line("builds/bb/", title="Other"), base[2])
    git("checkout", "main")
    commit("main", base[0], line("builds/b/", headings=["x", "z"]), line("builds/ba/", title="Main"), base[2])
    git("merge", "other")
    merged = read((tmp_path / "content" / "permalinks.yml").read_text(encoding="utf-8")).lines
    assert list(merged) == ["builds/a/", "builds/b/", "builds/ba/", "builds/bb/", "builds/c/"]
    assert merged["builds/a/"].state == "retired"
    assert merged["builds/b/"].headings == ("x", "y", "z")


def test_the_place_of_a_url_is_its_first() -> None:
    line = "- {url: builds/x/, kind: build, first: 2026-03-01, state: live}\n"
    ledger = read(f"# A comment\n{line}\n{line}")
    assert (ledger.position("builds/x/").line, ledger.position("builds/x/").column) == (2, 9)
    assert (ledger.position("builds/y/").line, ledger.position("builds/y/").column) == (1, 1)


@pytest.mark.parametrize("text", ["", "# Nothing yet\n", "[]\n", "null\n"])
def test_an_empty_ledger_has_no_lines(text: str) -> None:
    assert (read(text).lines, read(text).sound) == ({}, True)


@settings(deadline=None)
@given(
    st.text() | st.lists(st.sampled_from(["- {url: a/, ", "kind: page", "]", "&a [", "*a", "\n", "- "])).map("".join)
)
def test_any_text_is_read_or_told(text: str) -> None:
    ledger, found = read_ledger("permalinks.yml", text)
    assert ledger.sound or found


def test_ten_thousand_lines_are_within_the_limits() -> None:
    line = "- {{url: builds/entry-{}/, kind: build, id: B07, title: A title, first: 2026-03-01, state: live}}\n"
    assert len(read("".join(map(line.format, range(10_000)))).lines) == 10_000
