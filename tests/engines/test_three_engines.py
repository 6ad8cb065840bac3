"""One demo, four engines: the same addresses, the same bytes, the same articles; one build each."""

import importlib.util
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from labfolio.engines.finished_site import read_site
from labfolio.files.manifest import MARKER
from labfolio.present.audit import audit
from tests.conftest import environment, made_once, run, tree

ADDRESS = "https://ada.example/portfolio/"
NATIVE, OTHERS = "labfolio", ("mkdocs", "properdocs", "zensical")
# The author's own pages of the demo: the engine puts their articles into the frame.
FREE = {"about/index.html", "contract/index.html"}
# The list for Zensical's own search dialog, which no page of this frame has.
OF_ZENSICAL = {"search.json"}


@dataclass(frozen=True)
class Site:
    """A built site: where it is, and its files."""

    folder: Path
    files: dict[str, bytes]


def _done(command: list[str], folder: Path) -> None:
    program = [sys.executable, "-m", *command]
    changes = environment(SITE_URL=ADDRESS)
    result = subprocess.run(program, cwd=folder, env=changes, text=True, capture_output=True, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "rror" not in result.stderr, result.stderr


def _built(engine: str, folder: Path) -> Path:
    """Where an engine puts the site of a folder."""
    match engine:
        case "zensical":
            assert run(["labfolio", "export", "export"], folder, SITE_URL=ADDRESS).returncode == 0
            _done(["zensical", "build"], folder / "export")
            return folder / "export" / "site"
        case "labfolio":
            _done(["labfolio.cli.commands", "build"], folder)
        case _:
            _done([engine, "build", "--quiet", "-f", "mkdocs.yml"], folder)
    return folder / "site"


@pytest.fixture(scope="module")
def sites(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """The demo as every engine builds it, each from a copy of its own; Zensical where it can be installed."""

    def built() -> dict[str, Site]:
        found = {}
        for engine in (NATIVE, *OTHERS):
            if engine != "zensical" or importlib.util.find_spec(engine):
                copy = Path(shutil.copytree(demo, tmp_path_factory.mktemp(engine) / "demo"))
                site = _built(engine, copy)
                found[engine] = Site(site, {path: data for path, data in tree(site).items() if path != MARKER})
        return found

    return made_once(tmp_path_factory, "engines", built)


@pytest.fixture(params=OTHERS)
def pair(request: pytest.FixtureRequest, sites: dict[str, Site]) -> tuple[Site, Site]:
    """The native site and that of another engine."""
    if request.param not in sites:
        pytest.skip(f"{request.param} is not installed")
    return sites[NATIVE], sites[request.param]


def parsed(page: bytes) -> Any:
    """A document as tags, attributes and texts."""

    def one(element: Any) -> Any:
        inside = [one(child) for child in element]
        return element.tag, sorted(element.attrib.items()), element.text or "", element.tail or "", inside

    return one(html.document_fromstring(page.decode()))


def test_every_address_is_there(pair: tuple[Site, Site]) -> None:
    native, other = pair
    assert native.files.keys() == other.files.keys() - OF_ZENSICAL
    assert native.files.keys() >= FREE


def test_what_labfolio_makes_has_the_same_bytes(pair: tuple[Site, Site]) -> None:
    native, other = pair
    own = native.files.keys() - FREE
    assert [path for path in sorted(own) if native.files[path] != other.files[path]] == []


def test_pages_of_the_author_say_the_same(pair: tuple[Site, Site]) -> None:
    native, other = pair
    for path in sorted(FREE):
        assert parsed(native.files[path]) == parsed(other.files[path])
        # Zensical escapes a slash in an attribute, which says the same in other bytes.
        assert native.files[path] == other.files[path].replace(b"&#x2f;", b"/")


def test_no_link_is_dead(pair: tuple[Site, Site]) -> None:
    for site in pair:
        assert [str(fault) for fault in audit(read_site(site.folder), ADDRESS)] == []
