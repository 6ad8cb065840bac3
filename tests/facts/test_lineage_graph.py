"""The lineage as a graph: edges from what is stated and from papers, stages, chains, and circles told once."""

import random
from collections.abc import Iterable, Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.facts.lineage_graph import LineageGraph, check_circles, closing_links, lineage_graph
from labfolio.model.entry import BUILD, KINDS, NOTE, PAPER, REPRODUCTION, SUBMISSION, Entry, Kind
from labfolio.model.scalars import STAGES
from tests.facts.test_lineage import one, portfolio
from tests.strategies import in_ci


def graph(*entries: Entry) -> LineageGraph:
    return lineage_graph(portfolio(entries))


def edges(found: LineageGraph) -> set[tuple[str, str, str]]:
    slugs = {path: entry.slug for path, entry in found.entries.items()}
    return {(slugs[edge.source], slugs[edge.target], edge.reason) for edge in found.edges}


def stages(found: LineageGraph) -> dict[str, str]:
    return {path.split("/")[-1].removesuffix(".md"): stage for path, stage in found.stages.items()}


def slugs(found: LineageGraph, paths: Mapping[str, int]) -> dict[str, int]:
    return {found.entries[path].slug: steps for path, steps in paths.items()}


def test_a_note_leads_to_the_first_works_on_its_paper() -> None:
    found = graph(
        one("p", PAPER, paper=("key",)),
        one("r", REPRODUCTION, 1, paper=("key",)),
        one("b", day=2, paper=("key",), based_on=("r",)),
        one("other", day=3, paper=("key", "else")),
    )
    assert edges(found) == {("p", "r", "paper"), ("r", "b", "based_on"), ("p", "other", "paper")}


def test_what_grew_out_of_the_note_by_another_way_is_not_joined_twice() -> None:
    found = graph(
        one("p", PAPER, paper=("key",)), one("n", NOTE, based_on=("p",)), one("b", based_on=("n",), paper=("key",)),
        one("c", based_on=("p",), paper=("key",)),
    )  # fmt: skip
    assert edges(found) == {("p", "n", "based_on"), ("n", "b", "based_on"), ("p", "c", "based_on")}


def test_a_note_based_on_work_is_not_led_back_to() -> None:
    stated = graph(one("r", REPRODUCTION, paper=("key",)), one("p", PAPER, paper=("key",), based_on=("r",)))
    assert edges(stated) == {("r", "p", "based_on")}
    entries = [
        one("p", PAPER, paper=("k",), based_on=("s",)), one("q", PAPER, paper=("l",), based_on=("r",)),
        one("r", REPRODUCTION, paper=("k",)), one("s", REPRODUCTION, paper=("l",)),
    ]  # fmt: skip
    crossed = graph(*entries)
    assert len(crossed.edges) == 3, "the second of two paper edges would close a circle"
    assert_sorted(crossed)


def test_entries_without_an_edge_are_not_in_the_graph_but_have_a_stage() -> None:
    found = graph(one("a"), one("p", PAPER, paper=("key",)))
    assert (found.entries, found.edges, found.chains) == ({}, (), ())
    assert stages(found) == {"a": "implementing", "p": "reading"}


def test_a_work_without_a_note_on_its_paper_stands_alone() -> None:
    assert graph(one("a", paper=("key",)), one("b", paper=("key",))).edges == ()


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([one("b")], "implementing"),
        ([one("a", PAPER), one("b", based_on=("a",))], "implementing"),
        ([one("a", REPRODUCTION), one("b", based_on=("a",))], "optimizing"),
        ([one("a"), one("b", based_on=("a",))], "optimizing"),
        ([one("a", stage="extending"), one("b", based_on=("a",))], "extending"),
        ([one("a", stage="extending"), one("b", based_on=("a",), stage="reading")], "reading"),
        ([one("a", stage="optimizing"), one("b", REPRODUCTION, based_on=("a",))], "implementing"),
        ([one("b", NOTE)], "reading"),
        ([one("a", stage="optimizing"), one("c"), one("b", NOTE, based_on=("c", "a"))], "optimizing"),
        ([one("b", SUBMISSION)], "extending"),
    ],
)
def test_stages(entries: list[Entry], expected: str) -> None:
    assert stages(graph(*entries))["b"] == expected


def test_a_note_on_the_paper_counts_for_the_stage() -> None:
    note = one("p", PAPER, 9, paper=("key",), stage="optimizing")
    assert stages(graph(note, one("b", paper=("key",))))["b"] == "extending"


def test_ancestors_and_descendants_come_nearest_first() -> None:
    entries = [one("a"), one("b", based_on=("a",)), one("c", based_on=("b", "a")), one("d", based_on=("c",))]
    found = graph(*entries)
    assert list(slugs(found, found.ancestors(entries[3])).items()) == [("c", 1), ("a", 2), ("b", 2)]
    assert slugs(found, found.descendants(entries[0])) == {"b": 1, "c": 1, "d": 2}


def test_chains_are_connected_groups_with_the_newest_first() -> None:
    found = graph(
        one("a"), one("b", day=1, based_on=("a",)), one("c", day=5), one("d", day=6, based_on=("c",)), one("e", day=9)
    )
    assert [[entry.slug for entry in chain] for chain in found.chains] == [["c", "d"], ["a", "b"]]


def test_what_is_not_published_is_not_in_the_graph() -> None:
    hidden = one("b", draft=True, based_on=("a",))
    assert graph(one("a"), hidden, one("c", based_on=("b",))).edges == ()


