"""The wheel: it brings the theme, and works without the repository."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import ROOT, SMALL, environment, tree


def test_the_wheel_carries_the_theme_and_builds_a_site(tmp_path: Path, small: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    wheel = next(tmp_path.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    assert "labfolio/theme/overrides/main.html" in names
    assert "labfolio/theme/fragments/home.html" in names
    assert "labfolio/py.typed" in names
    assert not [name for name in names if name.startswith(("content/", "builds/", "tests/"))]
    target = tmp_path / "a folder with spaces"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=120)
    result = subprocess.run(
        [sys.executable, "-P", "-m", "labfolio.cli.commands", "build"], cwd=small, text=True, capture_output=True,
        env=environment(PYTHONPATH=str(target)), timeout=60,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "index.html" in tree(small / "site")


def test_the_fixture_site_is_what_an_author_writes() -> None:
    """The small site needs no theme folder: the packaged one serves it."""
    assert sorted(path.name for path in SMALL.iterdir()) == ["builds", "content", "mkdocs.yml"]
