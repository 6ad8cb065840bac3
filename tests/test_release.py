"""A release: its tag, its version and what the changes say of it agree."""

import subprocess
import sys

import pytest
from scripts.release import faults

import labfolio
from tests.conftest import ROOT

CHANGES = """\
# Changes

## 0.2.0, 2026-12-01

It can fly.

## 0.1.0, unreleased

The first.

## 0.0.9, 2026-01-01
"""


def test_a_tag_of_the_version_whose_changes_have_a_day_may_be_released() -> None:
    assert list(faults("v0.2.0", "0.2.0", CHANGES)) == []


@pytest.mark.parametrize(
    ("tag", "version", "told"),
    [
        (
            "v0.2.1",
            "0.2.0",
            "the tag is v0.2.1, and scripts/labfolio/__init__.py says 0.2.0",
        ),
        ("0.2.0", "0.2.0", "the tag is 0.2.0, and"),
        ("v0.3.0", "0.3.0", "CHANGELOG.md has no section 0.3.0"),
        ("v0.2", "0.2", "CHANGELOG.md has no section 0.2"),
        ("v0.1.0", "0.1.0", "CHANGELOG.md says '## 0.1.0, unreleased'"),
        ("v0.0.9", "0.0.9", "CHANGELOG.md says nothing of 0.0.9"),
    ],
)
def test_anything_else_is_told(tag: str, version: str, told: str) -> None:
    (found,) = faults(tag, version, CHANGES)
    assert found.startswith(told)


def test_the_version_stands_in_one_place_and_the_changes_have_its_section() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/release.py", "check", f"v{labfolio.__version__}"], cwd=ROOT, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert "has no section" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert "version =" not in (ROOT / "pyproject.toml").read_text().replace("target-version =", "")
