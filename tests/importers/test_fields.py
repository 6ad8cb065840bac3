"""Fields of other programs: dates as people write them, and what happens to the rest."""

from datetime import date

import pytest

from labfolio.importers.fields import day_of
from tests.importers.given import imported, named, only

MAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-01", MAY),
        ("2026-5-1", MAY),
        ("2026/05/01", MAY),
        ("2026-05-01 23:59:59 -0800", MAY),
        ("2026-05-01T00:00:00Z", MAY),
        ("May 1, 2026", MAY),
        ("1 May 2026", MAY),
        ("Fri, 1st May 2026", MAY),
        ("Sept. 3, 2026", date(2026, 9, 3)),
        ("05/01/2026", None),
        ("2026-02-30", None),
        ("2026-05-011", None),
        ("today", None),
        ("", None),
    ],
)
def test_a_day_is_the_one_that_is_written(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_american_dates_are_read_where_the_program_writes_them() -> None:
    assert day_of("05/01/2026", american=True) == MAY
    assert day_of("13/01/2026", american=True) is None


def test_a_field_that_is_no_text_is_named_with_its_line() -> None:
    made = imported("markdown", {"a.md": "---\ntitle: [x]\ndate: {a: 1}\ntags: {b: 1}\nsummary: ok\n---\nText.\n"})
    assert only(made) == "---\ntitle: A\ndate: 2026-11-20\nsummary: ok\n---\n\nText.\n"
    assert named(made) == [
        "a.md:2: title: is no text; left out",
        "a.md:3: date: '{'a': '1'}' is no date that can be read; left out",
        "a.md:3: no date is stated; 2026-11-20 is taken",
        "a.md:4: tags: is no list of texts; left out",
    ]


def test_declared_fields_are_carried_where_they_are_valid() -> None:
    front = (
        "title: A\ndate: 2026-03-03\nstatus: abandoned\nwhy: No gain.\nstage: reading\ndoi: nonsense\n"
        "repository: https://example.org/a\nstarted: 2026-04-04\nid: N01\npillar: ml\n"
    )
    made = imported("markdown", {"a.md": f"---\n{front}---\nText.\n"}, pillars=("re",))
    assert only(made).split("---")[1].strip().split("\n") == [
        "title: A",
        "date: 2026-03-03",
        "status: abandoned",
        "why: No gain.",
        "stage: reading",
        "repository: https://example.org/a",
    ]
    assert named(made) == [
        "a.md:7: doi: 'nonsense' is not taken; left out",
        "a.md:9: started: '2026-04-04' is not taken; left out",
        "a.md:10: id: has no counterpart; left out",
        "a.md:11: pillar: 'ml' is none of program.yml; left out",
    ]


def test_an_abandoned_entry_without_a_reason_has_no_status() -> None:
    made = imported("markdown", {"a.md": "---\ntitle: A\ndate: 2026-03-03\nstatus: abandoned\n---\nText.\n"})
    assert "status" not in only(made)
    assert named(made) == ["a.md:4: status: 'abandoned' is not taken; left out"]


def test_words_that_would_ask_for_a_number_are_text() -> None:
    made = imported("markdown", {"a.md": '---\ntitle: "A {{ r.x.mean }}"\ndate: 2026-03-03\n---\nA {{ r.x.mean }}.\n'})
    assert "title: A r.x.mean\n" in only(made)
    assert "A \\{{ r.x.mean }}.\n" in only(made)


@pytest.mark.parametrize(
    ("front", "draft", "missed"),
    [
        ("draft: yes", True, []),
        ("draft: No", False, []),
        ("published: false", True, []),
        ("published: 2026-03-03", False, []),
        ("draft: perhaps", True, ["a.md:3: draft: is neither yes nor no; the entry is a draft"]),
        ("draft: [x]", True, ["a.md:3: draft: is neither yes nor no; the entry is a draft"]),
    ],
)
def test_what_may_be_a_draft_is_one(front: str, draft: bool, missed: list[str]) -> None:
    made = imported("markdown", {"a.md": f"---\ndate: 2026-03-03\n{front}\n---\nText.\n"})
    assert ("draft: yes" in only(made)) == draft
    assert named(made) == missed


def test_a_day_of_publication_counts_as_the_day() -> None:
    assert "date: 2026-03-04\n" in only(imported("markdown", {"a.md": "---\npublished: 2026-03-04\n---\nText.\n"}))
