"""The demo, built once by the native engine for a project page."""

from pathlib import Path

import pytest

from tests.conftest import run

ADDRESS = "https://ada.example/portfolio/"


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built demo."""
    folder = tmp_path_factory.mktemp("markup") / "site"
    result = run(["labfolio", "build", "-d", str(folder)], demo, SITE_URL=ADDRESS)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder
