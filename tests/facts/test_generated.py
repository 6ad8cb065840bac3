"""Any portfolio on any day: counters equal the files they count, shares add up, nothing raises or goes backwards."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.engines.clock import today as clock_today
from labfolio.facts.progress import Progress, counts, progress
from labfolio.model.entry import KINDS
from tests.conftest import ROOT
from tests.site import build_files, entry
from tests.strategies import in_ci

START = date(2026, 2, 26)
PILLARS = ("swe", "re", "ml", "ds", "ops")
FOLDERS = {"build": "builds", "reproduction": "content/reproductions", "paper": "content/papers",
           "note": "content/notebook", "submission": "content/submissions"}  # fmt: skip
FILES = st.tuples(
    st.sampled_from(sorted(FOLDERS)),
    st.integers(-40, 400),
    st.sampled_from(["planned", "building", "shipped", "abandoned"]),
    st.sampled_from([None, *PILLARS]),
    st.booleans(),
)
PROGRAMS = st.tuples(st.sampled_from([0, 1, 7, 90, 100, 300]), st.integers(1, 14), st.integers(0, 5))


def sources(given: list[tuple[str, int, str, str | None, bool]], program: tuple[int, int, int]) -> dict[str, bytes]:
    days, length, pillars = program
    lines = [f"start: {START}", f"days: {days}", f"milestone_days: {length}"] if days else []
    if days:
        lines.append("targets: {builds: 5, reproductions: 2, hours: 10}")
    lines.append("pillars:" + ("" if pillars else " []"))
    lines += [f"  - {{id: {id}, name: N {id}, share: {100 / pillars:g}}}" for id in PILLARS[:pillars]]
    files = {"content/program.yml": "\n".join(lines).encode(), "content/papers.bib": b""}
    known = PILLARS[:pillars]
    for number, (kind, offset, status, pillar, draft) in enumerate(given):
        fields = {"title": f"T{number}", "date": (START + timedelta(days=offset)).isoformat(), "status": status}
        fields |= {"why": "no"} if status == "abandoned" else {}
        fields |= {"pillar": pillar} if pillar in known else {}
        fields |= {"draft": "yes"} if draft else {}
        fields |= {"limitations": "one"} if kind == "reproduction" else {}
        if kind == "submission" and status == "shipped":
            fields["events"] = f"\n  - {{date: {fields['date']}, event: submitted}}"
        files[f"{FOLDERS[kind]}/e{number}.md"] = entry("Text.", **fields)
    files["content/log.csv"] = b"date,hours,pillar\n" + b"".join(
        f"{START + timedelta(days=offset)},{1 + number % 3},{pillar if pillar in known else ''}\n".encode()
        for number, (_, offset, _, pillar, _) in enumerate(given)
    )
    return files


@in_ci(60)
@given(st.lists(FILES, max_size=12), PROGRAMS, st.integers(-60, 420))
def test_counters_equal_what_they_link_to(
    given: list[tuple[str, int, str, str | None, bool]], program: tuple[int, int, int], offset: int
) -> None:
    today = START + timedelta(days=offset)
    files = sources(given, program)
    result = build_files(files, today)
    assert result.outputs, [one.message for one in result.diagnostics if one.level == "error"]
    found = result.edition.progress
    pages = {one.path: one.content.decode("utf-8", "replace") for one in result.outputs}
    for one in found.kinds:
        published = result.edition.portfolio.of(one.kind)
        assert one.have == sum(counts(entry) for entry in published)
        listing = pages[f"{one.kind.section}/index.html"]
        assert all(f">{entry.front.title}</a>" in listing for entry in published)
    for share in found.pillars:
        assert f"{len(share.entries)} entr" in pages[f"pillars/{share.pillar.id}/index.html"]
    total = sum(one.share for one in found.pillars)
    assert total == pytest.approx(100) or total == 0
    hours = sum(one.hours_share for one in found.pillars)
    assert hours == pytest.approx(100) or hours == 0
    assert sum(len(one.shipped) for one in found.milestones) <= sum(one.have for one in found.kinds)


@in_ci(60)
@given(st.lists(FILES, max_size=8), FILES, PROGRAMS, st.integers(-60, 420))
def test_counters_do_not_fall_when_entries_are_added(
    given: list[tuple[str, int, str, str | None, bool]],
    more: tuple[str, int, str, str | None, bool],
    program: tuple[int, int, int],
    offset: int,
) -> None:
    today = START + timedelta(days=offset)
    before, after = (build_files(sources(files, program), today).edition.progress for files in (given, [*given, more]))
    assert all(old.have <= new.have for old, new in zip(before.kinds, after.kinds, strict=True))


def test_the_demo_programme_on_330_days_in_three_zones() -> None:
    files = {"content/program.yml": (ROOT / "content" / "program.yml").read_bytes(), "content/papers.bib": b""}
    files["content/program.yml"] = b"\n".join(
        line for line in files["content/program.yml"].split(b"\n")
        if not line.startswith((b"featured", b"milestones:", b"  - {number"))
    )  # fmt: skip
    portfolio = build_files(files, START).edition.portfolio
    for zone in ("Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"):
        before: Progress | None = None
        for offset in range(-15, 315):
            # Noon in the zone: the day begins there, whatever the day is in UTC.
            moment = datetime.combine(START + timedelta(days=offset), datetime.min.time(), ZoneInfo(zone))
            epoch = int((moment + timedelta(hours=12)).astimezone(UTC).timestamp())
            day = clock_today(zone, {"SOURCE_DATE_EPOCH": str(epoch)})
            now = progress(portfolio, day)
            assert day == START + timedelta(days=offset)
            assert now.day == min(max(offset + 1, 0), 300)
            assert now.milestone == -(-now.day // 10)
            assert (now.phase == "") == (now.state != "running")
            if before is not None:
                assert before.day <= now.day
                assert before.milestone <= now.milestone
            before = now


@pytest.mark.parametrize(
    ("day", "number", "milestone", "phase"),
    [("2026-02-26", 1, 1, "explore"), ("2026-11-20", 268, 27, "refine"), ("2026-12-22", 300, 30, "ship")],
)
def test_the_days_of_the_demo_programme(day: str, number: int, milestone: int, phase: str) -> None:
    files = sources([], (300, 10, 4))
    found = build_files(files, date.fromisoformat(day)).edition.progress
    assert (found.day, found.milestone, found.phase) == (number, milestone, phase)


def test_every_kind_is_generated() -> None:
    assert sorted(FOLDERS) == sorted(kind.name for kind in KINDS)
