"""The wheel: it brings the theme, and works without the repository."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, SMALL, environment, tree


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The folder that the wheel is installed in."""
    target = wheel.parent / "a folder with spaces"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=120)
    return target


def test_the_wheel_carries_the_theme_and_builds_a_site(wheel: Path, installed: Path, small: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "labfolio/theme/overrides/main.html" in names
    assert "labfolio/theme/fragments/home.html" in names
    assert "labfolio/py.typed" in names
    assert not [name for name in names if name.startswith(("content/", "builds/", "tests/"))]
    result = subprocess.run(
        [sys.executable, "-P", "-m", "labfolio.cli.commands", "build"], cwd=small, text=True, capture_output=True,
        env=environment(PYTHONPATH=str(installed)), timeout=60,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "index.html" in tree(small / "site")


def test_the_theme_labfolio_is_material_without_its_notice(installed: Path, small: Path, tmp_path: Path) -> None:
    sites, said = {}, {}
    given = environment(PYTHONPATH=str(installed), PYTHONSAFEPATH="1")
    del given["NO_MKDOCS_2_WARNING"]
    for name in ("material", "labfolio"):
        folder = Path(shutil.copytree(small, tmp_path / name))
        config = folder / "mkdocs.yml"
        config.write_text(config.read_text().replace("name: material", f"name: {name}"))
        command = [sys.executable, "-m", "mkdocs", "build"]
        done = subprocess.run(command, cwd=folder, text=True, capture_output=True, env=given, timeout=60)
        assert done.returncode == 0, done.stderr
        sites[name], said[name] = tree(folder / "site"), done.stderr
    assert "NO_MKDOCS_2_WARNING" in said["material"], "there is a notice still"
    assert said["labfolio"].startswith("INFO    -  left out"), "nothing is said but what labfolio and MkDocs say"
    assert sites["labfolio"] == sites["material"]


def test_the_fixture_site_is_what_an_author_writes() -> None:
    """The small site needs no theme folder: the packaged one serves it."""
    assert sorted(path.name for path in SMALL.iterdir()) == ["builds", "content", "mkdocs.yml"]
