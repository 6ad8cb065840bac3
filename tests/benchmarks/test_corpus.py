"""The generated portfolio is the same each time, a larger one holds a smaller one, and labfolio finds nothing in it."""

import re
from pathlib import Path

import pytest
from benchmarks.corpus.dialect import DIALECTS, Dialect
from benchmarks.corpus.entry import Entry
from benchmarks.corpus.pictures import picture
from benchmarks.corpus.portfolio import counts, density, edited, entries, files, write

from tests.conftest import run

LISTS = re.compile(r"/index\.md$|/_index\.md$|papers\.bib$|program\.yml$")


def no_figure(key: str) -> tuple[str, bytes]:
    """A figure that costs nothing to draw."""
    return ".png", key.encode()


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=str)
def test_the_same_bytes_twice(dialect: Dialect) -> None:
    assert dict(files(25, dialect, no_figure)) == dict(files(25, dialect, no_figure))


@pytest.mark.parametrize("key", ["build-1-0", "build-2-0", "build-3-1", "paper-4-0"])
def test_the_same_figure_twice(key: str) -> None:
    assert picture(key) == picture(key)


def test_figures_are_as_large_as_those_of_plotting_programs() -> None:
    sizes = [len(picture(f"build-{number}-0")[1]) for number in range(1, 31)]
    assert 20_000 < sum(sizes) / len(sizes) < 60_000
    assert len(set(sizes)) > 25


def test_figures_are_of_all_sorts() -> None:
    drawn = [picture(f"build-{number}-0") for number in range(1, 61)]
    assert {ending for ending, _ in drawn} == {".png", ".jpg"}
    colour_types = {data[25] for ending, data in drawn if ending == ".png"}
    assert colour_types == {2, 6}, "opaque and transparent"


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=str)
def test_a_larger_portfolio_holds_the_smaller_one(dialect: Dialect) -> None:
    smaller, larger = dict(files(25, dialect, no_figure)), dict(files(90, dialect, no_figure))
    own = {one.path(dialect) for one in entries(25)}
    assert own <= smaller.keys()
    for path, data in smaller.items():
        if path in own or not LISTS.search(path):
            assert larger[path] == data, path


def test_no_two_entries_share_a_slug() -> None:
    assert len({one.slug for one in entries(10_000)}) == 10_000


@pytest.mark.parametrize("total", [9, 30, 180, 1000])
def test_every_link_leads_to_an_entry_of_the_same_portfolio(total: int) -> None:
    there = {f"{one.url}" for one in entries(total)}
    hugo = DIALECTS["hugo"]
    for one in entries(total) if total < 1000 else [Entry(kind, count) for kind, count in counts(total).items()]:
        assert set(re.findall(r"\]\(/([^)]+)\)", one.text(hugo, [], {}))) <= there


def test_an_entry_is_as_dense_as_the_targets_want_it() -> None:
    found = density(180)
    assert 8 < found["KiB"] < 9
    assert 1.9 < found["code blocks"] < 2.4
    assert 0.7 < found["figures"] < 0.9


@pytest.mark.parametrize("total", [9, 17, 180, 1000, 10_000])
def test_a_size_is_a_number_of_entries(total: int) -> None:
    assert sum(counts(total).values()) == total
    assert edited(total) in set(entries(total))


def test_fewer_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 9 entries, not 8"):
        counts(8)


@pytest.mark.parametrize("command", [["labfolio", "build", "--strict"], ["mkdocs", "build", "--strict"]], ids=str)
def test_labfolio_finds_nothing_in_it(tmp_path: Path, command: list[str]) -> None:
    write(tmp_path, 30, DIALECTS["labfolio"])
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()
    for one in entries(30):
        assert one.title in (tmp_path / "site" / one.url / "index.html").read_text()