def circles(*entries: Entry) -> list[tuple[str, str]]:
    return [(entry.slug, base) for entry, base, _ in closing_links(entries)]


def test_the_link_to_the_younger_entry_closes_a_circle() -> None:
    entries = [one("a", based_on=("c",)), one("b", day=1, based_on=("a",)), one("c", day=2, based_on=("b",))]
    assert circles(*entries) == [("a", "c")]
    assert [fault.message for fault in check_circles(entries)] == [
        "'a' is based on 'c' is based on 'b' is based on 'a'"
    ]


def test_each_circle_is_told() -> None:
    entries = [
        one("a", based_on=("b", "c", "a")), one("b", day=1, based_on=("a",)), one("c", day=2, based_on=("a",)),
        one("d", day=3, based_on=("c",)),
    ]  # fmt: skip
    assert circles(*entries) == [("a", "b"), ("a", "c"), ("a", "a")]


def test_a_link_to_a_younger_entry_alone_is_no_fault() -> None:
    assert circles(one("a", based_on=("b",)), one("b", day=1)) == []


def test_very_many_circles_are_told_in_part() -> None:
    names = [f"e{number}" for number in range(120)]
    assert len(circles(*(one(name, based_on=tuple(names)) for name in names))) == 50


def test_a_graph_with_circles_has_none_of_their_links() -> None:
    found = graph(one("a", based_on=("b",)), one("b", based_on=("a",)), one("c", based_on=("b",)), one("d"))
    assert found.edges == ()
    assert set(stages(found)) == {"a", "b", "c", "d"}


@st.composite
def works(draw: st.DrawFn, circular: bool = False) -> list[Entry]:
    """Entries of all kinds with papers and stages; each based on earlier ones, or on any."""
    names = [f"e{number}" for number in range(draw(st.integers(1, 14)))]
    return [
        one(
            name,
            draw(st.sampled_from(KINDS)),
            draw(st.integers(0, 3)),
            based_on=tuple(draw(st.lists(st.sampled_from(names if circular else names[:at]), max_size=3)))
            if at or circular
            else (),
            paper=tuple(draw(st.lists(st.sampled_from("pqr"), max_size=2))),
            stage=draw(st.sampled_from([None, None, *STAGES])),
        )
        for at, name in enumerate(names)
    ]


def assert_sorted(found: LineageGraph) -> None:
    place = {path: number for number, path in enumerate(found.entries)}
    assert all(place[edge.source] < place[edge.target] for edge in found.edges)


@in_ci(150)
@given(works())
def test_the_graph_is_what_is_stated_and_has_no_circle(entries: list[Entry]) -> None:
    found = graph(*entries)
    assert_sorted(found)
    stated = {(base, entry.slug) for entry in entries for base in entry.front.based_on}
    assert {(source, target) for source, target, reason in edges(found) if reason == "based_on"} == stated
    pairs = [(edge.source, edge.target) for edge in found.edges]
    assert len(pairs) == len(set(pairs))
    by_slug = {entry.slug: entry for entry in entries}
    for source, target, reason in edges(found):
        if reason == "paper":
            assert by_slug[source].kind is PAPER is not by_slug[target].kind
            assert set(by_slug[source].front.paper) & set(by_slug[target].front.paper)
    for entry in entries:
        assert all(found.entries[path] for path in found.ancestors(entry))
        for path in found.descendants(entry):
            assert entry.path in found.ancestors(found.entries[path])
    assert sorted(entry.path for chain in found.chains for entry in chain) == sorted(found.entries)
    assert found.stages == {entry.path: found.stages[entry.path] for entry in entries}
    assert all(entry.front.stage in (None, found.stages[entry.path]) for entry in entries)


@in_ci(100)
@given(works(circular=True))
def test_without_the_links_that_are_told_no_circle_is_left(entries: list[Entry]) -> None:
    told = circles(*entries)
    assert len(told) == len(set(told))
    mended = [without(entry, {base for slug, base in told if slug == entry.slug}) for entry in entries]
    assert circles(*mended) == []
    assert_sorted(graph(*entries))
    acyclic = lineage_graph(portfolio(mended))
    assert len([edge for edge in acyclic.edges if edge.reason == "based_on"]) == sum(
        len(set(entry.front.based_on)) for entry in mended
    )
    stated = {(entry.slug, base) for entry in entries for base in entry.front.based_on}
    for entry, base, way in closing_links(entries):
        assert (way[0], way[-1]) == (base, entry.slug)
        assert set(pairwise((entry.slug, *way))) <= stated, "the circle that is named is there"


def without(entry: Entry, bases: Iterable[str]) -> Entry:
    kept = tuple(base for base in entry.front.based_on if base not in bases)
    front = entry.front.model_copy(update={"based_on": kept})
    return Entry(kind=entry.kind, slug=entry.slug, path=entry.path, front=front, text="", body="")


@in_ci(60)
@given(works(), st.randoms(use_true_random=False))
def test_the_order_of_the_sources_changes_nothing(entries: list[Entry], chance: random.Random) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert graph(*shuffled) == graph(*entries)
    assert closing_links(shuffled) == closing_links(entries)


def test_every_kind_has_a_stage() -> None:
    def of(kind: Kind) -> str:
        return stages(graph(one("x", kind)))["x"]

    assert [of(kind) for kind in (PAPER, NOTE, REPRODUCTION, BUILD, SUBMISSION)] == [
        "reading", "reading", "implementing", "implementing", "extending",
    ]  # fmt: skip
