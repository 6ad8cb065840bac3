"""How entries hang together: each neighbour in one place, from both ends, whatever the order of the sources."""

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from labfolio.facts.lineage import RELATED, Neighbours, as_they_are_in, neighbours
from labfolio.facts.portfolio import Portfolio, assemble, bodiless
from labfolio.model.entry import BUILD, KINDS, NOTE, PAPER, REPRODUCTION, Entry, Kind
from labfolio.model.memory import Recent
from labfolio.model.program import Program
from tests.site import build_files, entry, small_files
from tests.strategies import in_ci

PLACES = ("based_on", "used_by", "notes", "same_paper", "cites", "cited_by", "related")
DAY = date(2026, 3, 1)
Found = Mapping[str, Mapping[str, tuple[str, ...]]]


def one(slug: str, kind: Kind = BUILD, day: int = 0, **front: object) -> Entry:
    made = kind.declared(title=slug, date=DAY + timedelta(days=day), **front)
    return Entry(kind=kind, slug=slug, path=f"{kind.folder}/{slug}.md", front=made, text="", body="")


def portfolio(entries: Iterable[Entry]) -> Portfolio:
    return assemble(entries, (), Program(), date(2027, 1, 1))[0]


def places(near: Neighbours) -> dict[str, tuple[str, ...]]:
    return {place: tuple(other.slug for other in getattr(near, place)) for place in PLACES}


def found(entries: Iterable[Entry], links: Mapping[str, Iterable[str]] | None = None) -> Found:
    """The neighbours by slug; `links` says which slugs a text links to."""
    given = portfolio(entries)
    known = given.by_slug()
    linked = {known[slug].path: [known[other].url for other in others] for slug, others in (links or {}).items()}
    near = neighbours(given, linked)
    return {entry.slug: places(near[entry.path]) for entry in given.entries}


