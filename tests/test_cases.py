"""Every case in tests/cases: files on top of the small site, and exactly what is said of them."""

from pathlib import Path

import pytest
import yaml

from labfolio.present.report import concise
from tests.conftest import ROOT
from tests.site import build_files, small_files

CASES = sorted((ROOT / "tests" / "cases").glob("*.yml"))
# What the small site says of itself, on purpose.
KNOWN = "content/contract.md"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = yaml.safe_load(path.read_text())
    files = small_files()
    for name in case.get("without", ()):
        del files[name]
    for name, text in case.get("files", {}).items():
        files[name] = text.encode(case.get("encoding", "utf-8"))
    result = build_files(files)
    said = [concise(one) for one in result.diagnostics if one.path != KNOWN]
    assert said == case["says"]
    assert bool(result.outputs) == (not any(": error[" in line for line in said))
    left_out = {item.path: item.reason for item in result.left_out}
    for name, reason in case.get("left_out", {}).items():
        assert left_out[name] == reason
