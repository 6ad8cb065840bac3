"""What is said of some files alone is what a whole run says of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from labfolio.build import build
from labfolio.check import Checked, about, answering, check
from labfolio.model.diagnostic import Diagnostic
from labfolio.present.cards import leave_out
from tests.conftest import ROOT, TODAY
from tests.site import build_files, entry, settings, small_files, source_tree, theme

CASES = sorted((ROOT / "tests" / "cases").glob("*.yml"))


def files_of(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a case on top of the small site, and the names of the case's own."""
    case = yaml.safe_load(path.read_text())
    own = {name: text.encode(case.get("encoding", "utf-8")) for name, text in case.get("files", {}).items()}
    return {name: data for name, data in small_files().items() if name not in case.get("without", ())} | own, list(own)


def agrees(files: Mapping[str, bytes], whole: Iterable[Diagnostic], name: str) -> bool:
    """Whether a file is answered for alone; where it is, the answer must be that of a whole run."""
    found = check(source_tree(files), settings(), TODAY, [name])
    told = about(whole, answering([name], source_tree(files)))
    assert found is None or list(found.diagnostics) == [one for one in told if one.rule != "duplicate-url"], name
    return found is not None


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_file_alone_and_a_proof_have_the_faults_of_the_whole(path: Path) -> None:
    files, own = files_of(path)
    whole = build_files(files).diagnostics
    for name in own:
        agrees(files, whole, name)
    proof = build(source_tree(files), replace(settings(), proof=True), theme(), TODAY, leave_out)
    assert proof.diagnostics == whole


def test_every_text_of_a_sound_site_is_answered_for_alone() -> None:
    files = small_files()
    whole = build_files(files).diagnostics
    answered = {name for name in files if agrees(files, whole, name)}
    assert {name for name in files if name.endswith(".md")} <= answered


def test_only_what_is_named_is_judged() -> None:
    files = small_files() | {"builds/alone.md": entry(), "builds/faulty.md": entry(staus="shipped")}
    assert check(source_tree(files), settings(), TODAY, ["builds/alone.md"]) == Checked(
        diagnostics=(), left_out=(), allowed=()
    )
    found = check(source_tree(files), settings(), TODAY, ["builds/faulty.md"])
    assert found is not None
    assert [one.rule for one in found.diagnostics] == ["unknown-key"]


def test_what_other_files_might_explain_is_left_to_a_whole_run() -> None:
    files = small_files() | {
        "builds/alone.md": entry("[x](../nowhere.md)"),
        "builds/old.md": entry(aliases="a/\nid: B77"),
    }
    for name in ("builds/alone.md", "builds/old.md", "content/program.yml", "content/nowhere.md"):
        assert check(source_tree(files), settings(), TODAY, [name]) is None


def test_a_circle_is_seen_from_an_entry_that_does_not_name_all_of_it() -> None:
    files = small_files()
    for one, other in (("first-ring", "second-ring"), ("second-ring", "third-ring"), ("third-ring", "first-ring")):
        files[f"builds/{one}.md"] = entry(based_on=other)
    assert check(source_tree(files), settings(), TODAY, ["builds/first-ring.md"]) is None


def test_a_result_file_is_answered_for_by_its_entry() -> None:
    source, data = "content/reproductions/rate/index.md", "content/reproductions/rate/results/slopes.csv"
    files = small_files()
    files[data] = files[data] + b"7\n"
    alone = check(source_tree(files), settings(), TODAY, [data])
    assert alone is not None
    assert {(one.path, one.rule) for one in alone.diagnostics} == {(source, "invalid-data")}
    assert check(source_tree(files), settings(), TODAY, [source]) == alone


def test_a_draft_is_said_to_be_left_out() -> None:
    alone = check(source_tree(small_files()), settings(), TODAY, ["builds/draft.md"])
    assert alone is not None
    assert [(item.path, item.reason) for item in alone.left_out] == [("builds/draft.md", "it is a draft")]


@pytest.mark.parametrize(
    ("body", "alone"),
    [
        ("As [@rahimi2007random] shows, ask @ada.", True),
        ("As @rahimi2007randm shows.", False),
        ("As [@nobody] shows.", False),
        ("See @fig-none.", False),
    ],
)
def test_citations_are_held_against_the_whole_bibliography(body: str, alone: bool) -> None:
    files = small_files() | {"builds/x/index.md": entry(body)}
    assert agrees(files, build_files(files).diagnostics, "builds/x/index.md") == alone