def only(**given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {place: given.get(place, ()) for place in PLACES}


def test_some_may_be_asked_for_alone_and_in_another_state_of_the_portfolio() -> None:
    whole = portfolio([one("a", tags=("x",)), one("b", day=1, based_on=("a",)), one("c", day=2, tags=("x",))])
    near, a = neighbours(whole, {}), whole.by_slug()["a"].path
    assert neighbours(whole, {}, {a}) == {a: near[a]}
    bare = bodiless(whole, Recent())
    assert as_they_are_in(bare, near) == neighbours(bare, {})
    assert as_they_are_in(bare, near)[a].later is bare.by_slug()["b"]


def test_a_stated_link_is_seen_from_both_ends() -> None:
    near = found([one("a"), one("b", day=1, based_on=("a",)), one("c", day=2, based_on=("a",))])
    assert near == {"a": only(used_by=("b", "c")), "b": only(based_on=("a",)), "c": only(based_on=("a",))}


def test_a_link_in_a_text_is_seen_from_both_ends() -> None:
    near = found([one("a"), one("b")], {"a": ["b"]})
    assert near == {"a": only(cites=("b",)), "b": only(cited_by=("a",))}


def test_two_texts_that_link_to_each_other_cite_each_other() -> None:
    near = found([one("a"), one("b")], {"a": ["b"], "b": ["a"]})
    assert near == {"a": only(cites=("b",)), "b": only(cites=("a",))}


def test_a_stated_link_comes_before_all_others() -> None:
    shared = {"paper": ("key",), "tags": ("topic",)}
    near = found([one("a", **shared), one("b", based_on=("a",), **shared)], {"a": ["b"], "b": ["a"]})
    assert near == {"a": only(used_by=("b",)), "b": only(based_on=("a",))}


def test_a_shared_paper_comes_before_a_link_and_a_link_before_a_topic() -> None:
    entries = [one("a", paper=("key",), tags=("t",)), one("b", paper=("key",), tags=("t",)), one("c", tags=("t",))]
    near = found(entries, {"a": ["b", "c"]})
    assert near["a"] == only(same_paper=("b",), cites=("c",))
    assert near["b"] == only(same_paper=("a",), related=("c",))
    assert near["c"] == only(cited_by=("a",), related=("b",))


def test_notes_on_a_paper_stand_apart_from_work_on_it() -> None:
    entries = [one("p", PAPER, paper=("key",)), one("r", REPRODUCTION, 1, paper=("key",)), one("b", paper=("key",))]
    near = found(entries)
    assert near["r"] == only(notes=("p",), same_paper=("b",))
    assert near["b"] == only(notes=("p",), same_paper=("r",))
    assert near["p"] == only(same_paper=("b", "r"))


def test_no_entry_is_its_own_neighbour() -> None:
    assert found([one("a", paper=("key",), tags=("t",))], {"a": ["a"]}) == {"a": only()}


def test_what_is_not_published_is_no_neighbour() -> None:
    hidden = one("b", draft=True, paper=("key",), tags=("t",), based_on=("a",))
    assert found([one("a", paper=("key",), tags=("t",)), hidden]) == {"a": only()}


def test_related_are_those_on_the_rarest_topics() -> None:
    common = [one(f"c{n}", day=20 + n, tags=("common",)) for n in range(8)]
    near = found([*common, one("rare", tags=("rare", "common")), one("x", tags=("rare", "common"))])
    assert near["x"]["related"] == ("rare", "c7", "c6", "c5")
    assert near["c0"]["related"] == ("c7", "c6", "c5", "c4")


def test_two_common_topics_may_outweigh_a_rarer_one() -> None:
    others = [one(f"o{n}", tags=("p", "q")) for n in range(2)]
    near = found([*others, one("three", tags=("r",)), one("also", tags=("r",)), one("x", tags=("p", "q", "r"))])
    assert set(near["x"]["related"][:2]) == {"o0", "o1"}


def test_a_topic_is_one_however_it_is_written() -> None:
    near = found([one("a", tags=("Streaming Data",)), one("b", tags=("streaming data",))])
    assert near["a"] == only(related=("b",))


def test_links_in_the_texts_of_a_site_are_citations() -> None:
    files = small_files()
    files["content/notebook/second.md"] = entry("See [it](first.md), [again](first.md#x) and [it](../../builds/x.md).")
    files["builds/x.md"] = entry("[Here](#x) and [the list](../builds/), [the note](../content/notebook/second.md).")
    edition = build_files(files).edition
    near = {one.slug: places(edition.neighbours[one.path]) for one in edition.portfolio.entries}
    assert near["second"]["cites"] == ("first", "x")
    assert near["first"]["cited_by"] == ("second",)
    assert near["x"]["cites"] == ("second",)
    assert near["x"]["cited_by"] == ()
    assert near["sketch"]["based_on"] == ("rate",)
    assert near["rate"]["used_by"] == ("sketch",)
    assert near["sketch"]["cites"] == near["rate"]["cited_by"] == ()


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Entry], dict[str, list[str]]]:
    """Entries of all kinds, each based on earlier ones only, and links in their texts."""
    number = draw(st.integers(1, 7))
    slugs = [f"e{n}" for n in range(number)]
    entries = [
        one(
            slug,
            draw(st.sampled_from(KINDS)),
            draw(st.integers(0, 3)),
            based_on=tuple(draw(st.lists(st.sampled_from(slugs[:at]), max_size=2))) if at else (),
            paper=tuple(draw(st.lists(st.sampled_from("pq"), max_size=2))),
            tags=tuple(draw(st.lists(st.sampled_from("stuv"), max_size=3))),
        )
        for at, slug in enumerate(slugs)
    ]
    links = {slug: draw(st.lists(st.sampled_from(slugs), max_size=3)) for slug in slugs}
    return entries, links


@in_ci(150)
@given(graphs())
def test_every_neighbour_is_in_one_place_and_answers(given: tuple[list[Entry], dict[str, list[str]]]) -> None:
    entries, links = given
    near = found(entries, links)
    stated = {entry.slug: set(entry.front.based_on) for entry in entries}
    stronger = ("based_on", "used_by", "notes", "same_paper")
    for slug, own in near.items():
        named = [other for place in PLACES for other in own[place]]
        assert len(named) == len(set(named))
        assert slug not in named
        assert len(own["related"]) <= RELATED
        assert set(own["based_on"]) == stated[slug]
        assert set(own["used_by"]) == {other for other, bases in stated.items() if slug in bases}
        assert all(slug in near[other]["same_paper"] for other in own["notes"])
        assert all(slug in near[other]["cited_by"] + near[other]["cites"] for other in own["cites"])
        assert all(slug in near[other]["cites"] for other in own["cited_by"])
        taken = {other for place in stronger for other in own[place]}
        assert set(links[slug]) - {slug} <= taken | set(own["cites"])


@in_ci(60)
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_the_sources_changes_nothing(
    given: tuple[list[Entry], dict[str, list[str]]], chance: random.Random
) -> None:
    entries, links = given
    shuffled, names = list(entries), list(links)
    chance.shuffle(shuffled)
    chance.shuffle(names)
    assert found(shuffled, {name: links[name] for name in names}) == found(entries, links)


def test_notes_are_used_by_what_grew_out_of_them_in_order_of_time() -> None:
    entries = [one("n", NOTE), *(one(f"b{n}", day=n, based_on=("n",)) for n in (3, 1, 2))]
    assert found(entries)["n"]["used_by"] == ("b1", "b2", "b3")
