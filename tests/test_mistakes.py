"""Every mistake in tests/mistakes: what is said of it, where it points, and that what the help says mends it.

A file gives `files` on top of a small valid site, the one diagnostic in `says` with its `help`, the words that it
points `at`, and `mend`: pairs of old and new text that an author who follows the help would type, whole files, or null
for a file that goes. `fix: yes` says that `labfolio check --fix` types just that.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from labfolio.engines.mending import mend
from labfolio.engines.site_folder import Unusable, open_folder, run
from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.rules import RULES
from labfolio.present.report import concise
from tests.conftest import ROOT, SMALL

FOLDER = ROOT / "tests" / "mistakes"
MISTAKES = sorted(FOLDER.glob("*.yml"))
FIXABLE = [path for path in MISTAKES if "\nfix: yes\n" in path.read_text()]
SITE = yaml.safe_load((FOLDER / "site" / "files.yml").read_text())
# Rules of which nothing more can be said than their own mend.
GENERAL = (
    "not-utf-8",
    "refused-file",
    "unsafe-link",
    "raw-html",
    "fraction-for-percent",
    "unpublished-type",
    "link-to-unpublished",
)


def write(folder: Path, files: Mapping[str, str | None], encoding: str = "utf-8") -> None:
    for name, text in files.items():
        path = folder / name
        path.unlink(missing_ok=True)
        if text is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode(encoding))


def found(folder: Path) -> tuple[Diagnostic, ...]:
    try:
        return run(open_folder(folder / "mkdocs.yml", {}), {}, "2026-11-20", drawn=False).diagnostics
    except Unusable as error:
        return error.diagnostics


def mended(files: Mapping[str, str], mend: Mapping[str, Any]) -> dict[str, str | None]:
    """The files of a mistake as they are once its author followed the help."""
    result: dict[str, str | None] = {}
    for name, change in mend.items():
        result[name] = change
        if isinstance(change, list):
            text = files[name]
            for old, new in change:
                assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in {name}"
                text = text.replace(old, new)
            result[name] = text
    return result


def lay_out(case: Mapping[str, Any], folder: Path) -> None:
    """The small site with a mistake in it."""
    write(folder, SITE)
    figure = folder / "builds" / "sketch" / "figures" / "error.png"
    figure.parent.mkdir(parents=True)
    figure.write_bytes((SMALL / "builds" / "sketch" / "figures" / "error.png").read_bytes())
    write(folder, case.get("files", {}), case.get("encoding", "utf-8"))
    for name, target in case.get("links", {}).items():
        (folder / name).symlink_to(target)


def test_the_small_site_is_sound(tmp_path: Path) -> None:
    lay_out({}, tmp_path)
    assert found(tmp_path) == ()


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_mistake(path: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(path.read_text())
    lay_out(case, tmp_path)
    said = found(tmp_path)
    assert [concise(one) for one in said] == [case["says"]]
    assert said[0].source[said[0].position.column - 1 :].startswith(case["at"])
    assert said[0].help == case["help"]
    assert said[0].help != RULES[said[0].rule].fix or said[0].rule in GENERAL
    assert (said[0].fix is not None) == case.get("fix", False)
    write(tmp_path, mended(case.get("files", {}), case["mend"]))
    after = found(tmp_path)
    assert not has_errors(after, strict=True), [concise(one) for one in after]
    assert after == ()


@pytest.mark.parametrize("path", FIXABLE, ids=lambda path: path.stem)
def test_fix_types_what_the_help_says(path: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(path.read_text())
    lay_out(case, tmp_path)
    files = {name: after for name, (_, after) in mend(tmp_path / "mkdocs.yml", {}, "2026-11-20").files.items()}
    by_hand = mended(case["files"], case["mend"])
    assert files == {name: (text or "").encode() for name, text in by_hand.items()}


def test_each_rule_that_fix_mends_is_in_the_table() -> None:
    cases = [yaml.safe_load(path.read_text()) for path in MISTAKES]
    mends = {re.findall(r"\[(.+?)\]", case["says"])[0] for case in cases if case.get("fix")}
    assert mends == {rule.name for rule in RULES.values() if rule.mends}


def test_the_table_is_long_enough() -> None:
    assert len(MISTAKES) >= 45
