"""What is installed is locked: each package by version and hashes, in step with what pyproject.toml declares."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DECLARED = PROJECT["project"]["dependencies"]
LOCKS = {path.relative_to(ROOT).as_posix(): path for path in (*ROOT.glob("*.lock"), *(ROOT / ".github").glob("*.lock"))}
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
_INSTALL = re.compile(r"pip install.*")


def wanted(name: str) -> list[str]:
    """What a lock is made from."""
    if name == "requirements.lock":
        return list(DECLARED)
    if name == "requirements-dev.lock":
        return [*DECLARED, *PROJECT["project"]["optional-dependencies"]["dev"]]
    lines = (ROOT / name).with_suffix(".in").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def locked(path: Path) -> list[tuple[Requirement, list[str]]]:
    """The requirements of a lock, each with the hashes that are accepted."""
    text = re.sub(r"(?m)^\s*#.*\n", "", path.read_text()).replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        requirement, *options = re.split(r"\s+(?=--)", line.strip())
        found.append((Requirement(requirement), options))
    return found


def versions(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, _ in locked(path):
        found.setdefault(canonicalize_name(one.name), set()).add(str(one.specifier).removeprefix("=="))
    return found


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_a_lock_names_versions_and_hashes_and_nothing_else(name: str) -> None:
    assert len(locked(LOCKS[name])) > 1
    for one, options in locked(LOCKS[name]):
        assert re.fullmatch(r"==[0-9][\w.]*", str(one.specifier)), one
        assert one.url is None
        assert options, one
        assert all(_HASH.fullmatch(option) for option in options), one
    assert not re.search(r"://|(?<![\w.])/\w|index|find-links|@", LOCKS[name].read_text())


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_a_lock_holds_what_is_declared(name: str) -> None:
    found = versions(LOCKS[name])
    for text in wanted(name):
        declared = Requirement(text)
        assert found.get(canonicalize_name(declared.name)), f"{text} is not in {name}: run make lock"
        for version in found[canonicalize_name(declared.name)]:
            assert declared.specifier.contains(version), f"{declared} is {version} in {name}: run make lock"


def test_what_builds_labfolio_is_locked() -> None:
    found = versions(LOCKS[".github/build.lock"])
    for text in PROJECT["build-system"]["requires"]:
        declared = Requirement(text)
        assert all(declared.specifier.contains(version) for version in found[canonicalize_name(declared.name)])


def test_a_package_has_one_version_in_all_that_is_installed_together() -> None:
    widest = versions(LOCKS["requirements-dev.lock"])
    for name in ("requirements.lock", ".github/build.lock"):
        for package, found in versions(LOCKS[name]).items():
            assert package not in widest or widest[package] == found, f"{package} in {name}: run make lock"


def test_nothing_is_installed_but_what_is_locked() -> None:
    """Every command that installs takes a lock with its hashes, or fetches nothing that labfolio needs."""
    workflows = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    steps = [
        line.strip()
        for path in workflows
        for job in yaml.safe_load(path.read_text())["jobs"].values()
        for step in job["steps"]
        for line in step.get("run", "").splitlines()
    ]
    steps += (ROOT / ".ci" / "programs").read_text().splitlines()
    commands = [found[0] for line in steps if (found := _INSTALL.search(line))]
    assert len(commands) > 8
    # A site whose author took its lock away.
    unlocked = "pip install --disable-pip-version-check -r requirements.txt"
    for command in commands:
        lock = re.search(r"-r (\S+)$", command)
        if "--require-hashes" in command:
            assert lock, command
            assert lock[1] in LOCKS, command
        else:
            assert "--no-deps --no-build-isolation" in command or command == unlocked, command
    assert "$(PIP) --no-deps --no-build-isolation -e ." in (ROOT / "Makefile").read_text()


def test_the_check_of_the_markup_is_installed_from_its_lock() -> None:
    lock = (ROOT / "tests" / "markup" / "package-lock.json").read_text()
    packages = yaml.safe_load(lock)["packages"]
    assert len(packages) > 10
    assert all(one["integrity"].startswith("sha512-") for path, one in packages.items() if path)
    assert '[npm, "ci", "--ignore-scripts"' in (ROOT / "tests" / "markup" / "test_markup.py").read_text()


def test_floors_are_documented_as_they_are_declared() -> None:
    rows = re.findall(r"(?m)^\| ([\w-]+) \| .* \| (?:exactly )?([\d.]*)[:;]?[^|]*\|$", dependencies())
    documented = dict(rows)
    for text in DECLARED:
        declared = Requirement(text)
        floor = next(one.version for one in declared.specifier if one.operator in (">=", "=="))
        assert documented[declared.name] in (floor, ""), declared.name


def dependencies() -> str:
    return (ROOT / "docs" / "dependencies.md").read_text().partition("## Tests")[0]
