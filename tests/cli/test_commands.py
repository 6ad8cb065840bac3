"""The command line: formats, exit codes, and no traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from labfolio.model.rules import RULES, allowable
from tests.conftest import ROOT, environment, run


def test_check_is_clean_on_the_repository() -> None:
    result = run(["labfolio", "check", "--strict"], ROOT)
    assert (result.returncode, result.stdout) == (0, "")


def test_check_shows_the_line_a_caret_and_the_mend(small: Path) -> None:
    (small / "builds" / "x.md").write_text("---\ntitle: Build 0: x\ndate: 2026-03-03\n---\n")
    result = run(["labfolio", "check"], small)
    shown = result.stdout.split("\n\n")[0]
    assert shown == (
        "builds/x.md:2:8: error[invalid-yaml]: a value with ': ' in it must be quoted\n"
        "  2 | title: Build 0: x\n"
        "    |        ^^^^^^^^^^\n"
        '  help: title: "Build 0: x"\n'
        "  fix: labfolio check --fix can put it in quotes"
    )


def test_check_names_what_is_left_out(small: Path) -> None:
    said = run(["labfolio", "check"], small).stderr
    assert "left out: builds/draft.md: it is a draft\n" in said
    assert "left out: builds/future.md: its date 2027-04-21 is still ahead\n" in said


def test_json_and_github(small: Path) -> None:
    (small / "builds" / "x.md").write_text("---\ntitle: x\ndate: 2026-03-03\nstaus: shipped\n---\n")
    found = json.loads(run(["labfolio", "check", "--format", "json"], small).stdout)
    assert found["version"] == 1
    error = next(one for one in found["diagnostics"] if one["level"] == "error")
    assert (error["path"], error["line"], error["column"], error["rule"]) == ("builds/x.md", 4, 1, "unknown-key")
    assert {"path": "builds/draft.md", "reason": "it is a draft"} in found["left_out"]
    lines = run(["labfolio", "check", "--format", "github"], small).stdout.splitlines()
    assert lines[0].startswith("::error title=unknown-key,file=builds/x.md,line=4,col=1::unknown field 'staus'")


def test_the_day_can_be_stated(small: Path) -> None:
    assert run(["labfolio", "build", "--today", "2026-03-01"], small).returncode == 1  # featured entries are ahead
    result = run(["labfolio", "check", "--today", "tomorrow"], small)
    assert result.returncode == 2
    assert "--today or SOURCE_DATE_EPOCH is no day" in result.stdout


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_explained(rule: str) -> None:
    shown = run(["labfolio", "explain", rule], ROOT).stdout
    assert shown.startswith(f"{rule} (")
    assert RULES[rule].fix in shown
    assert ("check --fix: " in shown) == bool(RULES[rule].mends)
    assert ("Can be allowed in a file" in shown) == allowable(RULES[rule])


def test_rules_are_listed_with_level_and_a_line() -> None:
    lines = run(["labfolio", "explain"], ROOT).stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.name, rule.level.value] for rule in RULES.values()]


def test_an_unknown_rule_is_wrong_usage() -> None:
    result = run(["labfolio", "explain", "dead-links"], ROOT)
    assert result.returncode == 2
    assert "did you mean 'dead-link'?" in result.stderr


def test_help_imports_little() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from labfolio.cli.commands import cli; print(sorted(m for m in"
        " ('mkdocs', 'pydantic', 'jinja2', 'PIL', 'lxml', 'feedgen', 'markdown') if m in sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"


def test_status_says_how_far_along_it_is(small: Path) -> None:
    found = json.loads(run(["labfolio", "status", "--json"], small).stdout)
    assert {"day", "days", "milestone", "milestones", "kinds", "pillars", "left_out"} <= found.keys()
    assert (found["day"], found["milestone"]) == (268, 27)
    assert found["kinds"]["builds"]["have"] == 1
    assert found["kinds"]["builds"]["target"] == 38
    assert {"path": "builds/draft.md", "reason": "it is a draft"} in found["left_out"]
    assert json.loads(run(["labfolio", "status", "--json", "--today", "2026-02-26"], small).stdout)["day"] == 1
    text = run(["labfolio", "status"], small).stdout
    assert text.startswith("Day 268 of 300, sub-milestone 27 of 30, refine  (as of 2026-11-20)\n")
    assert "  Builds         [....................] 1 of 38" in text
    assert "Least complete, with what is missing first:" in text
    assert "  builds/draft.md: it is a draft" in text


def test_status_names_what_is_missing_the_weakest_entry_first(small: Path) -> None:
    weakest = json.loads(run(["labfolio", "status", "--json"], small).stdout)["weakest"]
    assert [one["completeness"] for one in weakest] == sorted(one["completeness"] for one in weakest)
    first = weakest[0]
    line = f"{first['completeness']:>5}%  {first['id']} {first['title']}: {'; '.join(first['missing'][:2])}\n"
    text = run(["labfolio", "status"], small).stdout
    assert text.partition("Least complete, with what is missing first:\n")[2].startswith(line)


def test_status_of_an_entry_is_its_checklist(small: Path) -> None:
    by_slug = run(["labfolio", "status", "sketch"], small)
    assert by_slug.returncode == 0
    assert by_slug.stdout.startswith("B01 ")
    assert "points, " in by_slug.stdout.split("\n")[1]
    assert "\n  [x] Claims are stated as numbers\n" in by_slug.stdout
    assert "\n  [ ] One command runs everything again\n" in by_slug.stdout
    for name in ("B01", "builds/sketch", "./builds/sketch/", "builds/sketch/index.md"):
        assert run(["labfolio", "status", name], small).stdout == by_slug.stdout
    found = json.loads(run(["labfolio", "status", "sketch", "--json"], small).stdout)
    assert (found["slug"], found["id"]) == ("sketch", "B01")
    assert [point["done"] for point in found["points"]].count(True) == by_slug.stdout.count("[x]")


def test_status_of_no_entry_is_wrong_usage(small: Path) -> None:
    result = run(["labfolio", "status", "skech"], small)
    assert (result.returncode, result.stdout) == (2, "")
    assert "there is no entry 'skech'; did you mean 'sketch'?" in result.stderr


def test_status_of_a_draft_is_its_checklist_too(small: Path) -> None:
    for name in ("draft", "builds/draft.md"):
        result = run(["labfolio", "status", name], small)
        assert result.returncode == 0
        assert result.stdout.split("\n")[0].endswith("(building, a draft)")
    weakest = json.loads(run(["labfolio", "status", "--json"], small).stdout)["weakest"]
    assert "draft" not in [one["slug"] for one in weakest]
    listed = next(one for one in weakest if one["slug"] == "sketch")
    alone = json.loads(run(["labfolio", "status", "sketch", "--json"], small).stdout)
    assert (listed["id"], listed["completeness"]) == (alone["id"], alone["completeness"])


def test_status_renders_nothing() -> None:
    """It answers at once because it imports nothing that renders Markdown, templates or feeds."""
    script = (
        "import sys\nfrom labfolio.cli.commands import cli\n"
        "try:\n    cli(['status'], standalone_mode=True)\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('markdown', 'jinja2', 'feedgen', 'lxml', 'PIL', 'nh3') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_package_is_the_command(small: Path) -> None:
    command = [sys.executable, "-m", "labfolio", "status", "sketch"]
    done = subprocess.run(command, cwd=small, env=environment(), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run(["labfolio", "status", "sketch"], small).stdout
