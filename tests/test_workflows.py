"""The workflows, here and in a new site: least rights, pinned actions, no text of others in a shell."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, run

OWN = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# Rights to write, each in a job of its own.
WRITES = {
    ("pages.yml", "deploy"): {"pages", "id-token"},
    ("pages.yml", "ledger"): {"contents"},
    ("release.yml", "publish"): {"id-token"},
}
# What nobody outside the repository chooses.
CHOSEN_HERE = re.compile(
    r"\$\{\{ (github\.ref|github\.token|runner\.os|matrix\.python|hashFiles\([^)]*\)"
    r"|steps\.[\w.]+|needs\.[\w.]+|vars\.WEBSUB_HUB) \}\}"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site."""
    folder = tmp_path_factory.mktemp("new")
    assert run(["labfolio", "init", "me", "--author", "Ada Park", "--bare"], folder).returncode == 0
    return folder / "me"


def jobs(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text())["jobs"])


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_workflow_has_no_rights_and_a_job_has_few(path: Path) -> None:
    assert yaml.safe_load(path.read_text())["permissions"] == {}
    for name, job in jobs(path).items():
        assert 0 < job["timeout-minutes"] <= 30
        writes = {right for right, level in job["permissions"].items() if level != "read"}
        assert writes == WRITES.get((path.name, name), set())


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_actions_are_pinned_and_keep_no_token(path: Path) -> None:
    for job in jobs(path).values():
        for step in job["steps"]:
            assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", step.get("uses", f"a/b@{'0' * 40}"))
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_expression_stands_in_a_shell(path: Path) -> None:
    assert set(re.findall(r"\$\{\{.*?\}\}", path.read_text())) == {
        found[0] for found in CHOSEN_HERE.finditer(path.read_text())
    }
    for job in jobs(path).values():
        assert not [step for step in job["steps"] if "${{" in step.get("run", "")]


def test_zizmor_has_nothing_to_say_of_a_new_site(site: Path) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("zizmor")), "--offline", "--persona=auditor", str(site / ".github")],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("workflows/pages.yml", "workflows/audit.yml", "dependabot.yml"):
        assert f".github/{name}" in done.stderr, done.stderr


def test_a_new_site_is_locked(site: Path) -> None:
    """Its locks are those that this repository is tested with; labfolio itself is one version."""
    for name in ("requirements.lock", ".github/build.lock", ".github/audit.lock"):
        assert (site / name).read_bytes() == (ROOT / name).read_bytes()
    assert re.search(r"(?m)^labfolio==\d+\.\d+\.\d+$", (site / "requirements.txt").read_text())
    updates = yaml.safe_load((site / ".github" / "dependabot.yml").read_text())["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"github-actions", "pip"}
    assert all(one["cooldown"]["default-days"] >= 3 for one in updates)


def test_the_audit_asks_about_every_lock_and_stops_no_publication(site: Path) -> None:
    audit = (site / ".github" / "workflows" / "audit.yml").read_text()
    locks = [path.relative_to(site).as_posix() for path in site.rglob("*.lock")]
    assert sorted(locks) == [".github/audit.lock", ".github/build.lock", "requirements.lock"]
    assert "for lock in requirements*.lock .github/*.lock; do" in audit
    assert "pip-audit" not in (site / ".github" / "workflows" / "pages.yml").read_text()


def test_a_release_is_built_once_tested_as_built_and_published_without_a_token() -> None:
    path = ROOT / ".github" / "workflows" / "release.yml"
    found = jobs(path)
    # YAML 1.1 reads `on` as a truth value.
    assert yaml.safe_load(path.read_text())[True] == {"push": {"tags": ["v*"]}}
    assert {name: job.get("needs") for name, job in found.items()} == {
        "build": None,
        "test": "build",
        "publish": "test",
    }
    assert found["publish"]["environment"]["name"] == "pypi"
    assert found["publish"]["permissions"] == {"id-token": "write"}
    steps = {name: [step.get("uses", "").partition("@")[0] for step in job["steps"]] for name, job in found.items()}
    assert [name for name in steps if "actions/upload-artifact" in steps[name]] == ["build"]
    # What publishes checks nothing out and runs no command of its own.
    assert steps["publish"] == ["actions/download-artifact", "pypa/gh-action-pypi-publish"]
    assert "secrets." not in path.read_text()
    commands = [step["run"] for step in found["build"]["steps"] if "run" in step]
    assert commands[0] == 'python scripts/release.py check "$GITHUB_REF_NAME"\n'
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert f">={found['test']['strategy']['matrix']['python'][0]}" == oldest
