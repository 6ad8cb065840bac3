"""`labfolio.load`: the same facts as the site publishes, frozen, without a trace on the disk."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import labfolio
from labfolio.cli.documentation import LIBRARY
from labfolio.model.library import Record
from tests.conftest import ROOT, TODAY, environment, tree
from tests.guide import GUIDE, blocks, commands
from tests.site import build_files, small_files


@pytest.fixture(scope="module")
def portfolio() -> labfolio.Portfolio:
    """The small site's."""
    return labfolio.load(ROOT / "tests" / "sites" / "small", today=TODAY)


@pytest.fixture(scope="module")
def site() -> dict[str, Any]:
    """The JSON files of the small site."""
    outputs = build_files(small_files()).outputs
    return {one.path: json.loads(one.content) for one in outputs if one.path.endswith(".json")}


def records(one: Record) -> Iterator[Record]:
    """A record and all within it."""
    yield one
    for name in (field.name for field in fields(one)):  # type: ignore[arg-type]
        value = getattr(one, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Record):
                yield from records(inner)


def test_the_command_of_the_guide_prints_the_claims_of_the_demo(demo: Path) -> None:
    page = [one for one in blocks((GUIDE / "library.md").read_text()) if one.language == "console"]
    line = commands(page[0])[0].line
    assert line.startswith('python -c "import labfolio; p = labfolio.load(')
    done = subprocess.run(["sh", "-c", line.replace("python", sys.executable, 1)], cwd=demo, env=environment(),
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.stderr == ""
    printed = done.stdout.splitlines()
    sources = [*(demo / "builds").rglob("*.md"), *(demo / "content/reproductions").rglob("*.md")]
    stated = sum(path.read_text().count("\n    claim: ") + path.read_text().count("\n  - claim: ") for path in sources)
    assert len(printed) == stated > 30
    assert {"bloom-filter/missed reproduced", "hll-sketch/error inconclusive"} <= set(printed)


def test_claims_are_those_of_evidence_json(portfolio: labfolio.Portfolio, site: dict[str, Any]) -> None:
    published = [(entry, one) for entry in site["evidence.json"]["entries"] for one in entry["claims"]]
    assert len(published) == len(portfolio.claims) > 2
    for claim, (entry, one) in zip(portfolio.claims, published, strict=True):
        inputs = one["inputs"]
        assert (claim.entry, claim.id, claim.claim) == (entry["slug"], one["id"], one["claim"])
        assert (claim.measured, claim.sd, claim.n) == (one["measured"], one["sd"], one["n"])
        assert (claim.verdict, claim.reason, claim.difference) == (one["verdict"], one["reason"], one["difference"])
        assert [claim.low, claim.high] == (one["interval"] or [None, None])
        assert (claim.goal, claim.tolerance, claim.expect) == (inputs["goal"], inputs["tolerance"], inputs["expect"])
        assert claim.goal == (claim.target if claim.reported is None else claim.reported)
        assert [value.row() for value in claim.values] == [
            {name: value[name] for name in ("replicate", "value", "file", "line")} for value in inputs["values"]
        ]
        assert list(claim.files) == [file["path"] for file in one["files"]]
    for entry in site["evidence.json"]["entries"]:
        own = portfolio.entry(entry["slug"])
        assert own.verdict == entry["verdict"]
        assert sum(claim.held for claim in own.claims) == entry["held"]


def test_entries_are_those_of_portfolio_json(portfolio: labfolio.Portfolio, site: dict[str, Any]) -> None:
    assert (portfolio.name, portfolio.url) == (site["portfolio.json"]["name"], site["portfolio.json"]["site"])
    assert len(portfolio.entries) == len(site["portfolio.json"]["entries"])
    for entry, one in zip(portfolio.entries, site["portfolio.json"]["entries"], strict=True):
        same = ("id", "slug", "kind", "title", "status", "pillar", "url")
        assert {name: getattr(entry, name) for name in same} == {name: one[name] for name in same}
        assert entry.date.isoformat() == one["date"]
        assert entry.updated.isoformat() == (one["updated"] or one["date"])
        assert [list(entry.tags), list(entry.papers), list(entry.based_on)] == [
            one["tags"], one["papers"], one["based_on"],
        ]  # fmt: skip
        assert entry.summary in (one["summary"], "")
        assert entry.verdict == one["outcome"]
        assert portfolio.entry(entry.id) is portfolio.entry(entry.slug) is entry
    with pytest.raises(KeyError, match="nothing"):
        portfolio.entry("nothing")


def test_progress_is_that_of_progress_json(portfolio: labfolio.Portfolio, site: dict[str, Any]) -> None:
    published, now = site["progress.json"], portfolio.progress
    same = ("state", "day", "days", "milestone", "milestones")
    assert {name: getattr(now, name) for name in same} == {name: published[name] for name in same}
    assert [str(now.start), str(now.end)] == [published["start"], published["end"]]
    assert [target.name for target in now.targets] == list(published["kinds"])
    for target in now.targets:
        one = published["kinds"][target.name]
        assert (target.have, target.target) == (one["have"], one["target"])
        assert target.needed == (None if one["needed"] is None else pytest.approx(one["needed"], abs=0.01))
        assert (target.forecast.isoformat() if target.forecast else None) == one["forecast"]
    assert [(one.id, one.entries, one.planned) for one in now.pillars] == [
        (one["id"], one["entries"], one["planned"]) for one in published["pillars"]
    ]
    assert [one.share for one in now.pillars] == pytest.approx([one["share"] for one in published["pillars"]], abs=0.01)


def test_nothing_is_written_and_nothing_can_be_changed(small: Path) -> None:
    before = tree(small)
    found = labfolio.load(small, today=TODAY)
    assert tree(small) == before
    assert found == labfolio.load(str(small / "mkdocs.yml"), today="2026-11-20")
    every = list(records(found))
    assert {type(one).__name__ for one in every} == set(LIBRARY) - {"load", "Diagnostic", "Faults"}
    for one in every:
        name = fields(one)[0].name  # type: ignore[arg-type]
        with pytest.raises(FrozenInstanceError):
            setattr(one, name, "another")
        with pytest.raises((AttributeError, TypeError)):
            setattr(one, "more", 1)  # noqa: B010


def test_a_row_is_plain(portfolio: labfolio.Portfolio) -> None:
    for one in records(portfolio):
        row = one.row()
        cells = [part for cell in row.values() for part in (cell if isinstance(cell, tuple) else (cell,))]
        assert all(cell is None or isinstance(cell, str | int | float | date) for cell in cells)
    rows = [claim.row() for claim in portfolio.claims]
    assert len({tuple(row) for row in rows}) == 1, "every row has the same columns"


def test_a_repr_fits_a_notebook(portfolio: labfolio.Portfolio) -> None:
    assert all(len(repr(one)) < 400 for one in records(portfolio))
    assert repr(portfolio).startswith("Portfolio(name=")


def test_faults_are_told_all_at_once(small: Path) -> None:
    for path in ("builds/sketch/index.md", "content/notebook/first.md"):
        text = (small / path).read_text()
        (small / path).write_text(text.replace("\ndate: ", "\nstaus: shipped\ndate: ", 1))
    with pytest.raises(labfolio.Faults) as raised:
        labfolio.load(small)
    found = raised.value.diagnostics
    assert [(one.path, one.rule, one.level) for one in found if one.level == "error"] == [
        ("builds/sketch/index.md", "unknown-key", "error"), ("content/notebook/first.md", "unknown-key", "error"),
    ]  # fmt: skip
    checked = subprocess.run(
        [sys.executable, "-m", "labfolio.cli.commands", "check", "--format", "concise"], cwd=small, env=environment(),
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    assert all(str(one) in checked and str(one) in str(raised.value) for one in found)


def test_warnings_are_given_and_what_is_allowed_is_not(small: Path) -> None:
    entry = small / "content/reproductions/rate/index.md"
    text = entry.read_text()
    start = text.index("limitations:")
    without = text[:start] + text[text.index("\n", text.index("\n", start) + 1) + 1 :]
    entry.write_text(without)
    assert [one.rule for one in labfolio.load(small).diagnostics] == ["missing-limitations"]
    entry.write_text(without.replace("---\n", "---\nallow: {missing-limitations: stated elsewhere}\n", 1))
    assert labfolio.load(small).diagnostics == ()


def test_a_summary_has_its_numbers(small: Path) -> None:
    entry = small / "content/reproductions/rate/index.md"
    text = entry.read_text()
    assert "\nsummary:" not in text
    entry.write_text(text.replace("---\n", "---\nsummary: The slope is {{ r.rate.mean }}.\n", 1))
    assert labfolio.load(small).entry("rate").summary == "The slope is −0.5000."
    entry.write_text(text.replace("---\n", "---\nsummary: The slope is {{ r.rat.mean }}.\n", 1))
    with pytest.raises(labfolio.Faults, match="unknown-value"):
        labfolio.load(small)


def test_a_folder_without_a_site_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "nowhere" / "mkdocs.yml"):
        with pytest.raises(labfolio.Faults, match=r"mkdocs.yml:1:1: error\[invalid-settings\]: cannot be read"):
            labfolio.load(path)


def test_the_day_is_a_date_a_moment_or_a_text(small: Path) -> None:
    moment = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
    (small / "content/program.yml").write_text((small / "content/program.yml").read_text().replace("featured:", "#"))
    days = [labfolio.load(small, today=one).today for one in (date(2026, 3, 1), moment, "2026-03-01")]
    assert days == [date(2026, 3, 1)] * 3
    with pytest.raises(ValueError, match="yesterday"):
        labfolio.load(small, today="yesterday")
    assert {entry.date <= date(2026, 3, 1) for entry in labfolio.load(small, today="2026-03-01").entries} <= {True}


def test_facts_need_no_theme(small: Path) -> None:
    (small / "theme/fragments").mkdir(parents=True)
    (small / "theme/fragments/home.html").write_text("{% if %}")
    assert labfolio.load(small, today=TODAY).claims


def test_public_names_are_imported_when_they_are_asked_for() -> None:
    assert set(labfolio.__all__) == {*LIBRARY, "__version__"} == set(dir(labfolio))
    assert all(is_dataclass(getattr(labfolio, name)) for name in set(LIBRARY) - {"load", "Faults"})
    with pytest.raises(AttributeError, match="module 'labfolio' has no attribute 'unload'"):
        getattr(labfolio, "unload")  # noqa: B009
    code = (
        "import sys; before = set(sys.modules); import labfolio; print(sorted(set(sys.modules) - before));"
        " labfolio.load('tests/sites/small');"
        " print([m for m in ('mkdocs', 'jinja2', 'lxml', 'PIL', 'nh3', 'feedgen') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True)
    assert shown.stdout.splitlines() == ["['labfolio']", "[]"], shown.stderr
